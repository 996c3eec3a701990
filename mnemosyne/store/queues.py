"""The statements that select a study day's cards: due, new, drills; and that count what has been done.

Each is built once per scope. Missing, suspended and buried cards are in no queue. The
study day is the parameter `:day`, as ISO text; a scope's topic and tag are `:topic` and `:tag`.
Each uses a single covering index; only the due cards of a log that is ahead of the clock (`:ahead`,
see `Memory.due_on`) are searched in the table.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.memory import CLOCK_SLACK
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.quick_names import path_out
from mnemosyne.store.tables import card, card_tag, fsrs_memory, low_grade, review

_T = TypeVar("_T")
_PLUS: Final[custom_op[Any]] = custom_op("+", precedence=15)  # unary; it binds tighter than any comparison
Statement: TypeAlias = "Select[*tuple[Any, ...]]"

DAY: Final[ColumnElement[str]] = bindparam("day")

present: Final = card.c.missing.is_(False)
active: Final = and_(present, card.c.suspended.is_(False))
_reviewed_ahead: Final = card.c.reviewed > bindparam("ahead")  # reviewed when the clock was wrong
seen: Final = card.c.due.is_not(None)
shown: Final = and_(card.c.suspended.is_(False), or_(card.c.buried_until.is_(None), card.c.buried_until <= DAY))
askable: Final = and_(present, shown)
counting: Final = review.c.undone_at.is_(None)
_in_file: Final = card.alias("in_file")
scheduled: Final = and_(review.c.drill.is_(False), review.c.practice.is_(False))


def parameters(scope: Scope, day: date) -> dict[str, str]:
    """Return the parameters for a scope and a study day."""
    values = {"topic": scope.topic, "tag": scope.tag, "day": day.isoformat(), "ahead": last_credible(day)}
    return {name: value for name, value in values.items() if value is not None}


def last_credible(day: date) -> str:
    """Return the latest study day, as ISO text, that a review can have if the clock was always right."""
    return plus_days(day, CLOCK_SLACK).isoformat()


def runs_ahead(connection: Connection, day: date) -> bool:
    """Return whether the log has a review on a future study day: the clock was wrong then, or is now."""
    newest: str | None = connection.execute(newest_day()).scalar()
    return newest is not None and newest > last_credible(day)


@cache
def newest_day() -> Statement:
    """Select the latest study day of the log; NULL if there is none."""
    return select(func.max(review.c.study_day)).where(counting)


@cache
def due_cards(scope: Scope, *, ahead: bool = False, by_recall: bool = False) -> Statement:
    """Select the ids of cards due by `:day`, longest overdue first; with `ahead`, also those reviewed after `:ahead`.

    With `by_recall`, the card that is least likely to be recalled according to FSRS comes first.
    """
    statement = select(card.c.id).where(askable, due_by(ahead=ahead), *_within(scope))
    if not by_recall:
        return statement.order_by(card.c.due, card.c.position)
    # Recall falls with the days since the last review, in units of stability.
    faded = (func.julianday(DAY) - func.julianday(fsrs_memory.c.seen)) / fsrs_memory.c.stability
    with_memory = statement.outerjoin(fsrs_memory, fsrs_memory.c.card_id == card.c.id)
    return with_memory.order_by(faded.desc(), card.c.due, card.c.position)


@cache
def most_overdue_cards(scope: Scope, *, ahead: bool = False) -> Statement:
    """Select the ids of the cards of `due_cards`, that overdue by the most of its interval first."""
    overdue = (func.julianday(DAY) - func.julianday(card.c.due)) / func.max(1, card.c.interval)
    statement = select(card.c.id).where(askable, due_by(ahead=ahead), *_within(scope))
    return statement.order_by(overdue.desc(), card.c.due, card.c.position)


@cache
def round_cards(scope: Scope) -> Statement:
    """Select the ids of seen cards last reviewed before `:begin`, the least likely to be recalled on `:exam` first.

    Only those are selected whose days until then exceed `:spans` times FSRS's stability, or the
    interval.
    """
    exam = func.julianday(bindparam("exam"))
    by_fsrs = (exam - func.julianday(fsrs_memory.c.seen)) / fsrs_memory.c.stability
    spans = func.coalesce(by_fsrs, (exam - func.julianday(card.c.reviewed)) / func.max(1, card.c.interval))
    statement = select(card.c.id).outerjoin(fsrs_memory, fsrs_memory.c.card_id == card.c.id)
    of_round = (seen, card.c.reviewed < bindparam("begin"), spans > bindparam("spans"))
    return statement.where(askable, *of_round, *_within(scope)).order_by(spans.desc(), card.c.position)


@cache
def round_done() -> Statement:
    """Count the scheduled reviews on `:day` of cards of `:topic` whose last review was before `:begin`."""
    of_topic = review.c.card_id.in_(select(card.c.id).where(card.c.topic == bindparam("topic")))
    before = review.c.before_reviewed < bindparam("begin")
    return select(func.count()).where(review.c.study_day == DAY, counting, scheduled, before, of_topic)


@cache
def coming_cards(scope: Scope) -> Statement:
    """Select the ids of cards due after `:day` and by `:end`, earliest first, except those reviewed on `:day`."""
    soon = and_(card.c.due > DAY, card.c.due <= bindparam("end"), unindexed(card.c.reviewed) != DAY)
    return select(card.c.id).where(askable, soon, *_within(scope)).order_by(card.c.due, card.c.position)


@cache
def new_cards(scope: Scope) -> Statement:
    """Select the ids of cards never reviewed, in the order of learning."""
    return select(card.c.id).where(askable, ~seen, *_within(scope)).order_by(card.c.position)


@cache
def drills(scope: Scope) -> Statement:
    """Select the ids of cards whose last grade on `:day` is below 4, in the order of those grades."""
    statement = select(card.c.id).join_from(review, card, card.c.id == review.c.card_id)
    return statement.where(wants_drill(), *map(unindexed, _within(scope))).order_by(review.c.id)


@cache
def scheduled_counts(*, of_topic: bool = False) -> Statement:
    """Count the scheduled reviews on `:day`, of seen cards and of new ones; `of_topic` counts only `:topic`."""
    first = review.c.before_reviewed.is_(None)
    counts = (func.count().filter(~first), func.count().filter(first))
    statement = select(*counts).where(review.c.study_day == DAY, counting, scheduled)
    if not of_topic:
        return statement
    return statement.where(review.c.card_id.in_(select(card.c.id).where(card.c.topic == bindparam("topic"))))


def unindexed(column: ColumnElement[_T]) -> ColumnElement[_T]:
    """Return the column so that SQLite uses no index for it; without statistics it would take the first that fits."""
    return UnaryExpression(column.self_group(against=_PLUS), operator=_PLUS, type_=column.type)


def in_unit(path: str) -> ColumnElement[bool]:
    """Return whether a card is in the unit of a card file: in a file of that name, of the same topic.

    A copy of a bundled card is in a file of the learner's own.
    """
    separator_and_name = path_out(path)[-len(PurePath(path).name) - 1 :]
    same_name: ColumnElement[bool] = func.substr(card.c.path, -len(separator_and_name)) == separator_and_name
    return and_(same_name, card.c.topic.in_(select(_in_file.c.topic).where(_in_file.c.path == path)))


def wants_drill() -> ColumnElement[bool]:
    """Return the condition that a review is its card's last on `:day`, except for practice, with a grade below 4.

    Only the low grades of the day are read, from an index that has no others.
    """
    later = review.alias("later")
    of_the_card = and_(later.c.card_id == review.c.card_id, later.c.study_day == review.c.study_day)
    counts = and_(later.c.undone_at.is_(None), later.c.practice.is_(False), later.c.id > review.c.id)
    again = select(later.c.number).where(of_the_card, counts).exists()
    # An unseen card has been reset since.
    return and_(review.c.study_day == DAY, low_grade, ~again, unindexed(askable), unindexed(seen))


def due_by(*, ahead: bool) -> ColumnElement[bool]:
    """Return the condition that a card is due on `:day`; an index is used if the clock was right."""
    return or_(card.c.due <= DAY, _reviewed_ahead) if ahead else card.c.due <= DAY


def _within(scope: Scope) -> list[ColumnElement[Any]]:
    tagged = select(card_tag.c.card_id).where(card_tag.c.tag == bindparam("tag"))
    topic: list[ColumnElement[Any]] = [] if scope.topic is None else [card.c.topic == bindparam("topic")]
    return topic if scope.tag is None else [*topic, card.c.id.in_(tagged)]
