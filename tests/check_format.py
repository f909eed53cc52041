#!/usr/bin/env python3
"""Fails when clang-format would change a C++ file.

usage: check_format.py ROOT CLANG_FORMAT
"""

import pathlib
import subprocess
import sys

from project_files import project_files


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root, clang_format = pathlib.Path(arguments[0]), arguments[1]
    sources = [str(path) for path in project_files(root) if path.suffix in (".h", ".cpp")]
    done = subprocess.run([clang_format, "--dry-run", "-Werror", *sources], cwd=root, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
