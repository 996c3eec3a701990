"""A simulated year of daily sessions: random learner, clock changes, kills, undo; every day ends as it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from folds import fold_history

from mnemosyne.review.ports import Scope
from mnemosyne.review.rules import Order, Rules
from mnemosyne.scheduling.study_day import day_begins, plus_days

BERLIN = ZoneInfo("Europe/Berlin")
CARDS = 60
RULES = Rules(new_per_day=4, reviews_per_day=25, order=Order.MIXED)


def daily_session(learner: Any, chance: Random) -> None:
    """Do one day's session, with a mistake now and then, and now and then a kill or an undo."""
    learner.restart()
    while learner.asked_id is not None:
        if learner.session.outcome is None:
            learner.clock.turn(seconds=chance.randint(3, 90))
            is_remembered = chance.random() < 0.85
            outcome = learner.right(links=chance.randint(0, 3)) if is_remembered else learner.wrong()
            quality = outcome.proposal.quality
        else:
            quality = learner.session.outcome.proposal.quality
        fate = chance.random()
        if fate < 0.02:
            learner.restart()
        else:
            learner.session.grade(quality)
        if 0.02 <= fate < 0.05:
            learner.session.undo()


@pytest.mark.parametrize("seed", range(3))
def test_a_year(make_learner: Callable[..., Any], seed: int) -> None:
    chance = Random(seed)
    learner = make_learner(*(f"card-{number:03}" for number in range(CARDS)))
    learner.clock.place = BERLIN
    first = date(2024, 1, 1)
    learner.clock.moment = day_begins(first, BERLIN, learner.clock.day_start)
    learner.start(RULES)
    for number in range(366):
        day = plus_days(first, number)
        learner.clock.moment = day_begins(day, BERLIN, learner.clock.day_start)
        learner.clock.turn(minutes=chance.randint(0, 20 * 60))
        daily_session(learner, chance)
        counts = learner.repository.counts(day)
        assert learner.clock.today() == day
        assert counts.new <= RULES.new_per_day
        assert counts.reviews <= RULES.reviews_per_day
        assert learner.repository.drills(day, Scope()) == []
        assert len(learner.repository.due(day, Scope())) == 0 or counts.reviews == RULES.reviews_per_day
    assert learner.repository.new(plus_days(first, 366), Scope()) == []
    for card_id, place in learner.repository.places.items():
        history = [
            (r.quality, r.study_day) for r in learner.repository.reviews() if r.card_id == card_id and not r.drill
        ]
        assert place.memory == fold_history(history)
        assert len({day for _, day in history}) == len(history)


def test_a_learner_who_knows_everything_sees_each_card_less_and_less(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a")
    learner.clock.moment = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)
    learner.start()
    days = []
    for number in range(366):
        learner.restart()
        if learner.asked_id is not None:
            learner.do(5)
            days.append(number)
        learner.clock.turn(days=1)
    assert days == [0, 1, 7, 24, 74, 224]
