"""The app's deadline for a check, in one process: a signal, instead of a child process that is ended."""

from __future__ import annotations

import signal
from collections.abc import Callable

from mnemosyne.verdict import Verdict, Word

DEADLINE = 3.0  # seconds, the app's own


class LateError(BaseException):
    """The deadline has passed; no handler in the checker's libraries may swallow this."""


def verdict_in_time(check: Callable[[], Verdict]) -> Verdict:
    """Return a check's verdict, or undecided once the deadline has passed."""
    signal.signal(signal.SIGALRM, _late)
    signal.setitimer(signal.ITIMER_REAL, DEADLINE)
    try:
        return check()
    except (LateError, ValueError):  # sympy prints no integer of more than 4,300 digits
        return Verdict(Word.UNDECIDED)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _late(*_: object) -> None:
    raise LateError
