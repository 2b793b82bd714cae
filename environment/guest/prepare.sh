#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Makes what the measuring guest boots: a Debian kernel, and an initial ram disk with our module in it.
#
#   sh prepare.sh CACHE     downloads what is not in CACHE yet, and prints the folder with vmlinuz, initramfs.gz and about
#
# Needs no root: packages are only downloaded and unpacked. Exit codes: 0 ready; 69 something is missing; 70 it does not build.
set -u
LC_ALL=C
export LC_ALL
own=$(cd -P -- "$(dirname -- "$0")" && pwd -P) || exit 69
cache=${1:?the folder for what is downloaded}
say() { printf 'stillpoint: %s\n' "$*" >&2; } # progress; without the name in front it is why all ends
die() { status=$1; shift; printf '%s\n' "$*" >&2; exit "$status"; }

[ "$(uname -s)" = Linux ] || die 69 "this is $(uname -s): the measuring guest is built on Linux with Debian's packages.
  Way on: run it in a Debian virtual machine or container; recorded figures are in data/measured/."

missing=
needs() { command -v "$1" >/dev/null || missing="$missing $2"; } # PROGRAM PACKAGE
# Tests put a program of their own in QEMU's place.
[ -n "${STILLPOINT_QEMU-}" ] || needs qemu-system-x86_64 qemu-system-x86
needs gcc gcc
needs make make
needs strip binutils
needs cpio cpio
busybox=
for each in "$(command -v busybox)" /bin/busybox /usr/bin/busybox; do
    # The guest has no shared libraries: a program that the loader can list is of no use there.
    [ -x "$each" ] && ! ldd "$each" >/dev/null 2>&1 && busybox=$each && break
done
[ -n "$busybox" ] || missing="$missing busybox-static"
command -v gcc >/dev/null && ! echo 'int main(void) { return 0; }' | gcc -static -x c -o /dev/null - 2>/dev/null &&
    missing="$missing libc6-dev"
[ -z "$missing" ] || die 69 "the measuring guest needs packages that are not here:$missing.
  Way on: sudo apt-get install --no-install-recommends$missing"
command -v apt-get >/dev/null && command -v apt-cache >/dev/null && command -v dpkg-deb >/dev/null ||
    die 69 "no apt-get, apt-cache or dpkg-deb here: the guest's kernel is a Debian package.
  Way on: run it on Debian, or in a Debian container; recorded figures are in data/measured/."

mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || die 73 "cannot write $cache; make it writable"
cache=$(cd -P -- "$cache" && pwd -P) || exit 73

# --- which kernel: the one that Debian's cloud images have today, or the one that is named --------------------------------
release=${STILLPOINT_GUEST_KERNEL-}
if [ -z "$release" ]; then
    release=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: linux-image-\([^ ]*-cloud-amd64\)$/\1/p' | head -n 1)
