"""The day as home shows it: a session that waits, recent mistakes, a backlog, and a newcomer's first day."""

from __future__ import annotations

import pytest

from mnemosyne.collection.today import LATELY_DAYS, Mistake, today_of
from mnemosyne.review.ports import Scope


@pytest.mark.parametrize(
    ("earlier", "later", "trend"), [(3, 0, "gone"), (0, 2, "new"), (3, 1, "fading"), (1, 3, "growing"), (2, 2, "")]
)
def test_a_mistake_fades_if_it_is_rarer_in_the_later_half(earlier, later, trend):
    mistake = Mistake("sign-flipped", earlier, later)
    assert (mistake.trend, mistake.times) == (trend, earlier + later)


def test_a_newcomer_is_told_about_the_topics(collection):
    day = today_of(collection)
    assert day.first
    assert [(topic.title, topic.description) for topic in day.topics] == [("Chains", "What chains are.")]
    assert (day.cut_off, day.mistakes, day.backlog, day.done) == (False, (), None, 0)


def test_a_session_that_was_begun_waits_to_go_on(collection):
    session = collection.session()
    assert today_of(collection).cut_off
    while session.question is not None:
        session.give_up()
        session.grade(5)
    day = today_of(collection)
    assert not day.cut_off
    assert not day.first
    assert day.done == 2


def test_mistakes_of_two_weeks_the_commonest_first(collection, grade):
    grade("one", LATELY_DAYS, "power-raised")  # on the day before
    grade("one", 12, "sign-flipped")
    grade("one", 7, "sign-flipped")
    grade("two", 6, "outer-at-x")
    grade("two", 3, "sign-flipped")
    assert today_of(collection).mistakes == (Mistake("sign-flipped", 2, 1), Mistake("outer-at-x", 0, 1))


def test_a_backlog_counts_all_topics_and_looks_at_the_usual_day(collection, grade, monkeypatch):
    monkeypatch.setattr("mnemosyne.review.backlog.MANY", 1)
    grade("one", 3)
    grade("two", 2)
    backlog = today_of(collection).backlog
    assert backlog is None, "two due are twice the usual one of a day, not more"
    monkeypatch.setattr("mnemosyne.collection.today.USUAL_DAYS", 1)
    backlog = today_of(collection).backlog
    assert backlog is not None
    assert backlog.due == len(collection.shelf.due(collection.clock.today(), Scope())) == 2
