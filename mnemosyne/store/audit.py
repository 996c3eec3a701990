"""The log against the cards: each card's history is streamed, recomputed under a scheduler, compared, and repaired.

Cards, reviews, resets and due dates are read in parallel, all ordered by card id, so that a deck of
any size takes one pass with one card in memory. After a switch of schedulers all cards are
recomputed, after an undo only those concerned. Only values that follow from the log are ever
rewritten; the events themselves are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from mnemosyne.errors import StoreError
from mnemosyne.review.card_log import CardLog, LoggedEvent, recomputed
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.scheduling.sm2 import QUALITIES
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.store import tables
from mnemosyne.store.bulk_changes import follow_changes, wrong_marks
from mnemosyne.store.engine import PreparedStatement, batches, reading, writing
from mnemosyne.store.queues import Statement, active, counting
from mnemosyne.store.rows import (
    CARDS,
    COLUMNS,
    MEMORY,
    card_memory_in,
    memory_in,
    memory_out,
    moment_in,
    moment_out,
    span_in,
)
from mnemosyne.store.schedule import CatchUp, SchedulerInUse, mark_if_outdated, store_schedule, write_memories
from mnemosyne.store.tables import DUE, card, mark_change, reset

_card, _review = tables.card, tables.review
_Placed: TypeAlias = tuple[str, str, LoggedEvent]  # the card, the id of the event, the entry
_Rows: TypeAlias = Iterable[Sequence[Any]]

_EPOCH: Final = 2_440_587.5  # 1970-01-01 00:00 as a Julian date
_BOTH: Final = [f"{side}_{name}" for side in ("before", "after") for name in MEMORY]
_CARDS: Final[Statement] = select(_card.c.id, *COLUMNS).select_from(CARDS).order_by(_card.c.id)
_REVIEWS: Final[Statement] = (
    select(
        _review.c.card_id,
        _review.c.id,
        _review.c.number,
        _review.c.study_day,
        _review.c.quality,
        _review.c.drill,
        _review.c.proposed,
        _review.c.asked_as_drill,
        _review.c.fuzzed,
        *(_review.c[name] for name in _BOTH),
    )
    .where(counting, _review.c.practice.is_(False))
    .order_by(_review.c.card_id, _review.c.id)
)
_RESETS: Final[Statement] = (
    select(
        reset.c.card_id,
        reset.c.id,
        reset.c.number,
        reset.c.study_day,
        *(reset.c[f"before_{name}"] for name in MEMORY),
    )
    .where(reset.c.undone_at.is_(None))
    .order_by(reset.c.card_id, reset.c.id)
)
_DUE_DATES: Final[Statement] = (
    select(mark_change.c.card_id, mark_change.c.id, mark_change.c.number, mark_change.c.value)
    .where(mark_change.c.mark == literal_column(f"'{DUE}'"), mark_change.c.undone_at.is_(None))
    .order_by(mark_change.c.card_id, mark_change.c.id)
)
_this: Final[BindParameter[Any]] = bindparam("this")
_CARD: Final = PreparedStatement(_CARDS.where(_card.c.id == _this))
_REVIEWS_OF_CARD: Final = PreparedStatement(_REVIEWS.where(_review.c.card_id == _this))
_RESETS_OF_CARD: Final = PreparedStatement(_RESETS.where(reset.c.card_id == _this))
_DUE_DATES_OF_CARD: Final = PreparedStatement(_DUE_DATES.where(mark_change.c.card_id == _this))
_REWRITE: Final = (
    update(_review)
    .where(_review.c.number == bindparam("this"))
    .values({name: bindparam(f"{name}_value") for name in ("drill", *_BOTH)})
)
_REWRITE_RESET: Final = (
    update(reset)
    .where(reset.c.number == bindparam("this"), reset.c.card_id == bindparam("card"))
    .values({f"before_{name}": bindparam(f"before_{name}_value") for name in MEMORY})
)
_local = (_review.c.answered_at + _review.c.utc_offset) / 86_400e6  # days since 1970, local time
_after_day = _local - (func.julianday(_review.c.study_day) - _EPOCH)
_ODD_DAYS: Final[Statement] = (
    select(_review.c.number, _review.c.answered_at, _review.c.utc_offset, _review.c.study_day)
    .where(or_(func.date(_review.c.study_day).is_distinct_from(_review.c.study_day), not_(_after_day.between(-2, 3))))
    .order_by(_review.c.number)
)
_SET_TIMES: Final = (
    update(_review)
    .where(_review.c.number == bindparam("this"))
    .values(study_day=bindparam("day"), answered_at=bindparam("moment"))
)
_FIRST_DAY: Final = date(2000, 1, 1)  # before the program existed, with years to spare for a clock that is wrong


def histories(engine: Engine) -> Iterator[CardLog]:
    """Yield every card with its history, ordered by id, from one state of the deck."""
    with reading(engine) as connection:
        yield from _histories_within(connection)


def mend(engine: Engine, card_ids: Sequence[str], scheduler: Scheduler) -> int:
    """Rewrite whatever does not follow from the log in the histories of these cards, in one transaction.

    Return how many rows were rewritten.
    """
    with writing(engine) as connection:
        histories = [_history_of(connection, card_id) for card_id in card_ids]
        return sum(
            write_differences(connection, history, recomputed(history, scheduler)) for history in histories if history
        )


def _histories_within(connection: Connection) -> Iterator[CardLog]:
    """Yield every card with its history, ordered by id, within the caller's transaction."""
    reviews, resets, due_dates = (batches(connection, query) for query in (_REVIEWS, _RESETS, _DUE_DATES))
    of_cards = groupby(_events(reviews, resets, due_dates), key=itemgetter(0))
    ahead = next(of_cards, None)
    for card_id, *values in batches(connection, _CARDS):
        while ahead is not None and ahead[0] < card_id:
            ahead = next(of_cards, None)  # of a missing card, which SQLite's foreign key check reports
        entries: tuple[LoggedEvent, ...] = ()
        if ahead is not None and ahead[0] == card_id:
            entries = tuple(entry for _, _, entry in ahead[1])
            ahead = next(of_cards, None)
        yield CardLog(card_id, _memory(values, card_memory_in), entries)


