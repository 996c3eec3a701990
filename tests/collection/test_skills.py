"""What is known of skills follows the log, however it changes; folding it in parts gives the same as at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from folds import skill_fold
from sqlalchemy import Connection, select, update

from mnemosyne.collection import Collection, skills
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.skills import (
    before_today,
    fold_before_today,
    fold_part,
    folded_before_today,
    skills_of,
    skills_so_far,
)
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.review.log_event import new_id
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.skills.known_skill import known_skills, skills_taken
from mnemosyne.store import log, tables
from mnemosyne.store.carriers import end_of_log, new_events
from mnemosyne.store.engine import writing
from mnemosyne.store.log import exercise_answers_after, stored_folds
from mnemosyne.store.merging import take_in
from mnemosyne.store.rows import Position

FUNCTIONS = ("sin(x^2)", "ln(3*x)", "exp(sin(x))", "x*cos(x)", "sqrt(x^2 + 1)")


@pytest.fixture
def answer(collection: Collection) -> Callable[..., Review]:
    """Return a function that answers an exercise that many days ago."""
    collection.sync_if_changed()

    def answered(f: str | None, days_ago: int, quality: int = 4, *, practice: bool = False) -> Review:
        moment = datetime.combine(collection.clock.today(), datetime.min.time(), UTC) + timedelta(hours=9)
        day = collection.clock.today() - timedelta(days=days_ago)
        before = collection.repository.memory("one")
        exercise = None if f is None else Exercise(ExerciseKind.DERIVATIVE, f, "x").text
        return collection.repository.record(
            Review(
                "one", moment - timedelta(days=days_ago), timedelta(), day, drill=False, seed=1, answer="x",
                verdict="correct", misconception=None, proposed=4, quality=quality, hints=0, attempts=1,
                duration=timedelta(seconds=9), before=before,
                after=before if practice else sm2.review(before, quality, day),
                practice=practice, exercise=exercise,
            )
        )  # fmt: skip

    return answered


def folded_at_once(collection: Collection) -> tuple[object, ...]:
    """Return the same by the plain fold over the whole log."""
    answers, _ = exercise_answers_after(collection.deck, "", 10_000)
    fold = skill_fold(collection.weights, answers)
    return known_skills(fold.weights, fold.memories, fold.answers, collection.clock.today().toordinal())


def test_nothing_is_known_without_evidence(collection, answer):
    answer(None, 3)
    answer("sin(x^2)", 2, practice=True)
    assert skills_of(collection) == ()


def test_the_weakest_skill_comes_first(collection, answer):
    answer("sin(x^2)", 30)
    answer("ln(x^2)", 29, quality=0)
    answer("sin(2*x)", 1)
    ranked_skills = skills_of(collection)
    assert [(skill.name, skill.answers) for skill in ranked_skills] == [
        ("logarithm", 1), ("sine of something", 2), ("two links", 3),
    ]  # fmt: skip
    assert ranked_skills[0].recall < 0.6 < ranked_skills[2].recall


@pytest.mark.parametrize("seed", range(6))
def test_in_parts_and_after_any_change_it_is_the_fold_of_the_log(collection, answer, monkeypatch, seed):
    monkeypatch.setattr(skills, "PART", 3)
    random = Random(seed)
    for turn in range(40):
        match random.randrange(8):
            case 0:
                _undo_last(collection)
            case 1:
                _come_from_elsewhere(collection, random)
            case 2:
                fold_part(collection)
            case _:
                answer(random.choice(FUNCTIONS), 40 - turn, random.randrange(6), practice=random.random() < 0.2)
        if random.random() < 0.5:
            assert skills_of(collection) == folded_at_once(collection)
            assert skills_so_far(collection) == folded_at_once(collection)


@pytest.mark.parametrize("seed", range(6))
def test_what_the_deck_keeps_continues_as_the_fold_of_the_log(collection, answer, monkeypatch, seed):
    monkeypatch.setattr(skills, "PART", 3)
    monkeypatch.setattr(skills, "_WORTH_KEEPING", 1)
    monkeypatch.setattr(log, "_APART", 4)
    random, resumed = Random(seed), 0
    for _ in range(40):
        match random.randrange(10):
            case 0:
                _undo_last(collection)
            case 1:
                _come_from_elsewhere(collection, random)
            case 2:
                collection.fold_before_today = None  # as a start finds it
            case 3:
                collection.clock.moment += timedelta(days=1)
            case _:
                answer(random.choice(FUNCTIONS), random.randrange(2), random.randrange(6))
        if random.random() < 0.6:
            today = collection.clock.today()
            answers, _ = exercise_answers_after(collection.deck, "", 10_000)
            days = [past_answer.day < today.toordinal() for past_answer in answers]
            before = answers[: days.index(False) if False in days else None]
            at_start = before_today(collection.deck, collection.weights, today, collection.fold_before_today)
            resumed += collection.fold_before_today is None and at_start.answers > 0
            while not fold_before_today(collection):
                pass
            expected = skill_fold(collection.weights, before).state
            assert collection.fold_before_today.fold.state == expected
            assert folded_before_today(collection.deck, collection.weights, today).state == expected, (
                "from what is kept"
            )
    assert resumed or seed, "the first seed resumes from what is kept"


def test_no_more_than_two_states_are_kept_and_what_is_not_a_state_is_ignored(collection, answer, monkeypatch):
    monkeypatch.setattr(skills, "_WORTH_KEEPING", 1)
    monkeypatch.setattr(log, "_APART", 4)
    answer_counts = []
    for days_ago in range(30, 0, -1):
        answer("sin(x^2)", days_ago)
        assert fold_before_today(collection)
        answer_counts.append(
            [stored.answers for stored in stored_folds(collection.deck, skills._key(collection.weights))]
        )
    assert answer_counts[:7] == [[1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 5], [7, 5]]
    assert all(len(states) <= 2 for states in answer_counts)
    for state in ("", "[]", "{}", "7", '{"memories": 3}', None, '{"memories": {"sin": [1]}}', "[" * 100_000):
        with writing(collection.deck) as connection:
            connection.execute(update(tables.skill_fold).values(state=state if state is not None else "\x00"))
        collection.fold_before_today = None
        assert fold_before_today(collection)
        assert collection.fold_before_today.fold.answers["sin"] == 30


@pytest.mark.parametrize("seed", range(20))
def test_a_state_that_is_damaged_anywhere_is_ignored(collection, answer, monkeypatch, seed):
    monkeypatch.setattr(skills, "_WORTH_KEEPING", 1)
    for days_ago in range(12, 0, -1):
        answer(FUNCTIONS[days_ago % len(FUNCTIONS)], days_ago)
    assert fold_before_today(collection)
    expected = collection.fold_before_today.fold.state
    with writing(collection.deck) as connection:
        _damage(connection, Random(seed))
    collection.fold_before_today = None
    assert fold_before_today(collection)
    assert collection.fold_before_today.fold.state == expected


def _damage(connection: Connection, random: Random) -> None:
    """Change a number in the state, or one beside it."""
    table = tables.skill_fold
    column = random.choice(("state", "state", "state", "last", "answers", "reviews", "undos"))
    text = str(connection.execute(select(table.c[column])).scalar_one())
    at = random.choice([place for place, char in enumerate(text) if char.isdecimal()])
    replacement = random.choice([digit for digit in "0123456789" if digit != text[at]] + ["1e999", "-", ""])
    damaged = text[:at] + replacement + text[at + 1 :]
    whole = column not in ("state", "last") and damaged.lstrip("-").isdecimal()
    connection.execute(update(table).values({column: int(damaged) if whole else damaged}))


def test_other_weights_and_a_repaired_log_are_folded_from_the_start(collection, answer, monkeypatch):
    monkeypatch.setattr(skills, "_WORTH_KEEPING", 1)
    answer("sin(x^2)", 3)
    assert fold_before_today(collection)
    key = skills._key(collection.weights)
    assert [stored.answers for stored in stored_folds(collection.deck, key)] == [1]
    other_weights = tuple(weight * 1.01 for weight in collection.weights)
    assert folded_before_today(collection.deck, other_weights, collection.clock.today()).weights == other_weights
    assert [*stored_folds(collection.deck, skills._key(other_weights))] == []
    with writing(collection.deck) as connection:
        connection.execute(update(tables.card).values(lapses=7))
    findings = [*examine(collection, RepairPlan(mends=True))]
    assert any(finding.mended for finding in findings)
    assert [*stored_folds(collection.deck, key)] == []


def _undo_last(collection: Collection) -> None:
    event = collection.repository.last_event()
    if event is not None:
        collection.repository.undo(event)


def _come_from_elsewhere(collection: Collection, random: Random) -> None:
    """Add a copy of an answer as if another device had given it a little earlier."""
    events = [
        event for event in new_events(collection.deck, Position(), end_of_log(collection.deck)) if "seed" in event.facts
    ]
    if events:
        event = random.choice(events)
        moment = event.moment - random.randrange(3_600_000_000)
        copy = replace(event, id=new_id(moment, random.getrandbits(60)), device="other", moment=moment)
        take_in(collection.deck, [copy], collection.rules.scheduler, lambda card_id, topic: "")


def test_how_long_an_exercise_takes(collection, answer):
    answer("sin(x^2)", 1)
    skills_used = skills_taken(Exercise(ExerciseKind.DERIVATIVE, "exp(sin(x))", "x"), skills_of(collection))
    assert [(name, skill is not None) for name, skill in skills_used] == [
        ("exponential", False), ("sine of something", True), ("two links", True),
    ]  # fmt: skip
