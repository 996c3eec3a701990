"""How much work a thing is, in calls: the same on every machine, which no number of seconds is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def calls() -> Iterator[Callable[[], int]]:
    """Count the calls of functions, C's included, inside the block; what is handed over says how many there were."""
    count = 0

    def watch(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        yield lambda: count
    finally:
        sys.setprofile(None)
