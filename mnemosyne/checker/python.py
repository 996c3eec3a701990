"""Starting Python: the one way in which this program starts a child process, guarded against the folder it runs in.

A stranger's `sympy.py` in the working folder must not run: `-P` keeps that folder off the path, the child works in the
package's own folder, and the path it is given has no entry that would mean "wherever I am".
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
# Windows tells every process of a console that Ctrl+C was pressed; elsewhere a new session keeps it away.
OWN_GROUP: Final[int] = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)


def start_python(
    arguments: Sequence[str], *, stdin: int = subprocess.PIPE, stderr: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start Python with the arguments, its output in a pipe; WorkerError if it cannot be started."""
    try:
        return subprocess.Popen(
            [sys.executable or "python", "-P", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=_PACKAGE_PARENT,
            env=environment(os.environ),
            start_new_session=True,  # a Ctrl+C in the terminal is not meant for it
            creationflags=OWN_GROUP,
        )
    except OSError as error:
        raise WorkerError(
            f"the checker cannot be started ({error.strerror or type(error).__name__})",
            f"check that Python is there: {sys.executable}",
        ) from None


def environment(parents: Mapping[str, str]) -> dict[str, str]:
    """Return the child's environment: the parent's, with the package behind it on the path even in a checkout."""
    python_path = filter(
        None, parents.get("PYTHONPATH", "").split(os.pathsep)
    )  # an empty entry means the working folder
    path = os.pathsep.join([*map(os.path.abspath, python_path), str(_PACKAGE_PARENT)])
    return {**parents, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
