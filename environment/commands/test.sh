# shellcheck shell=sh disable=SC2154,SC1091 # sourced: $home and the functions are of ./stillpoint
# Sourced by ./stillpoint: `test`. Each stage is a function below; its output goes to a log, its verdict to one line.
. "$home/environment/commands/jupyter.sh"

test_help() {
    cat <<'END'
Usage: ./stillpoint test [--all]
Runs the tests, 9 to 15 minutes on two cores, and prints what ran and what was skipped, with the reason:
  java        mvn verify: unit, golden and architecture tests, formatting, null checks
  bad-input   the launcher, and every case of wrong input, as whole processes in copies of this checkout
  notebooks   every notebook through the real kernel, compared with its committed outputs
  stranger    one notebook through `jupyter nbconvert --execute`, a client that is not ours
  guest       a Linux kernel in QEMU, timed by our module, twice: the same bytes, and the shape of the figures
With --all also:
  java        the Java tests that are tagged slow
  bars        the promised times as whole processes: check, run
  requests    every page of site/ in headless Chromium: size, and no request
  jmh         every benchmark of lib/bench for a moment, to see that it runs
Logs: target/stillpoint/test/. With STILLPOINT_CI=1, a skip that environment/skips.txt does not list is a failure.
Exit codes:
  0   everything that ran passed
  1   something failed
  64  wrong usage
  69  a JDK, Maven or the network is missing
END
}

java_stage() { # the checks of taste count only if everything is compiled under them
    find_mvn 'the tests run through it'
    lock
    rm -rf "$home"/lib/*/target/classes "$home"/lib/*/target/test-classes "$home"/lib/*/target/maven-status \
        "$home"/lib/*/target/surefire-reports
    # shellcheck disable=SC2086 # STILLPOINT_MVN_OPTS is a list of options
    (cd -- "$home" && JAVA_HOME=$jdk "$mvn" -B -fae ${STILLPOINT_MVN_OPTS-} -Dexcluded.tests="$excluded" verify </dev/null)
    status=$?
    unlock
    find "$home"/lib/*/target/surefire-reports -name 'TEST-*.xml' -exec cat {} + 2>/dev/null | awk -F'"' '
        /<testcase / {
            for (i = 1; i < NF; i += 2) if ($i ~ / name=$/) name = $(i + 1); else if ($i ~ /classname=$/) class = $(i + 1)
            tests++
        }
        /<skipped/ { reason = "no reason given"; for (i = 1; i < NF; i += 2) if ($i ~ /message=$/) reason = $(i + 1)
            print "skipped: " class "." name ": " reason; skips++ }
        END { print "\nsummary: " tests + 0 " tests, " skips + 0 " of them skipped" }'
    return $status
}
bad_input_stage() { sh "$home/lib/bench/bad-input.sh"; }
notebooks_stage() {
    set -- "$home"/notebooks/*.ipynb
    [ -e "$1" ] || { echo "no notebook in $home/notebooks"; return 1; }
    (cli run) && echo "summary: $# notebooks as committed"
}
stranger_stage() {
    if find_jupyter nbconvert; then client=$jupyter
    else
        problem=$( (set_up nbconvert==7.17.1 nbconvert) 2>&1) || {
            echo "skipped: stranger: $(printf '%s' "$problem" | grep -v 'setting one up' | head -n 1)"
            return 0
        }
        client=''
    fi
    private_kernelspec
    set -- "$home"/notebooks/*.ipynb
    book=$1
    set -- nbconvert --to notebook --execute --output-dir "$tests/stranger" --ExecutePreprocessor.timeout=300 "$book"
    if [ -z "$client" ]; then "$venv/bin/python" -m "$@"
    elif [ "$client" = 'jupyter nbconvert' ]; then jupyter "$@"
    else shift; "$client" "$@"
    fi || return
    grep -q '"output_type"' "$tests/stranger/${book##*/}" || { echo "$book: nbconvert stored no output"; return 1; }
    echo "summary: ${book##*/} executed by nbconvert"
}
guest_stage() { # the figures move with the kernel's version: their shape counts, not their values
    [ "$(uname -s)" = Linux ] && command -v qemu-system-x86_64 >/dev/null || { echo 'skipped: guest: no qemu-system-x86_64 here'; return 0; }
    (cli measure guest --samples 10 --twice --limit 240)
    status=$?
    if [ $status -eq 69 ] && grep -qE '^stillpoint: (the measuring guest needs|apt knows no|no apt-get|apt-get download)' "$log"; then
        echo "skipped: guest: $(sed -nE 's/^stillpoint: ((the measuring guest needs|apt knows no|no apt-get|apt-get download).*)/\1/p' "$log" | head -n 1)"
        return 0
    fi
    [ $status -ne 0 ] || echo "summary: $(grep -c '^holds: ' "$log") claims hold of a real kernel's figures"
    return $status
}
bars_stage() { sh "$home/lib/bench/whole-process.sh"; }
requests_stage() {
    JAVA_HOME=$jdk sh "$home/lib/bench/page-requests.sh"
    status=$?
    if [ $status -eq 69 ] && grep -q 'no Chromium' "$log"; then
        echo 'skipped: requests: no Chromium here'
        return 0
    fi
    [ $status -ne 0 ] || echo 'summary: every page is small and asks for nothing'
    return $status
}
jmh_stage() {
    classes="$home"/lib/bench/target/classes
    [ -s "$classes/META-INF/BenchmarkList" ] || { echo 'skipped: jmh: lib/bench holds no JMH benchmark'; return 0; }
    "$jdk/bin/java" -cp "$classes:$home/lib/bench/target/lib/*" org.openjdk.jmh.Main -f 1 -wi 1 -i 1 -w 100ms -r 100ms -foe true &&
        echo "summary: $(wc -l <"$classes/META-INF/BenchmarkList") benchmarks ran"
}

