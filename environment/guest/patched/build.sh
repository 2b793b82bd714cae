#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Builds Linux 6.1 as Debian has it, once for each design of swapoff, small and for a guest only.
#
#   sh build.sh CACHE       prints the folder that has a folder for each design; goes on where it was ended
#
# Needs no root. It takes about 1.5 GB in CACHE and some minutes; the designs after the first differ in two files and a link.
# Do not use these kernels for anything else: they are measuring instruments.
# Exit codes: 0 built; 69 something is missing; 70 it does not build; 73 CACHE cannot be written.
set -u
LC_ALL=C
export LC_ALL
own=$(cd -P -- "$(dirname -- "$0")" && pwd -P) || exit 69
cache=${1:?the folder for what is downloaded}
say() { printf 'stillpoint: %s\n' "$*" >&2; }
die() { status=$1; shift; printf '%s\n' "$*" >&2; exit "$status"; }

[ "$(uname -sm)" = 'Linux x86_64' ] || die 69 "this is $(uname -sm): the patched guest is built on Linux, x86_64.
  Way on: recorded figures are in data/measured/"
missing=
needs() { command -v "$1" >/dev/null || missing="$missing $2"; } # PROGRAM PACKAGE
[ -n "${STILLPOINT_QEMU-}" ] || needs qemu-system-x86_64 qemu-system-x86
needs gcc gcc
needs make make
needs cpio cpio
needs flex flex
needs bison bison
needs bc bc
needs xz xz-utils
busybox=
for each in "$(command -v busybox)" /bin/busybox /usr/bin/busybox; do
    [ -x "$each" ] && ! ldd "$each" >/dev/null 2>&1 && busybox=$each && break
done
[ -n "$busybox" ] || missing="$missing busybox-static"
# The kernel's own tool that looks at its object files is made with libelf.
echo '#include <gelf.h>' | gcc -E -x c -o /dev/null - 2>/dev/null || missing="$missing libelf-dev"
[ -z "$missing" ] || die 69 "the patched guest needs packages that are not here:$missing.
  Way on: sudo apt-get install --no-install-recommends$missing"
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || die 69 "no apt-get or dpkg-deb here: the source is a Debian package.
  Way on: run it on Debian, or in a Debian container; recorded figures are in data/measured/."
mkdir -p "$cache/patched" 2>/dev/null && [ -w "$cache/patched" ] || die 73 "cannot write $cache; make it writable"
cache=$(cd -P -- "$cache/patched" && pwd -P) || exit 73

