#!/bin/sh
# Measures the JVM: what a section costs its reader under each scheme, and how long a safepoint or a handshake takes.
# Usage: lib/bench/jvm.sh [readers | safepoints] [--out FOLDER] [--note TEXT]
#   without a word both; FOLDER (default data/measured) gets jvm-readers.csv and jvm-safepoints.csv; TEXT is a line for
#   their provenance, such as what else ran. Two to five minutes.
# Needs a built tree and Maven, which packages the benchmarks.
# Exit codes: 0 measured; 64 wrong usage; 69 something is missing; 70 a measurement failed, and its file is as it was.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
say() { echo "stillpoint: $*" >&2; }
what='readers safepoints' out=$home/data/measured note=
while [ $# -gt 0 ]; do
    case $1 in
        readers | safepoints) what=$1 ;;
        --out | --note)
            [ $# -gt 1 ] || { say "$1: takes a value; see the first lines of lib/bench/jvm.sh"; exit 64; }
            if [ "$1" = --out ]; then out=$2; else note=$2; fi
            shift
            ;;
        *) say "$1: jvm.sh takes readers, safepoints, --out FOLDER and --note TEXT"; exit 64 ;;
    esac
    shift
done
[ -d "$out" ] || { say "$out: no such folder; make it, or name another with --out"; exit 64; }
out=$(cd -P -- "$out" && pwd -P) || exit 69
[ -f "$home/target/stillpoint/place" ] || { say "nothing is built in $home: run ./stillpoint build first"; exit 69; }
command -v mvn >/dev/null || { say 'no mvn on the path: on Debian, apt-get install maven'; exit 69; }
jdk=$(sed -n 2p "$home/target/stillpoint/place")
cd -- "$home" || exit 69
JAVA_HOME=$jdk mvn -q -B -Dquick -DskipTests -pl lib/bench -am package >&2 || exit 69
cd lib/bench/target || exit 69
for each in $what; do
    case $each in
        readers) class=stillpoint.bench.reader.MeasureReaders ;;
        safepoints) class=stillpoint.bench.MeasureSafepoints ;;
    esac
    "$jdk/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "classes:lib/*:peers/*" "$class" "$out/jvm-$each.csv" ${note:+"$note"} || { say "jvm-$each.csv: not measured"; exit 70; }
done
