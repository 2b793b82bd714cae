#!/bin/sh
# The parts of a sweep by GNU parallel, here or on hosts that see this checkout at the same path.
# Usage: environment/cluster/sweep-parallel.sh PARTS [HOST,HOST...]   SWEEP_OUT: the folder for the CSV files
# Exit codes: 0 done, sweep.csv is whole; 64 wrong usage; 69 no GNU parallel; others are those of `sweep` and `merge`.
set -eu
parts=${1-}
case $parts in '' | *[!0-9]* | 0*) echo "parts = $parts: a whole number from 1; try $0 8" >&2; exit 64 ;; esac
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P)
out=${SWEEP_OUT:-$PWD}
command -v parallel >/dev/null || { echo "no GNU parallel on the path: install it and repeat" >&2; exit 69; }
set -- ${2:+--sshlogin "$2"}
"$home/stillpoint" build
# The joblog lets parallel start only what is missing; a part that was killed goes on by itself.
seq "$parts" | parallel "$@" --jobs 1 --retries 3 --joblog "$out/sweep.joblog" --resume-failed \
    "cd '$home' && tr '\\n' '\\0' <environment/cluster/sweep.words | xargs -0 sh -c '\"\$@\" --shard {}/$parts --out \"$out/shard-{}.csv\"' sh ./stillpoint sweep"
set --
part=1
while [ "$part" -le "$parts" ]; do set -- "$@" "$out/shard-$part.csv"; part=$((part + 1)); done
exec "$home/stillpoint" merge "$out/sweep.csv" "$@"
