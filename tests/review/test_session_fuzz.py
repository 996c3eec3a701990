"""Fuzz in a session: what is shown before the grade is what is stored, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.review.card_log import CardLog, LoggedEvent, recomputed
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DUE = date(2024, 1, 15)
EXACT, FUZZED = Rules(shuffle=False), Rules(shuffle=False, fuzz=True)


def history(repository: Any, card_id: str) -> CardLog:
    """Return what the repository has of a card without resets."""
    entries = tuple(
        LoggedEvent(
            review.number,
            review.study_day,
            review.quality,
            review.before,
            review.after,
            drill=review.drill,
            asked_as_drill=review.drill,
            fuzzed=not review.drill and review.after != sm2.review(review.before, review.quality, review.study_day),
        )
        for review in repository.reviews()
        if review.card_id == card_id
    )
    return CardLog(card_id, repository.memory(card_id), entries)


def test_without_the_setting_it_is_exactly_sm2(make_desk: Callable[..., Any], seen: Callable[..., None]) -> None:
    desk = make_desk("a")
    seen(desk.repository, DUE, "a")
    desk.sit(EXACT)
    assert desk.right().proposal.intervals == (1, 1, 1, 15, 15, 16)
    assert desk.session.grade(4).after.interval == 15


def test_with_the_setting_the_longer_intervals_are_moved(
    make_desk: Callable[..., Any], seen: Callable[..., None]
) -> None:
    desk = make_desk("c", "d", "e")
    seen(desk.repository, DUE, "c", "d", "e")
    desk.sit(FUZZED)
    assert desk.right().proposal.intervals == (1, 1, 1, 14, 14, 15)
    assert desk.session.grade(4).after == Memory(3, 250, 14, 0, date(2024, 1, 29), DUE)
    assert desk.right().proposal.intervals == (1, 1, 1, 15, 15, 16)
    assert desk.session.grade(4).after == Memory(3, 250, 15, 0, date(2024, 1, 30), DUE)
    assert desk.right().proposal.intervals == (1, 1, 1, 16, 16, 17)
    assert desk.session.grade(4).after == Memory(3, 250, 16, 0, date(2024, 1, 31), DUE)


def test_the_interval_stays_as_shown_if_the_study_day_ends_before_the_grade(
    make_desk: Callable[..., Any], seen: Callable[..., None]
) -> None:
    desk = make_desk("c", "e")
    seen(desk.repository, DUE, "c", "e")
    desk.sit(FUZZED)
    for moved in (14, 16):
        assert desk.right().proposal.intervals[4] == moved
        desk.hands.state(days=3)
        assert desk.session.grade(4).after.interval == moved


def test_a_drill_leaves_the_schedule_alone(make_desk: Callable[..., Any], seen: Callable[..., None]) -> None:
    desk = make_desk("a")
    seen(desk.repository, DUE, "a")
    desk.sit(FUZZED)
    first = desk.do(3)
    assert desk.session.drilling
    assert desk.right().proposal.intervals == (0, 0, 0, 0, first.after.interval, first.after.interval)
    assert desk.session.grade(5).after == first.after


def answered(desk: Any, days: int) -> bool:
    """Answer a question if there is one, else let that many days pass first; return whether one waits for its grade."""
    if desk.asked is None:
        desk.hands.state(days=days)
        desk.again()
    if desk.asked is not None and desk.session.outcome is None:
        desk.right()
    return desk.asked is not None


steps = st.tuples(
    st.integers(0, 5), st.sampled_from(["", "", "", "switch", "undo", "kill", "wait"]), st.integers(0, 20)
)


@settings(max_examples=sample_size(40, 100), deadline=None)
@given(st.lists(steps, max_size=40))
def test_what_is_shown_is_stored_and_follows_from_the_log(
    make_desk: Callable[..., Any], done: list[tuple[int, str, int]]
) -> None:
    desk = make_desk("a", "b")
    rules = FUZZED
    desk.sit(rules)
    for quality, happens, days in done:
        if not answered(desk, days):
            continue
        rules = replace(rules, fuzz=rules.fuzz != (happens == "switch"))
        if happens in ("switch", "kill"):
            desk.sit(rules)
        if (outcome := desk.session.outcome) is None:
            continue  # a drill of a day that has ended: another question came up
        desk.hands.state(days=days if happens == "wait" else 0)
        review = desk.session.grade(quality)
        assert review.drill or review.after.interval == outcome.proposal.intervals[quality]
        assert review.drill or rules.fuzz or review.after == sm2.review(review.before, quality, review.study_day)
        if happens == "undo":
            desk.session.undo()
        found = [history(desk.repository, card_id) for card_id in "ab"]
        assert [recomputed(each, rules.scheduler) for each in found] == found
