"""Finding cards by a query, sorted, and their rows for a list; only here is a query translated to SQL.

A search returns only ids, however many; rows are fetched by id, a page at a time. The wording of
cards is searched through a Python function, since SQLite's own case folding is limited to ASCII.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
)

from mnemosyne.review.query import (
    CardStatus,
    Condition,
    FieldEquals,
    Measure,
    MeasureCompares,
    Query,
    QueryField,
    Relation,
    SortColumn,
    Sorting,
    Term,
    TextContains,
    asks_for_missing,
)
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import intervals_until, recall_on, stabilities_until
from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import queues
from mnemosyne.store.engine import reading
from mnemosyne.store.log import stream
from mnemosyne.store.queues import Statement, askable, counting, present, seen
from mnemosyne.store.rows import CARDS, COLUMNS, card_memory_in, day_in, readable, readable_rows, text_in, whole_in
from mnemosyne.store.tables import card, card_tag, fsrs_memory, review

_BATCH: Final = 5_000  # rows at a time: with all at once Python's garbage collector would stop every thread

Said: TypeAlias = Callable[[str], str]  # a card's content -> its wording, as searched


@dataclass(frozen=True, slots=True)
class QueryDay:
    """The parameters of a search besides the query: the study day, the lapses of a leech, and FSRS's weights."""

    day: date
    leech_lapses: int  # the number of lapses that makes a card a leech
    weights: Weights = DEFAULT_WEIGHTS


@dataclass(frozen=True, slots=True)
class ListedCard:
    """A card in a list."""

    id: str  # the card's id
    topic: str  # the topic's id
    kind: str  # such as "derivative"
    content: str  # the card as JSON
    path: str  # the path of the file it was last seen in
    line: int  # the line in that file
    due: date | None  # None for a new card
    interval: int  # days
    ease: int  # hundredths
    lapses: int  # how often it was forgotten
    suspended: bool  # whether it is suspended
    flagged: bool  # whether it is flagged
    missing: bool  # whether it is in no file any more
    buried: bool  # whether it is buried on the study day of the list
    memory: Memory  # the card's state, as the scheduler knows it
    recall: float | None  # probability today; None for a new card
    recall_at_due: float | None  # probability of recall on its due day


def matching_ids(engine: Engine, query: Query, sorting: Sorting, today: QueryDay, said: Said) -> tuple[str, ...]:
    """Return the ids of the cards that match the query, sorted by `sorting`."""
    with reading(engine) as connection:
        _know(connection, said)
        ahead = queues.runs_ahead(connection, today.day)
        statement, values = _statement(query, sorting, today, ahead=ahead), _values(today)
        result = connection.execute(statement.execution_options(yield_per=_BATCH), values).scalars()
        return tuple(chain.from_iterable(result.partitions()))


def listed_by_id(engine: Engine, ids: Sequence[str], today: QueryDay) -> tuple[ListedCard, ...]:
    """Return the rows of up to some thousands of cards, in the order of `ids`.

    Unknown and unreadable cards are left out.
    """
    with reading(engine) as connection:
        rows = connection.execute(_ROWS, {"ids": list(ids), "day": today.day.isoformat()}).mappings().all()
    cards = {card.id: card for card in readable_rows(lambda row: _listed(row, today), rows)}
    return tuple(cards[id_] for id_ in ids if id_ in cards)


def _listed(row: RowMapping, today: QueryDay) -> ListedCard:
    texts = (text_in(row[name]) for name in _TEXTS)
    numbers = (whole_in(row[name]) for name in _NUMBERS)
    values: dict[str, Any] = dict(zip((*_TEXTS, *_NUMBERS), (*texts, *numbers), strict=True))
    memory = card_memory_in([row[column.name] for column in COLUMNS])
    marks: dict[str, Any] = {name: row[name] for name in (*_MARKED, "buried")}
    recall = recall_on(memory, today.day, today.weights)
    at_due = None if memory.due is None else recall_on(memory, memory.due, today.weights)
    return ListedCard(**values, **marks, due=memory.due, memory=memory, recall=recall, recall_at_due=at_due)


def ids_in_state(engine: Engine, state: CardStatus, today: QueryDay) -> frozenset[str]:
    """Return the ids of all cards, missing ones too, that are in the state."""
    with reading(engine) as connection:
        ahead = queues.runs_ahead(connection, today.day)
        return frozenset(
            connection.execute(select(card.c.id).where(_states(today, ahead=ahead)[state]), _values(today)).scalars()
        )