fi
sources=$(cat "$own/prepare.sh" "$own/about.sh" "$own/init" "$own/swap-probe.c" "$own/module/stillpoint.c" "$own/module/Kbuild" | sha256sum | cut -c 1-12)
if [ -z "$release" ]; then
    # Without package lists what was made before still boots.
    for made in "$cache"/*-cloud-amd64-"$sources"; do
        [ -f "$made/about" ] && { echo "$made"; exit 0; }
    done
    die 69 "apt knows no package linux-image-cloud-amd64: the guest's kernel is Debian's cloud kernel.
  Way on: sudo apt-get update; on a system that is not Debian (amd64), run it in a Debian container"
fi
ready=$cache/$release-$sources
[ ! -f "$ready/about" ] || { echo "$ready"; exit 0; }

# --- packages -------------------------------------------------------------------------------------------------------------
packages=$cache/packages-$release
download() { # PACKAGE...
    mkdir -p "$packages"
    for package; do
        set -- "$packages/$package"_*.deb
        [ -f "$1" ] && continue
        say "downloading $package"
        (cd "$packages" && mkdir -p new && cd new && apt-get -q download "$package" && mv -f ./*.deb .. && rmdir ../new) >"$cache/log" 2>&1 ||
            die 69 "apt-get download $package: $(grep '^E:' "$cache/log" | head -n 1).
  Way on: sudo apt-get update, and a network; or name a kernel that apt has: STILLPOINT_GUEST_KERNEL=$release"
    done
}
image=linux-image-$release
headers=linux-headers-$release
needed() { apt-cache depends "$1" 2>/dev/null | sed -n "s/^ *Depends: \($2\)\$/\1/p" | head -n 1; }
common=$(needed "$headers" 'linux-headers-.*-common')
kbuild=$(needed "$headers" 'linux-kbuild-.*')
[ -n "$common" ] && [ -n "$kbuild" ] || die 69 "apt knows no $headers with its parts.
  Way on: sudo apt-get update, or another kernel: STILLPOINT_GUEST_KERNEL=6.1.0-49-cloud-amd64"
download "$image" "$headers" "$common" "$kbuild"

# --- the module: where no blank is in the path, since the kernel's own make files cannot have one --------------------------
work=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-guest.XXXXXX") || die 73 "cannot write ${TMPDIR:-/tmp}; name another folder in TMPDIR"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
case $work in *[[:space:]:]*) die 73 "$work: the kernel's make files take no blank or colon in a path; name another folder in TMPDIR" ;; esac
say "unpacking $release"
for package in "$packages"/*.deb; do
    dpkg-deb -x "$package" "$work/root" 2>"$cache/log" || { # most likely a download that was cut off
        rm -f "$package"
        die 69 "$package: $(head -n 1 "$cache/log"); it is removed, run the same again"
    }
done
tree=$work/root/usr/src/$headers
sed -i "s#^include /usr/src/#include $work/root/usr/src/#" "$tree/Makefile" || die 70 "$headers: not the files that were expected"
compiler=$(sed -n 's/^CC = .*\(gcc-[0-9]*\)$/\1/p' "$tree/.kernelvariables" 2>/dev/null)
command -v "${compiler:-none}" >/dev/null || compiler=gcc
say "building the module with $compiler"
mkdir -p "$work/module" "$work/initramfs/bin" "$work/initramfs/proc" "$work/initramfs/sys" "$work/initramfs/dev"
cp "$own/module/stillpoint.c" "$own/module/Kbuild" "$work/module/"
make -s -C "$tree" "M=$work/module" "CC=$compiler" modules >"$cache/log" 2>&1 ||
    die 70 "the module does not build against $headers: $(grep -m 1 -E 'error|\*\*\*' "$cache/log"); all of it is in $cache/log"
gcc -O2 -static -pthread -o "$work/initramfs/bin/swap-probe" "$own/swap-probe.c" >"$cache/log" 2>&1 ||
    die 70 "swap-probe.c does not build: $(grep -m 1 error "$cache/log"); all of it is in $cache/log"

# --- the initial ram disk ---------------------------------------------------------------------------------------------------
cp "$busybox" "$work/initramfs/bin/busybox"
cp "$own/init" "$work/initramfs/init"
chmod 755 "$work/initramfs/init"
# The build id is made of debug information, and so of the folder that it was built in; the figures would move with it.
strip --strip-debug -R .note.gnu.build-id -o "$work/initramfs/stillpoint.ko" "$work/module/stillpoint.ko" || die 70 "strip failed on the module"
disk=$(find "$work/root" -name 'brd.ko*' | head -n 1)
case $disk in
    *.ko) cp "$disk" "$work/initramfs/brd.ko" ;;
    *.ko.xz) xz -dc "$disk" >"$work/initramfs/brd.ko" || die 69 "xz is missing: sudo apt-get install xz-utils" ;;
    *) die 70 "$image has no brd.ko, the ram disk that is swapped to" ;;
esac
mkdir "$work/ready"
(cd "$work/initramfs" && find . -exec touch -h -d @0 {} + && find . | sort |
    cpio -o -H newc --quiet --reproducible --owner=0:0 | gzip -n) >"$work/ready/initramfs.gz" || die 70 "cpio failed"
cp "$work/root/boot/vmlinuz-$release" "$work/ready/vmlinuz" || die 70 "$image has no kernel in boot/"

# --- what measured figures carry ----------------------------------------------------------------------------------------------
sh "$own/about.sh" "$release" "$(basename "$packages/$image"_*.deb .deb | sed 's/%3a/:/g')" "$work/root/boot/config-$release" >"$work/ready/about"
rm -rf "$ready"
mv "$work/ready" "$ready" || die 73 "cannot write $ready"
echo "$ready"
