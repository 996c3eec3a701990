"""What counts as what, by examples: the definitions of all statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mnemosyne.progress.terms import Maturity, is_first, maturity_of
from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory

DAY = date(2026, 3, 10)
REVIEW = Review(
    "a", datetime(2026, 3, 10, 18, tzinfo=UTC), timedelta(), DAY, False, 1, "2x", "correct", None, 4, 4, 0, 1,
    timedelta(seconds=20), Memory(), Memory(1, 250, 1, 0, date(2026, 3, 11), DAY),
)  # fmt: skip


def test_a_drill_is_no_first_review():
    assert not is_first(replace(REVIEW, drill=True, quality=1))
    assert is_first(REVIEW)


@pytest.mark.parametrize(("days", "maturity"), [(1, Maturity.YOUNG), (20, Maturity.YOUNG), (21, Maturity.MATURE)])
def test_mature_begins_at_21_days(days: int, maturity: Maturity):
    assert maturity_of(days) is maturity