def _know(connection: Connection, said: Said) -> None:
    """Give SQLite the function that reads what a card says."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("said", 1, said, deterministic=True)


def _values(today: QueryDay) -> dict[str, str]:
    return {"day": today.day.isoformat(), "ahead": queues.last_credible(today.day)}


def _statement(query: Query, sorting: Sorting, today: QueryDay, *, ahead: bool) -> Statement:
    alternatives = [_all_hold(terms, today, ahead=ahead) for terms in query.alternatives]
    return select(card.c.id).where(or_(*alternatives)).order_by(*_order(sorting, today))


def _all_hold(terms: Sequence[Term], today: QueryDay, *, ahead: bool) -> ColumnElement[bool]:
    # Cheap conditions come first; SQLite keeps the order if no index helps.
    ordered = sorted(terms, key=lambda term: isinstance(term.condition, TextContains))
    conditions = [
        not_(condition) if term.negated else condition
        for term in ordered
        for condition in [_condition(term.condition, today, ahead=ahead)]
    ]
    return and_(*conditions) if asks_for_missing(terms) else and_(present, *conditions)


def _condition(condition: Condition, today: QueryDay, *, ahead: bool) -> ColumnElement[bool]:
    """Return SQL that is true or false for every card, never NULL, so that its negation is right."""
    match condition:
        case CardStatus():
            return _states(today, ahead=ahead)[condition]
        case FieldEquals(QueryField.TAG, value):
            return card.c.id.in_(select(card_tag.c.card_id).where(card_tag.c.tag == value))
        case FieldEquals(QueryField.UNIT, path):
            return queues.in_unit(path)
        case FieldEquals(field, value):
            return card.c[field.value] == value
        case TextContains(letters):
            return func.instr(func.said(card.c.content), letters) > 0
        case MeasureCompares(measure, relation, number):
            return _compared(measure, relation, number, today)


def _states(today: QueryDay, *, ahead: bool = False) -> dict[CardStatus, ColumnElement[bool]]:
    buried = _buried(queues.DAY)
    return {
        CardStatus.DUE: and_(queues.shown, queues.due_by(ahead=ahead), seen),
        CardStatus.NEW: ~seen,
        CardStatus.LEECH: card.c.lapses >= today.leech_lapses,
        CardStatus.FLAG: card.c.flagged.is_(True),
        CardStatus.SUSPENDED: card.c.suspended.is_(True),
        CardStatus.BURIED: buried,
        CardStatus.MISSING: card.c.missing.is_(True),
    }


def _buried(day: Any) -> ColumnElement[bool]:
    hidden: ColumnElement[bool] = func.coalesce(card.c.buried_until, "") > day
    return hidden


_STABILITY: Final = select(fsrs_memory.c.stability).where(fsrs_memory.c.card_id == card.c.id).scalar_subquery()
_SEEN: Final = select(fsrs_memory.c.seen).where(fsrs_memory.c.card_id == card.c.id).scalar_subquery()
_NEAR: Final = 5  # thousandths on either side that are equal


def _recall_compared(relation: Relation, number: int, weights: Weights) -> ColumnElement[bool]:
    """Compare today's recall with `number` thousandths, by the days since the last review.

    False for a new card.
    """
    if relation is Relation.EQUAL:
        return and_(
            _recall_compared(Relation.AT_LEAST, number - _NEAR, weights),
            _recall_compared(Relation.BELOW, number + _NEAR, weights),
        )
    recall = number / 1000
    days = func.max(0, func.julianday(queues.DAY) - func.julianday(func.coalesce(_SEEN, card.c.reviewed)))
    until = func.coalesce(
        _STABILITY * stabilities_until(recall, weights), func.max(1, card.c.interval) * intervals_until(recall)
    )
    compared: ColumnElement[bool] = days.bool_op(_REVERSED[relation])(until)
    return and_(seen, compared)


_REVERSED: Final = {Relation.BELOW: ">", Relation.AT_MOST: ">=", Relation.AT_LEAST: "<=", Relation.ABOVE: "<"}


def _compared(measure: Measure, relation: Relation, number: int, today: QueryDay) -> ColumnElement[bool]:
    if measure is Measure.RECALL:
        return _recall_compared(relation, number, today.weights)
    column: ColumnElement[Any] = card.c[measure.value]
    value = plus_days(today.day, number).isoformat() if measure is Measure.DUE else number
    compared: ColumnElement[bool] = column.bool_op(relation.value)(value)
    return and_(seen, compared) if measure is Measure.DUE else compared


_WEIGHTS: Final = {CardStatus.FLAG: 8, CardStatus.SUSPENDED: 4, CardStatus.BURIED: 2, CardStatus.LEECH: 1}


def _order(sorting: Sorting, today: QueryDay) -> list[ColumnElement[Any]]:
    by = _sorted_by(sorting.column, today)
    chosen = by.desc() if sorting.backwards else by.asc()
    return [chosen.nulls_last(), card.c.position, card.c.id]


def _sorted_by(column: SortColumn, today: QueryDay) -> ColumnElement[Any]:
    match column:
        case SortColumn.LEARNING:
            return card.c.position
        case SortColumn.PROMPT:
            return func.said(card.c.content)
        case SortColumn.MARKS:
            states = _states(today)
            return sum((case((states[state], -weight), else_=0) for state, weight in _WEIGHTS.items()), literal(0))
        case _:
            return card.c[column.value]


_TEXTS: Final = ("id", "topic", "kind", "content", "path")
_NUMBERS: Final = ("line", "interval", "ease", "lapses")
_MARKED: Final = ("suspended", "flagged", "missing")
_OTHERS: Final = (*_TEXTS, "line", *_MARKED)
_ROWS: Final[Statement] = (
    select(*(card.c[name] for name in _OTHERS), *COLUMNS, _buried(bindparam("day")).label("buried"))
    .select_from(CARDS)
    .where(card.c.id.in_(bindparam("ids", expanding=True)))
)


_MISTAKEN: Final[Statement] = (
    select(review.c.card_id)
    .where(counting, review.c.study_day >= bindparam("since"))
    .where(or_(review.c.misconception.is_not(None), review.c.quality < PASS))
    .group_by(review.c.card_id)
    .order_by(func.max(review.c.id).desc())
)


def mistaken_since(engine: Engine, day: date) -> tuple[str, ...]:
    """Return the ids of the cards with a mistake on `day` or later, latest first."""
    with reading(engine) as connection:
        return tuple(connection.execute(_MISTAKEN, {"since": day.isoformat()}).scalars())


@dataclass(frozen=True, slots=True)
class CardState:
    """A card in the deck."""

    content: str  # the card as JSON
    path: str  # the path of the file it was last seen in
    line: int  # the line in that file
    suspended: bool  # whether it is suspended
    flagged: bool  # whether it is flagged
    buried_until: date | None  # buried on every study day before this one
    memory: Memory  # the card's state, as the scheduler knows it


_OWN = ("content", "path", "line", "suspended", "flagged", "buried_until")
_STATES: Final[Statement] = (
    select(*(card.c[name] for name in _OWN), *COLUMNS)
    .select_from(CARDS)
    .where(present)
    .order_by(card.c.position, card.c.id)
)


def states(engine: Engine, topic: str | None = None) -> Iterator[CardState]:
    """Yield the cards of the topic, or all, in the order of learning; raise StoreError at an unreadable one."""
    return map(readable(_state), stream(engine, _of(_STATES, topic)))


def readable_states(engine: Engine) -> Iterator[CardState]:
    """Yield all cards in the order of learning, without those that cannot be read."""
    return readable_rows(_state, stream(engine, _STATES))


def _state(row: Sequence[Any]) -> CardState:
    content, path, line, suspended, flagged, buried_until, *memory = row
    place = (text_in(content), text_in(path), whole_in(line))
    return CardState(*place, suspended, flagged, day_in(buried_until), card_memory_in(memory))


def card_contents(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield the id and content of every card, including missing ones; content that is not text is skipped."""
    rows = stream(engine, select(card.c.id, card.c.content))
    return ((card_id, content) for card_id, content in rows if isinstance(card_id, str) and isinstance(content, str))