def _history_of(connection: Connection, card_id: str) -> CardLog | None:
    """Return a card with its history, or None if there is no such card."""
    if (placed := placed_history(connection, card_id)) is None:
        return None
    memory, events = placed
    return CardLog(card_id, memory, tuple(entry for _, entry in events))


def placed_history(connection: Connection, card_id: str) -> tuple[Memory | None, list[tuple[str, LoggedEvent]]] | None:
    """Return a card's memory (None if unreadable), and its events with their ids, oldest first.

    Return None if there is no such card.
    """
    values = {"this": card_id}
    row = _CARD.execute(connection, values).fetchone()
    if row is None:
        return None
    kinds = (_REVIEWS_OF_CARD, _RESETS_OF_CARD, _DUE_DATES_OF_CARD)
    events = _events(*(statement.execute(connection, values) for statement in kinds))
    return _memory(row[1:], card_memory_in), [(event_id, entry) for _, event_id, entry in events]


def mark_differences(engine: Engine) -> tuple[str, ...]:
    """Return a line for each mark that a card has but the log does not, or the other way round."""
    with reading(engine) as connection:
        return tuple(f"{card_id} ({mark.value})" for mark, card_id in wrong_marks(connection))


def mend_marks(engine: Engine) -> int:
    """Give every card the marks recorded in the log; return how many were wrong."""
    with writing(engine) as connection:
        wrong = wrong_marks(connection)
        for mark, card_id in wrong:
            follow_changes(connection, mark, [card_id])
    return len(wrong)


def odd_days(engine: Engine) -> list[int]:
    """Return the numbers of reviews whose study day is no date, or more than two days from their moment."""
    with reading(engine) as connection:
        return list(connection.execute(_ODD_DAYS).scalars())


def set_days(engine: Engine, day_start: time, today: date) -> int:
    """Replace odd study days of reviews by those of their moments, or a moment that cannot be right by noon of
    its study day; return how many reviews there were.
    """
    with writing(engine) as connection:
        odd = connection.execute(_ODD_DAYS).all()
        times = [
            {"this": number} | _times(moment, timezone(span_in(offset)), day, day_start, today)
            for number, moment, offset, day in odd
        ]
        if times:
            connection.execute(_SET_TIMES, times)
    return len(times)


def _times(moment: int, zone: timezone, text: Any, day_start: time, today: date) -> dict[str, Any]:
    """Return the study day and the moment of an answer, of which one at least is wrong."""
    day, day_of_moment = _day(text), study_day(moment_in(moment), zone, day_start)
    if day is None or not _is_plausible(day, today) or _is_plausible(day_of_moment, today):
        return {"day": day_of_moment.isoformat(), "moment": moment}
    return {"day": text, "moment": moment_out(datetime.combine(day, time(12), zone))}


