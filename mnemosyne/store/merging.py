"""Merges events of other decks into the log, which is a set that only grows, and recomputes what follows from it.

Merging is idempotent and independent of the order; it uses short transactions, after each of which
the deck is consistent with the events in it. Only cards with new events are recomputed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, Final, TypeAlias

from sqlalchemy import BindParameter, Connection, Engine, Table, bindparam, func, insert, select, update

from mnemosyne.review.card_log import CardLog, LoggedEvent, recomputed
from mnemosyne.review.log_event import EventKind, LogEvent
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.audit import placed_history, write_differences
from mnemosyne.store.bulk_changes import follow_changes
from mnemosyne.store.engine import PreparedStatement, writing
from mnemosyne.store.new_events import OTHERS, mark_undone, next_number
from mnemosyne.store.queues import Statement
from mnemosyne.store.rows import day_in, mark_out, memory_out
from mnemosyne.store.schedule import mark_if_outdated
from mnemosyne.store.tables import DUE, card, mark_change, reset, review, undo

REVIEW_FACTS: Final = {  # the columns of a review, by their names in events
    "offset": "utc_offset",
    "day": "study_day",
    "card": "card_id",
    "seed": "seed",
    "drill": "asked_as_drill",
    "practice": "practice",
    "answer": "answer",
    "verdict": "verdict",
    "misconception": "misconception",
    "proposed": "proposed",
    "quality": "quality",
    "hints": "hints",
    "attempts": "attempts",
    "duration": "duration",
    "fuzzed": "fuzzed",
    "answers": "answers",
    "exercise": "exercise",
    "fields": "fields",
}
# returns the content for the id and topic of a card that is in no file
LostCard: TypeAlias = Callable[[str, str], str]

_BATCH: Final = 500  # events per transaction, so that grades do not wait long
_LOST_TOPIC: Final = "lost"
_NUMBERLESS: Final = 0  # the number of a review before it is stored
_MARKS: Final = {mark.value: mark for mark in Mark}
_NEVER_ASKED: Final = {**memory_out(Memory(), "before_"), **memory_out(Memory(), "after_")}
_ADD_REVIEWS: Final = PreparedStatement(insert(review), [column.name for column in review.c if column.name != "number"])
_ADD_CARD: Final = insert(card).prefix_with("OR IGNORE")
_THESE: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_KNOWN_CARDS: Final[Statement] = select(card.c.id).where(card.c.id.in_(_THESE))
_KNOWN_REVIEWS: Final[Statement] = select(review.c.id).where(review.c.id.in_(_THESE))
_KNOWN_OTHERS: Final[Sequence[Statement]] = tuple(select(table.c.id).where(table.c.id.in_(_THESE)) for table in OTHERS)
_UNDONE: Final[Statement] = (
    select(undo.c.event_id, func.min(undo.c.undone_at)).where(undo.c.event_id.in_(_THESE)).group_by(undo.c.event_id)
)
_LEARN_EXERCISE: Final = (
    update(review)
    .where(review.c.id == bindparam("this"), func.coalesce(review.c.exercise, "") < bindparam("that"))
    .values(exercise=bindparam("that"))
)
_CARDS_OF: Final = (
    *(select(table.c.card_id).where(table.c.id.in_(_THESE)) for table in (review, reset)),
    select(mark_change.c.card_id).where(mark_change.c.id.in_(_THESE), mark_change.c.mark == DUE),
)
_MARKED_BY: Final[Statement] = select(mark_change.c.card_id, mark_change.c.mark).where(
    mark_change.c.id.in_(_THESE), mark_change.c.mark != DUE
)


@dataclass(slots=True)
class MergedEvents:
    """What was new to the deck."""

    events: int = 0  # the number of events
    reviews: Counter[str] = field(default_factory=Counter)  # the number of graded answers, by device
    moved: set[str] = field(default_factory=set)  # the cards whose due date has changed


@dataclass(slots=True)
class Exchanged:
    """The result of an exchange with a carrier."""

    incoming: MergedEvents
    sent: int = 0  # the number of events sent
    faults: list[str] = field(default_factory=list)  # the invalid lines, each with its place and the reason
    folder_created: bool = False  # whether the folder was missing and has been created


def take_in(
    engine: Engine, events: Iterable[LogEvent], scheduler: Scheduler, lost_card: LostCard, *, durable: bool = True
) -> MergedEvents:
    """Add the events to the log and recompute their cards; known events are skipped.

    `durable` can be false if the carrier keeps the events and is read again after a loss of power.
    """
    result = MergedEvents()
    by_id = {event.id: event for event in events}
    others = (event for event in by_id.values() if event.kind is not EventKind.REVIEW)
    while batch := list(islice(others, _BATCH)):
        with writing(engine, durable=durable) as connection:
            _take_others(connection, batch, scheduler, lost_card, result)
    for batch in _whole_cards(event for event in by_id.values() if event.kind is EventKind.REVIEW):
        with writing(engine, durable=durable) as connection:
            _take_reviews(connection, batch, scheduler, lost_card, result)
    return result


def _whole_cards(reviews: Iterable[LogEvent]) -> Iterator[list[LogEvent]]:
    """Yield the reviews in batches that never split a card, so that no card is computed twice."""
    batch: list[LogEvent] = []
    for _, of_card in groupby(sorted(reviews, key=_card_and_place), key=lambda event: event.card_ids):
        batch += of_card
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _card_and_place(event: LogEvent) -> tuple[tuple[str, ...], str]:
    return event.card_ids, event.id


def _take_others(
    connection: Connection, events: Sequence[LogEvent], scheduler: Scheduler, lost_card: LostCard, result: MergedEvents
) -> None:
    """Add resets, changes of marks, due dates and undos, and apply their effects."""
    new = _unknown(connection, _KNOWN_OTHERS, events)
    if not new:
        return
    result.events += len(new)
    add_lost_cards(connection, {card_id for event in new for card_id in event.card_ids}, lost_card)
    number = next_number(connection)
    for event in new:
        table, rows = _rows_of(event)
        connection.execute(insert(table), [{**row, "number": number} for row in rows])
        number += 1
    targets = [event.facts["of"] for event in new if event.kind is EventKind.UNDO]
    undone_at = _undone(connection, [*targets, *(event.id for event in new)])
    for event_id, moment in undone_at.items():
        mark_undone(connection, event_id, moment)
    event_ids = [*undone_at, *(event.id for event in new)]
    for card_id, mark in {tuple(row) for row in _with_ids(connection, _MARKED_BY, event_ids)}:
        follow_changes(connection, _MARKS[mark], [card_id])
    for card_id in sorted({row.card_id for query in _CARDS_OF for row in _with_ids(connection, query, event_ids)}):
        _compute_again(connection, card_id, (), scheduler, result)
    mark_if_outdated(connection, scheduler.key)


def _take_reviews(
    connection: Connection, events: Sequence[LogEvent], scheduler: Scheduler, lost_card: LostCard, result: MergedEvents
) -> None:
    """Add reviews and recompute their cards; all reviews of a card must be in one call."""
    new = _unknown(connection, (_KNOWN_REVIEWS,), events)
    _learn_exercises(connection, events)
    if not new:
        return
    result.events += len(new)
    result.reviews.update(event.device for event in new)
    add_lost_cards(connection, {event.facts["card"] for event in new}, lost_card)
    undone_at = _undone(connection, [event.id for event in new])
    rows: list[dict[str, Any]] = []
    for (card_id,), of_card in groupby(new, key=lambda event: event.card_ids):
        counting: list[LogEvent] = []
        for event in of_card:
            if event.id in undone_at or event.facts["practice"]:
                rows.append({**_review_row(event), **_NEVER_ASKED, "undone_at": undone_at.get(event.id)})
            else:
                counting.append(event)
        rows += _compute_again(connection, card_id, counting, scheduler, result)
    _ADD_REVIEWS.execute_many(connection, rows)
    mark_if_outdated(connection, scheduler.key)


def _learn_exercises(connection: Connection, events: Sequence[LogEvent]) -> None:
    """Add exercises that another device knows to known reviews; if two differ, all devices choose the same one."""
    facts = [{"this": event.id, "that": event.facts["exercise"]} for event in events if event.facts["exercise"]]
    if facts:
        connection.execute(_LEARN_EXERCISE, facts)


def _compute_again(
    connection: Connection, card_id: str, new: Sequence[LogEvent], scheduler: Scheduler, result: MergedEvents
) -> list[dict[str, Any]]:
    """Recompute a card with new reviews among its events, and return the rows of these reviews."""
    memory, entries = placed_history(connection, card_id) or (None, [])
    events = {event.id: event for event in new}
    history = sorted([*entries, *((event.id, _entry(event)) for event in new)], key=lambda place: place[0])
    card_log = CardLog(card_id, memory, tuple(entry for _, entry in history))
    recomputed_log = recomputed(card_log, scheduler)
    steps = [
        (event_id, before, after) for (event_id, before), after in zip(history, recomputed_log.entries, strict=True)
    ]
    of_log = [(before, after) for event_id, before, after in steps if event_id not in events]
    write_differences(
        connection,
        CardLog(card_id, memory, tuple(before for before, _ in of_log)),
        CardLog(card_id, recomputed_log.memory, tuple(after for _, after in of_log)),
    )
    if memory and recomputed_log.memory and memory.due != recomputed_log.memory.due:
        result.moved.add(card_id)
    return [_computed_row(events[event_id], after) for event_id, _, after in steps if event_id in events]


def _computed_row(event: LogEvent, entry: LoggedEvent) -> dict[str, Any]:
    before, after = entry.before or Memory(), entry.after or Memory()
    memories = {**memory_out(before, "before_"), **memory_out(after, "after_")}
    return {**_review_row(event), **memories, "drill": entry.drill, "undone_at": None}


def _review_row(event: LogEvent) -> dict[str, Any]:
    facts = {column: event.facts[name] for name, column in REVIEW_FACTS.items()}
    identity = {"id": event.id, "device": event.device, "answered_at": event.moment}
    answers = event.facts["answers"]
    facts["answers"] = None if answers is None else json.dumps(answers)
    return {**identity, **facts, "drill": event.facts["drill"]}


def _entry(event: LogEvent) -> LoggedEvent:
    facts = event.facts
    kinds = {"drill": facts["drill"], "asked_as_drill": facts["drill"], "fuzzed": facts["fuzzed"]}
    return LoggedEvent(_NUMBERLESS, day_in(facts["day"]), facts["quality"], None, None, facts["proposed"], **kinds)


def _rows_of(event: LogEvent) -> tuple[Table, list[dict[str, Any]]]:
    """Return the table and the rows, without their number, of an event that is no review."""
    identity, facts = {"id": event.id, "device": event.device}, event.facts
    if event.kind is EventKind.UNDO:
        return undo, [{**identity, "event_id": facts["of"], "undone_at": event.moment}]
    if event.kind is EventKind.RESET:
        of_all = {**identity, "reset_at": event.moment, "study_day": facts["day"], **memory_out(Memory(), "before_")}
        return reset, [{**of_all, "card_id": card_id} for card_id in event.card_ids]
    of_all = {**identity, "mark": event.kind.value, "changed_at": event.moment}
    if event.kind is EventKind.DUE:
        return mark_change, [{**of_all, "card_id": card_id, "value": day} for card_id, day in facts["days"].items()]
    return mark_change, [
        {**of_all, "card_id": card_id, "value": mark_out(facts["value"])} for card_id in event.card_ids
    ]


def unknown_events(connection: Connection, events: Sequence[LogEvent]) -> list[LogEvent]:
    """Return the events that are not in the log."""
    return _unknown(connection, (_KNOWN_REVIEWS, *_KNOWN_OTHERS), events)


def _unknown(connection: Connection, queries: Iterable[Statement], events: Sequence[LogEvent]) -> list[LogEvent]:
    ids = [event.id for event in events]
    known_ids = {row.id for query in queries for row in _with_ids(connection, query, ids)}
    return [event for event in events if event.id not in known_ids]


def _undone(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return which of the events were undone, and when."""
    return {row[0]: row[1] for row in _with_ids(connection, _UNDONE, ids)}


def _with_ids(connection: Connection, query: Statement, ids: Iterable[str]) -> Iterator[Any]:
    """Yield the rows that a query selects for some ids, in batches."""
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield from connection.execute(query, {"ids": batch})


def add_lost_cards(connection: Connection, card_ids: Set[str], lost_card: LostCard) -> None:
    """Add cards that the deck lacks, as cards in no file; a later sync of card files may supply them."""
    of_all = {
        "topic": _LOST_TOPIC, "kind": "recall", "path": "", "line": 0, "position": 0, "content_hash": "",
        "missing": True, "suspended": False, "flagged": False, **memory_out(Memory()),
    }  # fmt: skip
    known_ids = {row.id for row in _with_ids(connection, _KNOWN_CARDS, card_ids)}
    rows = [
        {**of_all, "id": card_id, "content": lost_card(card_id, _LOST_TOPIC)}
        for card_id in sorted(card_ids - known_ids)
    ]
    if rows:
        connection.execute(_ADD_CARD, rows)
