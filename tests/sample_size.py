"""How many cases a test tries: some in README's command, the same each time, more in .ci/run.

Some are enough to show that a change broke something. New faults are looked for where HYPOTHESIS_PROFILE=random
draws new cases. A test that asks here and is no property of hypothesis is marked `sampled`, so that .ci/run
finds it. One marked `thorough` runs only there, because README's command must end within four minutes: it tries
many cases, starts real processes, or goes a way through a screen that is a variation of another test's.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

Case = TypeVar("Case")

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "random"


def sample_size(few: int, more: int) -> int:
    """Return how many cases are tried in this run."""
    return more if THOROUGH else few


def sample(cases: Sequence[Case], few: int) -> Sequence[Case]:
    """Return all the cases where as many as possible are tried, else some at equal distances, the first included."""
    return cases if THOROUGH else cases[:: -(-len(cases) // few)]


def others_thorough(cases: Sequence[Any]) -> list[Any]:
    """Return the values of one parameter of a test, of which README's command tries the first, .ci/run all."""
    return [cases[0], *(pytest.param(case, marks=pytest.mark.thorough) for case in cases[1:])]
