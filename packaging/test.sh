#!/usr/bin/env bash
# Builds Countersign and runs its tests. CTest's own summary is the last thing printed.
#
# Without options the whole suite but the benchmarks runs in one build, the preset `check`: assertions of the project,
# of the C++ library and of Qt are on, and it compiles as fast as a debug build while the tests run several times faster.
# The sanitizers are a second, slower build of everything (see --asan); two cold builds do not fit into half an hour
# on two cores.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'TEXT'
Usage: packaging/test.sh [--asan | --fuzz] [--label LABEL]

Installs the missing packages, builds, and runs every test but the benchmarks.
  --asan         in a build with the address and undefined-behaviour sanitizers
  --fuzz         lets libFuzzer search every fuzz target for 20 seconds
  --label LABEL  runs only the tests with this label: unit, conformance, system, simulation, fuzz or bench
TEXT
}

preset=check
label=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --asan) preset=asan; shift ;;
        --fuzz) preset=fuzz; shift ;;
        --label)
            [ $# -ge 2 ] || { echo "test: --label needs a label" >&2; exit 2; }
            label=$2
            shift 2
            ;;
        *) echo "test: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
    esac
done

groups=(build run test)
[ "$preset" != fuzz ] || groups+=(fuzz)
"$source/packaging/install-packages.sh" "${groups[@]}"

cd "$source"
cmake --preset "$preset"
cmake --build --preset "$preset"

# A label on the command line replaces the preset's own choice, so that benchmarks can be asked for.
selection=(--preset "$preset")
[ -z "$label" ] || selection=(--test-dir "build/$preset" --output-on-failure --label-regex "^$label\$")
exec ctest "${selection[@]}" --no-tests=error --parallel "$(nproc)" </dev/null
