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
own=$(cd -P -- "$(dirname -- "$0")" && pwd -P) || exit 69
guest=${own%/*}
cache=${1:?the folder for what is downloaded}
. "$guest/common.sh"

[ "$(uname -sm)" = 'Linux x86_64' ] || die 69 "this is $(uname -sm): the patched guest is built on Linux, x86_64.
  $otherwise"
needs_of_every_guest
needs flex flex
needs bison bison
needs bc bc
needs xz xz-utils
# The kernel's own tool that looks at its object files is made with libelf.
echo '#include <gelf.h>' | gcc -E -x c -o /dev/null - 2>/dev/null || missing="$missing libelf-dev"
all_there patched

mkdir -p "$cache/patched" 2>/dev/null && [ -w "$cache/patched" ] || die 73 "cannot write $cache; make it writable"
cache=$(cd -P -- "$cache/patched" && pwd -P) || exit 73

release=6.1
digest() { cat "$@" | sha256sum | cut -c 1-12; }
kernels=$cache/kernels-$(digest "$own/hooks.sh" "$own/config" "$own/designs"/*.h)
ready=$cache/$release-$(digest "$own/hooks.sh" "$own/config" "$own/designs"/*.h "$guest/init" "$guest/swap-probe.c" "$guest/about.sh")
designs='percpu-ref rcu stop stop-posted mutation'
[ ! -f "$ready/all" ] || { echo "$ready"; exit 0; }

# --- the source, where no blank is in the path, since the kernel's make files cannot have one ---------------------------
build=${STILLPOINT_KERNEL_BUILD:-$cache/build}
case $build in
    *[[:space:]:]*) die 73 "$build: the kernel's make files take no blank or colon in a path.
  Way on: name a folder without one, with 1.5 GB: STILLPOINT_KERNEL_BUILD=/var/tmp/stillpoint" ;;
esac
mkdir -p "$build" || die 73 "cannot write $build; make it writable"
package=linux-source-$release
if [ ! -f "$build/unpacked" ]; then
    download "$build" "$build/log" "$package"
    say "unpacking $package"
    rm -rf "$build/source" "$build/unpacking"
    mkdir "$build/unpacking"
    dpkg-deb -x "$build/$package"_*.deb "$build/unpacking" 2>"$build/log" || {
        rm -f "$build/$package"_*.deb
        die 69 "$package: $(head -n 1 "$build/log"); the download is removed, run the same again"
    }
    tar -xJf "$build/unpacking/usr/src/$package.tar.xz" -C "$build/unpacking" || die 73 "$build: no space to unpack $package (1.5 GB)"
    mv "$build/unpacking/$package" "$build/source" || exit 73
    file_name "$build/$package"_*.deb >"$build/unpacked"
    rm -rf "$build/unpacking"
fi
source=$build/source

# --- a kernel for each design ----------------------------------------------------------------------------------------------
cpus=$(nproc)
compile() { # WORDS...; make runs aside, so that what ends this script ends it too
    nice -n 15 make -s -C "$source" "-j$cpus" CC=gcc KBUILD_BUILD_TIMESTAMP=2020-01-01 KBUILD_BUILD_USER=stillpoint \
        KBUILD_BUILD_HOST=guest "$@" >"$build/log" 2>&1 </dev/null &
    maker=$!
    wait $maker || die 70 "the kernel does not build: $(grep -m 1 -E 'error|\*\*\*' "$build/log"); all of it is in $build/log"
    maker=
}
teller='' maker=''
trap 'kill $teller $maker 2>/dev/null' EXIT
trap 'exit 130' INT TERM
told() { # says how many files are compiled, until it is ended
    while sleep 20 >/dev/null 2>&1; do say "building $design: $(find "$source" -name '*.o' | wc -l) object files"; done
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
mkdir -p "$kernels"
for design in $designs; do
    [ ! -f "$kernels/$design" ] || continue
    if [ "$design" = percpu-ref ]; then reason=$(sh "$own/hooks.sh" "$source" out 2>&1) || die 70 "$reason" # as shipped
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
    told >/dev/null &
    teller=$!
    compile bzImage
    kill $teller 2>/dev/null
    teller=
    cp "$source/arch/x86/boot/bzImage" "$kernels/new" && mv "$kernels/new" "$kernels/$design" || die 73 "cannot write $kernels"
done
version=$(make -s -C "$source" CC=gcc kernelrelease)

# --- the initial ram disk: as that of the other guest, without a module --------------------------------------------------
disk=$build/disk
rm -rf "$disk"
probe_and_init "$disk" "$build/log"
pack "$disk" "$build/initramfs.gz"
rm -rf "$ready"
for design in $designs; do
    mkdir -p "$ready/$design"
    cp "$kernels/$design" "$ready/$design/vmlinuz" && cp "$build/initramfs.gz" "$ready/$design/" || die 73 "cannot write $ready"
    sh "$guest/about.sh" "$version" "$(cat "$build/unpacked"); $design" "$source/.config" >"$ready/$design/about"
done
: >"$ready/all"
echo "$ready"
