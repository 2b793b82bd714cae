#!/bin/sh
# The tight model without reduction, here and by SPIN: the same counts, the time of both, the memory of both.
# Usage: lib/bench/spin.sh [READERS [RUNS [VARIANT]]]   1 to 7 readers, default 7; RUNS of each in turn, default 3;
# VARIANT stop_machine (default) or synchronize_rcu.
# Needs a built tree, spin and gcc. Times are user + system of whole processes; neither SPIN's compilation nor the making
# of our start-up cache is counted.
# SPIN's memory is its "total actual memory usage", ours the peak of the resident memory of the whole process.
# Exit codes: 0 equal counts and the bars hold (they are for 7 readers of stop_machine: 3 times the states per CPU
# second, 0.6 of the memory); 1 not so; 64 wrong usage; 69 something is missing.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
readers=${1:-7} runs=${2:-3} variant=${3:-stop_machine}
case $readers in [1-7]) ;; *) echo "readers = $readers: 1 to 7; the model keeps them in a byte with the writer" >&2; exit 64 ;; esac
case $runs in '' | *[!0-9]* | 0) echo "runs = $runs: a whole number from 1; try lib/bench/spin.sh 7 3" >&2; exit 64 ;; esac
case $variant in
    stop_machine) define= ;;
    synchronize_rcu) define=-DRCU ;;
    *) echo "variant = $variant: stop_machine or synchronize_rcu" >&2; exit 64 ;;
esac
for tool in spin gcc; do
    command -v $tool >/dev/null || { echo "$tool is not installed: on Debian, apt-get install spin gcc" >&2; exit 69; }
done
[ -f "$home/target/stillpoint/classpath" ] || { echo "nothing is built in $home: run ./stillpoint build first" >&2; exit 69; }
tmp=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-spin.XXXXXX") || exit 73
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
read -r class_path <"$home/target/stillpoint/classpath"
jdk=$(sed -n 2p "$home/target/stillpoint/place")
"$jdk/bin/javac" -cp "$class_path" -d "$tmp/classes" "$home/lib/bench/src/main/java/stillpoint/bench/TightSearch.java" || exit 69
cd -- "$tmp" || exit 69
"$jdk/bin/jar" --create --file tight.jar -C classes . || exit 69
# Only what the search needs, and a start-up cache, as the launcher has one: what a compiler does for pan.
search=tight.jar:$(echo "$class_path" | tr ':' '\n' | grep -e '/pages/.*/stillpoint-sync-' -e '/pages/.*/jspecify-' | paste -s -d : -)
# A small heap keeps the collector from letting the table lie about; huge pages spare its random look-ups a walk.
flags="-XX:+UseSerialGC -XX:+UseTransparentHugePages -Xmx110m"
"$jdk/bin/java" $flags -XX:AOTCacheOutput=tight.aot -cp "$search" stillpoint.bench.TightSearch "$variant" 6 >aot.out 2>&1 && [ -f tight.aot ] ||
    { cat aot.out >&2; exit 69; }
spin -DREADERS="$readers" $define -a "$home/lib/bench/tight.pml" >spin.out 2>&1 && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c ||
    { cat spin.out >&2; exit 69; }

children() { # processor seconds of ended children, user and system; `times` answers only in this very shell
    times >times.out
    awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, t, "m"); sub("s", "", t[2]); s += t[1] * 60 + t[2] } print s }' times.out >cpu
    read -r cpu <cpu
}
measured() { # FILE COMMAND...: its output in FILE, its processor seconds at the end of FILE.cpu
    file=$1
    shift
    children; before=$cpu
    "$@" >"$file" || { cat "$file"; exit 1; }
    children
    echo "$before $cpu" | awk '{ print $2 - $1 }' >>"$file.cpu"
}
run=0
while [ $run -lt "$runs" ]; do
    measured ours "$jdk/bin/java" $flags -XX:AOTCache=tight.aot -cp "$search" stillpoint.bench.TightSearch "$variant" "$readers"
    measured theirs ./pan -w24
    run=$((run + 1))
done
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
paste ours.cpu theirs.cpu | awk '{ print $2 / $1 }' >ratios
{
    cat ours
    echo "cpu $(median ours.cpu)"
    awk '/states, stored/ { print "SPIN-states", $1 } /transitions \(=/ { print "SPIN-transitions", $1 }
        /errors:/ { print "SPIN-errors", $NF } /total actual memory/ { print "SPIN-MB", $1 }' theirs
    echo "SPIN-cpu $(median theirs.cpu)"
    echo "speed $(median ratios)"
} | awk -v title="tight $variant, $readers readers" -v bars="$readers $variant" -v runs="$runs" '
    { v[$1] = $2 }
    END {
        memory = v["KiB"] / 1024 / v["SPIN-MB"]
        printf "%s; medians of %d runs\n", title, runs
        printf "%-12s %12s %12s %10s %14s %10s\n", "", "states", "transitions", "CPU s", "states/CPU s", "memory MB"
        printf "%-12s %12d %12d %10.2f %14.0f %10.1f\n", "stillpoint", v["states"], v["transitions"], v["cpu"], v["states"] / v["cpu"], v["KiB"] / 1024
        printf "%-12s %12d %12d %10.2f %14.0f %10.1f   (one transition more: its initial state)\n", "SPIN", v["SPIN-states"], v["SPIN-transitions"], v["SPIN-cpu"], v["SPIN-states"] / v["SPIN-cpu"], v["SPIN-MB"]
        printf "states per CPU second, pair by pair: %.2f of SPIN; memory: %.2f of SPIN\n", v["speed"], memory
        same = v["states"] == v["SPIN-states"] && v["transitions"] + 1 == v["SPIN-transitions"] && v["SPIN-errors"] == 0 && v["states"] > 0
        if (!same) { print "FAILED  the counts differ"; exit 1 }
        print "the counts are equal"
        if (bars != "7 stop_machine") exit 0
        fast = v["speed"] >= 3; small = memory > 0 && memory <= 0.6
        print "bar 3 times the states per CPU second: " (fast ? "holds" : "MISSED")
        print "bar 0.6 of the memory: " (small ? "holds" : "MISSED")
        exit !(fast && small)
    }'
