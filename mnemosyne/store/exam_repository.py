"""The repository of an exam: its questions are in no card file, and their answers are logged for one special card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import Engine, select

from mnemosyne.cards.card import Card
from mnemosyne.errors import InputError
from mnemosyne.review.record import Event, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.engine import reading
from mnemosyne.store.merging import LostCard, add_lost_cards
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.tables import review

EXAM: Final = "exam:compositions"  # the card for their answers; ids in card files have no colons
_EXERCISES: Final = select(review.c.exercise).where(review.c.exercise.is_not(None)).distinct()


def exercises_in_log(engine: Engine) -> frozenset[str]:
    """Return every exercise that was ever answered, even if undone."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_EXERCISES).scalars())


class ExamRepository(SqlRepository):
    """Adds the cards of the exam to those of the deck.

    Their ids exist only during the exam.
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

    def bury(self, card_id: str, day: date) -> None:
        """Bury a card; raise InputError for an exam question."""
        self._require_card(card_id)
        super().bury(card_id, day)

    def suspend(self, card_id: str, *, suspended: bool) -> None:
        """Suspend a card; raise InputError for an exam question."""
        self._require_card(card_id)
        super().suspend(card_id, suspended=suspended)

    def flagged(self, card_id: str) -> bool:
        """Return whether a card is flagged; raise InputError for an exam question."""
        self._require_card(card_id)
        return super().flagged(card_id)

    def _require_card(self, card_id: str) -> None:
        if card_id in self._cards:
            raise InputError("this question belongs to no card", "answer it, show its solution, or leave the exam")