stage() { # NAME: runs NAME_stage and says how it went
    name=$1
    log=$tests/$name.log
    began=$(date +%s)
    [ ! -t 1 ] || printf '....     %s' "$name"
    # In a shell of its own: what ends the launcher must end one stage only. Its exit trap is the launcher's.
    ("$(printf '%s' "$name" | tr - _)_stage") >"$log" 2>&1
    status=$?
    took=$(($(date +%s) - began))
    [ ! -t 1 ] || printf '\r'
    summary=$(sed -n 's/^summary: //p' "$log" | tail -n 1)
    if [ $status -ne 0 ]; then
        failed="$failed $name"
        printf 'FAILED   %-10s %s (%s s, exit code %s); the end of %s:\n' "$name" "$summary" "$took" "$status" "$log"
        { grep -E '^(\[ERROR\]|FAILED|stillpoint:)' "$log" | grep -vE '^\[ERROR\] *(-> )?($|\[Help|To see|Re-run|For more|After|  mvn|See )' || tail -n 15 "$log"; } | head -n 30 | sed 's/^/         /'
    elif grep -q "^skipped: $name:" "$log"; then printf -- '-        %-10s (%s s)\n' "$name" "$took"
    else printf 'ok       %-10s %s (%s s)\n' "$name" "$summary" "$took"
    fi
    grep '^skipped: ' "$log" >>"$tests/skipped"
}
judge_skips() { # each with its reason; on the build machine, each unlisted one as a failure
    [ -s "$tests/skipped" ] || return
    while IFS= read -r line; do
        case $line in skipped:*) id=${line#skipped: }; id=${id%%: *} ;; esac
        printf '%s\n' "$line"
        [ "${STILLPOINT_CI-}" = 1 ] || continue
        awk -v id="$id" '$1 == id && NF > 1 { found = 1 } END { exit !found }' "$home/environment/skips.txt" && continue
        printf 'FAILED   %s was skipped, and environment/skips.txt does not list it\n' "$id"
        failed="$failed $id"
    done <"$tests/skipped"
}

run_tests() {
    stages='java bad-input notebooks stranger guest'
    excluded=slow
    case ${1-} in
        '') ;;
        -h | --help) test_help; exit 0 ;;
        --all) excluded='' stages="$stages bars requests jmh" ;;
        *) die 64 "$1: \`test\` takes --all or nothing; try ./stillpoint test --help" ;;
    esac
    [ $# -le 1 ] || die 64 "$2: \`test\` takes --all or nothing; try ./stillpoint test --help"
    find_jdk
    tests=$work/test
    rm -rf "$tests"
    mkdir -p "$tests" || die 73 "cannot write $tests; make $home writable"
    failed='' all_began=$(date +%s)
    echo "Stillpoint's tests: $stages; logs in $tests"
    stage java
    (ready) >"$tests/build.log" 2>&1 || die 1 "the command line does not build: $(grep -v '^$' "$tests/build.log" | head -n 20)"
    ready
    for each in ${stages#java }; do stage "$each"; done
    judge_skips
    total=$(($(date +%s) - all_began))
    [ -z "$failed" ] || die 1 "failed:$failed ($total s)"
    echo "all passed ($total s)"
}
run_tests "$@"
