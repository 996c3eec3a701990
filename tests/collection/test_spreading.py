"""A backlog after an absence, spread over days: each card comes once, none is lost, and the days are about equal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.collection import Collection
from mnemosyne.collection.notices import announcements, notices
from mnemosyne.collection.today import today_of
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings
from mnemosyne.text import calendar_day

CARDS = 23


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Collection]:
    """Return the collection of twenty-three cards that were passed three times and came due during an absence."""
    topic = tmp_path / "cards" / "chains"
    topic.mkdir(parents=True)
    cards = (f"  - {{id: c{number:02}, kind: recall, ask: Say {number}., answer: It.}}" for number in range(CARDS))
    (topic / "deck.yaml").write_text("\n".join(["cards:", *cards, ""]), encoding="utf-8")
    where = Settings(
        tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",), backups=False, new_per_day=CARDS
    )
    with Collection(where, HandClock()) as collection:
        for days in (1, 6, 50):
            assert len(answer_all(collection)) == CARDS
            collection.clock.turn(days=days)
        yield collection


def answer_all(collection: Collection, plan: SessionPlan | None = None) -> list[str]:
    """Return the cards of a session that is done to its end."""
    session, cards = collection.session(plan), []
    while session.question is not None:
        cards.append(session.question.card.id)
        session.reveal()
        session.grade(5)
    return cards


@pytest.mark.parametrize("days", [1, 2, 5, 7, 23, 30])
def test_each_card_comes_once_and_the_days_are_about_equal(away: Collection, days: int):
    cards_by_day = [answer_all(away, SessionPlan(spread=days))]
    for _ in range(days - 1):
        away.clock.turn(days=1)
        cards_by_day.append([*answer_all(away), *answer_all(away)])  # a second session on the day has nothing more
    assert sorted(card for day in cards_by_day for card in day) == [f"c{number:02}" for number in range(CARDS)]
    loads = [len(day) for day in cards_by_day]
    assert max(loads) - min(loads) <= 1
    away.clock.turn(days=1)
    away.follow_scheduler()
    assert away.catch_up is None
    assert away.rules.reviews_per_day == 200


def test_a_smaller_limit_of_the_settings_holds_and_nothing_is_lost(away: Collection):
    away.settings = replace(away.settings, reviews_per_day=4)
    cards_by_day = [answer_all(away, SessionPlan(spread=3))]
    for _ in range(5):
        away.clock.turn(days=1)
        cards_by_day.append(answer_all(away))
    assert [len(day) for day in cards_by_day] == [4, 4, 4, 4, 4, 3]
    assert len({card for day in cards_by_day for card in day}) == CARDS


def test_home_says_how_long_it_takes(away: Collection):
    assert today_of(away).announcements == (), "23 cards are within today's limit"
    away.settings = replace(away.settings, reviews_per_day=5)
    assert announcements(away) == ("23 cards are due: at 5 a day it takes 5 days to catch up.",)
    away.settings = replace(away.settings, reviews_per_day=0)
    assert announcements(away) == ("23 cards are due: at 0 a day you will never catch up; raise the limit on reviews.",)
    away.settings = replace(away.settings, reviews_per_day=200)
    answer_all(away, SessionPlan(spread=4, limit=2))
    until = calendar_day(plus_days(away.clock.today(), 3))
    assert announcements(away) == (f"21 cards are due, spread until {until}: at 6 a day it takes 4 days to catch up.",)
    assert notices(away) == ()
    assert today_of(away).backlog is None, "it is spread, so nothing is asked"


def test_another_scheduler_leaves_the_spread_as_it_is(away: Collection):
    answer_all(away, SessionPlan(spread=5, limit=1))
    until = away.catch_up.until
    away.settings = replace(away.settings, scheduler="fsrs")
    away.follow_scheduler()
    assert away.catch_up.until == until
    away.settings = replace(away.settings, scheduler="sm2")
    away.follow_scheduler()
    assert (away.catch_up.until, away.catch_up.limit) == (until, 5)
