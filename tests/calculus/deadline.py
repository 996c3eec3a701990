"""The app's deadline for a check, in one process: a signal instead of a child that is ended."""

from __future__ import annotations

import signal
from collections.abc import Callable

from mnemosyne.verdict import Verdict, Word

DEADLINE = 3.0  # seconds, the app's own


class LateError(BaseException):
    """The deadline has come; no handler of the checker's libraries may swallow it."""


def verdict_in_time(check: Callable[[], Verdict]) -> Verdict:
    """Return a check's verdict, undecided once the deadline has come."""
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
