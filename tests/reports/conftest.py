"""Short ways to make reviews and to read what an export wrote."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DAY = date(2026, 3, 10)
MOMENT = datetime(2026, 3, 10, 7, 0, 0, 123456, tzinfo=UTC)


def graded(quality: int = 4, before: Memory | None = None, day: date = DAY, **changes: Any) -> Review:
    """A graded answer, its memory as SM-2 has it; a drill leaves the memory alone."""
    before = before or Memory()
    after = before if changes.get("drill") else sm2.review(before, quality, day)
    review = Review(
        card_id="square", answered_at=MOMENT, offset=timedelta(hours=1), study_day=day, drill=False, seed=7,
        answer="2x", verdict="correct", misconception=None, proposed=4, quality=quality, hints=1, attempts=2,
        duration=timedelta(seconds=12, microseconds=345678), before=before, after=after, number=1,
    )  # fmt: skip
    return replace(review, **changes)


@pytest.fixture(scope="session")
def make_review() -> Callable[..., Review]:
    """Makes a graded answer."""
    return graded


@pytest.fixture(scope="session")
def read_csv() -> Callable[[Iterable[str]], list[dict[str, str]]]:
    """Reads what an export wrote, as a program would."""
    return lambda lines: list(csv.DictReader("".join(lines).splitlines(keepends=True)))
