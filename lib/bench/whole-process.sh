#!/bin/sh
# The promised times of the command line, measured as a reader meets them: whole processes, launcher included, on a
# built tree. Pairs are run in turns (A B A B ...), so that a busy machine is busy for both.
# Usage: lib/bench/whole-process.sh [RUNS]   how many pairs of the short commands; default 15
# Prints min, median, max and processor time, all measured. Exit codes: 0 every bar holds; 1 one does not;
# 69 nothing is built.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
runs=${1:-15}
case $runs in '' | *[!0-9]* | 0) echo "runs = $runs: a whole number from 1; try lib/bench/whole-process.sh 15" >&2; exit 64 ;; esac
tmp=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-bars.XXXXXX") || exit 73
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
cd -- "$home" || exit 69
./stillpoint build || { echo "nothing is built in $home" >&2; exit 69; }
unset STILLPOINT_JAVA_OPTS
STILLPOINT_NO_CACHE=1 # no training beside what is measured
export STILLPOINT_NO_CACHE
missed=0

now() { date +%s%N; }
case $(now) in *N) echo "this \`date\` knows no nanoseconds (GNU coreutils do); install them and repeat" >&2; exit 69 ;; esac
children() { # processor seconds of ended children, user and system; `times` answers only in this very shell
    times >"$tmp/times"
    awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, "m"); sub("s", "", t[2]); s += t[1] * 60 + t[2] } print s }' "$tmp/times" >"$tmp/cpu"
    read -r cpu <"$tmp/cpu"
}
once() { # SERIES CODE COMMAND...: one process; a line with its wall and processor seconds
    series=$1 code=$2
    shift 2
    children; cpu_before=$cpu
    began=$(now)
    "$@" </dev/null >"$tmp/out" 2>&1
    got=$?
    ended=$(now)
    children
    if [ $got -ne "$code" ]; then
        echo "FAILED  $*: exit code $got, not $code:"; head -n 5 "$tmp/out"; missed=1
    fi
    echo "$began $ended $cpu_before $cpu" | awk '{ printf "%.4f %.3f\n", ($2 - $1) / 1e9, $4 - $3 }' >>"$tmp/$series"
}
report() { # SERIES BAR TITLE: BAR in seconds, or - for none
    sort -n "$tmp/$1" | awk -v bar="$2" -v title="$3" '
        { wall[NR] = $1; cpu[NR] = $2 }
        END {
            n = NR
            m = n % 2 ? wall[(n + 1) / 2] : (wall[n / 2] + wall[n / 2 + 1]) / 2
            for (i = 2; i <= n; i++) for (j = i; j > 1 && cpu[j] < cpu[j - 1]; j--) { t = cpu[j]; cpu[j] = cpu[j - 1]; cpu[j - 1] = t }
            c = n % 2 ? cpu[(n + 1) / 2] : (cpu[n / 2] + cpu[n / 2 + 1]) / 2
            verdict = bar == "-" ? "" : m <= bar ? "  bar " bar " s: holds" : "  bar " bar " s: MISSED"
            printf "%-46s min %7.3f  median %7.3f  max %7.3f s  cpu %7.2f s  n %2d%s\n", title, wall[1], m, wall[n], c, n, verdict
            exit m > bar && bar != "-"
        }' || missed=1
}

echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) CPUs, $(uname -sr), JDK at $(sed -n 2p target/stillpoint/place), load $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null)"

# The bar starts at the process start and ends with the printed counterexample.
[ -f target/stillpoint/cli.aot ] || { echo 'FAILED  no start-up cache was made; see target/stillpoint/cli.training.log'; missed=1; }
once warm-up 1 ./stillpoint check D0
i=0
while [ $i -lt "$runs" ]; do
    once d0-cached 1 ./stillpoint check D0
    once d0-bare 1 env STILLPOINT_JAVA_OPTS=-XX:AOTMode=off ./stillpoint check D0
    once launcher 0 ./stillpoint --version
    i=$((i + 1))
done
report d0-cached 0.25 './stillpoint check D0'
report d0-bare - '  the same without the start-up cache'
report launcher - '  the shell alone (./stillpoint --version)'

# The search itself is to end within 5 s; the process adds its start.
once d8 0 ./stillpoint check D8 --readers 3 --swapon
report d8 5.25 './stillpoint check D8 --readers 3 --swapon'
grep -iE 'states|steps|transitions' "$tmp/out" | head -n 5 | sed 's/^/  /'

once run 0 ./stillpoint run --site "$tmp/site"
report run 60 './stillpoint run'
tail -n 3 "$tmp/out" | sed 's/^/  /'

if [ $missed -eq 0 ]; then echo 'summary: every bar holds'; else echo 'summary: a bar is missed'; fi
exit $missed
