"""What counts as what, by examples: the definitions of every statistic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mnemosyne.progress.terms import Maturity, is_first, is_lapse, is_passed, maturity_of, memory_tested
from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory

DAY = date(2026, 3, 10)
REVIEW = Review(
    "a", datetime(2026, 3, 10, 18, tzinfo=UTC), timedelta(), DAY, False, 1, "2x", "correct", None, 4, 4, 0, 1,
    timedelta(seconds=20), Memory(), Memory(1, 250, 1, 0, date(2026, 3, 11), DAY),
)  # fmt: skip


def after(interval: int, reviewed: date = date(2026, 3, 1)) -> Memory:
    """A card that was reviewed."""
    return Memory(2, 250, interval, 0, DAY, reviewed)


@pytest.mark.parametrize(("quality", "passed"), [(0, False), (2, False), (3, True), (5, True)])
def test_a_review_is_passed_from_3_on_and_a_lapse_below(quality: int, passed: bool):
    review = replace(REVIEW, quality=quality)
    assert (is_passed(review), is_lapse(review)) == (passed, not passed)


def test_a_drill_is_no_lapse_and_no_first_review():
    drill = replace(REVIEW, drill=True, quality=1)
    assert not is_lapse(drill)
    assert not is_first(drill)
    assert is_first(REVIEW)


@pytest.mark.parametrize(("days", "maturity"), [(1, Maturity.YOUNG), (20, Maturity.YOUNG), (21, Maturity.MATURE)])
def test_mature_begins_at_21_days(days: int, maturity: Maturity):
    assert maturity_of(days) is maturity
    assert memory_tested(replace(REVIEW, before=after(days))) is maturity


@pytest.mark.parametrize(
    "review",
    [
        REVIEW,
        replace(REVIEW, drill=True, before=after(30)),
        replace(REVIEW, before=after(1, reviewed=DAY)),
    ],
    ids=["of a new card", "a drill", "the second of its day"],
)
def test_these_test_no_memory(review: Review):
    assert memory_tested(review) is None