def count_states(engine: Engine, topic: str | None = None) -> int:
    """Return how many cards `states` would yield."""
    with reading(engine) as connection:
        return int(connection.execute(_of(select(func.count()).select_from(card).where(present), topic)).scalar_one())


def _of(query: Statement, topic: str | None) -> Statement:
    return query if topic is None else query.where(card.c.topic == topic)


_TAGS: Final[Statement] = (
    select(card_tag.c.tag).join_from(card_tag, card, card.c.id == card_tag.c.card_id).where(present).distinct()
)
_CONTENTS: Final[Statement] = select(card.c.id, card.c.content).where(askable)
_ALL_CONTENTS: Final[Statement] = select(card.c.content).where(present).order_by(card.c.position, card.c.id)
_TOPICS: Final[Statement] = select(card.c.topic).where(present).distinct()


def names_in_deck(engine: Engine) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics of the cards, in that order."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_TAGS).scalars()), frozenset(connection.execute(_TOPICS).scalars())


def all_contents(engine: Engine) -> list[str]:
    """Return the stored content of every card, in the order of learning."""
    with reading(engine) as connection:
        return list(connection.execute(_ALL_CONTENTS).scalars())


def askable_contents(engine: Engine, day: date) -> dict[str, str]:
    """Return the stored content of the cards that are neither suspended nor buried on a study day, by id."""
    with reading(engine) as connection:
        return {row.id: row.content for row in connection.execute(_CONTENTS, {"day": day.isoformat()})}
