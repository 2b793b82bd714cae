# shellcheck shell=sh disable=SC2154,SC3013 # sourced: $work, $jdk, $home and the class paths are of ./stillpoint
# Sourced by ./stillpoint: trains the AOT caches of the command line and of the kernel (JDK 25, JEP 483 and 515).
# Made beside and renamed, so a command that starts meanwhile sees no cache or a whole one. One at a time.
mkdir "$work/caches.lock" 2>/dev/null || {
    owner=$(cat "$work/caches.lock/pid" 2>/dev/null)
    { [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; } && return 0
    mkdir -p "$work/caches.lock"
}
sh -c 'echo $PPID' >"$work/caches.lock/pid"
trap 'rm -rf "$work/caches.lock"' EXIT INT TERM

# A cache serves only the class path and the flags that it was trained with, and bears the time its training began.
train() { # NAME CLASS_PATH ARGUMENTS...
    name=$1 path=$2; shift 2
    rm -f "$work/$name.aot.next"
    : >"$work/$name.training.began"
    nice -n 10 "$jdk/bin/java" -XX:AOTCacheOutput="$work/$name.aot.next" -XX:+UseSerialGC -XX:-UsePerfData \
        --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -Dstillpoint.home="$home" \
        -cp "$path" "$@" </dev/null >"$work/$name.training.log" 2>&1
    if [ "$work/classpath" -nt "$work/$name.training.began" ]; then rm -f "$work/$name.aot.next" # built anew meanwhile
    elif [ -s "$work/$name.aot.next" ]; then
        touch -r "$work/$name.training.began" "$work/$name.aot.next"
        mv -f "$work/$name.aot.next" "$work/$name.aot"
    else say "no start-up cache for the $name: everything works, but starts slower; see $work/$name.training.log"
    fi
}
train cli "$class_path" -XX:TieredStopAtLevel=1 -Xss8m stillpoint.cli.Training
