"""Study days and slips, against a log small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from mnemosyne.progress.figures import SlipDay
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Rate
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.progress_figures import slip_days, study_days
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

ALWAYS = Period(date.min, date.max)


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    sync_cards(deck, [make_card(id_, n) for n, id_ in enumerate("abcdef")], {})


def test_an_untouched_deck(deck: Engine):
    assert study_days(deck, ALWAYS) == ()
    assert slip_days(deck, ALWAYS) == ()


def test_what_was_done_on_each_study_day(deck: Engine, repository: SqlRepository, make_review: Callable, day: date):
    took = timedelta(seconds=30, microseconds=5)
    first = [
        repository.record(make_review(id_, quality, duration=took)) for id_, quality in (("a", 2), ("b", 3), ("c", 5))
    ]
    repository.record(make_review("a", 4, before=first[0].after, drill=True, duration=took))
    repository.undo(repository.record(make_review("d", 4, duration=took)))
    later = plus_days(day, 2)
    repository.record(make_review("a", 4, later, before=first[0].after, duration=took))
    one = Day(day, Activity(reviews=3, first=3, passed=2, drills=1, spent=4 * took))
    two = Day(later, Activity(reviews=1, first=0, passed=1, drills=0, spent=took), young=Rate(1, 1))
    assert study_days(deck, ALWAYS) == (one, two)
    assert study_days(deck, Period(plus_days(day, 1), date.max)) == (two,)
    assert study_days(deck, Period(date.min, plus_days(day, 1))) == (one,)
    assert study_days(deck, Period(later, later)) == (two,)


def test_the_slips_that_were_named(deck: Engine, repository: SqlRepository, make_review: Callable, day: date):
    took = timedelta(seconds=9)
    slips = ("b", "a", "b", None, "a", "c")
    for n, (id_, slip) in enumerate(zip("abcdef", slips, strict=True)):
        review = repository.record(make_review(id_, 2, plus_days(day, n), misconception=slip, duration=took))
    repository.undo(review)
    last = repository.record(make_review("a", 2, plus_days(day, 4), drill=True, misconception="a", duration=took))
    assert last.drill
    found = [
        SlipDay("a", plus_days(day, 1), times=1, lapses=1, spent=took),
        SlipDay("a", plus_days(day, 4), times=2, lapses=1, spent=2 * took),
        SlipDay("b", day, times=1, lapses=1, spent=took),
        SlipDay("b", plus_days(day, 2), times=1, lapses=1, spent=took),
    ]
    assert slip_days(deck, ALWAYS) == tuple(found)
    assert slip_days(deck, Period(plus_days(day, 1), plus_days(day, 2))) == (found[0], found[3])
