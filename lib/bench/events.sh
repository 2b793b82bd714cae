#!/bin/sh
# The hold model on our event queue and on SSJ's, in turns; and an event of M/M/1 all in. See EventRace.
# Usage: lib/bench/events.sh [ROUNDS]   default 3; a round takes about a minute
# Needs a built tree and Maven, which packages the benchmarks and fetches SSJ once.
# Exit codes: 0 a third of SSJ's time or less at every size, and no garbage; 1 not so; 64 wrong usage; 69 something is
# missing.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
rounds=${1:-3}
case $rounds in '' | *[!0-9]* | 0) echo "rounds = $rounds: a whole number from 1; try lib/bench/events.sh 3" >&2; exit 64 ;; esac
[ -f "$home/target/stillpoint/place" ] || { echo "nothing is built in $home: run ./stillpoint build first" >&2; exit 69; }
command -v mvn >/dev/null || { echo "no mvn on the path: on Debian, apt-get install maven" >&2; exit 69; }
jdk=$(sed -n 2p "$home/target/stillpoint/place")
cd -- "$home" || exit 69
JAVA_HOME=$jdk mvn -q -B -Dquick -DskipTests -pl lib/bench -am package >&2 || exit 69
cd lib/bench/target || exit 69
exec "$jdk/bin/java" --sun-misc-unsafe-memory-access=allow -cp "classes:lib/*:peers/*" stillpoint.bench.EventRace "$rounds"
