"""A repository in memory, a clock that is set by hand, and a learner: what every test of a session needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import Any

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.choice import Choice, Option
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.review.card_log import recomputed_review
from mnemosyne.review.outcome import Outcome
from mnemosyne.review.ports import DayCounts, RoundCards, RoundTerms, Scope
from mnemosyne.review.record import Event, Mark, MarkChange, Pending, Reset, Review
from mnemosyne.review.rules import Rules
from mnemosyne.review.session import Session
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import Sm2Scheduler
from mnemosyne.scheduling.sm2 import DRILL_BELOW
from mnemosyne.scheduling.study_day import days_between, plus_days, study_day
from mnemosyne.verdict import Link, Verdict, Word

LINK = Link("sin(u)", "x^2", "cos(x^2)")


class Killed(BaseException):
    """Ends the test's process, as far as a session can tell: nothing catches it."""


@dataclass
class Place:
    """A card in the repository."""

    card: Card
    memory: Memory = field(default_factory=Memory)
    suspended: bool = False
    flagged: bool = False
    hidden_until: date = date.min


class MemoryRepository:
    """The store's port, kept in memory. After `kill_before_write(n)` it dies before the n-th write from then on."""

    def __init__(self, cards: list[Card]) -> None:
        self.places = {card.id: Place(card) for card in cards}
        self.log: list[Review] = []
        self.undone: set[int] = set()
        self.resets: list[tuple[Reset, int, dict[str, Memory]]] = []  # with the newest review: what was known before it
        self.changes: list[tuple[MarkChange, int, Place]] = []  # with the newest review: how the card was before it
        self.in_progress: Pending | None = None
        self.writes = 0
        self._last_write: int | None = None
        self._in_transaction = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written within it, or none of it."""
        assert not self._in_transaction, "no transaction inside another"
        state_before = {
            name: copy(getattr(self, name)) for name in ("log", "undone", "resets", "changes", "in_progress")
        }
        state_before["places"] = {card_id: replace(place) for card_id, place in self.places.items()}
        self._in_transaction = True
        try:
            yield
        except BaseException:
            vars(self).update(state_before)
            raise
        finally:
            self._in_transaction = False

    def kill_before_write(self, number: int | None) -> None:
        self._last_write = None if number is None else self.writes + number

    def remove(self, card_id: str) -> None:
        del self.places[card_id]

    def edit(self, card: Card) -> None:
        self.places[card.id].card = card

    def state(self) -> dict[str, Any]:
        """Return all that schedules: what undoing everything has to restore."""
        return {card_id: replace(place) for card_id, place in self.places.items()}

    def due(self, day: date, scope: Scope) -> list[str]:
        due_places = [place for place in self._open(day, scope) if not place.memory.new and place.memory.due_on(day)]
        return [place.card.id for place in sorted(due_places, key=lambda place: place.memory.due or date.min)]

    def most_urgent(self, day: date, scope: Scope) -> list[str]:
        def overdue(card_id: str) -> float:
            memory = self.places[card_id].memory
            return days_between(memory.due or day, day) / max(1, memory.interval)

        return sorted(self.due(day, scope), key=overdue, reverse=True)

    def ahead(self, day: date, days: int, scope: Scope) -> list[str]:
        reviewed_places = [place for place in self._open(day, scope) if place.memory.reviewed not in (None, day)]
        coming_places = [
            place for place in reviewed_places if place.memory.due and day < place.memory.due <= plus_days(day, days)
        ]
        return [place.card.id for place in sorted(coming_places, key=lambda place: place.memory.due or date.min)]

    def new(self, day: date, scope: Scope) -> list[str]:
        return [place.card.id for place in self._open(day, scope) if place.memory.new]

    def round_cards(self, day: date, terms: RoundTerms, scope: Scope) -> RoundCards:
        places = [place for place in self._open(day, scope) if (place.memory.reviewed or date.max) < terms.begin]
        recalls = {place.card.id: recall_on(place.memory, terms.exam, DEFAULT_WEIGHTS) or 0 for place in places}
        left = sorted((recall, card_id) for card_id, recall in recalls.items() if recall < terms.enough)
        reviews = [review for review in self.reviews() if review.study_day == day and review.scheduled]
        reviews = [review for review in reviews if self.places[review.card_id].card.topic == scope.topic]
        before = sum((review.before.reviewed or date.max) < terms.begin for review in reviews)
        return RoundCards(tuple(card_id for _, card_id in left), before)

    def counts(self, day: date, topic: str | None = None) -> DayCounts:
        reviews = [review for review in self.reviews() if review.study_day == day and review.scheduled]
        reviews = [review for review in reviews if topic in (None, self.places[review.card_id].card.topic)]
        new = sum(review.before.new for review in reviews)
        return DayCounts(reviews=len(reviews) - new, new=new)

    def drills(self, day: date, scope: Scope) -> list[str]:
        last = {review.card_id: review for review in self.reviews() if review.study_day == day and not review.practice}
        below = sorted((r for r in last.values() if r.quality < DRILL_BELOW), key=lambda r: r.number)
        open_ids = {place.card.id for place in self._open(day, scope) if not place.memory.new}
        return [review.card_id for review in below if review.card_id in open_ids]

    def card(self, card_id: str) -> Card:
        return self.places[card_id].card

    def memory(self, card_id: str) -> Memory:
        return self.places[card_id].memory

    def record(self, review: Review) -> Review:
        self._write()
        place = self.places[review.card_id]
        if place.memory != review.before and not review.practice:
            review = recomputed_review(review, place.memory, Sm2Scheduler())
        if review.scheduled:
            place.memory = review.after
        stored = replace(review, number=len(self.log) + 1)
        self.log.append(stored)
        if not review.practice:
            self.in_progress = None
        return stored

    def last_event(self) -> Event | None:
        review = next(reversed(self.reviews()), None)
        placed = [(review.number, 0, review)] if review else []
        placed += [(after, event.number, event) for event, after, _ in (*self.resets[-1:], *self.changes[-1:])]
        return max(placed, key=lambda entry: entry[:2])[2] if placed else None

    def _next_number(self) -> int:
        """Number resets and changes of marks together; those that were undone no longer count."""
        return 1 + max((event.number for event, *_ in (*self.resets, *self.changes)), default=0)

    def undo(self, event: Event) -> None:
        self._write()
        if isinstance(event, Reset):
            self._know(self.resets.pop()[2])
        elif isinstance(event, MarkChange):
            before = self.changes.pop()[2]
            now = self.places[before.card.id]
            now.suspended, now.flagged, now.hidden_until = before.suspended, before.flagged, before.hidden_until
        else:
            self.undone.add(event.number)
            self._know({event.card_id: event.before} if event.scheduled else {})

    def reset(self, *card_ids: str) -> None:
        """Reset these cards to new, as the learner does outside a session."""
        before = {card_id: self.places[card_id].memory for card_id in card_ids if not self.places[card_id].memory.new}
        event = Reset(tuple(before), datetime.max.replace(tzinfo=UTC), date.max, self._next_number())
        self.resets.append((event, len(self.log), before))
        self._know(dict.fromkeys(before, Memory()))

    def _know(self, memories: dict[str, Memory]) -> None:
        for card_id in memories.keys() & self.places:
            self.places[card_id].memory = memories[card_id]

    def pending(self) -> Pending | None:
        return self.in_progress

    def set_pending(self, pending: Pending | None) -> None:
        self._write()
        if pending is not None and pending.card_id not in self.places:
            raise KeyError(pending.card_id)
        self.in_progress = pending

    def bury(self, card_id: str, day: date) -> None:
        self._mark(card_id, Mark.BURIED, plus_days(day, 1))

    def suspend(self, card_id: str, suspended: bool) -> None:
        self._mark(card_id, Mark.SUSPENDED, suspended)

    def flag(self, card_id: str, flagged: bool) -> None:
        self._mark(card_id, Mark.FLAGGED, flagged)

    def _mark(self, card_id: str, mark: Mark, value: Any) -> None:
        self._write()
        place = self.places[card_id]
        name = "hidden_until" if mark is Mark.BURIED else mark.value
        if getattr(place, name) != value:
            event = MarkChange(mark, (card_id,), bool(value), datetime.max.replace(tzinfo=UTC), self._next_number())
            self.changes.append((event, len(self.log), replace(place)))
            setattr(place, name, value)

    def flagged(self, card_id: str) -> bool:
        return self.places[card_id].flagged

    def reviews(self) -> list[Review]:
        return [review for review in self.log if review.number not in self.undone]

    def _open(self, day: date, scope: Scope) -> list[Place]:
        return [
            place
            for place in self.places.values()
            if not place.suspended
            and place.hidden_until <= day
            and scope.topic in (None, place.card.topic)
            and (scope.tag is None or scope.tag in place.card.tags)
        ]

    def _write(self) -> None:
        self.writes += 1
        if self._last_write is not None and self.writes >= self._last_write:
            raise Killed


class TurnedClock:
    """A clock that stands still until it is turned; the seeds of each card count up."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.place: tzinfo = UTC
        self.day_start = time(4)
        self.seeds: Counter[str] = Counter()

    def now(self) -> datetime:
        return self.moment

    def zone(self) -> tzinfo:
        return self.place

    def today(self) -> date:
        return study_day(self.moment, self.place, self.day_start)

    def new_seed(self, card_id: str) -> int:
        self.seeds[card_id] += 1
        return self.seeds[card_id]

    def turn(self, **span: float) -> None:
        self.moment += timedelta(**span)


