#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Makes what the measuring guest boots: a Debian kernel, and an initial ram disk with our module in it.
#
#   sh prepare.sh CACHE     downloads what is not in CACHE yet, and prints the folder with vmlinuz, initramfs.gz and about
#
# Needs no root: packages are only downloaded and unpacked. Exit codes: 0 ready; 69 something is missing; 70 it does not build.
set -u
guest=$(cd -P -- "$(dirname -- "$0")" && pwd -P) || exit 69
cache=${1:?the folder for what is downloaded}
. "$guest/common.sh"

[ "$(uname -s)" = Linux ] || die 69 "this is $(uname -s): the measuring guest is built on Linux with Debian's packages.
  $otherwise"
needs_of_every_guest
needs strip binutils
all_there measuring

mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || die 73 "cannot write $cache; make it writable"
cache=$(cd -P -- "$cache" && pwd -P) || exit 73

# --- which kernel: the one that Debian's cloud images have today, or the one that is named --------------------------------
release=${STILLPOINT_GUEST_KERNEL-}
if [ -z "$release" ]; then
    release=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: linux-image-\([^ ]*-cloud-amd64\)$/\1/p' | head -n 1)
fi
sources=$(cat "$guest/prepare.sh" "$guest/about.sh" "$guest/common.sh" "$guest/init" "$guest/swap-probe.c" "$guest/module/stillpoint.c" "$guest/module/Kbuild" | sha256sum | cut -c 1-12)
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
image=linux-image-$release
headers=linux-headers-$release
needed() { apt-cache depends "$1" 2>/dev/null | sed -n "s/^ *Depends: \($2\)\$/\1/p" | head -n 1; }
common=$(needed "$headers" 'linux-headers-.*-common')
kbuild=$(needed "$headers" 'linux-kbuild-.*')
[ -n "$common" ] && [ -n "$kbuild" ] || die 69 "apt knows no $headers with its parts.
  Way on: sudo apt-get update, or another kernel: STILLPOINT_GUEST_KERNEL=6.1.0-49-cloud-amd64"
for package in "$image" "$headers" "$common" "$kbuild"; do download "$packages" "$cache/log" "$package"; done

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
mkdir -p "$work/module"
cp "$guest/module/stillpoint.c" "$guest/module/Kbuild" "$work/module/"
make -s -C "$tree" "M=$work/module" "CC=$compiler" modules >"$cache/log" 2>&1 ||
    die 70 "the module does not build against $headers: $(grep -m 1 -E 'error|\*\*\*' "$cache/log"); all of it is in $cache/log"

# --- the initial ram disk ---------------------------------------------------------------------------------------------------
probe_and_init "$work/initramfs" "$cache/log"
# The build id is made of debug information, and so of the folder that it was built in; the figures would move with it.
strip --strip-debug -R .note.gnu.build-id -o "$work/initramfs/stillpoint.ko" "$work/module/stillpoint.ko" || die 70 "strip failed on the module"
disk=$(find "$work/root" -name 'brd.ko*' | head -n 1)
case $disk in
    *.ko) cp "$disk" "$work/initramfs/brd.ko" ;;
    *.ko.xz) xz -dc "$disk" >"$work/initramfs/brd.ko" || die 69 "xz is missing: sudo apt-get install xz-utils" ;;
    *) die 70 "$image has no brd.ko, the ram disk that is swapped to" ;;
esac
mkdir "$work/ready"
pack "$work/initramfs" "$work/ready/initramfs.gz"
cp "$work/root/boot/vmlinuz-$release" "$work/ready/vmlinuz" || die 70 "$image has no kernel in boot/"

# --- what measured figures carry ----------------------------------------------------------------------------------------------
sh "$guest/about.sh" "$release" "$(file_name "$packages/$image"_*.deb)" "$work/root/boot/config-$release" >"$work/ready/about"
rm -rf "$ready"
mv "$work/ready" "$ready" || die 73 "cannot write $ready"
echo "$ready"
