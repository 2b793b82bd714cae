#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Puts calls of ours into swapon, swapoff and the fault path of an unpacked Linux 6.1 source, so that what keeps swapoff and
# faults apart is a file of ours, mm/stillpoint-design.h.
#
#   sh hooks.sh SOURCE        puts them in      exit codes: 0 done, or done before;
#   sh hooks.sh SOURCE out    takes them out                70 the source is not as expected, and nothing is changed
#
# It says where, by names of the kernel's functions; it holds no text of the kernel.
set -u
LC_ALL=C
export LC_ALL
source=${1:?an unpacked kernel source}
die() { printf '%s\n' "$*" >&2; exit 70; }
cd "$source" || die "$source: no such folder"
kept=.stillpoint-kept
if [ "${2-}" = out ]; then
    [ ! -d $kept ] || { cp $kept/*.c mm/ && rm -r $kept; } || die "$source: cannot be changed"
    exit 0
fi
[ ! -f $kept/all ] || exit 0
for file in mm/swapfile.c mm/memory.c mm/swap_state.c; do
    [ -f $file ] || die "$source/$file: no such file; is this a Linux source?"
done

# In swapfile.c. Each hook counts itself, and all have to be found exactly as often as below.
awk '
    /^struct swap_info_struct \*get_swap_device\(/ { print "#include \"stillpoint-put.h\"\n#include \"stillpoint-design.h\""; inside = "get"; hooks++ }
    /^static void enable_swap_info\(/ { inside = "on" }
    /^SYSCALL_DEFINE1\(swapoff,/ { inside = "off" }
    inside == "get" && sub(/percpu_ref_tryget_live\(&si->users\)/, "stillpoint_get(si)") { hooks++ }
    inside == "get" && sub(/percpu_ref_put\(&si->users\)/, "stillpoint_put(si)") { hooks++ }
    inside == "on" && sub(/prio, swap_map, cluster_info\);/, "prio, stillpoint_early(swap_map), cluster_info);") { hooks++ }
    inside == "on" && sub(/percpu_ref_resurrect\(&p->users\)/, "stillpoint_publish(p, swap_map)") { hooks++ }
    inside == "off" && /percpu_ref_kill\(&p->users\);/ { print "\tstillpoint_retract(p);"; waits = 2; hooks++; next }
    inside == "off" && waits && /synchronize_rcu\(\);|wait_for_completion\(&p->comp\);/ { waits--; hooks++; next }
    inside == "off" && /^\tswap_file = p->swap_file;/ { print "\tstillpoint_clear(p);"; hooks++ }
    inside == "off" && sub(/swap_map = p->swap_map;/, "swap_map = stillpoint_map(p);") { hooks++ }
    inside == "off" && sub(/cluster_info = p->cluster_info;/, "cluster_info = stillpoint_clusters(p);") { hooks++ }
    inside == "off" && /exit_swap_address_space\(p->type\);/ { print "\tstillpoint_before_cache_ends();"; hooks++ }
    /^}/ { inside = "" }
    { print }
    END { exit hooks != 12 }
' mm/swapfile.c >mm/.swapfile || die "mm/swapfile.c: swapon and swapoff are not as in Linux 6.1; the designs are patches to that one"

# put_swap_device() is an inline function of a header that half of the kernel includes. Those that call it get another one,
# which swapfile.c holds, so that a design costs three files and a link.
awk '
    /^struct folio \*swap_cache_get_folio\(/ { print "#include \"stillpoint-put.h\""; hooks++ }
    { print }
    END { exit hooks != 1 }
' mm/swap_state.c >mm/.swap_state || die "mm/swap_state.c: swap_cache_get_folio() is not as in Linux 6.1"

# A fault sleeps while it holds a reference. No other design lets it: there, as in 2019, the sections are short, and what is
# read meanwhile is kept by its swap cache bit.
awk '
    /^vm_fault_t do_swap_page\(/ { print "#include \"stillpoint-put.h\""; inside = 1; hooks++ }
    inside && /si = get_swap_device\(entry\);/ { got = 1 }
    inside && held == "" && /^\tif \(si\)$/ { held = $0; next }
    held != "" { if (/put_swap_device\(si\);/) { held = ""; hooks++; next } print held; held = "" }
    { print }
    got == 1 && /goto out;/ { print "\tput_swap_device(si);"; got = 2; hooks++ }
    /^}/ { inside = 0 }
    END { exit hooks != 4 }
' mm/memory.c >mm/.memory || die "mm/memory.c: do_swap_page() is not as in Linux 6.1"

mkdir -p $kept && cp mm/swapfile.c mm/swap_state.c mm/memory.c $kept/ &&
    mv mm/.swapfile mm/swapfile.c && mv mm/.swap_state mm/swap_state.c && mv mm/.memory mm/memory.c && : >$kept/all
