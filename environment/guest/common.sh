# shellcheck shell=sh disable=SC2034 # sourced; what it sets is used there
# SPDX-License-Identifier: GPL-2.0
# What both scripts that make guests do: prepare.sh and patched/build.sh.
LC_ALL=C
export LC_ALL
say() { printf 'stillpoint: %s\n' "$*" >&2; } # progress; without the name in front it is why all ends
die() { status=$1; shift; printf '%s\n' "$*" >&2; exit "$status"; }
otherwise='Way on: run it in a Debian virtual machine or container (amd64); recorded figures are in data/measured/.'

missing=
needs() { command -v "$1" >/dev/null || missing="$missing $2"; } # PROGRAM PACKAGE
needs_of_every_guest() { # sets $busybox
    # Tests put a program of their own in QEMU's place.
    [ -n "${STILLPOINT_QEMU-}" ] || needs qemu-system-x86_64 qemu-system-x86
    needs gcc gcc
    needs make make
    needs cpio cpio
    busybox=
    for each in "$(command -v busybox)" /bin/busybox /usr/bin/busybox; do
        # The guest has no shared libraries: a program that the loader can list is of no use there.
        [ -x "$each" ] && ! ldd "$each" >/dev/null 2>&1 && busybox=$each && break
    done
    [ -n "$busybox" ] || missing="$missing busybox-static"
    command -v gcc >/dev/null && ! echo 'int main(void) { return 0; }' | gcc -static -x c -o /dev/null - 2>/dev/null &&
        missing="$missing libc6-dev"
}
all_there() { # NAME: ends with what is missing for it
    [ -z "$missing" ] || die 69 "the $1 guest needs packages that are not here:$missing.
  Way on: sudo apt-get install --no-install-recommends$missing"
    command -v apt-get >/dev/null && command -v apt-cache >/dev/null && command -v dpkg-deb >/dev/null ||
        die 69 "no apt-get, apt-cache or dpkg-deb here: the guest's kernel is a Debian package.
  $otherwise"
}
download() { # FOLDER LOG PACKAGE
    set -- "$1" "$2" "$3" "$1/$3"_*.deb
    [ ! -f "$4" ] || return 0
    say "downloading $3"
    (mkdir -p "$1/new" && cd "$1/new" && apt-get -q download "$3" && mv -f ./*.deb .. && rmdir ../new) >"$2" 2>&1 ||
        die 69 "apt-get download $3: $(grep '^E:' "$2" | head -n 1).
  Way on: sudo apt-get update, and a network"
}
file_name() { basename "$1" .deb | sed 's/%3a/:/g'; } # of a package, with its version
probe_and_init() { # DISK LOG: what every initial ram disk has
    mkdir -p "$1/bin" "$1/proc" "$1/sys" "$1/dev"
    gcc -O2 -static -pthread -o "$1/bin/swap-probe" "$guest/swap-probe.c" >"$2" 2>&1 ||
        die 70 "swap-probe.c does not build: $(grep -m 1 error "$2"); all of it is in $2"
    cp "$busybox" "$1/bin/busybox"
    cp "$guest/init" "$1/init"
    chmod 755 "$1/init"
}
pack() { # DISK FILE: the same bytes for the same files
    (cd "$1" && find . -exec touch -h -d @0 {} + && find . | sort |
        cpio -o -H newc --quiet --reproducible --owner=0:0 | gzip -n) >"$2" || die 70 "cpio failed"
}
