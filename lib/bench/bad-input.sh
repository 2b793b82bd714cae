#!/bin/sh
# Wrong input and a wrong machine, each as a real process in a copy of this checkout: the message, the exit code, and
# that no notebook changed. Needs a built checkout (./stillpoint build).
# Usage: lib/bench/bad-input.sh [NAME...]   only the cases whose names begin so
# All of them are run in two halves at a time, each in a copy of its own.
# Exit codes: 0 all as promised, or skipped with a reason; 1 a case is not; 69 nothing is built.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P)
wanted="$*"
if [ -z "$wanted" ] && [ -z "${STILLPOINT_HALF-}" ] && [ "$(getconf _NPROCESSORS_ONLN)" -gt 1 ]; then
    halves=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-halves.XXXXXX") || exit 69
    trap 'rm -rf "$halves"' EXIT
    STILLPOINT_HALF=0 sh "$0" >"$halves/0" 2>&1 &
    first=$!
    trap 'kill $first 2>/dev/null; exit 130' INT TERM
    STILLPOINT_HALF=1 sh "$0" >"$halves/1" 2>&1
    other=$?
    wait $first
    status=$?
    [ $status -ne 0 ] || status=$other
    cat "$halves/0" "$halves/1" | grep -v '^summary: '
    cat "$halves/0" "$halves/1" | awk '/^summary: / { ran += $2; wrong += $4; skips += $6 }
        END { printf "summary: %d cases, %d failed, %d skipped\n", ran, wrong, skips }'
    exit $status
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-bad.XXXXXX") || exit 69
chmod 755 "$tmp"
trap 'chmod -R u+w "$tmp" 2>/dev/null; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
[ -f "$home/target/stillpoint/stamp" ] || { echo "nothing is built in $home: run ./stillpoint build first" >&2; exit 69; }

# No case may be helped or hurt by what the caller has set.
unset JUPYTER_PATH JUPYTER_DATA_DIR STILLPOINT_JAVA_OPTS STILLPOINT_JDKS VIRTUAL_ENV CONDA_PREFIX XDG_DATA_HOME
STILLPOINT_NO_CACHE=1 JUPYTER_DATA_DIR=$tmp/jupyter
export STILLPOINT_NO_CACHE JUPYTER_DATA_DIR
ran=0 wrong=0 skips=0 begun=0 cells=''

