# shellcheck shell=sh disable=SC2154,SC1091 # sourced: $home and the functions are of ./stillpoint
# Sourced by ./stillpoint: `lab`.
. "$home/environment/commands/jupyter.sh"

lab_help() {
    cat <<'END'
Usage: ./stillpoint lab [OPTION OF JUPYTERLAB...]
Opens notebooks/ in JupyterLab with the kernel "Java (Stillpoint)" selected. Takes the JupyterLab that is on the
path; if there is none, sets one up in .stillpoint/python, which needs Python 3.10, its venv module, and the network
once. Nothing is written outside this checkout by the private one; ./stillpoint clean removes it.
All options go to JupyterLab, for instance:
  --no-browser   only print the address
  --port PORT    listen there
Exit codes:
  0   JupyterLab was closed
  69  a JDK, Maven, Python, its venv module or the network is missing
  70  the build failed
  73  .stillpoint/ cannot be written
  other codes are JupyterLab's own
END
}

lab() {
    case ${1-} in -h | --help) lab_help; exit 0 ;; esac
    find_jupyter lab || set_up jupyterlab==4.6.4 JupyterLab
    ready
    private_kernelspec
    if [ -z "$jupyter" ]; then
        # The private one keeps its settings, its runtime files and its workspaces to itself.
        JUPYTER_CONFIG_DIR=$private/config JUPYTER_DATA_DIR=$private/jupyter JUPYTER_RUNTIME_DIR=$private/runtime
        IPYTHONDIR=$private/ipython
        export JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR IPYTHONDIR
        set -- "$venv/bin/python" -m jupyterlab "$@"
    elif [ "$jupyter" = 'jupyter lab' ]; then set -- jupyter lab "$@"
    else set -- "$jupyter" "$@"
    fi
    cd -- "$home/notebooks" || exit 69
    exec "$@" --ServerApp.root_dir="$home/notebooks" --FileCheckpoints.checkpoint_dir="$private/checkpoints" \
        --MappingKernelManager.default_kernel_name=stillpoint
}
lab "$@"
