"""A test run of the checker: whether its child starts and judges, and whether python-flint can be used."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

from mnemosyne.checker.client import Checker
from mnemosyne.checker.python import start_python
from mnemosyne.errors import WorkerError
from mnemosyne.verdict import Problem, Word

_ASKED = "sin(x^2)"
_RIGHT = "2x cos(x^2)"
_WRONG = "cos(x^2)"
_PATIENCE = timedelta(seconds=30)  # from a cold disk it takes a few seconds; no learner waits for this
_FLINT = "import flint; assert flint.arb(2).sqrt() > 1; print(flint.__version__)"


def judges(log: Path) -> str:
    """Return the fault of the checker; empty if it accepts a right answer and rejects a wrong one."""
    try:
        with Checker.for_command(_PATIENCE, log) as checker:
            words = [checker.check(Problem(_ASKED), answer).word for answer in (_RIGHT, _WRONG)]
    except WorkerError as error:
        return str(error)
    if words != [Word.CORRECT, Word.INCORRECT]:
        return f"it calls a right answer {words[0]} and a wrong one {words[1]}"
    return ""


def flint_version() -> str | None:
    """Return the version of python-flint, imported in a separate process; None if it cannot be used."""
    try:
        with start_python(["-c", _FLINT], stdin=subprocess.DEVNULL) as process:
            try:
                version, _ = process.communicate(timeout=_PATIENCE.total_seconds())
            finally:
                process.kill()
    except (WorkerError, subprocess.TimeoutExpired):
        return None
    return version.decode(errors="replace").strip() if process.returncode == 0 else None
