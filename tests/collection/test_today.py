"""The day as home shows it: an interrupted session, recent mistakes, a backlog, and a newcomer's first day."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from random import Random

import pytest

from mnemosyne.collection.load import waiting_now
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.today import LATELY_DAYS, today_of
from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import WaitingCounts
from mnemosyne.scheduling.study_day import plus_days

by_name = attrgetter("misconception")


def test_a_newcomer_is_told_about_the_topics(collection):
    day = today_of(collection)
    assert day.first
    assert [(topic.title, topic.description) for topic in day.topics] == [("Chains", "What chains are.")]
    assert (day.cut_off, day.mistakes, day.backlog, day.done) == (False, (), None, 0)


def test_an_interrupted_session_waits_to_be_resumed(collection):
    session = collection.session()
    assert today_of(collection).cut_off
    while session.question is not None:
        session.give_up()
        session.grade(5)
    day = today_of(collection)
    assert not day.cut_off
    assert not day.first
    assert day.done == 2


def test_mistakes_of_two_weeks_the_most_frequent_first(collection, grade):
    grade("one", LATELY_DAYS, "power-raised")  # on the day before
    grade("one", 12, "sign-flipped")
    grade("one", 7, "sign-flipped")
    grade("two", 6, "outer-at-x")
    grade("two", 3, "sign-flipped")
    mistakes = today_of(collection).mistakes
    assert [(history.misconception, history.times, history.trend) for history in mistakes] == [
        ("sign-flipped", 3, "rare"),
        ("outer-at-x", 1, "rare"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_home_and_statistics_say_the_same_of_every_mistake(collection, grade, seed):
    chance = Random(seed)
    for days_ago in range(30, -1, -1):
        for card_id in ("one", "two"):
            if chance.random() < 0.8:
                grade(card_id, days_ago, chance.choice(["sign-flipped", "outer-at-x", "power-raised", None]))
    mistakes = today_of(collection).mistakes
    since = plus_days(collection.clock.today(), 1 - LATELY_DAYS)
    assert sorted(mistakes, key=by_name) == sorted(progress_of(collection, since=since).misconceptions, key=by_name)
    assert {history.trend for history in mistakes} != {"rare"}


def test_a_backlog_counts_all_topics_and_is_measured_by_the_usual_day(collection, grade, monkeypatch):
    monkeypatch.setattr("mnemosyne.review.backlog.MANY", 1)
    grade("one", 3)
    grade("two", 2)
    backlog = today_of(collection).backlog
    assert backlog is None, "two due cards are twice the usual one a day, and no backlog"
    monkeypatch.setattr("mnemosyne.collection.today.USUAL_DAYS", 1)
    backlog = today_of(collection).backlog
    assert backlog is not None
    assert backlog.due == len(collection.repository.due(collection.clock.today(), Scope())) == 2


def test_the_limits_of_a_topic_hold_on_home_and_in_its_reasons(collection):
    collection.settings = replace(
        collection.settings, topics={"chains": {"new_per_day": 1}, "none": {"new_per_day": 9}}
    )
    assert today_of(collection).overview.waiting == WaitingCounts(due=0, new=1, drills=0)
    session = collection.session()
    assert session.progress.left == 1
    session.give_up()
    session.grade(5)
    steps = today_of(collection).steps
    assert steps.reasons == ("Topic limits leave 1 new card for another day.",)
    assert "Learn 1 more new card" in [offer.label for offer in steps.offers]


def test_a_final_round_is_announced_and_its_cards_wait_before_they_are_due(collection, grade):
    for days_ago in (40, 39):
        grade("one", days_ago)
    grade("two", 40)
    today = collection.clock.today()
    settings = collection.settings

    def with_exam(days):
        collection.settings = replace(settings, topics={"chains": {"exam": plus_days(today, days)}})
        return today_of(collection)

    day = with_exam(2)
    assert day.announcements == (
        "Exam in Chains in 2 days, on 12 Mar 2026. Final round: 1 card today, 1 on later days.",
    )
    assert day.overview.waiting == WaitingCounts(due=1, new=0, drills=0), "both are due; one is still to come"
    assert waiting_now(collection) == day.overview.waiting
    session = collection.session()
    assert session.question.card.id == "two", "the least likely to be recalled"
    session.give_up()
    session.grade(5)
    while session.question is not None:
        session.give_up()
        session.grade(5)
    day = today_of(collection)
    assert day.announcements == ("Exam in Chains in 2 days, on 12 Mar 2026. Final round: 1 card left, none today.",)
    assert day.steps.reasons == ("1 due card is waiting for its turn in the final round.",)
    assert with_exam(40).announcements == ()
