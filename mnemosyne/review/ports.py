"""What a session needs from outside: the place where cards and the log are kept (the store, or the memory of a test),
the time, and chance. It reads neither a clock nor a random generator itself.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mnemosyne.cards.card import Card
    from mnemosyne.review.record import Event, Pending, Review
    from mnemosyne.scheduling.memory import Memory


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cards a session is about: one topic, one tag, or all."""

    topic: str | None = None  # the topic's id; None: any
    tag: str | None = None  # None: any


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What was done on a study day already: scheduled reviews of seen cards, and cards seen for the first time."""

    reviews: int
    new: int  # cards seen for the first time


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """What a final round before an exam goes by."""

    begin: date  # the first study day of the round
    exam: date  # the day of the exam
    enough: float  # the probability of recall at the exam from which on a card is left out


@dataclass(frozen=True, slots=True)
class RoundCards:
    """The cards of a final round on a study day."""

    left: tuple[str, ...]  # ids of those not reviewed since it began, the least likely to be recalled at the exam first
    done: int  # how many others were reviewed on the day for the first time since it began


class Repository(Protocol):
    """Cards and the log. StoreError where the disk refuses a write; then nothing of its transaction has happened.

    A method that writes is one durable transaction, unless it is called within `transaction`. Only the question in
    progress, stored on its own, is not forced to the disk: it survives a kill, and a loss of power as the last durable
    transaction left it.
    """

    def transaction(self) -> AbstractContextManager[object]:
        """Make all that is read and written within it one durable transaction; all of it or, on an exception, nothing.

        RuntimeError for one within another.
        """

    def due(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards seen before that are due on `day` (`Memory.due_on`), oldest due first.

        Never suspended, buried or missing ones.
        """

    def most_urgent(self, day: date, scope: Scope) -> list[str]:
        """Return what `due` does, in the order in which the cards are asked where the day has no room for all.

        By SM-2 the card first that is overdue by the most of its interval, by FSRS the least likely to be recalled.
        """

    def ahead(self, day: date, days: int, scope: Scope) -> list[str]:
        """Return the ids of cards seen before `day` that come due within `days` after it, the first due first.

        Never suspended, buried or missing ones.
        """

    def new(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards never reviewed, in the order of learning; never suspended, buried or missing ones."""

    def counts(self, day: date, topic: str | None = None) -> DayCounts:
        """Return what was done on `day`, in one topic if it is given."""

    def round_cards(self, day: date, terms: RoundTerms, scope: Scope) -> RoundCards:
        """Return the cards of a final round; never new, suspended, buried or missing ones."""

    def drills(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards whose last grade on `day` is below 4, in the order of that grade.

        Never suspended, buried or missing ones.
        """

    def card(self, card_id: str) -> Card:
        """Return the card; KeyError if there is none."""

    def memory(self, card_id: str) -> Memory:
        """Return the card's state; a new card's `Memory()` if it was never reviewed."""

    def record(self, review: Review) -> Review:
        """Store the review and the card's new memory, clear its pending question, and return the review numbered.

        Where the card's memory is no longer what the review began with, the review goes on from what it is now: as a
        drill if the card was reviewed elsewhere on the same study day.

        KeyError if the card is gone.
        """

    def last_event(self) -> Event | None:
        """Return the newest event that is not undone."""

    def undo(self, event: Event) -> None:
        """Undo the event: mark it undone, and restore what was known of its cards before."""

    def pending(self) -> Pending | None:
        """Return the question in progress, if a session was cut off."""

    def set_pending(self, pending: Pending | None) -> None:
        """Remember the question in progress, or forget it."""

    def bury(self, card_id: str, day: date) -> None:
        """Hide the card until the study day after `day`."""

    def suspend(self, card_id: str, *, suspended: bool) -> None:
        """Suspend the card, which takes it out of all queues, or unsuspend it."""

    def flag(self, card_id: str, *, flagged: bool) -> None:
        """Flag the card, or unflag it."""

    def flagged(self, card_id: str) -> bool:
        """Return whether the card is flagged."""


class Clock(Protocol):
    """Time, place and chance; the wiring provides it, and tests set it."""

    @property
    def day_start(self) -> time:
        """The time of day at which a study day begins."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def zone(self) -> tzinfo:
        """Return the learner's time zone at present; it may change while a session runs."""

    def today(self) -> date:
        """Return the study day of the present moment."""

    def new_seed(self, card_id: str) -> int:
        """Return a seed for the card's next question, not the one that it gave for this card before."""
