"""How many random cases a test tries: some in README's command, which draws the same each time, more in .ci/run.

Some show a change for the worse. New faults are looked for where HYPOTHESIS_PROFILE=random draws new cases.
A test that asks here and is no property of hypothesis is marked `sampled`, so that .ci/run finds it.
"""

from __future__ import annotations

import os

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "random"


def sample_size(some: int, more: int) -> int:
    """Return how many cases are tried in this run."""
    return more if THOROUGH else some
