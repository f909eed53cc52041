#!/usr/bin/env python3
"""Fails when a source file includes what its module may not use.

The edges between modules are those of planes/modules.txt; the headers of other libraries belong to
the modules named below. Exceptions are listed here and fail both ways: an exception that nothing needs any more is
an error too.

usage: check_includes.py ROOT QT_HEADERS      QT_HEADERS holds QtCore/, QtWidgets/, ...
"""

import fnmatch
import pathlib
import re
import sys

from project_files import project_files

# (path pattern, pattern of the included header, reason)
EXCEPTIONS: list[tuple[str, str, str]] = []

# (pattern of the included header, modules that may include it). Qt headers are matched as Module/Header.
OWNED_HEADERS = [
    (r"QtSql/.*", {"data"}),
    (r"openssl/.*", {"trust"}),
    (r"libsecret/.*", {"trust"}),
    (r"curl/.*", {"execution"}),
    (r"zip(conf)?\.h", {"trust"}),
    (r"Qt(Widgets|Svg|SvgWidgets|PrintSupport|OpenGLWidgets)/.*", {"ui", "app"}),
]

# A file *_rules decides from its arguments alone. Neither it nor what it includes may reach these.
IMPURE_HEADERS = re.compile(
    r"QtSql/.*|QtNetwork/.*|QtHttpServer/.*|QtConcurrent/.*|curl/.*|openssl/rand\.h"
    r"|QtCore/(Q(Thread|Mutex|ReadWriteLock|WaitCondition|Semaphore|Future|Promise)\w*|Q\w*Timer|QDateTime|QDate|QTime)"
    r"|QtCore/Q(File|SaveFile|TemporaryFile|TemporaryDir|Dir|Process|RandomGenerator|Settings|StandardPaths)\w*"
    r"|thread|mutex|shared_mutex|condition_variable|future|semaphore|stop_token|atomic"
    r"|fstream|filesystem|random|ctime|time\.h|sys/.*|unistd\.h"
    r"|models/clock\.h|planes/data/database\.h"
)
CLOCK_CALL = re.compile(r"\b(system_clock|steady_clock|high_resolution_clock|currentDateTime\w*)\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
GENERATED = re.compile(r"(moc_\w+\.cpp|\w+\.moc|ui_\w+\.h)$")


def module_of(path: pathlib.PurePosixPath, modules) -> str | None:
    """The module of a file: the innermost folder below planes/ that is one."""
    parts = path.parts
    if parts[0] in ("models", "ui", "app") and len(parts) > 1:
        return parts[0]
    if parts[0] != "planes" or len(parts) < 3:
        return None
    return parts[2] if len(parts) > 3 and parts[2] in modules else parts[1]


def allowed_edges(root: pathlib.Path) -> dict[str, set[str]]:
    edges = {}
    for line in (root / "planes/modules.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            module, _, uses = line.partition(":")
            edges[module.strip()] = set(uses.split())
    return edges


def qt_modules(qt_headers: pathlib.Path) -> dict[str, str]:
    """Header name -> Qt module, for the headers that are included without their module."""
    modules = {}
    for folder in sorted(qt_headers.glob("Qt*")):
        if folder.is_dir():
            for header in folder.iterdir():
                modules.setdefault(header.name, folder.name)
    return modules


class Checker:
    def __init__(self, root: pathlib.Path, qt_headers: pathlib.Path, exceptions=None):
        self.root = root
        self.edges = allowed_edges(root)
        self.qt = qt_modules(qt_headers)
        self.exceptions = EXCEPTIONS if exceptions is None else exceptions
        self.used_exceptions: set[int] = set()
        self.failures: list[str] = []
        self.includes_of: dict[str, list[tuple[bool, str]]] = {}

    def run(self) -> list[str]:
        if "QtCore" not in self.qt.values():
            return ["no QtCore/ in the folder of the Qt headers"]
        for path in project_files(self.root):
            if path.suffix in (".h", ".cpp") and path.parts[0] in ("app", "ui", "models", "planes"):
                self.check_file(path)
        for index, (where, header, _) in enumerate(self.exceptions):
            if index not in self.used_exceptions:
                self.failures.append(f"exception {where} -> {header}: nothing needs it any more, remove it")
        return self.failures

    def includes(self, path: str) -> list[tuple[bool, str]]:
        """(is quoted, header), Qt headers as Module/Header."""
        if path not in self.includes_of:
            text = (self.root / path).read_text(encoding="utf-8")
            self.includes_of[path] = [
                (mark == '"', header if mark == '"' else self.full_name(header))
                for mark, header in INCLUDE.findall(text)
            ]
        return self.includes_of[path]

    def full_name(self, header: str) -> str:
        # The header that stands for a whole module has the module's own name: <QtWidgets>.
        if header.startswith("Qt") and header in self.qt.values():
            return f"{header}/{header}"
        return f"{self.qt[header]}/{header}" if "/" not in header and header in self.qt else header

    def fail(self, path: pathlib.PurePosixPath, header: str, why: str) -> None:
        for index, (where, what, _) in enumerate(self.exceptions):
            if fnmatch.fnmatch(str(path), where) and re.fullmatch(what, header):
                self.used_exceptions.add(index)
                return
        self.failures.append(f"{path}: includes {header}: {why}")

    def check_file(self, path: pathlib.PurePosixPath) -> None:
        module = module_of(path, self.edges)
        if module not in self.edges:
            self.failures.append(f"{path}: belongs to no module of planes/modules.txt")
            return
        for quoted, header in self.includes(str(path)):
            if quoted:
                self.check_project_header(path, module, header)
            else:
                self.check_library_header(path, module, header)
        if path.stem.endswith("_rules") and path.parts[0] == "planes":
            self.check_rules_file(path)

    def check_project_header(self, path, module, header) -> None:
        if GENERATED.search(header):
            return
        target = pathlib.PurePosixPath(header)
        used = module_of(target, self.edges)
        if used is None or not (self.root / header).is_file():
            self.fail(path, header, "a project header is named from the root of the project, and must exist")
        elif used != module and used not in self.edges[module]:
            self.fail(path, header, f"planes/modules.txt does not let {module} use {used}")
        elif used != module and "detail" in target.parts:
            self.fail(path, header, f"detail/ belongs to {used} alone")

    def check_library_header(self, path, module, header) -> None:
        for pattern, owners in OWNED_HEADERS:
            if re.fullmatch(pattern, header) and module not in owners:
                self.fail(path, header, f"only for {', '.join(sorted(owners))}")
                return
        if module == "models" and header.startswith("Q") and not header.startswith("QtCore/"):
            self.fail(path, header, "models use nothing of Qt but QtCore")

    def check_rules_file(self, path) -> None:
        allowed = (module_of(path, self.edges), "models")
        for quoted, header in self.includes(str(path)):
            if quoted and module_of(pathlib.PurePosixPath(header), self.edges) not in allowed:
                self.fail(path, header, "rules use models and the values of their own plane")
        if CLOCK_CALL.search((self.root / path).read_text(encoding="utf-8")):
            self.failures.append(f"{path}: rules are given the time, they do not ask for it")
        self.check_reached(path, str(path), (), set())

    def check_reached(self, path, current, chain, seen) -> None:
        seen.add(current)
        for quoted, header in self.includes(current):
            if IMPURE_HEADERS.fullmatch(header):
                via = f" (through {' -> '.join(chain)})" if chain else ""
                self.fail(path, header, f"rules reach no clock, thread, file, network or database{via}")
            elif quoted and header not in seen and (self.root / header).is_file():
                self.check_reached(path, header, (*chain, header), seen)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    failures = Checker(pathlib.Path(arguments[0]), pathlib.Path(arguments[1])).run()
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
