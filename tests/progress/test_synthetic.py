"""The simulated learner keeps the rules: each card's records are scheduled by SM-2, and drills change nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from synthetic import answers, items

from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

FIRST = date(2025, 1, 1)


@pytest.fixture(scope="module")
def year() -> list[Review]:
    """Return a year of records."""
    return list(answers(items(200), FIRST, 365, seed=7))


def test_the_same_seed_gives_the_same_year(year: list[Review]):
    assert year == list(answers(items(200), FIRST, 365, seed=7))
    assert year != list(answers(items(200), FIRST, 365, seed=8))


def test_every_card_is_scheduled_as_its_records_imply(year: list[Review]):
    memories: dict[str, Memory] = defaultdict(Memory)
    for review in year:
        assert review.before == memories[review.card_id]
        if review.drill:
            assert review.after == review.before
            assert review.before.reviewed == review.study_day
        else:
            memories[review.card_id] = sm2.review(review.before, review.quality, review.study_day)
            assert review.after == memories[review.card_id]


def test_moments_move_forward_and_the_year_is_a_year(year: list[Review]):
    moments = [review.answered_at for review in year]
    assert moments == sorted(moments)
    assert len({review.study_day for review in year}) > 250
    assert {review.card_id for review in year} == {item.id for item in items(200)}
