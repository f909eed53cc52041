#!/usr/bin/env bash
# Builds Countersign and starts its demonstration.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'TEXT'
Usage: packaging/run.sh [--workspace DIR]

Installs the missing packages, builds the release preset and starts the demonstration: the window
when there is a display, the terminal program otherwise.
  --workspace DIR  the folder of the demonstration's workspace
                   (default: ${XDG_DATA_HOME:-$HOME/.local/share}/countersign/demo)
TEXT
}

workspace=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --workspace)
            [ $# -ge 2 ] || { echo "run: --workspace needs a folder" >&2; exit 2; }
            workspace=$2
            shift 2
            ;;
        --workspace=*) workspace=${1#--workspace=}; shift ;;
        *) echo "run: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
    esac
done
if [ -z "$workspace" ]; then
    workspace=${XDG_DATA_HOME:-${HOME:?run: HOME is not set; give --workspace}/.local/share}/countersign/demo
fi
# The build changes folders, so a relative folder is fixed here.
case $workspace in /*) ;; *) workspace=$PWD/$workspace ;; esac

"$source/packaging/install-packages.sh" build run
cd "$source"
cmake --preset release >/dev/null
cmake --build --preset release --target countersign countersignctl countersign-demo-systems

bin=$source/build/release/bin
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    exec "$bin/countersign" --demo --workspace "$workspace"
fi
# The terminal demonstration starts from an empty folder: an earlier one stays as it is.
if [ -e "$workspace" ]; then
    number=2
    while [ -e "$workspace-$number" ]; do number=$((number + 1)); done
    workspace=$workspace-$number
fi
echo "No display is set, so the demonstration runs in this terminal; its workspace is $workspace."
exec "$bin/countersignctl" demo --workspace "$workspace"
