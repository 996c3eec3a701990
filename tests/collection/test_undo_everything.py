"""Everything can be undone: after any actions, the same number of undos restores every row outside the logs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from learner import IDS, Learner
from sample_size import sample_size

from mnemosyne.collection import card_changes
from mnemosyne.collection.card_changes import undo_newest, undo_sentence
from mnemosyne.review.record import Mark, MarkChange
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.scheduling.study_day import plus_days

STATE = ("card", "fsrs_memory", "card_tag", "card_chain", "tally")
CHANGES = {
    "suspend": lambda collection, ids, on: card_changes.set_mark(collection, ids, Mark.SUSPENDED, on=on),
    "bury": lambda collection, ids, on: card_changes.set_mark(collection, ids, Mark.BURIED, on=on),
    "flag": lambda collection, ids, on: card_changes.set_mark(collection, ids, Mark.FLAGGED, on=on),
}
DUE_IN = (0, 1, 2, 30)  # days
acts = st.one_of(
    st.tuples(st.just("grade"), st.integers(0, 5)),
    st.tuples(st.sampled_from(["set due", "spread"]), st.integers(0, 63)),
    st.tuples(st.sampled_from(["skip", "suspend it", "flag it", "restart", "tomorrow", "undo"]), st.just(0)),
    st.tuples(st.sampled_from(["practise", "reset"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 15)),
    st.tuples(st.sampled_from([f"un{name}" for name in CHANGES]), st.integers(0, 15)),
)


def rows(learner: Learner) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the deck says of cards, and totals of the log."""
    with closing(sqlite3.connect(learner.collection.settings.deck_path)) as deck:
        return {table: sorted(deck.execute(f"SELECT * FROM {table}"), key=repr) for table in STATE}


def selection(bits: int) -> list[str]:
    """Return a selection of cards."""
    return [card_id for bit, card_id in enumerate(IDS) if bits >> bit & 1]


def act(learner: Learner, action: str, number: int) -> None:
    """Do something in a session, or with a selection outside of it."""
    session, collection = learner.session, learner.collection
    if action == "practise":
        learner.session = collection.session(SessionPlan(practice=Practice(ids=(IDS[number],))))
        learner.does(4)
    elif action == "reset":
        card_changes.reset(collection, selection(number + 1))
    elif action == "set due":
        day = plus_days(collection.clock.today(), DUE_IN[number // 16])
        card_changes.set_due(collection, dict.fromkeys(selection(number % 16), day))
    elif action == "spread":
        card_changes.spread_due(collection, selection(number % 16), 1 + number // 16)
    elif action.removeprefix("un") in CHANGES and action != "undo":
        CHANGES[action.removeprefix("un")](collection, selection(number), not action.startswith("un"))
    elif action == "suspend it" and session.question is not None:
        session.suspend()
    elif action == "flag it" and session.question is not None:
        session.flag()
    else:
        learner.does(number if action == "grade" else action)
    if learner.session.question is not None:
        learner.session.reload()


def events(learner: Learner) -> int:
    """Return how many events are not undone."""
    with closing(sqlite3.connect(learner.collection.settings.deck_path)) as deck:
        counted = (
            "SELECT (SELECT count(*) FROM review WHERE undone_at IS NULL)"
            " + (SELECT count(DISTINCT number) FROM reset WHERE undone_at IS NULL)"
            " + (SELECT count(DISTINCT number) FROM mark_change WHERE undone_at IS NULL)"
        )
        return int(deck.execute(counted).fetchone()[0])


@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
@settings(max_examples=sample_size(5, 25), deadline=None)
@given(before=st.lists(acts, max_size=6), life=st.lists(acts, max_size=14), within=st.booleans())
@example(before=[], life=[("skip", 0), ("suspend it", 0), ("grade", 2), ("grade", 4), ("practise", 0)], within=True)
@example(before=[], life=[("grade", 3), ("set due", 63), ("grade", 4), ("tomorrow", 0), ("grade", 5)], within=False)
@example(
    before=[("grade", 4)], life=[("reset", 0), ("flag", 15), ("unflag", 3), ("bury", 1), ("unbury", 1)], within=False
)
def test_as_many_undos_as_there_were_actions_restore_the_state(
    scheduler: str, before: list, life: list, *, within: bool
):
    with TemporaryDirectory() as folder:
        learner = Learner(Path(folder))
        learner.collection.settings = replace(learner.collection.settings, scheduler=scheduler)
        learner.session = learner.collection.session()
        for step in before:
            act(learner, *step)
        state, number = rows(learner), events(learner)
        for action, value in life:
            act(learner, "restart" if action == "undo" else action, value)
        for _ in range(events(learner) - number):
            if within:
                assert learner.session.undo() is not None
            else:
                assert undo_newest(learner.collection).startswith("Undone: ")
        assert events(learner) == number
        assert rows(learner) == state
        learner.collection.close()


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    return Learner(tmp_path)


def test_a_card_that_was_buried_or_suspended_comes_back_as_it_was(learner: Learner):
    session = learner.session
    question = session.question
    session.hint()
    session.bury()
    assert session.question is not question
    event = session.undo()
    assert event == MarkChange(Mark.BURIED, ("square",), on=True, changed_at=learner.clock.moment, number=1)
    assert (session.question, session.hints_shown) == (question, ("One.",))
    session.suspend()
    assert session.progress.left == 3
    session.undo()
    assert (session.question, session.progress.left) == (question, 4)


def test_the_next_session_undoes_what_an_earlier_one_did(learner: Learner):
    learner.session.suspend()
    later = learner.collection.session()
    assert later.progress.left == 3
    assert later.undo() is not None
    assert later.progress.left == 3, "its queue was made before that"
    assert learner.collection.session().progress.left == 4


def test_messages_name_one_card_by_what_it_asks_and_several_by_their_number(learner: Learner):
    messages = []
    for step in (("grade", 4), ("flag", 1), ("unflag", 1), ("suspend", 3), ("bury", 8), ("reset", 0), ("skip", 0)):
        act(learner, *step)
    while (event := learner.collection.repository.last_event()) is not None:
        learner.collection.repository.undo(event)
        messages.append(undo_sentence(learner.collection, event))
    assert messages == [
        "Undone: “Differentiate sin(3x)” is no longer buried.",
        "Undone: the reset of “Differentiate x²”.",
        "Undone: “Say it” is no longer buried.",
        "Undone: 2 cards are no longer suspended.",
        "Undone: “Differentiate x²” is flagged again.",
        "Undone: “Differentiate x²” is no longer flagged.",
        "Undone: grade 4 for “Differentiate x²”.",
    ]
    assert undo_newest(learner.collection) == "There is nothing to undo."
