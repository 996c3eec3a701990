"""The cards of a lesson's section, and a session with them alone."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.collection.section_cards import SectionCard, cards_of, topic_with
from mnemosyne.review.session_plan import SessionPlan


def test_a_sections_cards_are_those_that_name_it_as_their_lesson(collection, grade):
    grade("two", 1)
    assert cards_of(collection, "chains", ("start", "the-start")) == (
        SectionCard("one", "Differentiate sin(x²).", new=True, waits=True),
    )
    assert cards_of(collection, "chains", ("end",)) == (SectionCard("two", "Say it.", new=False, waits=True),)
    assert cards_of(collection, "chains", ("nowhere",)) == ()
    assert cards_of(collection, "other", ("start",)) == ()


def test_a_card_that_was_just_graded_is_not_waiting_and_neither_is_a_suspended_one(collection, grade):
    grade("one", 0)
    collection.repository.suspend("two", suspended=True)
    assert [card.waits for card in cards_of(collection, "chains", ("start", "end"))] == [False, False]


def test_the_topic_whose_lesson_has_the_section(collection):
    collection.sync_if_changed()
    assert topic_with(collection, "end") == "chains"
    assert topic_with(collection, "nowhere") is None
    assert topic_with(collection, None) is None


def test_a_session_asks_these_cards_only_and_drills_them(collection):
    collection.sync_if_changed()
    session = collection.session(SessionPlan(only=frozenset(["two"])))
    questions = []
    for quality in (2, 4):
        questions.append((session.question.card.id, session.drilling))
        session.reveal()
        session.grade(quality)
    assert questions == [("two", False), ("two", True)]
    assert session.question is None


def test_a_section_offers_what_its_session_asks(collection, grade):
    collection.sync_if_changed()
    today = collection.clock.today()
    ids = ["one", "two"]

    def offered():
        cards = cards_of(collection, "chains", ("start", "end"))
        session = collection.session(SessionPlan(only=frozenset(ids)))
        assert bool(session.question) == any(card.waits for card in cards)
        return [card.id for card in cards if card.waits]

    assert offered() == ids
    collection.repository.bury("one", today)
    assert offered() == ["two"], "a buried card is not waiting"
    collection.settings = replace(collection.settings, new_per_day=0)
    assert offered() == [], "nor is one for which the day has no room"
    collection.settings = replace(collection.settings, new_per_day=10)
    grade("two", -400)
    assert offered() == ["two"], "what was graded by a clock that ran ahead is due"
