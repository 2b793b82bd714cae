#!/bin/sh
# The promised times of the simulator, in one warm JVM: an event and a swapoff on 8192 CPUs, a sweep. See SweepBars.
# Usage: lib/bench/sweep.sh [DESIGN...]   the single runs of these designs only
# Needs a built tree and Maven, which packages the benchmarks.
# Exit codes: 0 every bar holds; 1 one does not; 69 something is missing.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
[ -f "$home/target/stillpoint/place" ] || { echo "nothing is built in $home: run ./stillpoint build first" >&2; exit 69; }
command -v mvn >/dev/null || { echo "no mvn on the path: on Debian, apt-get install maven" >&2; exit 69; }
jdk=$(sed -n 2p "$home/target/stillpoint/place")
cd -- "$home" || exit 69
echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) CPUs, load $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null)"
JAVA_HOME=$jdk mvn -q -B -Dquick -DskipTests -pl lib/bench -am package >&2 || exit 69
cd lib/bench/target || exit 69
exec "$jdk/bin/java" -XX:+UseSerialGC -cp "classes:lib/*:peers/*" stillpoint.bench.SweepBars "$@"
