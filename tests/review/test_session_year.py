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


def daily_session(desk: Any, chance: Random) -> None:
    """Do one day's session, with a mistake now and then, and now and then a kill or an undo."""
    desk.again()
    while desk.asked is not None:
        if desk.session.outcome is None:
            desk.hands.state(seconds=chance.randint(3, 90))
            known = chance.random() < 0.85
            outcome = desk.right(links=chance.randint(0, 3)) if known else desk.wrong()
            quality = outcome.proposal.quality
        else:
            quality = desk.session.outcome.proposal.quality
        fate = chance.random()
        if fate < 0.02:
            desk.again()
        else:
            desk.session.grade(quality)
        if 0.02 <= fate < 0.05:
            desk.session.undo()


@pytest.mark.parametrize("seed", range(3))
def test_a_year(make_desk: Callable[..., Any], seed: int) -> None:
    chance = Random(seed)
    desk = make_desk(*(f"card-{number:03}" for number in range(CARDS)))
    desk.hands.place = BERLIN
    first = date(2024, 1, 1)
    desk.hands.moment = day_begins(first, BERLIN, desk.hands.day_start)
    desk.sit(RULES)
    for number in range(366):
        day = plus_days(first, number)
        desk.hands.moment = day_begins(day, BERLIN, desk.hands.day_start)
        desk.hands.state(minutes=chance.randint(0, 20 * 60))
        daily_session(desk, chance)
        counts = desk.repository.counts(day)
        assert desk.hands.today() == day
        assert counts.new <= RULES.new_per_day
        assert counts.reviews <= RULES.reviews_per_day
        assert desk.repository.drills(day, Scope()) == []
        assert len(desk.repository.due(day, Scope())) == 0 or counts.reviews == RULES.reviews_per_day
    assert desk.repository.new(plus_days(first, 366), Scope()) == []
    for card_id, place in desk.repository.places.items():
        history = [(r.quality, r.study_day) for r in desk.repository.reviews() if r.card_id == card_id and not r.drill]
        assert place.memory == fold_history(history)
        assert len({day for _, day in history}) == len(history)


def test_a_learner_who_knows_everything_sees_each_card_less_and_less(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a")
    desk.hands.moment = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)
    desk.sit()
    days = []
    for number in range(366):
        desk.again()
        if desk.asked is not None:
            desk.do(5)
            days.append(number)
        desk.hands.state(days=1)
    assert days == [0, 1, 7, 24, 74, 224]
