"""Waiting for what must come, without a word on how fast: only what never comes fails a test."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds after which a thing is taken never to come, on the busiest machine


def wait_until(happens: Callable[[], bool], otherwise: str | Callable[[], str]) -> None:
    """Return once `happens`; where it never does, fail with the words of `otherwise`."""
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            raise AssertionError(otherwise if isinstance(otherwise, str) else otherwise())
        time.sleep(0.02)
