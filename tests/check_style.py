#!/usr/bin/env python3
"""Fails on what the compiler and clang-format do not see.

usage: check_style.py ROOT
"""

import pathlib
import re
import sys

from project_files import project_files

LINES_MAX = 500
CODE_FOLDERS = ("app", "ui", "models", "planes", "packaging", "tests")
SIZED_FOLDERS = ("app", "ui", "models", "planes", "packaging")
CODE_SUFFIXES = (".h", ".cpp", ".py", ".sh", ".cmake", ".txt")
CPP_SUFFIXES = (".h", ".cpp")

# Seeds and deliberately broken inputs are bytes, not text.
DATA_FOLDERS = ("tests/fuzz/corpus/", "tests/data/")

SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*\.(h|cpp|py)")
# Written in two halves so that this file passes its own check.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK")) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "root", "home", "farm")) + r")/")
EMPTY_TEST = re.compile(r"\bQVERIFY2?\(\s*(true|1)\s*[,)]")


def check_text(path: pathlib.PurePosixPath, text: str) -> list[str]:
    failures = []
    lines = text.splitlines()
    if path.parts[0] in SIZED_FOLDERS and len(lines) > LINES_MAX:
        failures.append(f"{path}: {len(lines)} lines, {LINES_MAX} at most: one subject a file")
    if text and not text.endswith("\n"):
        failures.append(f"{path}: no newline at the end")
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        if UNFINISHED.search(line):
            failures.append(f"{where}: a note about unfinished work")
        if MACHINE_PATH.search(line):
            failures.append(f"{where}: a path of somebody's machine")
        if path.suffix in CPP_SUFFIXES:
            if "\t" in line:
                failures.append(f"{where}: a tab")
            if EMPTY_TEST.search(line):
                failures.append(f"{where}: a check that cannot fail")
    return failures


def check(root: pathlib.Path) -> list[str]:
    failures = []
    for path in project_files(root):
        if path.parts[0] not in CODE_FOLDERS or str(path).startswith(DATA_FOLDERS):
            continue
        if path.suffix in (".h", ".cpp", ".py") and not SNAKE_CASE.fullmatch(path.name):
            failures.append(f"{path}: file names are snake_case")
        if path.suffix in CODE_SUFFIXES:
            failures += check_text(path, (root / path).read_text(encoding="utf-8"))
    return failures


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    failures = check(pathlib.Path(arguments[0]))
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
