"""Reads the log: reviews and memories as streams, a card's events, what schedulers need; and keeps folds of skills.

A stream holds one batch in memory and sees the deck as it was at its beginning, even while a
session writes. The schedule follows from `reviews`: a card's entry in `memories` is the result of
its scheduled reviews.

The deck caches the fold of the log into skills, as of the beginning of a study day, and some
earlier states. A state is valid while everything logged since comes after its last answer, so an
answer that another device gave a few days ago does not require folding the whole log. A row that
does not match its checksum is ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import Any, Final, NamedTuple
from zlib import crc32

from sqlalchemy import Connection, Engine, Row, bindparam, delete, func, insert, select

from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.review.record import CardEvent, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scored_log import LoggedAnswer, ScoredLog, scored_log
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.store import tables
from mnemosyne.store.bulk_changes import DUE_DATES, due_change_in, reset_in
from mnemosyne.store.engine import batches, reading, writing
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import (
    CARDS,
    COLUMNS,
    card_memory_in,
    day_in_log,
    moment_in,
    quality_in,
    readable,
    readable_rows,
    review_in,
    text_in,
    whole_in,
)
from mnemosyne.store.tables import mark_change, reset, review, skill_fold, undo

_card, _review = tables.card, tables.review


def read_reviews(
    engine: Engine, since: date | None = None, until: date | None = None, topic: str | None = None
) -> Iterator[Review]:
    """Yield the reviews of the study days from `since` to `until`, inclusive, in order; undone ones are left out."""
    query = _within(select(_review).order_by(_review.c.id), since, until, topic)
    return (review_in(row) for row in stream(engine, query))


def moments(engine: Engine) -> Iterator[tuple[int, datetime]]:
    """Yield the number and moment of every review and drill, including undone ones, in the log's order."""
    query = select(_review.c.number, _review.c.answered_at).order_by(_review.c.id)
    return ((number, moment_in(moment)) for number, moment in stream(engine, query))


def count_reviews(
    engine: Engine, since: date | None = None, until: date | None = None, topic: str | None = None
) -> int:
    """Return how many reviews `read_reviews` would yield."""
    with reading(engine) as connection:
        return int(
            connection.execute(_within(select(func.count()).select_from(_review), since, until, topic)).scalar_one()
        )


def _within(query: Statement, since: date | None, until: date | None, topic: str | None) -> Statement:
    query = query.where(counting)
    if since or until:
        days = (_review.c.study_day.between((since or date.min).isoformat(), (until or date.max).isoformat()), counting)
        # By number, so that a few days are found by the index and need no sorting.
        query = query.where(_review.c.number.in_(select(_review.c.number).where(*days)))
    if topic is not None:
        query = query.where(_review.c.card_id.in_(select(_card.c.id).where(_card.c.topic == topic)))
    return query


def memories(engine: Engine) -> Iterator[tuple[str, Memory]]:
    """Yield every card's id and memory, ordered by id, including missing and suspended cards."""
    query = select(_card.c.id, *COLUMNS).select_from(CARDS).order_by(_card.c.id)
    return map(_id_and_memory, stream(engine, query))


@readable
def _id_and_memory(row: Sequence[Any]) -> tuple[str, Memory]:
    card_id, *memory = row
    return text_in(card_id), card_memory_in(memory)


def stream(engine: Engine, query: Statement) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the rows of a query, read in batches, from one state of the deck."""
    with reading(engine) as connection:
        yield from batches(connection, query)


_NEWEST: Final = select(func.coalesce(func.max(review.c.number), 0))
_UNDOS: Final = select(func.coalesce(func.max(undo.c.number), 0))
_COME_LATE: Final = (
    select(review.c.number).where(review.c.number > bindparam("reviews"), review.c.id <= bindparam("last")).limit(1)
)
_TAKEN_BACK: Final = (
    select(undo.c.number)
    .join_from(undo, review, review.c.id == undo.c.event_id)
    .where(undo.c.number > bindparam("undos"), review.c.id <= bindparam("last"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class LogState:
    """The state of the log, as the numbers of its newest review and its newest undo."""

    reviews: int
    undos: int


def log_state(engine: Engine) -> LogState:
    """Return the state of the log."""
    with reading(engine) as connection:
        return LogState(connection.execute(_NEWEST).scalar_one(), connection.execute(_UNDOS).scalar_one())


def changed_before(connection: Connection, since: LogState, last: str) -> bool:
    """Return whether the log has since changed up to the review with the id `last`, by a new review or an undo."""
    values = {"reviews": since.reviews, "undos": since.undos, "last": last}
    return any(connection.execute(query, values).first() is not None for query in (_COME_LATE, _TAKEN_BACK))


_REVIEWS: Final[Statement] = select(review).where(review.c.card_id == bindparam("card"), counting)
_RESETS: Final[Statement] = select(reset).where(reset.c.card_id == bindparam("card"), reset.c.undone_at.is_(None))

_DUE_DATES: Final[Statement] = DUE_DATES.where(mark_change.c.card_id == bindparam("card"))


def events_of(engine: Engine, card_id: str) -> tuple[CardEvent, ...]:
    """Return the card's events, oldest first; an event of several cards appears as one of this card alone."""
    values = {"card": card_id}
    with reading(engine) as connection:
        reviews = [(row.id, review_in(row)) for row in connection.execute(_REVIEWS, values)]
        resets = [reset_in([row]) for row in connection.execute(_RESETS, values)]
        due_dates = [due_change_in([row]) for row in connection.execute(_DUE_DATES, values)]
        events: list[tuple[str, CardEvent]] = [*reviews, *resets, *due_dates]
        return tuple(event for _, event in sorted(events, key=lambda placed_event: placed_event[0]))


