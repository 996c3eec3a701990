"""SqlRepository: the repository of a session, stored in a deck.

Every method that writes is one transaction. What is acknowledged (a grade, an undo, a mark) is
forced to the disk, and so is everything written with it in a `transaction`. A pending question
stored by itself is not: it survives a kill, but a loss of power may take the attempts since the
last grade, which are not in the log yet.

Invariants: the schedule follows from the log, so a review is stored with the results for the card's
current memory, whatever another session or a sync has stored since it was asked, and only a card's
newest review can be undone; practice never changes the schedule; an undo is a mark, and nothing is
deleted from the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, Row, bindparam, delete, insert, select

from mnemosyne.cards.card import Card, Source
from mnemosyne.errors import CardError, ConflictError, InputError, StoreError
from mnemosyne.review.card_log import follows_memory, recomputed_review
from mnemosyne.review.log_event import IMPORTED
from mnemosyne.review.ports import DayCounts, RoundCards, RoundTerms, Scope
from mnemosyne.review.record import Event, Mark, MarkChange, Pending, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import SM2_KEY, Scheduler
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import queues, rows, tables
from mnemosyne.store.engine import PreparedStatement, reading, writing
from mnemosyne.store.new_events import event_identity, log_undo
from mnemosyne.store.queues import Statement
from mnemosyne.store.quick_names import path_in
from mnemosyne.store.schedule import mark_outdated, read_memory, read_memory_and_key, write_memories

if TYPE_CHECKING:
    from mnemosyne.store.bulk_changes import MarkValue
    from mnemosyne.store.merging import LostCard

FIX: Final = "`mnemosyne doctor --fix` repairs it"
EXAM: Final = "exam:compositions"  # the card for the answers of exams; ids in card files have no colons
_card, _review, _pending = tables.card, tables.review, tables.pending
_this_card = _card.c.id == bindparam("this")
_this_review = _review.c.number == bindparam("this")

_CONTENT: Final = PreparedStatement(select(_card.c.content, _card.c.path, _card.c.line).where(_this_card))
_FLAGGED: Final = select(_card.c.flagged).where(_this_card)

_LOG: Final = PreparedStatement(
    insert(_review), [column.name for column in _review.c if column.name not in ("number", "undone_at")]
)
_STORED: Final = select(_review).where(_this_review)
_LAST: Final = select(_review).where(queues.counting).order_by(_review.c.id.desc()).limit(1)
_LAST_HERE: Final = _LAST.where(_review.c.device != IMPORTED)
_LATER: Final = (
    select(_review.c.number)
    .where(_review.c.card_id == bindparam("card"), _review.c.id > bindparam("this"), queues.counting)
    .limit(1)
)

_ASKED: Final = select(_pending)
_ASK: Final = PreparedStatement(
    insert(_pending)
    .prefix_with("OR REPLACE")
    .from_select(
        _pending.c.keys(),
        select(*(bindparam(column.name, type_=column.type) for column in _pending.c)).where(
            select(_card.c.id).where(_card.c.id == bindparam("card_id")).exists()
        ),
    )
)  # nothing if there is no such card
_ASK_NOTHING: Final = delete(_pending)
_ASKED_ENOUGH: Final = PreparedStatement(delete(_pending).where(_pending.c.card_id == bindparam("this")))


class SqlRepository:
    """Cards and log of the deck behind `engine`; `decode` parses a card's stored content, `now` returns the time.

    `scheduler` is the one used for the cards' memories.

    The deck has room for one pending question. It belongs to the first session; for later ones
    `keeps_pending` is False: they neither read nor store a pending question, so after a kill they
    start anew.
    """

    def __init__(
        self,
        engine: Engine,
        decode: Callable[[str], Card],
        now: Callable[[], datetime],
        scheduler: Scheduler,
        *,
        keeps_pending: bool = True,
    ) -> None:
        self._engine = engine
        self._decode = decode
        self._now = now
        self.scheduler = scheduler
        self.keeps_pending = keeps_pending
        self._connection: Connection | None = None  # of `transaction`, while one is open

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one durable transaction; raise RuntimeError if nested."""
        if self._connection is not None:
            raise RuntimeError("a transaction is already open")
        with writing(self._engine) as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine) if self._connection is None else nullcontext(self._connection)

    def _writing(self, *, durable: bool = True) -> AbstractContextManager[Connection]:
        return writing(self._engine, durable=durable) if self._connection is None else nullcontext(self._connection)

    def due(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of seen cards due on `day`: by SM-2 oldest due first, by FSRS lowest recall first."""
        by_recall = self.scheduler.key != SM2_KEY
        with self._reading() as connection:
            query = queues.due_cards(scope, ahead=queues.runs_ahead(connection, day), by_recall=by_recall)
            return _ids(connection, query, queues.parameters(scope, day))

    def most_urgent(self, day: date, scope: Scope) -> list[str]:
        """Return the cards of `due`, by SM-2 the relatively most overdue first, by FSRS lowest recall first."""
        if self.scheduler.key != SM2_KEY:
            return self.due(day, scope)
        with self._reading() as connection:
            query = queues.most_overdue_cards(scope, ahead=queues.runs_ahead(connection, day))
            return _ids(connection, query, queues.parameters(scope, day))

    def ahead(self, day: date, days: int, scope: Scope) -> list[str]:
        """Return the ids of cards seen before `day` that come due within `days` after it, earliest due first."""
        values = {**queues.parameters(scope, day), "end": plus_days(day, days).isoformat()}
        with self._reading() as connection:
            return _ids(connection, queues.coming_cards(scope), values)

    def round_cards(self, day: date, terms: RoundTerms, scope: Scope) -> RoundCards:
        """Return the cards of a final round; never new, suspended, buried or missing ones."""
        values = {**queues.parameters(scope, day), "begin": terms.begin.isoformat(), "exam": terms.exam.isoformat()}
        spans = {"spans": self.scheduler.spans_until(terms.enough)}
        with self._reading() as connection:
            left = _ids(connection, queues.round_cards(scope), values | spans)
            return RoundCards(tuple(left), int(connection.execute(queues.round_done(), values).scalar_one()))

    def new(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of new cards in the order of learning, without suspended, buried and missing ones."""
        with self._reading() as connection:
            return _ids(connection, queues.new_cards(scope), queues.parameters(scope, day))

    def drills(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards whose last grade on `day` is below 4, in the order of those grades."""
        statement = _prepared(queues.drills(scope))  # prepared: progress is shown after every answer
        with self._reading() as connection:
            return [card_id for (card_id,) in statement.execute(connection, queues.parameters(scope, day))]

    def counts(self, day: date, topic: str | None = None) -> DayCounts:
        """Return the scheduled reviews on `day`, in one topic or all: of cards seen before, and of new ones."""
        values = queues.parameters(Scope(topic), day)
        with self._reading() as connection:
            reviews, new = connection.execute(queues.scheduled_counts(of_topic=topic is not None), values).one()
        return DayCounts(reviews, new)

    def card(self, card_id: str) -> Card:
        """Return the card as last synced; raise KeyError if there is none, CardError if it cannot be read."""
        with self._reading() as connection:
            row = _CONTENT.execute(connection, {"this": card_id}).fetchone()
        if row is None:
            raise KeyError(card_id)
        content, path, line = row
        try:
            return replace(self._decode(content), source=Source(path_in(path), line))
        except CardError as error:
            raise CardError(f"{card_id}: the deck's copy of this card cannot be read", FIX) from error

    def memory(self, card_id: str) -> Memory:
        """Return the card's memory; raise KeyError if there is no such card, CardError if it cannot be read."""
        with self._reading() as connection:
            try:
                return read_memory(connection, card_id)
            except StoreError as error:
                raise CardError(f"{card_id}: the deck's data on this card cannot be read", FIX) from error

    def record(self, review: Review) -> Review:
        """Store the review and the card's new memory, and clear its pending question; return the review as logged.

        If the card's memory has changed since it was asked, the review is recomputed from the
        current one.

        Raise KeyError for an unknown card, and StoreError if the deck refused the grade.
        """
        with self._writing() as connection:
            memory, key = read_memory_and_key(connection, review.card_id)
            asked_as_drill = review.drill
            if not (review.practice or follows_memory(review, memory, same_scheduler=key == self.scheduler.key)):
                review = recomputed_review(review, memory, self.scheduler)
            if review.scheduled or review.after != review.before:
                write_memories(connection, {review.card_id: review.after}, under_sm2=memory.fsrs is None)
            if key != self.scheduler.key:
                mark_outdated(connection)
            columns = rows.review_out(review) | {"asked_as_drill": asked_as_drill}
            logged = _LOG.execute(connection, columns | event_identity(connection, columns["answered_at"]))
            number = logged.lastrowid
            if logged.rowcount != 1 or number is None:
                raise StoreError(f"{review.card_id}: something else in the deck refused the grade", FIX)
            if not review.practice:
                _ASKED_ENOUGH.execute(connection, {"this": review.card_id})
        return replace(review, number=number)

    def last_review(self) -> Review | None:
        """Return the newest review or drill that has not been undone; None if there is none."""
        with self._reading() as connection:
            row = connection.execute(_LAST).one_or_none()
        return None if row is None else rows.review_in(row)

    def last_event(self) -> Event | None:
        """Return the newest event of any kind that has not been undone; None if there is none.

        Imported events are never returned: their history cannot be undone.
        """
        from mnemosyne.store.bulk_changes import last_change

        with self._reading() as connection:
            row, change = connection.execute(_LAST_HERE).one_or_none(), last_change(connection)
        if row is None or (change is not None and change[0] > row.id):
            return None if change is None else change[1]
        return rows.review_in(row)

    def undo(self, event: Event) -> None:
        """Mark the event undone, and restore the memories or marks of its cards to what they are without it.

        Raise KeyError if it was never stored, and ConflictError if it was already undone, or a card
        was graded or reset since.
        """
        from mnemosyne.store.audit import compute_again
        from mnemosyne.store.bulk_changes import take_change_back

        moment = rows.moment_out(self._now())
        with self._writing() as connection:
            if isinstance(event, Review):
                _take_back(connection, event.number, moment)
                compute_again(connection, [event.card_id], self.scheduler)
                return
            take_change_back(connection, event, moment)
            if not isinstance(event, MarkChange):
                compute_again(connection, event.card_ids, self.scheduler)

    def pending(self) -> Pending | None:
        """Return the pending question of an interrupted session; None if there is none, or it cannot be read."""
        if not self.keeps_pending:
            return None
        with self._reading() as connection:
            asked = connection.execute(_ASKED).all()
        return next(rows.readable_rows(rows.pending_in, asked), None)

    def set_pending(self, pending: Pending | None) -> None:
        """Store the pending question, or clear it; raise KeyError if its card is unknown."""
        if not self.keeps_pending:
            return
        with self._writing(durable=False) as connection:
            if pending is None:
                connection.execute(_ASK_NOTHING)
            elif _ASK.execute(connection, rows.pending_out(pending)).rowcount == 0:
                raise KeyError(pending.card_id)

    def bury(self, card_id: str, day: date) -> None:
        """Bury the card until the study day after `day`; raise KeyError if there is no such card."""
        self._mark(card_id, Mark.BURIED, plus_days(day, 1).isoformat())

    def suspend(self, card_id: str, *, suspended: bool) -> None:
        """Suspend the card, or unsuspend it; raise KeyError if there is no such card."""
        self._mark(card_id, Mark.SUSPENDED, suspended)

    def flag(self, card_id: str, *, flagged: bool) -> None:
        """Flag the card, or unflag it; raise KeyError if there is no such card."""
        self._mark(card_id, Mark.FLAGGED, flagged)

    def flagged(self, card_id: str) -> bool:
        """Return whether the card is flagged; raise KeyError if there is no such card."""
        with self._reading() as connection:
            return bool(_row(connection, _FLAGGED, card_id).flagged)

    def _mark(self, card_id: str, mark: Mark, value: MarkValue) -> None:
        from mnemosyne.store.bulk_changes import change_marks

        with self._writing() as connection:
            _row(connection, _FLAGGED, card_id)
            change_marks(connection, [card_id], mark, value, self._now())


def _ids(connection: Connection, query: Statement, values: Mapping[str, Any]) -> list[str]:
    return list(connection.execute(query, values).scalars())


@cache
def _prepared(statement: Statement) -> PreparedStatement:
    return PreparedStatement(statement)


def _row(connection: Connection, query: Statement, key: str | int) -> Row[*tuple[Any, ...]]:
    """Return the one row that `query` selects for `key`; raise KeyError if there is none."""
    row = connection.execute(query, {"this": key}).one_or_none()
    if row is None:
        raise KeyError(key)
    return row


def _take_back(connection: Connection, number: int, moment: int) -> None:
    """Log the undo of a review, if it is the newest of its card."""
    from mnemosyne.store.bulk_changes import was_reset_after

    row = _row(connection, _STORED, number)
    if row.undone_at is not None:
        raise ConflictError(f"{row.card_id}: this grade has already been undone", "undo the one before it")
    if connection.execute(_LATER, {"card": row.card_id, "this": row.id}).first():
        raise ConflictError(f"{row.card_id}: this card has been graded again since", "undo the newest grade first")
    if was_reset_after(connection, row.card_id, row.id):
        raise ConflictError(f"{row.card_id}: this card has been reset since", "undo the reset first")
    log_undo(connection, row.id, moment)


class ExamRepository(SqlRepository):
    """Adds the cards of an exam to those of the deck.

    They are in no card file, and their ids exist only during the exam: their answers are logged
    for one special card.
    """

    def __init__(
        self,
        engine: Engine,
        decode: Callable[[str], Card],
        now: Callable[[], datetime],
        scheduler: Scheduler,
        cards: Mapping[str, tuple[Card, str]],
        lost_card: LostCard,
    ) -> None:
        super().__init__(engine, decode, now, scheduler, keeps_pending=False)
        self._cards = cards  # by id, with their exercises
        self._lost_card = lost_card

    def card(self, card_id: str) -> Card:
        """Return the card of the exam or of the deck; raise KeyError if there is none."""
        return self._cards[card_id][0] if card_id in self._cards else super().card(card_id)

    def memory(self, card_id: str) -> Memory:
        """Return the card's memory; an exam card has none yet."""
        return Memory() if card_id in self._cards else super().memory(card_id)

    def record(self, review: Review) -> Review:
        """Store the review; for an exam question, with the special card."""
        if review.card_id not in self._cards:
            return super().record(review)
        from mnemosyne.store.merging import add_lost_cards

        with self._writing() as connection:
            add_lost_cards(connection, {EXAM}, self._lost_card)
        return replace(super().record(replace(review, card_id=EXAM)), card_id=review.card_id)

    def last_event(self) -> Event | None:
        """Return the newest event; if it is an answer of this exam, with its question's card."""
        event = super().last_event()
        if isinstance(event, Review) and event.card_id == EXAM:
            ids = (card_id for card_id, (_, exercise) in self._cards.items() if exercise == event.exercise)
            return replace(event, card_id=next(ids, EXAM))
        return event

    def undo(self, event: Event) -> None:
        """Undo an event."""
        if isinstance(event, Review) and event.card_id in self._cards:
            event = replace(event, card_id=EXAM)
        super().undo(event)

    def flagged(self, card_id: str) -> bool:
        """Return whether a card is flagged; raise InputError for an exam question."""
        self._require_card(card_id)
        return super().flagged(card_id)

    def _mark(self, card_id: str, mark: Mark, value: MarkValue) -> None:
        self._require_card(card_id)
        super()._mark(card_id, mark, value)

    def _require_card(self, card_id: str) -> None:
        if card_id in self._cards:
            raise InputError("this question belongs to no card", "answer it, show its solution, or leave the exam")
