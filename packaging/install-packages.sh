#!/usr/bin/env bash
# Installs the Debian 12 packages that are missing, and only those.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
list=$here/packages.txt

usage() {
    cat <<'TEXT'
Usage: packaging/install-packages.sh [--print] [GROUP...]

Installs what packaging/packages.txt lists for the groups and this machine does not have yet.
Groups: build run test fuzz gates. Without a group: build run.
  --print  only prints the packages of the groups, a line each
TEXT
}

print_only=no
groups=()
for argument in "$@"; do
    case $argument in
        --help | -h) usage; exit 0 ;;
        --print) print_only=yes ;;
        build | run | test | fuzz | gates) groups+=("$argument") ;;
        *) echo "install-packages: unknown argument '$argument'" >&2; usage >&2; exit 2 ;;
    esac
done
[ ${#groups[@]} -gt 0 ] || groups=(build run)

mapfile -t wanted <<<"$(
    awk -v groups=" ${groups[*]} " '/^[a-z]/ && index(groups, " " $1 " ") && !seen[$2]++ { print $2 }' "$list"
)"
if [ "$print_only" = yes ]; then
    printf '%s\n' "${wanted[@]}"
    exit 0
fi

if ! command -v dpkg-query >/dev/null; then
    echo "install-packages: this is not a Debian system; install what packaging/packages.txt lists" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install-packages: these packages are missing: ${missing[*]}" >&2
        echo "install-packages: neither root nor sudo is available; ask an administrator to install them" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${#missing[@]} missing packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends -qq -o Dpkg::Use-Pty=0 "${missing[@]}" </dev/null
