"""The files of the project, for the checks beside this file."""

import pathlib
import subprocess

SKIPPED_FOLDERS = ("build", ".git", "__pycache__")


def project_files(root: pathlib.Path) -> list[pathlib.PurePosixPath]:
    """Paths relative to root, sorted: what git tracks, or every file where root is not a git tree.

    A tracked file that is being moved and is not there at this moment is left out.
    """
    listed = _tracked(root)
    if listed is None:
        listed = [
            path.relative_to(root).as_posix()
            for path in root.rglob("*")
            if not any(part in SKIPPED_FOLDERS or part.startswith("build-") for part in path.relative_to(root).parts)
        ]
    return sorted(pathlib.PurePosixPath(name) for name in listed if (root / name).is_file())


def _tracked(root: pathlib.Path) -> list[str] | None:
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return [name for name in done.stdout.decode().split("\0") if name]