# --- plumbing ----------------------------------------------------------------------------------------------
copy_of_sources() { # DIR: what a clone would be
    mkdir -p "$1" && (cd -- "$home" && find stillpoint pom.xml .mvn environment lib notebooks data \
        \( -name target -o -name .ipynb_checkpoints \) -prune -o -type f -print 2>/dev/null | tar -cf - -T -) | tar -xf - -C "$1"
}
built_copy() { # DIR: the same with what is built; times are kept, so that nothing is built again
    mkdir -p "$1" && (cd -- "$home" && tar -cf - --exclude='*.aot*' --exclude=test-classes --exclude=surefire-reports \
        --exclude=lib/bench/target --exclude=target/stillpoint/test stillpoint pom.xml .mvn environment lib target/stillpoint \
        notebooks data 2>/dev/null) | tar -xpf - -C "$1"
    rm -rf "$1/target/stillpoint/lock" "$1/target/stillpoint/caches.lock"
}
sum() { find "$1/notebooks" -name '*.ipynb' -exec cksum {} + 2>/dev/null | sort; }
skip() { # REASON: of the case that began last
    skips=$((skips + 1))
    echo "skipped: bad-input/$name: $1"
}
begin() { # NAME: false when it is not among those wanted
    name=$1 begun=$((begun + 1))
    [ -z "${STILLPOINT_HALF-}" ] || [ $((begun % 2)) -eq "$STILLPOINT_HALF" ] || return 1
    [ -z "$wanted" ] && return 0
    for prefix in $wanted; do case $name in "$prefix"*) return 0 ;; esac; done
    return 1
}
report() { # PROBLEM, empty when all is as promised
    ran=$((ran + 1))
    if [ -z "$1" ]; then echo "ok      $name"; return; fi
    wrong=$((wrong + 1))
    echo "FAILED  $name: $1; it said:"
    head -n 20 "$tmp/said" | sed 's/^/        /'
}
# The command is run in $copy. One message only, no Java stack trace (but a cell's), the fragments in it, the notebooks
# as before.
expect() { # CODE FRAGMENT... -- COMMAND...
    code=$1 problem=
    shift
    : >"$tmp/fragments"
    while [ "$1" != -- ]; do printf '%s\n' "$1" >>"$tmp/fragments"; shift; done
    shift
    before=$(sum "$copy")
    (cd -- "$copy" && "$@") </dev/null >"$tmp/said" 2>&1
    got=$?
    [ $got -eq "$code" ] || problem="exit code $got, not $code"
    while IFS= read -r fragment; do
        grep -qF -- "$fragment" "$tmp/said" || problem="${problem:+$problem; }no \"$fragment\" in it"
    done <"$tmp/fragments"
    messages=$(grep '^stillpoint: ' "$tmp/said" | grep -cvE '^stillpoint: (building|built|no [A-Za-z]* found; setting)')
    [ "$code" -eq 0 ] || [ "$messages" -le 1 ] || problem="${problem:+$problem; }$messages messages, not one"
    [ -n "$cells" ] || ! grep -qE '^[[:space:]]+at (java|jdk|stillpoint)\.' "$tmp/said" || problem="${problem:+$problem; }a stack trace"
    [ "$(sum "$copy")" = "$before" ] || problem="${problem:+$problem; }a notebook changed"
    report "$problem"
}
book() { # FILE SOURCE: a notebook of one code cell; the source may hold no quotes or backslashes
    mkdir -p "${1%/*}"
    cat >"$1" <<END
{
 "cells": [
  {"cell_type": "code", "execution_count": null, "id": "only", "metadata": {}, "outputs": [], "source": ["$2"]}
 ],
 "metadata": {"kernelspec": {"display_name": "Java (Stillpoint)", "language": "java", "name": "stillpoint"}, "language_info": {"name": "java"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
END
}
# A path with the everyday tools, but no java, Maven, Python or Jupyter on it.
bare=$tmp/bare
mkdir "$bare"
for tool in sh dash env readlink dirname basename find sed grep awk sort cmp touch mv rm mkdir cat head tail sleep nice ls cp \
    chmod uname id tr kill date cut wc tar printf test mktemp; do
    where=$(command -v "$tool") && case $where in /*) ln -s "$where" "$bare/$tool" ;; esac
done
jdk=$(sed -n 2p "$home/target/stillpoint/place")
nobody() { # COMMAND...: as a user who may write nothing here
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$tmp/nowhere" "$@"; else "$@"; fi
}
can_be_nobody() { [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null || { skip 'as root, needs setpriv'; return 1; }; }

# --- this script can fail --------------------------------------------------------------------------------
copy=$home
if begin itself; then
    (expect 0 --  false; expect 64 'a fragment that is not there' -- sh -c 'exit 64'
        expect 1 -- sh -c 'echo "stillpoint: one"; echo "stillpoint: two"; exit 1'
        expect 1 -- sh -c 'echo "	at java.base/x"; echo "	at java.lang.X"; exit 1') >"$tmp/itself" 2>&1
    : >"$tmp/said"
    report "$([ "$(grep -c '^FAILED' "$tmp/itself")" -eq 4 ] || echo 'a wrong code, fragment, number of messages or a stack trace passed')"
fi

# --- words -------------------------------------------------------------------------------------------------
copy=$tmp/copy
built_copy "$copy"
begin unknown-command && expect 64 'frobnicate: no such command' 'check, replay' ./stillpoint -- ./stillpoint frobnicate
begin no-command && expect 64 'Exit codes' -- ./stillpoint
begin option-of-check && expect 64 '--frob: no such option' '--readers' -- ./stillpoint check D0 --frob
begin option-of-run && expect 64 '--frob: no such option' '--update' -- ./stillpoint run --frob
begin option-of-test && expect 64 '--frob' '--all' -- ./stillpoint test --frob
begin option-of-clean && expect 64 '--frob' 'takes no arguments' -- ./stillpoint clean --frob
begin design && expect 64 'D99' 'D0' './stillpoint check --help' -- ./stillpoint check D99
for readers in 0 1000 x; do
    begin "readers-$readers" &&
        expect 64 "readers = $readers" 'from 1 to' 'for instance --readers' -- ./stillpoint check D0 --readers "$readers"
done
begin config && expect 64 'nope' 'preempt-y-4.20' -- ./stillpoint check D0 --config nope
begin device && expect 64 'nope' 'ssd, hdd, sync' -- ./stillpoint check D0 --device nope
begin replay-string && expect 64 'xyz' 'copy it whole' -- ./stillpoint replay xyz
begin unknown-notebook && expect 64 '99-nothing' 'no such notebook' -- ./stillpoint run 99-nothing
begin replay-of-another && expect 64 'transition 1 of the schedule' 'belongs to another design' -- ./stillpoint replay D0:ssd:1:preempt-y-4.20:7x2
for budget in states=1000 memory=1 seconds=1; do # a search that is cut short is never safe
    begin "budget-${budget%=*}" && expect 2 'inconclusive' "more than ${budget#*=}" 'fewer' -- \
        env ./stillpoint check D8 --readers 8 --swapon "--${budget%=*}" "${budget#*=}"
done
begin budget-none && expect 64 'states = 0' 'from 1 to' -- ./stillpoint check D8 --states 0

# --- a measuring guest, with a script in QEMU's place --------------------------------------------------------
guest=$tmp/guest
mkdir "$guest"
: >"$guest/vmlinuz"
: >"$guest/initramfs.gz"
echo 'hz: 250' >"$guest/about"
guest() { # SCRIPT OPTION...: what the guest prints, and then the command
    printf '#!/bin/sh\n[ "$1" != --version ] || exit 0\n%s\n' "$1" >"$guest/qemu"
    chmod +x "$guest/qemu"
    shift
    STILLPOINT_QEMU=$guest/qemu ./stillpoint measure guest --image "$guest" --out "$guest/out.csv" "$@"
}
one='echo SP-ABOUT,kernel,6.1; echo SP,swapoff,0 readers,1,ns,9000000'
kept() { # the file beside is there, and says what it is; the file itself is not
    : >"$tmp/said"
    report "$([ ! -e "$guest/out.csv" ] && grep -q '^# partial: 1 row' "$guest/out.csv.partial" || echo 'what was measured is not kept, as partial')"
    rm -f "$guest/out.csv.partial"
}
begin measure-what && expect 64 'nothing: measure takes one of membarrier, guest, patched' -- ./stillpoint measure nothing
begin measure-guest-mode && expect 64 'fast: --mode takes one of icount, smp' -- ./stillpoint measure guest --mode fast
begin measure-guest-cpus && expect 64 'cpus = 2: instructions are counted on 1 CPU' '--mode smp' -- ./stillpoint measure guest --cpus 2
begin measure-guest-no-packages && expect 69 'the measuring guest needs packages that are not here: qemu-system-x86 gcc make' \
    'sudo apt-get install' -- env PATH="$bare" JAVA_HOME="$jdk" ./stillpoint measure guest
begin measure-guest-no-qemu && expect 69 "$tmp/none does not start" 'sudo apt-get install' -- \
    env STILLPOINT_QEMU="$tmp/none" ./stillpoint measure guest --image "$guest"
begin measure-guest-no-image && expect 69 "$tmp/none/vmlinuz: no such file" '--image' -- ./stillpoint measure guest --image "$tmp/none"
begin measure-guest-says-nothing && expect 69 'QEMU ended before the guest was done' 'no PC BIOS' 'measures again' -- guest 'echo no PC BIOS >&2; exit 1'
begin measure-guest-no-module && expect 69 'the module does not load: bad magic' -- guest 'echo SP-FAILED,the module does not load: bad magic'
begin measure-guest-panics && expect 69 'panicked' 'no init' 'kept, as partial' -- guest "$one; echo '[1.2] Kernel panic - not syncing: no init'" && kept
begin measure-guest-garbage && expect 69 'garbage, "SP,swapoff,0 rea' 'kept, as partial' -- guest "$one; echo SP,swapoff,0 rea" && kept
begin measure-guest-cut-off && expect 69 'QEMU ended before the guest was done' 'kept, as partial' -- guest "$one" && kept
begin measure-guest-hangs && expect 69 'did not come to its end in 2 s' 'kept, as partial' -- guest "$one; exec sleep 100" --limit 2 && kept
for workers in 0 65 all; do
    begin "workers-$workers" &&
        expect 64 "workers = $workers" 'from 1 to 64' 'for instance --workers' -- ./stillpoint check D0 --workers "$workers"
done
begin fingerprints-value && expect 64 '--fingerprints takes no value' -- ./stillpoint check D0 --fingerprints=yes
begin matrix-update-readers && expect 64 '--update with --readers 2' 'leave one of the two out' -- ./stillpoint matrix --update --readers 2
begin option-of-matrix && expect 64 '--frob: no such option' '--readers' -- ./stillpoint matrix --frob

# --- a design from a file ------------------------------------------------------------------------------------
mine() { # METHOD BODY: a file with a design that is V7 but for this method
    cat >"$copy/Mine.java" <<END
import stillpoint.program.*;
import stillpoint.swap.*;
class Mine extends StopMachineV7 {
    public void $1 {
        $2
    }
}
END
}
design() { mine 'putSwapDevice(Cpu cpu, SwapDevice p)' "$1"; } # BODY: with which readers end their section
freeing() { mine 'free(Cpu cpu, SwapDevice p, SwapOff.Retired retired)' "$1; super.free(cpu, p, retired);"; } # BODY: before swapoff frees
begin file-none && expect 65 'Nope.java: no such file' -- ./stillpoint check Nope.java
if begin file-without-design; then
    echo 'class Other {}' >"$copy/Other.java"
    expect 65 'Other.java: no design in it' 'implements SwapDesign' -- ./stillpoint check Other.java
fi
begin file-compiles-not && design 'cpu.preemptEnabel();' && expect 65 'Mine.java:5: cannot find symbol' 'cpu.preemptEnabel();' '^' -- ./stillpoint check Mine.java
begin file-records-not && design 'cpu.preemptEnable(); cpu.preemptEnable();' &&
    expect 65 'Mine.java#Mine cannot be recorded' 'at Mine.java:5 without preempt_disable()' -- ./stillpoint check Mine.java
begin file-loops && design 'while (true) Thread.onSpinWait();' && expect 2 'not recorded within 2 s' 'Mine.java:5' -- ./stillpoint check Mine.java --seconds 2
begin file-recurses && design 'putSwapDevice(cpu, p);' && expect 65 'calls itself without end' 'Mine.java:5' -- ./stillpoint check Mine.java
begin file-another && design 'cpu.preemptEnable();' && expect 65 'Mine.java#Yours: no such design' 'it holds Mine' -- ./stillpoint check Mine.java#Yours
begin file-replay-of-another && design 'cpu.preemptEnable();' &&
    expect 64 'design D0: the string does not belong to Mine.java' 'Mine.java#Mine' -- ./stillpoint replay Mine.java D0:ssd:1:preempt-y-4.20:0x2
begin file-replay-without-file && expect 64 'put the file before it' -- ./stillpoint replay Mine.java#Mine:ssd:1:preempt-y-4.20:0x2

# more than a state can hold, and a mask with a CPU that is not on line
begin file-state-too-wide &&
    design 'Val[] seen = new Val[20]; for (int i = 0; i < 20; i++) seen[i] = cpu.read(p.flags()); for (Val each : seen) cpu.when(() -> each.is(0), cpu::smpMb); cpu.preemptEnable();' &&
    expect 2 'inconclusive' 'bits of state, and a block has 64' 'keep fewer registers alive' -- ./stillpoint check Mine.java --readers 1
begin file-objects-too-many && freeing 'for (int i = 0; i < 3; i++) cpu.alloc(p.swapMapKind())' &&
    expect 1 'more objects alive than the model has room for' 'swap_map has room for 2' 'at most 6' -- ./stillpoint check Mine.java --readers 1
begin file-kind-too-large && freeing 'cpu.free(cpu.alloc(p.kind("mine", 7)))' &&
    expect 65 'mine: 7 slots' 'a kind has 1 to 6 objects' 'Mine.java:5' -- ./stillpoint check Mine.java --readers 1
begin file-offline-mask && freeing 'cpu.stopMachineOn(Val.of(8), each -> {})' &&
    expect 1 'stop_machine callback for a CPU that is off line' 'CPU3 went off line after the mask was' 'replay:' -- ./stillpoint check Mine.java --readers 1

begin violation-is-1 && expect 1 'replay:' -- ./stillpoint check D0 --readers 1

# --- a wrong machine -----------------------------------------------------------------------------------------
begin no-jdk &&
    expect 69 'no JDK 25' 'Way on' 'JAVA_HOME' -- env -u JAVA_HOME STILLPOINT_JDKS="$tmp/none" PATH="$bare" HOME="$tmp/nowhere" ./stillpoint designs
if begin old-jdk; then
    mkdir -p "$tmp/jdks/old/bin"
    echo 'JAVA_VERSION="17.0.1"' >"$tmp/jdks/old/release"
    expect 69 'no JDK 25' "$tmp/jdks/old" 'JDK 17' -- env -u JAVA_HOME STILLPOINT_JDKS="$tmp/jdks" PATH="$bare" HOME="$tmp/nowhere" ./stillpoint designs
fi
begin jdk-behind-an-old-java &&
    expect 0 'D0' -- env JAVA_HOME="$tmp/jdks/none" STILLPOINT_JDKS="$tmp/jdks:${jdk%/*}" PATH="$bare" ./stillpoint designs
copy=$tmp/clone
copy_of_sources "$copy"
begin no-maven && expect 69 'no Maven found' 'Way on' -- env -u MAVEN_HOME JAVA_HOME="$jdk" HOME="$tmp/nowhere" PATH="$bare" ./stillpoint designs
if begin no-network-first-build; then
    # Nothing answers at this address, and the local repository is empty.
    echo '<settings><mirrors><mirror><id>nobody</id><mirrorOf>*</mirrorOf><url>https://localhost:9/</url></mirror></mirrors></settings>' >"$tmp/settings.xml"
    expect 69 'could not fetch' 'the first build needs the network once' 'Way on' -- \
        env STILLPOINT_MVN_OPTS="-s $tmp/settings.xml -Dmaven.repo.local=$tmp/empty" ./stillpoint designs
fi
if begin read-only-first-build && can_be_nobody; then
    [ "$(id -u)" -eq 0 ] || chmod -R a-w "$copy"
    expect 73 'cannot write' "$copy" -- nobody ./stillpoint designs
    chmod -R u+w "$copy"
fi
if begin read-only-built && can_be_nobody; then
    copy=$tmp/copy
    [ "$(id -u)" -eq 0 ] || chmod -R a-w "$copy"
    expect 1 'replay:' -- nobody ./stillpoint check D0 --readers 1
    chmod -R u+w "$copy"
fi
copy=$tmp/copy
if begin symbolic-link; then
    mkdir -p "$tmp/bin" && ln -s ../copy/stillpoint "$tmp/bin/lab link"
    expect 0 'D0' -- "$tmp/bin/lab link" designs
fi
if begin dash; then
    if command -v dash >/dev/null; then expect 0 'D0' -- dash ./stillpoint designs; else skip 'no dash here'; fi
fi
copy="$tmp/a path with  blanks & 'quotes'"
if begin blanks; then
    copy_of_sources "$copy"
    expect 0 'D0' -- ./stillpoint designs
    expect 1 'replay:' -- ./stillpoint check D0 --readers 1
fi

if begin clean; then
    copy=$tmp/cleaned
    built_copy "$copy"
    mkdir -p "$copy/site" "$copy/.stillpoint"
    expect 0 'clean: removed' -- ./stillpoint clean
    : >"$tmp/said"
    report "$([ -z "$(cd "$copy" && find . -name target -o -name site -o -name .stillpoint)" ] || echo 'clean left something behind')"
fi

# --- a checkout that moved -------------------------------------------------------------------------------------
copy=$tmp/before
if begin moved; then
    built_copy "$copy"
    expect 0 'installed Java (Stillpoint)' -- ./stillpoint kernel install
    mv "$tmp/before" "$tmp/after"
    copy=$tmp/after
    expect 0 "STALE: it starts a checkout at $tmp/before, which is not there any more; refresh: ./stillpoint kernel install" -- ./stillpoint kernel list
    : >"$tmp/said"
    report "$([ "$(cd "$copy" && ./stillpoint kernel list 2>&1 | grep -c STALE)" -eq 1 ] || echo 'not named in exactly one line')"
    expect 0 'D0' -- ./stillpoint designs
    expect 0 'installed' -- ./stillpoint kernel install
    expect 0 '  current' -- ./stillpoint kernel list
    expect 0 'removed' -- ./stillpoint kernel uninstall
    : >"$tmp/said"
    report "$([ -z "$(find "$tmp/jupyter" -type f)" ] || echo 'uninstall left files behind')"
fi

# --- lab -----------------------------------------------------------------------------------------------------------
copy=$tmp/copy
begin lab-no-python && expect 69 'no JupyterLab found' 'no python3' 'Way on' -- env PATH="$bare" JAVA_HOME="$jdk" ./stillpoint lab
if begin lab-no-venv; then
    mkdir -p "$tmp/noven" # a Python as Debian ships it without python3-venv
    printf '#!/bin/sh\ncase $* in *ensurepip*) exit 1 ;; -V) echo Python 3.11.2 ;; esac\n' >"$tmp/noven/python3"
    chmod +x "$tmp/noven/python3"
    expect 69 'apt install python3-venv' 'Way on' -- env PATH="$tmp/noven:$bare" JAVA_HOME="$jdk" ./stillpoint lab
fi
if begin lab-no-network; then
    python=$(python3 -c 'import sys, venv, ensurepip; print(sys.executable)' 2>/dev/null)
    if [ -n "$python" ]; then
        mkdir -p "$tmp/python" && ln -s "$python" "$tmp/python/python3"
        expect 69 'could not fetch jupyterlab' 'needs the network once' 'Way on' -- env -u PIP_FIND_LINKS PATH="$tmp/python:$bare" \
            JAVA_HOME="$jdk" PIP_CONFIG_FILE=/dev/null PIP_RETRIES=0 PIP_NO_CACHE_DIR=1 PIP_INDEX_URL=https://localhost:9/ ./stillpoint lab --no-browser
    else skip 'no python3 with venv here'
    fi
fi

# --- notebooks -------------------------------------------------------------------------------------------------------
site=$tmp/site # of all runs: a generated page that is there and current is not made again
run() { ./stillpoint run --site "$site" "$@"; }
if begin not-json; then
    mkdir -p "$tmp/books" && echo 'this is { not JSON' >"$tmp/books/prose.ipynb"
    expect 65 'prose.ipynb' 'JSON' -- run "$tmp/books/prose.ipynb"
fi
if begin nbformat-3; then
    mkdir -p "$tmp/books" && echo '{"worksheets": [], "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}' >"$tmp/books/old.ipynb"
    expect 65 'old.ipynb' 'nbformat 3' -- run "$tmp/books/old.ipynb"
fi
# a recorded matrix that is none is said before anything is searched or run
matrix=$copy/data/golden/matrix.csv
if begin matrix-malformed; then
    cp -p "$matrix" "$tmp/matrix.csv"
    sed '9s/,.*/,and so on/' "$tmp/matrix.csv" >"$matrix"
    expect 65 'data/golden/matrix.csv:9' 'matrix --update' -- ./stillpoint matrix
    book "$tmp/books/one.ipynb" '1'
    expect 65 'data/golden/matrix.csv:9' -- run "$tmp/books/one.ipynb"
    rm "$matrix"
    expect 65 'data/golden/matrix.csv: no such file' 'matrix --update' -- ./stillpoint matrix
    cp -p "$tmp/matrix.csv" "$matrix"
fi
budget=60
cell() { # CODE SOURCE FRAGMENT...: a run of a notebook of one cell named after the case; its page is written all the same
    code=$1 source=$2
    shift 2
    book "$tmp/books/$name.ipynb" "$source"
    cp "$tmp/books/$name.ipynb" "$tmp/book.before"
    cells=yes
    expect "$code" "$name" "$@" -- run --budget "$budget" --update "$tmp/books/$name.ipynb"
    cells=''
    : >"$tmp/said"
    report "$(cmp -s "$tmp/books/$name.ipynb" "$tmp/book.before" || echo 'the notebook changed')"
    report "$(find "$site" -name "*$name*.html" | grep -q . || echo 'its page was not written')"
}
begin cell-that-throws && cell 1 'throw new IllegalStateException(String.valueOf(6*7));' 'IllegalStateException' 42
begin cell-without-end && budget=5 && cell 1 'while (true) {}' '5 s'
budget=60
begin cell-that-exits && cell 1 'System.exit(3);' 'exit'
begin kernel-that-dies && cell 1 'Runtime.getRuntime().halt(9);' 'kernel'
begin design-that-throws && cell 1 \
    'SwapCheck.of(new SwapDesign() { public String id() { return null; } public String title() { return null; } public String source() { return null; } public boolean getSwapDevice(Cpu cpu, SwapDevice p, Entry e) { throw new IllegalStateException(String.valueOf(6*7)); } }).verdict()' \
    'IllegalStateException' 42

if begin read-only-site && can_be_nobody; then
    book "$tmp/books/one.ipynb" '1'
    mkdir -p "$tmp/sealed"
    if [ "$(id -u)" -eq 0 ]; then chown -R 65534 "$copy"; else chmod a-w "$tmp/sealed"; fi
    expect 73 "$tmp/sealed" -- nobody ./stillpoint run --site "$tmp/sealed" "$tmp/books/one.ipynb"
    [ "$(id -u)" -ne 0 ] || chown -R 0 "$copy"
fi
if begin full-disk; then
    if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null && unshare -m mount -t tmpfs tmpfs /mnt 2>/dev/null; then
        mkdir -p "$tmp/full"
        # In a mount namespace of its own, so that the small disk is gone with it. A disk of 64 KB: one for the
        # pages, and one for a notebook with 1 KB left.
        cat >"$tmp/full.sh" <<'END'
what=$1 full=$2 book=$3 site=$4
mount -t tmpfs -o size=64k tmpfs "$full" || exit 99
if [ "$what" = page ]; then
    head -c 61000 /dev/zero >"$full/filler"
    ./stillpoint run --site "$full" "$book"
else
    cp "$book" "$full/" && book=$full/${book##*/} && cp "$book" "$full.before"
    dd if=/dev/zero of="$full/filler" bs=1k >/dev/null 2>&1
    ./stillpoint run --site "$site" --update "$book"
    status=$?
    cmp "$book" "$full.before" || exit 98
    [ $status -ne 0 ] || exit 97
    (exit $status)
fi
status=$?
left=$(find "$full" -type f ! -name filler ! -name '*.ipynb' -exec sh -c 'tail -n 1 "$1" | grep -q "</html>" || echo "$1"' sh {} \;)
[ -z "$left" ] || { echo "half-written: $left"; exit 96; }
exit $status
END
        book "$tmp/books/one.ipynb" '1'
        expect 73 "$tmp/full" -- unshare -m sh "$tmp/full.sh" page "$tmp/full" "$tmp/books/one.ipynb" "$site"
        expect 73 'one.ipynb' -- unshare -m sh "$tmp/full.sh" notebook "$tmp/full" "$tmp/books/one.ipynb" "$site"
    else skip 'a small disk to fill can be made by root only, where mounting is allowed'
    fi
fi

# --- sweeps ------------------------------------------------------------------------------------------------------------
# A value that cannot be is said before anything runs, and leaves no file; a file that does not fit is never taken for whole.
copy=$tmp/copy
csv=$tmp/csv
mkdir -p "$csv"
sweep() { ./stillpoint sweep --designs D10 --cpus 2,4 --replications 3 --out "$csv/$name.csv" "$@"; }
refused() { # FRAGMENT OPTION VALUE...
    fragment=$1
    shift
    expect 64 "$fragment" 'try ./stillpoint sweep --help' -- sweep "$@"
    : >"$tmp/said"
    report "$([ -z "$(ls "$csv")" ] || { echo "it left $(ls "$csv")"; rm -f "$csv"/*; })"
}
begin sweep-cpus-none && refused 'cpus = 0: a simulated machine has 1 to 8192 CPUs' --cpus 0
begin sweep-cpus-negative && refused 'cpus = -4: a simulated machine has 1 to 8192 CPUs' --cpus -4
begin sweep-cpus-8193 && refused 'cpus = 8193: a simulated machine has 1 to 8192 CPUs' --cpus 8193
begin sweep-cpus-overflow && refused 'cpus = 4294967298: a whole number' --cpus 4294967298
begin sweep-cpus-word && refused 'cpus = many: a whole number' --cpus many
begin sweep-cpus-range && refused 'cpus = 8..1: a range goes up' --cpus 8..1
begin sweep-cpus-twice && refused 'cpus = 4: twice in one sweep' --cpus 4,1..8*2
begin sweep-hz && refused 'hz = 0: a kernel has 24 to 1200 ticks' --hz 0
begin sweep-faults-none && refused 'faults = 0.0 a second' --faults 0
begin sweep-faults-infinite && refused 'faults = Infinity a second' --faults Infinity
begin sweep-faults-nan && refused 'faults = NaN a second' --faults NaN
begin sweep-faults-word && refused 'faults = x: a number' --faults x
begin sweep-idle && refused 'idle = 1.5: the part of the CPUs that is idle is from 0 to 1' --idle 1.5
begin sweep-section && refused 'distribution = "soon"' --section soon
begin sweep-straggler && refused 'a duration is a number and ns, us, ms or s' --straggler 3
begin sweep-window && refused 'window = 65: a fault looks at 1 to 64 entries' --window 65
begin sweep-prices && refused 'price = -1.0 ns: a price is from 0 to 1 s' --prices 'wake up=-1'
begin sweep-quantity && refused 'quantity "coffee": a machine has a price for hit' --prices 'coffee=3'
begin sweep-machine && refused 'machine "abacus": there are i7-8750h' --machine abacus
begin sweep-design && refused 'design D99: a design is one of D0' --designs D99
begin sweep-utilisation && refused 'utilisation' --faults 1000000
begin sweep-hz-negative && refused 'hz = -250: a kernel has 24 to 1200 ticks' --hz -250
begin sweep-hz-high && refused 'hz = 1201: a kernel has 24 to 1200 ticks' --hz 1201
begin sweep-hz-word && refused 'hz = fast: a whole number' --hz fast
begin sweep-hz-overflow && refused 'hz = 9999999999: a whole number' --hz 9999999999
begin sweep-config && refused 'preempt-maybe' --config preempt-maybe
begin sweep-faults-negative && refused 'faults = -1.0 a second' --faults -1
begin sweep-faults-overflow && refused 'faults = Infinity a second' --faults 1e999
begin sweep-idle-negative && refused 'idle = -0.1: the part of the CPUs' --idle -0.1
begin sweep-idle-nan && refused 'idle = NaN: the part of the CPUs' --idle NaN
begin sweep-idle-word && refused 'idle = half: a number' --idle half
begin sweep-section-none && refused 'mean' --section 'exp 0ns'
begin sweep-section-negative && refused '-3us' --section 'exp -3us'
begin sweep-section-overflow && refused '1e99s' --section 'fixed 1e99s'
begin sweep-section-tail && refused '1' --section 'pareto 2us 1'
begin sweep-straggler-negative && refused 'straggler' --straggler -3ms
begin sweep-straggler-overflow && refused 'straggler' --straggler 1e30s
begin sweep-straggler-infinite && refused 'straggler' --straggler Infinityms
begin sweep-window-none && refused 'window = 0: a fault looks at 1 to 64 entries' --window 0
begin sweep-window-word && refused 'window = wide: a whole number' --window wide
begin sweep-pages-negative && refused 'pages = -1: 0 for none left' --pages -1
begin sweep-pages-many && refused 'pages = 1000001: 0 for none left' --pages 1000001
begin sweep-pages-overflow && refused 'pages = 99999999999: a whole number' --pages 99999999999
begin sweep-pages-word && refused 'pages = on: a whole number' --pages on
begin sweep-swapoffs-none && refused 'swapoffs = 0: a run has 1 to 1000' --swapoffs 0
begin sweep-swapoffs-many && refused 'swapoffs = 1001: a run has 1 to 1000' --swapoffs 1001
begin sweep-swapoffs-word && refused 'swapoffs = all: a whole number' --swapoffs all
begin sweep-interrupts-word && refused 'interrupts = often: how many a second and how long each' --interrupts often
begin sweep-interrupts-none && refused 'interrupts = 0.0 a second' --interrupts '0 of exp 5us'
begin sweep-interrupts-negative && refused 'interrupts = -5.0 a second' --interrupts '-5 of exp 5us'
begin sweep-interrupts-infinite && refused 'interrupts = Infinity a second' --interrupts 'Infinity of exp 5us'
begin sweep-interrupts-all && refused 'it has to be under 1' --interrupts '100000 of fixed 10us'
begin sweep-interrupts-faults && refused 'both keep it all the time' --interrupts '99000 of fixed 10us' --faults 9000
begin sweep-nohz && refused 'nohz = perhaps: one of on, off' --nohz perhaps
begin sweep-spinning && refused 'spinning = alone: one of together, in-turn' --spinning alone
begin sweep-readers && refused 'readers = none: one of lazy, full' --readers none
begin sweep-lock && refused 'utilisation' --designs D15 --cpus 8192
begin sweep-prices-infinite && refused 'price = Infinity ns' --prices 'wake up=Infinity'
begin sweep-prices-word && refused 'wake up = cheap: a number' --prices 'wake up=cheap'
begin sweep-prices-twice && refused 'sets wake up twice' --prices 'wake up=1;wake up=2'
begin sweep-replications-word && refused 'replications = lots: a whole number' --replications lots
begin sweep-replications-back && refused 'replications' --replications 9..3
begin sweep-half-width-nan && refused 'half-width = NaN' --half-width NaN
begin sweep-half-width-none && refused 'half-width = 0.0' --half-width 0
begin sweep-workers-many && refused 'workers = 1025' --workers 1025
begin sweep-points && refused 'points: a sweep has at most 100000' --cpus 1..8192 --window 1..64
begin sweep-shard && refused 'shard = 3/2: i/n with i from 1 to n' --shard 3/2
begin sweep-replications && refused 'minimum of replications = 1: at least 2' --replications 1
begin sweep-half-width && refused 'relative half-width = 2.0' --half-width 2
begin sweep-seed && refused 'seed = 1e3: a whole number' --seed 1e3
begin sweep-measure && refused 'measure "speed": there are latency' --watched speed
begin sweep-workers && refused 'workers = 0' --workers 0
begin sweep-no-out && expect 64 'no --out: sweep needs one' -- ./stillpoint sweep --designs D10
begin sweep-no-folder && expect 73 "$tmp/none/a.csv: no such folder" -- sweep --out "$tmp/none/a.csv"
if begin sweep-file-of-another; then
    echo 'precious' >"$csv/$name.csv"
    expect 65 'it is no CSV of `sweep`' -- sweep
    : >"$tmp/said"
    report "$([ "$(cat "$csv/$name.csv")" = precious ] || echo 'the file is another')"
    rm -f "$csv/$name.csv"
fi
if begin sweep-files; then
    (cd -- "$copy" && for part in 1/3 2/3 3/3; do name=${part%/3}; sweep --shard $part; done
        name=other; sweep --seed 2 --shard 2/3; name=whole; sweep) >"$tmp/said" 2>&1
    merge() { ./stillpoint merge "$csv/merged.csv" "$@"; }
    expect 65 'was begun with seed = 1, and asked is 5' -- sweep --seed 5 --out "$csv/whole.csv"
    expect 65 'was begun with shard = 1/3, and asked is 2/3' -- sweep --shard 2/3 --out "$csv/1.csv"
    expect 65 'missing: shard 2/3' -- merge "$csv/1.csv" "$csv/3.csv"
    expect 65 'of different sweeps: seed = 1, and there it is 2' -- merge "$csv/1.csv" "$csv/other.csv" "$csv/3.csv"
    expect 65 "$csv/4.csv: no such file" -- merge "$csv/1.csv" "$csv/4.csv"
    expect 64 'named twice' -- merge "$csv/1.csv" "$csv/1.csv"
    cp "$csv/1.csv" "$csv/again.csv"
    expect 65 'are both shard 1/3' -- merge "$csv/1.csv" "$csv/again.csv" "$csv/2.csv" "$csv/3.csv"
    damaged() { # FRAGMENT SED
        sed "$2" "$csv/1.csv" >"$csv/damaged.csv"
        : >"$tmp/said"
        cmp -s "$csv/1.csv" "$csv/damaged.csv" && report "nothing was damaged by $2"
        expect 65 "$csv/damaged.csv" "$1" -- merge "$csv/damaged.csv" "$csv/2.csv" "$csv/3.csv"
    }
    damaged 'this Stillpoint reads format 2' 's/format 2/format 9/'
    damaged 'figures of two versions are not to be mixed' 's/SNAPSHOT/RELEASE/'
    damaged 'it was cut off' '$d'
    damaged 'of a point of shard 2/3' 's/shard = 1/shard = 2/'
    damaged 'it was cut or edited' '20,$d'
    damaged 'it was cut off' '40,$d'
    damaged 'numbers, or none, and a distribution' '/,latency,/s/,[^,]*$/,HISTFAAA/'
    damaged 'edited or damaged' 's/,latency,ns,[0-9]/,latency,ns,/'
    : >"$tmp/said"
    report "$([ ! -e "$csv/merged.csv" ] || echo 'a merge that was refused wrote a file')"
    expect 0 'merged.csv: 2 of 2 points' -- merge "$csv/1.csv" "$csv/2.csv" "$csv/3.csv"
    : >"$tmp/said"
    report "$(cmp -s "$csv/merged.csv" "$csv/whole.csv" || echo 'the merged file is not the whole one')"
fi
if begin sweep-killed; then # kill -9, several times, between any two instructions
    words='--designs D8,D10 --cpus 1..256*2 --replications 20'
    (cd -- "$copy" && ./stillpoint sweep $words --out "$csv/quiet.csv") >/dev/null 2>&1
    there() { points=$(grep -c ',latency,' "$csv/killed.csv.part" 2>/dev/null); echo "${points:-0}"; }
    kills=0
    while [ ! -f "$csv/killed.csv" ] && [ $kills -lt 40 ]; do
        before=$(there)
        (cd -- "$copy" && exec ./stillpoint sweep $words --out "$csv/killed.csv") >/dev/null 2>&1 &
        pid=$!
        while kill -0 $pid 2>/dev/null && [ "$(there)" -le "$before" ]; do sleep 0.05; done
        kill -9 $pid 2>/dev/null && kills=$((kills + 1))
        wait $pid 2>/dev/null
    done
    : >"$tmp/said"
    report "$([ $kills -ge 3 ] || echo "killed $kills times only")"
    report "$(cmp -s "$csv/killed.csv" "$csv/quiet.csv" || echo 'what was killed is not what was not')"
fi

# --- real figures, and prices from them --------------------------------------------------------------------
recorded=$tmp/recorded
mkdir -p "$recorded"
membarrier() { ./stillpoint measure membarrier "$@"; }
calibrate() { ./stillpoint calibrate --from "$recorded" "$@"; }
begin measured-nothing && expect 64 'no WHAT: measure needs one' -- ./stillpoint measure
begin measured-samples && expect 64 'samples = 0: --samples takes a whole number from 1' -- membarrier --samples 0
begin measured-load && expect 64 'load = two: --load takes numbers' -- membarrier --load two
begin measured-load-twice && expect 64 'load = [1, 1]' 'each once' -- membarrier --load 1,1
begin measured-note && expect 64 'note = "' 'an item is one line' -- membarrier --samples 1 --load 0 --note ' '
begin measured-no-folder && expect 73 "$tmp/none/a.csv: no such folder" -- membarrier --out "$tmp/none/a.csv"
begin measured-elsewhere && expect 69 'os.arch = abacus: the number of membarrier(2) is known for aarch64, amd64' -- env 'STILLPOINT_JAVA_OPTS=-Dos.arch=abacus' ./stillpoint measure membarrier
begin calibrate-machine && expect 64 'machine "abacus": there are i7-8750h' -- calibrate --base abacus
begin calibrate-no-folder && expect 65 "$tmp/none: no such folder" -- ./stillpoint calibrate --from "$tmp/none"
begin calibrate-nothing && expect 65 'has neither jvm-readers.csv nor membarrier.csv' 'measure membarrier' -- calibrate
if begin calibrate-recordings; then
    spoilt() { # FRAGMENT SED: what calibrate says of a recording that sed changed
        sed "$2" "$copy/data/measured/jvm-readers.csv" >"$recorded/jvm-readers.csv"
        : >"$tmp/said"
        cmp -s "$copy/data/measured/jvm-readers.csv" "$recorded/jvm-readers.csv" && report "nothing was changed by $2"
        expect 65 "$recorded/jvm-readers.csv" "$1" -- calibrate
    }
    spoilt 'it was cut off' '$d'
    spoilt 'it was cut off' '20,$d'
    spoilt 'is of another version' '1s/1$/2/'
    spoilt 'no "# kernel: ..."' '/^# kernel/d'
    spoilt 'a value without its unit is no measurement' '/^what/s/,unit//'
    spoilt 'unit "": a measured value is in one of' 's/,1,ps,/,1,,/'
    spoilt 'and its values give' '/^plain flag,1 reader/s/,1,ps,[0-9]*/,1,ps,7/'
    spoilt 'edited or damaged' '/^# cpu:/s/$/ X/'
    spoilt 'its run was interrupted' 's/^# complete/# partial/'
    rm -f "$recorded/jvm-readers.csv"
fi
if begin measured-killed; then # what was measured is kept, as partial, and the file of that name stays
    echo precious >"$recorded/kept.csv"
    (cd -- "$copy" && exec ./stillpoint measure membarrier --samples 100000 --load 0 --out "$recorded/kept.csv") >"$tmp/said" 2>&1 &
    pid=$!
    until grep -q measuring "$tmp/said" || ! kill -0 $pid 2>/dev/null; do sleep 0.1; done
    sleep 2
    kill -TERM $pid 2>/dev/null
    wait $pid
    got=$?
    report "$([ $got -eq 130 ] || echo "exit code $got, not 130")"
    report "$([ "$(cat "$recorded/kept.csv")" = precious ] || echo 'the file is another')"
    report "$(grep -q '^# partial: ' "$recorded/kept.csv.partial" || echo 'nothing was kept')"
fi

echo "summary: $ran cases, $wrong failed, $skips skipped"
[ "$wrong" -eq 0 ]
