"""Waiting for what must come, however slowly: only what never comes fails a test."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds after which something is taken never to come, on the busiest machine


def wait_until(happens: Callable[[], bool], otherwise: str | Callable[[], str]) -> None:
    """Return once `happens` is true; if that never happens, fail with `otherwise`."""
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            raise AssertionError(otherwise if isinstance(otherwise, str) else otherwise())
        time.sleep(0.02)
