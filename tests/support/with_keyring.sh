#!/bin/sh
# Runs a test in a session of its own that has an unlocked keyring, in a home of its own.
# Without the programs that takes, the test runs as it is and says what it skipped.
set -eu
for program in dbus-run-session gnome-keyring-daemon; do
    command -v "$program" >/dev/null || exec "$@"
done
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
export HOME="$home" XDG_DATA_HOME="$home" XDG_RUNTIME_DIR="$home/run" COUNTERSIGN_TEST_KEYRING=1
dbus-run-session -- sh -c '
    printf unlock | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    "$@"' sh "$@"
