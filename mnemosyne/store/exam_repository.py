"""The repository of an exam: its questions stand in no card file, and their answers are logged as those of one card."""

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

EXAM: Final = "exam:compositions"  # the card of their answers; no card file can have an id with a colon
_EXERCISES: Final = select(review.c.exercise).where(review.c.exercise.is_not(None)).distinct()


def exercises_in_log(engine: Engine) -> frozenset[str]:
    """Return every exercise that was ever answered, what was undone included."""
    with reading(engine) as connection:
        return frozenset(connection.execute(_EXERCISES).scalars())


class ExamRepository(SqlRepository):
    """Knows the cards of the exam beside those of the deck. They have ids of their own only while the exam lasts."""

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
        self._cards = cards  # by their ids, with the exercises that they ask
        self._lost_card = lost_card

    def card(self, card_id: str) -> Card:
        """Return the card of the exam, or of the deck; KeyError if there is none."""
        return self._cards[card_id][0] if card_id in self._cards else super().card(card_id)

    def memory(self, card_id: str) -> Memory:
        """Return what is known of the card: nothing of one of the exam."""
        return Memory() if card_id in self._cards else super().memory(card_id)

    def record(self, review: Review) -> Review:
        """Store the review; that of an exam question goes to the one card that stands for all of them."""
        if review.card_id not in self._cards:
            return super().record(review)
        with self._writing() as connection:
            add_lost_cards(connection, {EXAM}, self._lost_card)
        return replace(super().record(replace(review, card_id=EXAM)), card_id=review.card_id)

    def last_event(self) -> Event | None:
        """Return the newest event; if it is an answer of this exam, as that to its question."""
        event = super().last_event()
        if isinstance(event, Review) and event.card_id == EXAM:
            ids = (card_id for card_id, (_, exercise) in self._cards.items() if exercise == event.exercise)
            return replace(event, card_id=next(ids, EXAM))
        return event

    def undo(self, event: Event) -> None:
        """Take it back."""
        if isinstance(event, Review) and event.card_id in self._cards:
            event = replace(event, card_id=EXAM)
        super().undo(event)

    def bury(self, card_id: str, day: date) -> None:
        """Hide a card; InputError for a question of the exam."""
        self._require_card(card_id)
        super().bury(card_id, day)

    def suspend(self, card_id: str, *, suspended: bool) -> None:
        """Suspend a card; InputError for a question of the exam."""
        self._require_card(card_id)
        super().suspend(card_id, suspended=suspended)

    def flagged(self, card_id: str) -> bool:
        """Return whether a card is flagged; InputError for a question of the exam."""
        self._require_card(card_id)
        return super().flagged(card_id)

    def _require_card(self, card_id: str) -> None:
        if card_id in self._cards:
            raise InputError("this question belongs to no card", "answer it, show its solution, or leave the exam")