class Learner:
    """A learner in a session, which is started, answered and left; `asked_id` is that of the card he is asked."""

    def __init__(self, repository: MemoryRepository, clock: TurnedClock) -> None:
        self.repository = repository
        self.clock = clock
        self.session: Session
        self._how: tuple[SessionPlan, Rules]

    def start(
        self,
        rules: Rules | None = None,
        scope: Scope | None = None,
        limit: int | None = None,
        plan: SessionPlan | None = None,
    ) -> Session:
        plan = plan or SessionPlan(scope or Scope(), limit)
        self._how = (plan, rules or Rules(shuffle=False))
        return self.restart()

    def restart(self) -> Session:
        """Start a new session on what is in the repository, as after a kill."""
        self.session = Session(self.repository, *self._how, self.clock)
        return self.session

    @property
    def asked_id(self) -> str | None:
        question = self.session.question
        return question.card.id if question else None

    def right(self, links: int = 0) -> Outcome:
        return self.session.answer("2x cos(x^2)", Verdict(Word.CORRECT, "Correct.", links=(LINK,) * links))

    def wrong(self, misconception: str | None = None) -> Outcome:
        verdict = Verdict(Word.INCORRECT, "Not the derivative.", misconception=misconception, links=(LINK, LINK))
        return self.session.answer("cos(x^2)", verdict)

    def fail(self) -> Outcome:
        """Answer wrongly until no further answer is accepted."""
        outcome = self.wrong()
        return outcome if outcome.proposal else self.wrong()

    def do(self, quality: int, seconds: float = 5) -> Review:
        """Answer the current question and grade it."""
        self.clock.turn(seconds=seconds)
        self.right() if quality >= 3 else self.fail()
        return self.session.grade(quality)

    def grade_all(self, *qualities: int) -> list[str]:
        """Answer a question for each quality and grade it; return the ids of the cards that were asked."""
        card_ids = []
        for quality in qualities:
            card_ids.append(self.asked_id or "")
            self.do(quality)
        return card_ids

    def finish(self) -> list[str]:
        """Answer perfectly until the session is finished; return the ids of the cards that were asked."""
        card_ids = []
        while self.asked_id is not None:
            card_ids.append(self.asked_id)
            self.do(5)
        return card_ids


