#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What measured figures carry of a guest's kernel, as lines of "name: value".
#
#   sh about.sh KERNEL PACKAGE CONFIG
set -u
echo "kernel: $1"
echo "package: $2"
hz=$(sed -n 's/^CONFIG_HZ=//p' "$3")
echo "hz: $hz"
told=HZ=$hz
for each in PREEMPT_NONE PREEMPT_VOLUNTARY PREEMPT PREEMPT_LAZY PREEMPT_DYNAMIC PREEMPT_RCU NO_HZ_IDLE NO_HZ_FULL RCU_NOCB_CPU RETPOLINE; do
    ! grep -qx "CONFIG_$each=y" "$3" || told="$told $each"
done
echo "configuration: $told"
