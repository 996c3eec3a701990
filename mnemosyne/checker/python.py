"""Starting Python: the only way in which this program starts a child process, safe from files in the
folder it runs in.

Somebody else's `sympy.py` in the working folder must not be imported: `-P` keeps that folder off the path,
the child works in the package's own folder, and its path has no entry that means the working folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from mnemosyne.errors import WorkerError

_PACKAGE_PARENT: Final = Path(__file__).resolve().parents[2]
# Windows sends Ctrl+C to every process of a console; elsewhere a new session prevents it.
OWN_GROUP: Final[int] = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)


def start_python(
    arguments: Sequence[str], *, stdin: int = subprocess.PIPE, stderr: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start Python with the arguments and its output in a pipe; raise WorkerError if it cannot be started."""
    try:
        return subprocess.Popen(
            [sys.executable or "python", "-P", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=_PACKAGE_PARENT,
            env=environment(os.environ),
            start_new_session=True,  # Ctrl+C in the terminal is not meant for the child
            creationflags=OWN_GROUP,
        )
    except OSError as error:
        raise WorkerError(
            f"the checker cannot be started ({error.strerror or type(error).__name__})",
            f"check that Python exists at {sys.executable}",
        ) from None


def environment(parents: Mapping[str, str]) -> dict[str, str]:
    """Return the child's environment: the parent's, with the package's folder added at the end of
    its path for checkouts.
    """
    python_path = filter(
        None, parents.get("PYTHONPATH", "").split(os.pathsep)
    )  # an empty entry means the working folder
    path = os.pathsep.join([*map(os.path.abspath, python_path), str(_PACKAGE_PARENT)])
    return {**parents, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