def _content(kind: str) -> Content:
    match kind:
        case "derivative":
            where = {name: tuple(Fraction(number) for number in range(2, 10)) for name in ("a", "n")}
            return Derivative("sin(a*x^n)", where=where)
        case "choice":
            return Choice("Which is outside in $sin(x^2)$?", (Option("sin", right=True), Option("x^2")))
        case _:
            return Recall("What is the chain rule?", "Rates multiply.")


@pytest.fixture(scope="session")
def make_card() -> Callable[..., Card]:
    """Return a function that makes a card of any kind: recall unless told otherwise."""

    def make(card_id: str, kind: str = "recall", **more: Any) -> Card:
        return Card(card_id, more.pop("topic", "chain-rule"), more.pop("content", _content(kind)), **more)

    return make


@pytest.fixture(scope="session")
def make_learner(make_card: Callable[..., Card]) -> Callable[..., Learner]:
    """Return a function that makes a learner with cards, or new recall cards by id, at noon of 15 January 2024."""

    def make(*cards: Card | str) -> Learner:
        repository = MemoryRepository([card if isinstance(card, Card) else make_card(card) for card in cards])
        return Learner(repository, TurnedClock(datetime(2024, 1, 15, 12, 0, tzinfo=UTC)))

    return make


@pytest.fixture(scope="session")
def make_due() -> Callable[..., None]:
    """Return a function that makes cards due on a day, six days after their last review."""

    def mark(repository: MemoryRepository, due: date, *card_ids: str) -> None:
        for card_id in card_ids:
            repository.places[card_id].memory = Memory(2, 250, 6, 0, due, plus_days(due, -6))

    return mark


@pytest.fixture(scope="session")
def killed() -> type[BaseException]:
    """Return the exception that a repository raises where the process is killed."""
    return Killed