def _is_plausible(day: date, today: date) -> bool:
    return _FIRST_DAY <= day <= today + timedelta(days=2)


def _events(reviews: _Rows, resets: _Rows, due_dates: _Rows) -> Iterator[_Placed]:
    """Yield the events ordered by card id and age, like the rows passed in."""
    return merge(_reviews(reviews), _resets(resets), _due_dates(due_dates), key=itemgetter(0, 1))


def _reviews(rows: _Rows) -> Iterator[_Placed]:
    for card_id, event_id, number, day, quality, drill, proposed, asked, fuzzed, *memories in rows:
        if not _is_quality(quality):  # `values` undoes such a grade
            continue
        before, after = _memory(memories[: len(MEMORY)]), _memory(memories[len(MEMORY) :])
        entry = LoggedEvent(
            number, _day(day), quality, before, after, proposed if _is_quality(proposed) else None,
            drill=bool(drill), asked_as_drill=bool(asked), fuzzed=bool(fuzzed),
        )  # fmt: skip
        yield card_id, event_id, entry


def _resets(rows: _Rows) -> Iterator[_Placed]:
    for card_id, event_id, number, day, *before in rows:
        yield card_id, event_id, LoggedEvent(number, _day(day), None, _memory(before), Memory())


def _due_dates(rows: _Rows) -> Iterator[_Placed]:
    for card_id, event_id, number, value in rows:
        day = _day(value)
        if day is not None:  # `values` deletes unreadable ones
            yield card_id, event_id, LoggedEvent(number, None, None, None, None, due=day)


def write_differences(connection: Connection, stored_log: CardLog, right: CardLog) -> int:
    """Rewrite what differs in a card's history; return how many rows were rewritten."""
    rewritten = 0
    for before, after in zip(stored_log.entries, right.entries, strict=True):
        if before == after:
            continue
        rewritten += 1
        columns = {f"{name}_value": value for name, value in memory_out(after.before or Memory(), "before_").items()}
        if after.quality is None:
            connection.execute(_REWRITE_RESET, {"this": after.number, "card": stored_log.card_id, **columns})
        else:
            columns |= {f"{name}_value": value for name, value in memory_out(after.after or Memory(), "after_").items()}
            columns["drill_value"] = after.drill
            connection.execute(_REWRITE, {"this": after.number, **columns})
    if stored_log.memory != right.memory:
        rewritten += 1
        write_memories(connection, {stored_log.card_id: right.memory or Memory()})
    return rewritten


def _is_quality(value: Any) -> bool:
    return isinstance(value, int) and value in QUALITIES


def _memory(values: Sequence[Any], read: Callable[[Sequence[Any]], Memory] = memory_in) -> Memory | None:
    try:
        return read(values)
    except StoreError:
        return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


_ACTIVE: Final = select(card.c.id).where(active)


@dataclass(frozen=True, slots=True)
class RescheduledCard:
    """A card that has a different due date under another scheduler."""

    card_id: str  # the id of the card
    before: date  # due under the current scheduler
    after: date  # due under the other


def rescheduled(engine: Engine, scheduler: Scheduler) -> Iterator[RescheduledCard]:
    """Yield the cards of sessions whose due date would change under the scheduler; nothing is written."""
    with reading(engine) as connection:
        in_sessions = frozenset(connection.execute(_ACTIVE).scalars())
        for history in _histories_within(connection):
            if history.card_id not in in_sessions:
                continue
            after = recomputed(history, scheduler).memory
            if history.memory and after and history.memory.due and after.due and history.memory.due != after.due:
                yield RescheduledCard(history.card_id, history.memory.due, after.due)


def compute_all(engine: Engine, scheduler: Scheduler, catch_up: CatchUp | None = None, *, skills: bool = False) -> None:
    """Compute the memories of all cards under a scheduler, in one transaction; the log is not changed."""
    with writing(engine) as connection:
        memories: dict[str, Memory] = {}
        for history in _histories_within(connection):
            after = recomputed(history, scheduler).memory or Memory()
            if history.memory != after:
                memories[history.card_id] = after
        write_memories(connection, memories)
        store_schedule(connection, SchedulerInUse(scheduler.key, skills), catch_up)


def compute_again(connection: Connection, card_ids: Iterable[str], scheduler: Scheduler) -> None:
    """Recompute cards whose log has changed, within the caller's transaction."""
    for card_id in card_ids:
        history = _history_of(connection, card_id)
        if history is not None:
            write_differences(connection, history, recomputed(history, scheduler))
    mark_if_outdated(connection, scheduler.key)
