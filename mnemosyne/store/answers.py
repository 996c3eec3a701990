"""The log as the schedulers see it: which card was asked on which day with what result, resets included, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, select

from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.scheduling.scored_log import LoggedAnswer, ScoredLog, scored_log
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import day_in_log, quality_in, readable_rows, whole_in
from mnemosyne.store.tables import reset, review
from mnemosyne.store.transactions import reading

_BATCH: Final = 1000  # rows held at a time
_SECOND: Final = 1_000_000  # microseconds
_exercise_in: Final = lru_cache(4096)(exercise_in)  # the same ones stand in a log again and again
_ANSWERS: Final[Statement] = (
    select(
        review.c.id,
        review.c.card_id,
        review.c.study_day,
        review.c.quality,
        review.c.proposed,
        review.c.drill,
        review.c.before_interval,
    )
    .where(counting, review.c.practice.is_(False))
    .order_by(review.c.id)
)
_EXERCISES: Final[Statement] = (
    select(
        review.c.id,
        review.c.card_id,
        review.c.study_day,
        review.c.exercise,
        review.c.quality,
        review.c.proposed,
        review.c.drill,
        review.c.hints,
        review.c.misconception,
        review.c.fields,
        review.c.duration,
    )
    .where(counting, review.c.practice.is_(False), review.c.exercise.is_not(None))
    .order_by(review.c.id)
)
_AFTER: Final[Statement] = _EXERCISES.where(review.c.id > bindparam("after")).limit(bindparam("most"))
_RESETS: Final[Statement] = (
    select(reset.c.id, reset.c.card_id, reset.c.study_day).where(reset.c.undone_at.is_(None)).order_by(reset.c.id)
)


def logged_answers(engine: Engine) -> Iterator[LoggedAnswer]:
    """Yield the answers that decide schedules, a batch at a time, from one state of the deck; unreadable ones not."""
    with reading(engine) as connection:
        answers = readable_rows(_answer, _rows(connection, _ANSWERS))
        resets = readable_rows(_reset, _rows(connection, _RESETS))
        for _, answer in merge(answers, resets, key=itemgetter(0)):
            yield answer


def scored_answers(engine: Engine) -> ScoredLog:
    """Return what of the log predictions are scored on."""
    return scored_log(logged_answers(engine))


def exercise_answers_after(engine: Engine, after: str, most: int) -> tuple[list[ExerciseAnswer], str | None]:
    """Return the answers that speak of skills among so many that follow the event with an id; unknown exercises' not.

    With them the id of the last event that was looked at; None at the end of the log.
    """
    with reading(engine) as connection:
        rows = connection.execute(_AFTER, {"after": after, "most": most}).all()
    return [*readable_rows(_exercise_answer, rows)], rows[-1].id if len(rows) == most else None


def _rows(connection: Connection, query: Statement, values: Mapping[str, str] | None = None) -> Iterator[Any]:
    return iter(connection.execute(query.execution_options(yield_per=_BATCH), values or {}))


def _answer(row: Any) -> tuple[str, LoggedAnswer]:
    event_id, card_id, day, quality, proposed, drill, interval = row
    facts = (*_qualities(quality, proposed), bool(drill), whole_in(interval))
    return event_id, LoggedAnswer(card_id, day_in_log(day).toordinal(), *facts)


def _qualities(quality: object, proposed: object) -> tuple[int, int | None]:
    return quality_in(quality), None if proposed is None else quality_in(proposed)


def _exercise_answer(row: Any) -> ExerciseAnswer:
    event_id, card_id, day, text, quality, proposed, drill, hints, misconception, fields, duration = row
    exercise = _exercise_in(text)
    if exercise is None:
        raise ValueError("this exercise comes from a later version")
    right_fields = tuple(mark == "1" for mark in fields or "")
    facts = (exercise, *_qualities(quality, proposed), bool(drill), whole_in(hints), misconception, right_fields)
    return ExerciseAnswer(event_id, card_id, day_in_log(day).toordinal(), *facts, whole_in(duration) / _SECOND)


def _reset(row: Any) -> tuple[str, LoggedAnswer]:
    event_id, card_id, day = row
    return event_id, LoggedAnswer(card_id, day_in_log(day).toordinal(), None)
