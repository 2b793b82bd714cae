# shellcheck shell=sh disable=SC2154 # sourced: $home and the functions are of ./stillpoint
# Sourced by lab.sh and test.sh: finds a Jupyter application, or sets it up in an environment of this checkout's own.

private=$home/.stillpoint
venv=$private/python

find_jupyter() { # APPLICATION: sets $jupyter to a command line that starts it, or fails
    for jupyter in "jupyter-$1" "jupyter $1"; do
        command -v "${jupyter%% *}" >/dev/null && $jupyter --version >/dev/null 2>&1 && return
    done
    jupyter=
    return 1
}
need_python() { # WHAT: an interpreter that can make environments, or the end
    python=$(command -v python3) || die 69 "no $1 found, and no python3 on the path to set one up in $venv.
  Way on: install Python 3.10 or newer (or $1 itself) and repeat; ./stillpoint run needs neither."
    "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && return
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
        die 69 "no $1 found, and $python has no \`venv\` module to set one up in $venv.
  Way on: install it (Debian and Ubuntu: apt install python3-venv) and repeat; ./stillpoint run needs neither."
    fi
    die 69 "no $1 found, and $python is $("$python" -V 2>&1), too old: Jupyter needs Python 3.10 or newer.
  Way on: put a newer python3 on the path (or $1 itself) and repeat; ./stillpoint run needs neither."
}
set_up() { # PACKAGE==VERSION NAME: into the private environment, once
    mark=$venv/$1
    # An environment cannot be moved: its scripts name their place.
    [ -f "$mark" ] && [ "$(cat "$mark")" = "$venv" ] && return
    need_python "$2"
    mkdir -p "$private" || die 73 "cannot write $private, where the private $2 goes; make $home writable"
    log=$private/pip.log
    say "no $2 found; setting one up in $venv, once (log: $log)"
    if ! { [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version; } >"$log" 2>&1; then
        rm -rf "$venv"
        "$python" -m venv "$venv" >>"$log" 2>&1 || die 69 "$python -m venv $venv failed: $(tail -n 1 "$log")
  Way on: see $log; or install $2 yourself and repeat."
    fi
    if [ -t 2 ]; then tick_pip & ticker=$!; trap 'kill "$ticker" 2>/dev/null; exit 130' INT TERM; fi
    "$venv/bin/python" -m pip install --disable-pip-version-check --progress-bar off "$1" </dev/null >>"$log" 2>&1
    status=$?
    if [ -n "${ticker-}" ]; then kill "$ticker"; wait "$ticker" 2>/dev/null; ticker=; trap - INT TERM; printf '\r\033[K' >&2; fi
    [ $status -eq 0 ] || die 69 "could not fetch $1: setting up the private $2 needs the network once.
  Way on: connect and repeat, or install $2 yourself; ./stillpoint run needs neither. Log: $log"
    printf '%s\n' "$venv" >"$mark"
}
tick_pip() {
    seconds=0
    while sleep 1; do
        seconds=$((seconds + 1))
        package=$(sed -n 's/^Collecting \([A-Za-z0-9_.-]*\).*/\1/p' "$log" | tail -n 1)
        printf '\r\033[Kstillpoint: fetching %s, %s s' "$package" "$seconds" >&2
    done
}
private_kernelspec() { # the kernelspec of this checkout, in a Jupyter data folder of its own
    mkdir -p "$private/jupyter" || die 73 "cannot write $private, where the private kernelspec goes; make $home writable"
    (JUPYTER_DATA_DIR=$private/jupyter; export JUPYTER_DATA_DIR; cli kernel install --user) >/dev/null || exit
    JUPYTER_PATH=$private/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
    export JUPYTER_PATH
    # A kernelspec that an earlier place or build of this checkout left with the user's Jupyter: one line.
    (cli kernel list) | sed -n 's/^\([^ ]*\)  \(.*\)  STALE: it \(.*\)$/stillpoint: the kernel at \2 \3/p' >&2
}