release=6.1
sources=$(cat "$own/build.sh" "$own/hooks.sh" "$own/config" "$own/designs"/*.h "$own/../init" "$own/../swap-probe.c" "$own/../about.sh" | sha256sum | cut -c 1-12)
ready=$cache/$release-$sources
designs='percpu-ref rcu stop stop-posted mutation'
whole() { for design in $designs; do [ -f "$ready/$design/about" ] || return 1; done; }
if whole; then echo "$ready"; exit 0; fi

# --- the source, where no blank is in the path, since the kernel's make files cannot have one ---------------------------
build=${STILLPOINT_KERNEL_BUILD:-$cache/build}
case $build in
    *[[:space:]:]*) die 73 "$build: the kernel's make files take no blank or colon in a path.
  Way on: name a folder without one, with 1.5 GB: STILLPOINT_KERNEL_BUILD=/var/tmp/stillpoint" ;;
esac
mkdir -p "$build" || die 73 "cannot write $build; make it writable"
package=linux-source-$release
if [ ! -f "$build/unpacked" ]; then
    set -- "$build/$package"_*.deb
    if [ ! -f "$1" ]; then
        say "downloading $package, 140 MB"
        (mkdir -p "$build/new" && cd "$build/new" && apt-get -q download "$package" && mv -f ./*.deb .. && rmdir ../new) >"$build/log" 2>&1 ||
            die 69 "apt-get download $package: $(grep '^E:' "$build/log" | head -n 1).
  Way on: sudo apt-get update, and a network; the designs are patches to Linux 6.1, which Debian 12 has"
    fi
    say "unpacking $package"
    rm -rf "$build/source" "$build/unpacking"
    mkdir "$build/unpacking"
    dpkg-deb -x "$build/$package"_*.deb "$build/unpacking" 2>"$build/log" || {
        rm -f "$build/$package"_*.deb
        die 69 "$package: $(head -n 1 "$build/log"); the download is removed, run the same again"
    }
    tar -xJf "$build/unpacking/usr/src/$package.tar.xz" -C "$build/unpacking" || die 73 "$build: no space to unpack $package (1.5 GB)"
    mv "$build/unpacking/$package" "$build/source" || exit 73
    basename "$build/$package"_*.deb .deb | sed 's/%3a/:/g' >"$build/unpacked"
    rm -rf "$build/unpacking"
fi
source=$build/source

# --- the initial ram disk: as that of the other guest, without a module --------------------------------------------------
disk=$build/disk
rm -rf "$disk"
mkdir -p "$disk/bin" "$disk/proc" "$disk/sys" "$disk/dev"
gcc -O2 -static -pthread -o "$disk/bin/swap-probe" "$own/../swap-probe.c" >"$build/log" 2>&1 ||
    die 70 "swap-probe.c does not build: $(grep -m 1 error "$build/log"); all of it is in $build/log"
cp "$busybox" "$disk/bin/busybox"
cp "$own/../init" "$disk/init"
chmod 755 "$disk/init"
(cd "$disk" && find . -exec touch -h -d @0 {} + && find . | sort |
    cpio -o -H newc --quiet --reproducible --owner=0:0 | gzip -n) >"$build/initramfs.gz" || die 70 "cpio failed"

# --- a kernel for each design ----------------------------------------------------------------------------------------------
cpus=$(nproc)
compile() { # WORDS...
    nice -n 15 make -s -C "$source" "-j$cpus" CC=gcc KBUILD_BUILD_TIMESTAMP=2020-01-01 KBUILD_BUILD_USER=stillpoint \
        KBUILD_BUILD_HOST=guest "$@" >"$build/log" 2>&1 </dev/null ||
        die 70 "the kernel does not build: $(grep -m 1 -E 'error|\*\*\*' "$build/log"); all of it is in $build/log"
}
told() { # says how many files are compiled, until it is ended
    while sleep 20; do say "building $design: $(find "$source" -name '*.o' | wc -l) object files"; done
}
if ! cmp -s "$own/config" "$build/config"; then
    say "configuring"
    compile tinyconfig
    cat "$own/config" >>"$source/.config"
    compile olddefconfig
    for line in $(grep '^CONFIG_' "$own/config"); do
        grep -qxF -- "$line" "$source/.config" || die 70 "$line does not hold in this kernel; its options are others than those of 6.1"
    done
    cp "$own/config" "$build/config"
fi
mkdir -p "$ready"
for design in $designs; do
    [ ! -f "$ready/$design/about" ] || continue
    if [ "$design" = percpu-ref ]; then # as shipped
        [ ! -f "$source/mm/.stillpoint-hooks" ] || {
            rm -rf "$build/unpacked" "$source"
            die 70 "the source was changed before the kernel as shipped was built; it is removed, run the same again"
        }
    else
        reason=$(sh "$own/hooks.sh" "$source" 2>&1) || die 70 "$reason"
        for header in "$own/designs"/*.h; do
            name=$(basename "$header")
            cmp -s "$header" "$source/mm/stillpoint-$name" || cp "$header" "$source/mm/stillpoint-$name"
        done
        # A file of its own for the choice, so that make sees that it changed.
        echo "#include \"stillpoint-$design.h\"" >"$source/mm/stillpoint-design.h"
    fi
    say "building $design"
    told &
    teller=$!
    trap 'kill $teller 2>/dev/null' EXIT
    trap 'exit 130' INT TERM
    compile bzImage
    kill $teller 2>/dev/null
    rm -rf "$ready/new"
    mkdir "$ready/new"
    cp "$source/arch/x86/boot/bzImage" "$ready/new/vmlinuz" && cp "$build/initramfs.gz" "$ready/new/" || exit 73
    sh "$own/../about.sh" "$(make -s -C "$source" kernelrelease)" "$(cat "$build/unpacked"), $design" "$source/.config" >"$ready/new/about"
    mv "$ready/new" "$ready/$design" || exit 73
done
echo "$ready"