_CHECKSUM: Final = 8  # characters
_APART: Final = 1000  # answers, roughly, between the newest and the older of the two states kept
_OF_KEY: Final = (
    select(*(skill_fold.c[name] for name in ("last", "answers", "reviews", "undos", "state")))
    .where(skill_fold.c.key == bindparam("key"))
    .order_by(skill_fold.c.answers.desc())
)


class StoredFold(NamedTuple):
    """The state of a fold after the answer with the id `last`, the last of the first `answers`."""

    last: str
    answers: int
    log: LogState  # the state of the log at that time
    state: Any  # a JSON value


def stored_folds(engine: Engine, key: str) -> list[StoredFold]:
    """Return the valid states under a key, the one with the most answers first."""
    with reading(engine) as connection:
        return _holding(connection, key)


def _holding(connection: Connection, key: str) -> list[StoredFold]:
    stored = readable_rows(_stored, connection.execute(_OF_KEY, {"key": key}).all())
    return [fold for fold in stored if not changed_before(connection, fold.log, fold.last)]


def store_fold(engine: Engine, key: str, fold: StoredFold) -> None:
    """Store a state and delete all others except one earlier state."""
    with writing(engine, durable=False) as connection:
        before = [stored for stored in _holding(connection, key) if stored.last < fold.last]
        is_recent = len(before) > 1 and fold.answers - before[1].answers <= _APART
        older = [stored.last for stored in (before[1:2] if is_recent else before[:1])]
        connection.execute(delete(skill_fold).where((skill_fold.c.key != key) | skill_fold.c.last.not_in(older)))
        state = json.dumps(fold.state)
        values = {"last": fold.last, "answers": fold.answers, "reviews": fold.log.reviews, "undos": fold.log.undos}
        text = _checksum(*values.values(), state) + state
        connection.execute(insert(skill_fold), {"key": key, **values, "state": text})


def forget_folds(engine: Engine) -> None:
    """Delete all states, because the log was repaired."""
    with writing(engine) as connection:
        connection.execute(delete(skill_fold))


def _stored(row: Any) -> StoredFold:
    checksum, state = text_in(row.state)[:_CHECKSUM], row.state[_CHECKSUM:]
    if checksum != _checksum(row.last, row.answers, row.reviews, row.undos, state):
        raise ValueError("this state differs from the one that was stored")
    return StoredFold(row.last, row.answers, LogState(row.reviews, row.undos), json.loads(state))


def _checksum(*values: object) -> str:
    """Return the checksum of a state, which is stored before its text."""
    return f"{crc32(ascii(values).encode()):0{_CHECKSUM}x}"


_SECOND: Final = 1_000_000  # microseconds
_exercise_in: Final = lru_cache(4096)(exercise_in)  # the same exercises occur again and again in a log
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
_ALL_RESETS: Final[Statement] = (
    select(reset.c.id, reset.c.card_id, reset.c.study_day).where(reset.c.undone_at.is_(None)).order_by(reset.c.id)
)


def logged_answers(engine: Engine) -> Iterator[LoggedAnswer]:
    """Yield the answers and resets that affect schedules, from one state of the deck; unreadable ones are skipped."""
    with reading(engine) as connection:
        answers = readable_rows(_answer, batches(connection, _ANSWERS))
        resets = readable_rows(_reset_answer, batches(connection, _ALL_RESETS))
        for _, answer in merge(answers, resets, key=itemgetter(0)):
            yield answer


def scored_answers(engine: Engine) -> ScoredLog:
    """Return the part of the log on which predictions are scored."""
    return scored_log(logged_answers(engine))


def exercise_answers_after(engine: Engine, after: str, most: int) -> tuple[list[ExerciseAnswer], str | None]:
    """Return the answers with a known exercise among the next `most` after the event with an id.

    Also return the id of the last event read, or None at the end of the log.
    """
    with reading(engine) as connection:
        rows = connection.execute(_AFTER, {"after": after, "most": most}).all()
    return [*readable_rows(_exercise_answer, rows)], rows[-1].id if len(rows) == most else None


def exercises_in_log(engine: Engine) -> frozenset[str]:
    """Return every exercise that was ever answered, even if undone."""
    query = select(review.c.exercise).where(review.c.exercise.is_not(None)).distinct()
    with reading(engine) as connection:
        return frozenset(connection.execute(query).scalars())


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


def _reset_answer(row: Any) -> tuple[str, LoggedAnswer]:
    event_id, card_id, day = row
    return event_id, LoggedAnswer(card_id, day_in_log(day).toordinal(), None)
