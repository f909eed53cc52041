#!/usr/bin/env bash
# Proves that packages.txt is complete: builds and tests a fresh clone inside an empty Debian 12.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'TEXT'
Usage: packaging/check-clean-root.sh [--root DIR] [-- COMMAND...]

Makes a minimal Debian 12 in DIR (default: $TMPDIR/countersign-root), clones the committed tree
into it and runs COMMAND there (default: bash .ci/run). The mirror and the way to reach it are this
machine's own apt configuration. DIR is kept: a second run uses it again, with its packages. Needs root and
debootstrap.
TEXT
}

root=${TMPDIR:-/tmp}/countersign-root
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --root)
            [ $# -ge 2 ] || { echo "check-clean-root: --root needs a folder" >&2; exit 2; }
            root=$2
            shift 2
            ;;
        --) shift; break ;;
        *) echo "check-clean-root: unknown argument '$1'" >&2; usage >&2; exit 2 ;;
    esac
done
[ $# -gt 0 ] || set -- bash .ci/run
[ "$(id -u)" -eq 0 ] || { echo "check-clean-root: needs root, for chroot" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "check-clean-root: debootstrap is missing" >&2; exit 1; }

release=bookworm
# A line each: address, suite, component of every package list of Debian 12 this machine uses.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v release="$release" '$2 == release || index($2, release "-") == 1' | sort -u)
mirror=$(awk -v release="$release" '$2 == release { print $1; exit }' <<<"$sources")
[ -n "$mirror" ] || { echo "check-clean-root: apt on this machine knows no mirror of $release" >&2; exit 1; }

if [ ! -x "$root/usr/bin/apt-get" ]; then
    debootstrap --variant=minbase "$release" "$root" "$mirror"
fi
sed 's/^/deb /' <<<"$sources" >"$root/etc/apt/sources.list"
# Proxies and date checks, as far as this machine has settings of its own.
apt-config dump Acquire >"$root/etc/apt/apt.conf.d/90machine"
for file in /etc/resolv.conf /etc/hosts; do
    [ ! -e "$file" ] || cp --dereference "$file" "$root$file"
done

rm -rf "$root/src/countersign"
mkdir -p "$root/src"
git clone --quiet --no-hardlinks "$source" "$root/src/countersign"
vectors=${COUNTERSIGN_CONFORMANCE_DIR:-$source/../shared/conformance}
if [ -d "$vectors" ]; then
    rm -rf "$root/src/shared"
    mkdir -p "$root/src/shared"
    cp -r "$vectors" "$root/src/shared/conformance"
fi

mounted=()
unmount_all() {
    for ((i = ${#mounted[@]} - 1; i >= 0; --i)); do umount "${mounted[i]}" || true; done
}
trap unmount_all EXIT
mount_in() {
    mkdir -p "$root$1"
    mountpoint --quiet "$root$1" && return
    mount --bind "$1" "$root$1"
    mounted+=("$root$1")
}
mount_in /proc
mount_in /dev
[ ! -d /dev/pts ] || mount_in /dev/pts
[ ! -d /dev/shm ] || mount_in /dev/shm

# Nothing of this machine's environment comes in.
chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 CI=true \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c 'cd /src/countersign && exec "$@"' sh "$@" </dev/null
