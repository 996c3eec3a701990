"""The log as the schedulers see it: without what was undone or practised, with resets in their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scored_log import LoggedAnswer
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.store import bulk_changes
from mnemosyne.store.log import exercise_answers_after, logged_answers
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

FIRST, SECOND = date(2026, 3, 10), date(2026, 3, 11)


def test_answers_come_in_the_logs_order(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sync_cards(deck, [make_card("a"), make_card("b")], {})
    once = repository.record(make_review("a", 3, FIRST))
    repository.record(make_review("a", 4, FIRST, once.after, drill=True))
    repository.record(make_review("b", 5, FIRST, proposed=None))
    repository.record(make_review("a", 5, FIRST, once.after, practice=True))
    undone = repository.record(make_review("a", 2, SECOND, once.after))
    repository.undo(undone)
    bulk_changes.reset_in_deck(deck, ["a"], datetime(2026, 3, 11, 9, tzinfo=UTC), SECOND)
    repository.record(make_review("a", 4, SECOND, Memory()))
    first, second = FIRST.toordinal(), SECOND.toordinal()
    assert list(logged_answers(deck)) == [
        LoggedAnswer("a", first, 3, 4, interval=0),
        LoggedAnswer("a", first, 4, 4, drill=True, interval=1),
        LoggedAnswer("b", first, 5, None, interval=0),
        LoggedAnswer("a", second, None),
        LoggedAnswer("a", second, 4, 4, interval=0),
    ]


def test_answers_to_exercises_come_a_part_at_a_time_with_what_speaks_of_skills(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sine = Exercise(ExerciseKind.STEPS, "sin(x^2)", "x")
    sync_cards(deck, [make_card("a"), make_card("b"), make_card("c")], {})
    facts = {"hints": 1, "misconception": "trig-sign", "duration": timedelta(seconds=12.5)}
    once = repository.record(make_review("a", 1, FIRST, exercise=sine.text, fields="1011", **facts))
    repository.record(make_review("a", 4, FIRST, once.after, drill=True, exercise=sine.text))
    repository.record(make_review("a", 5, FIRST, once.after, practice=True, exercise=sine.text))
    repository.record(make_review("b", 5, FIRST))
    repository.record(make_review("c", 5, FIRST, exercise='{"kind":"of-later-days","f":"x","by":"x"}'))
    undone = repository.record(make_review("a", 2, SECOND, once.after, exercise=sine.text))
    assert len(exercise_answers_after(deck, "", 10)[0]) == 3
    repository.undo(undone)
    answers = exercise_answers_after(deck, "", 10)[0]
    day, fields = FIRST.toordinal(), (True, False, True, True)
    assert [(answer.quality, answer.drill) for answer in answers] == [(1, False), (4, True)]
    first = answers[0]
    assert first == ExerciseAnswer(
        first.event_id, "a", day, sine, 1, 4, hints=1, misconception="trig-sign", right_fields=fields, seconds=12.5
    )
    assert exercise_answers_after(deck, "", 1) == (answers[:1], first.event_id)
    assert exercise_answers_after(deck, first.event_id, 3) == (answers[1:], None)
