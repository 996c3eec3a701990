"""What a session needs from outside: cards and log (the store, or memory in tests), time, and random seeds.

The session itself reads no clock and no random generator.
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
    """Which cards a session covers: those of a topic, of a tag, or all."""

    topic: str | None = None  # the topic's id; None for all
    tag: str | None = None  # None for all


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What has been done on a study day: scheduled reviews of seen cards, and cards seen for the first time."""

    reviews: int
    new: int  # cards seen for the first time


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """The parameters of a final round before an exam."""

    begin: date  # the first study day of the round
    exam: date  # the day of the exam
    enough: float  # the probability of recall at the exam from which a card is left out


@dataclass(frozen=True, slots=True)
class RoundCards:
    """The cards of a final round on a study day."""

    left: tuple[str, ...]  # ids of those not reviewed since it began, least likely to be recalled first
    done: int  # how many others were reviewed on that day for the first time since it began


class Repository(Protocol):
    """Stores cards and the log.

    StoreError means that a write failed, and that nothing of its transaction happened. A method
    that writes is one durable transaction, unless it is called within `transaction`. Only a pending
    question stored on its own is not forced to the disk: it survives a kill, but a loss of power
    may bring back an older state.
    """

    def transaction(self) -> AbstractContextManager[object]:
        """Make everything inside one durable transaction: all of it or, on an exception, nothing.

        Raise RuntimeError if nested.
        """

    def due(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards seen before that are due on `day` (`Memory.due_on`), oldest due first.

        Never suspended, buried or missing ones.
        """

    def most_urgent(self, day: date, scope: Scope) -> list[str]:
        """Return the cards of `due` in the order to use if the day has no room for all of them.

        For SM-2, the card overdue by the most of its interval comes first; for FSRS, the least
        likely to be recalled.
        """

    def ahead(self, day: date, days: int, scope: Scope) -> list[str]:
        """Return the ids of cards seen before `day` that come due within `days` after it, earliest due first.

        Never suspended, buried or missing ones.
        """

    def new(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards never reviewed, in the order of learning; never suspended, buried or missing ones."""

    def counts(self, day: date, topic: str | None = None) -> DayCounts:
        """Return what has been done on `day`, in one topic if given."""

    def round_cards(self, day: date, terms: RoundTerms, scope: Scope) -> RoundCards:
        """Return the cards of a final round; never new, suspended, buried or missing ones."""

    def drills(self, day: date, scope: Scope) -> list[str]:
        """Return the ids of cards whose last grade on `day` is below 4, in the order of those grades.

        Never suspended, buried or missing ones.
        """

    def card(self, card_id: str) -> Card:
        """Return the card; raise KeyError if there is none."""

    def memory(self, card_id: str) -> Memory:
        """Return the card's memory, `Memory()` if it was never reviewed."""

    def record(self, review: Review) -> Review:
        """Store the review and the card's new memory, and clear the pending question; return the review as logged.

        If the card's memory has changed since it was asked, the review is recomputed from the
        current one: as a drill if the card was already reviewed on that study day.

        Raise KeyError if the card is gone.
        """

    def last_event(self) -> Event | None:
        """Return the newest event that has not been undone."""

    def undo(self, event: Event) -> None:
        """Undo the event: mark it as undone, and restore its cards' earlier state."""

    def pending(self) -> Pending | None:
        """Return the pending question of an interrupted session, or None."""

    def set_pending(self, pending: Pending | None) -> None:
        """Store the pending question, or clear it."""

    def bury(self, card_id: str, day: date) -> None:
        """Bury the card until the study day after `day`."""

    def suspend(self, card_id: str, *, suspended: bool) -> None:
        """Suspend the card, which takes it out of all queues, or unsuspend it."""

    def flag(self, card_id: str, *, flagged: bool) -> None:
        """Flag the card, or unflag it."""

    def flagged(self, card_id: str) -> bool:
        """Return whether the card is flagged."""


class Clock(Protocol):
    """Time, time zone and seeds; passed in by the wiring and by tests."""

    @property
    def day_start(self) -> time:
        """The time of day at which a study day begins."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""

    def zone(self) -> tzinfo:
        """Return the learner's current time zone, which may change during a session."""

    def today(self) -> date:
        """Return the current study day."""

    def new_seed(self, card_id: str) -> int:
        """Return a seed for the card's next question, different from the last one given for this card."""
