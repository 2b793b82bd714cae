#!/bin/sh
# Opens pages from disk in headless Chromium and counts what they ask the network for (0), and their bytes
# (at most 256,000 bytes; the matrix, 330,000). Without arguments: a sample of 40 cells, the sample with a bit of everything, and site/.
#
# Usage: lib/bench/page-requests.sh [PAGE.html...]
# Exit codes: 0 within the bars; 1 a page is not; 69 no Chromium, or nothing is built.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P) || exit 69
work=$(mktemp -d) || exit 73
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

for browser in "${CHROMIUM-}" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null && break
    browser=
done
[ -n "$browser" ] || { echo "page-requests: no Chromium; install one, or name it in CHROMIUM" >&2; exit 69; }

requests() { # PAGE: prints the addresses that it asked for, with every name resolved to nothing
    "$browser" --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/profile" --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
        --disable-features=OptimizationHints,MediaRouter,Translate --host-resolver-rules='MAP * ~NOTFOUND' \
        --log-net-log="$work/net.json" --net-log-capture-mode=Everything --virtual-time-budget=3000 \
        --dump-dom "file://$1" >"$work/dom.html" 2>"$work/browser.log" </dev/null
    [ -s "$work/dom.html" ] || { echo "page-requests: $1 was not shown: $(tail -n 1 "$work/browser.log")" >&2; exit 69; }
    # The browser asks for things of its own; what the page asks for is filed under its origin.
    grep '"network_isolation_key":"file://' "$work/net.json" | grep -o '"url":"[^"]*"' | cut -d '"' -f 4 |
        grep -v -E '^(file|data|about|blob):' | sort -u
}

# The check is proved able to fail.
echo '<!DOCTYPE html><title>asks</title><img src="http://elsewhere.example/p.png">' >"$work/asks.html"
[ "$(requests "$work/asks.html")" = http://elsewhere.example/p.png ] ||
    { echo "page-requests: a request that was made was not seen; this Chromium's log is not understood" >&2; exit 69; }

if [ $# -eq 0 ]; then
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    "$java" -cp "$home/lib/pages/target/test-classes:$home/lib/pages/target/classes:$home/lib/sync/target/classes:$home/lib/pages/target/lib/*" \
        stillpoint.page.SamplePages "$work/samples" ||
        { echo "page-requests: the samples are not built; JAVA_HOME is a JDK 25? then: mvn -pl lib/pages -am test-compile" >&2; exit 69; }
    set -- "$work/samples/forty.html" "$work/samples/everything.html"
    for page in "$home"/site/*.html; do [ -f "$page" ] && set -- "$@" "$page"; done
fi

failed=0
for page; do
    case $page in /*) ;; *) page=$PWD/$page ;; esac
    asked=$(requests "$page") 
    count=$(printf '%s' "$asked" | grep -c .)
    bytes=$(wc -c <"$page")
    zipped=$(gzip -9 -c "$page" | wc -c)
    cells=$(grep -c '<div class="cell ' "$page")
    printf '%-28s %3d cells %7d bytes %6d compressed %2d requests\n' "${page##*/}" "$cells" "$bytes" "$zipped" "$count"
    [ -z "$asked" ] || { printf '%s\n' "$asked" | sed 's/^/    /'; failed=1; }
    # A notebook's page has a bar; the matrix holds every search of every design, and has one of its own.
    case $page in */matrix.html) most=330000 ;; *) most=256000 ;; esac
    [ "$bytes" -le $most ] || { echo "    above $most bytes"; failed=1; }
done
exit $failed
