"""The agenda: what a session asks next.

First come questions set aside by an undo, then the queue, then the drills. Invariant: no card is
asked that is gone, cannot be made into a question, or was graded elsewhere meanwhile. Drills are
not kept here but looked up in the deck each time, so that a kill or an undo cannot make them wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import Question, make_question
from mnemosyne.errors import CardError, MnemosyneError, StoreError
from mnemosyne.review import queue
from mnemosyne.review.outcome import Progress
from mnemosyne.review.ports import Clock, Repository
from mnemosyne.review.question_state import QuestionState
from mnemosyne.review.record import MarkChange, Pending, RefusedGrade, Review
from mnemosyne.review.rules import Rules
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days

_SEEDS_TRIED = 8  # seeds tried for other numbers; with two variants, every other one fails


@dataclass(frozen=True, slots=True)
class GradedTotals:
    """Running totals over a session's reviews, so that a step costs no more in a long session."""

    answered: int = 0  # how many are not drills
    spent: timedelta = timedelta()
    days: frozenset[date] = frozenset()  # their study days

    def plus(self, review: Review) -> GradedTotals:
        """Return the totals with one more review."""
        days = self.days if review.study_day in self.days else self.days | {review.study_day}
        return GradedTotals(self.answered + (not review.drill), self.spent + review.duration, days)


@dataclass(frozen=True, slots=True)
class AgendaPosition:
    """How far a session has come.

    It is a value, so that a step refused by the deck leaves the previous one.
    """

    queue: tuple[str, ...] = ()  # ids of the session's cards in order, those already asked included
    reached: int = 0  # how many of the queue have been asked
    set_aside: tuple[QuestionState, ...] = ()  # questions to ask before the rest of the queue, last one first
    graded: tuple[Review, ...] = ()  # the reviews stored by the session
    totals: GradedTotals = field(default_factory=GradedTotals)  # the totals of `graded`
    dropped: tuple[tuple[int, QuestionState], ...] = ()  # by change of mark, with the event's number

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids of the queue that are still to be asked."""
        return self.queue[self.reached :]

    def after(self, review: Review) -> AgendaPosition:
        """Return the position after a review was stored."""
        return replace(self, graded=(*self.graded, review), totals=self.totals.plus(review))

    def before(self, review: Review) -> AgendaPosition:
        """Return the position after a review was undone."""
        graded = tuple(stored for stored in self.graded if stored.number != review.number)
        return replace(self, graded=graded, totals=reduce(GradedTotals.plus, graded, GradedTotals()))

    def without(self, card_id: str) -> AgendaPosition:
        """Return the position without the card, which may still be drilled."""
        set_aside = tuple(state for state in self.set_aside if state.card_id != card_id)
        if card_id not in self.waiting:
            return replace(self, set_aside=set_aside)
        queue = tuple(waiting_id for waiting_id in self.waiting if waiting_id != card_id)
        return replace(self, queue=queue, reached=0, set_aside=set_aside)


class Agenda:
    """The order of a session that began on the study day `begun`.

    All changing state is in `position`: restoring an earlier one undoes what came after it.
    """

    def __init__(self, repository: Repository, plan: SessionPlan, clock: Clock) -> None:
        self._repository = repository
        self._plan = plan
        self._clock = clock
        self._unaskable: set[str] = set()
        self.planned = queue.PlannedQueue()
        self.position = AgendaPosition()
        self.begun = clock.today()

    @property
    def graded(self) -> tuple[Review, ...]:
        """The reviews stored by the session, except those undone."""
        return self.position.graded

    def begin(self, rules: Rules) -> QuestionState | None:
        """Make the queue; return the first question: the interrupted one if its card is still to be asked."""
        pending = self._repository.pending() if self._plan.practice is None else None
        cut_off = None if pending is None or pending.drill else pending.card_id
        self.planned = queue.planned_queue(self._repository, self._plan, rules, self.begun, cut_off)
        self.position = AgendaPosition(self.planned.ids)
        state = self._resumed(pending) if pending is not None else None
        return state or self.next()

    @property
    def time_is_up(self) -> bool:
        """Whether the plan's time is used up."""
        return self._plan.time is not None and self.position.totals.spent >= self._plan.time

    def next(self) -> QuestionState | None:
        """Return the next question, newly drawn; None at the end."""
        if self.time_is_up:
            return None
        return self._next_set_aside() or self._next_of_queue() or self._next_drill()

    def _next_set_aside(self) -> QuestionState | None:
        while self.position.set_aside:
            *before, state = self.position.set_aside
            self.position = replace(self.position, set_aside=tuple(before))
            memory = self._memory(state.card_id)
            if self._to_be_asked(state, memory):
                return state if memory is None else replace(state, memory=memory)
        return None

    def _to_be_asked(self, state: QuestionState, memory: Memory | None) -> bool:
        if state.practice:
            return memory is not None
        return state.card_id in self._drills() if state.drill else self._due(state.card_id, memory)

    def _next_of_queue(self) -> QuestionState | None:
        while self.position.reached < len(self.position.queue):
            card_id = self.position.queue[self.position.reached]
            self.position = replace(self.position, reached=self.position.reached + 1)
            memory = self._memory(card_id)
            if self._due(card_id, memory) and (
                state := self._state(card_id, self._drawn_question, memory, drill=False)
            ):
                return replace(state, practice=True) if self._plan.practice is not None else state
        return None

    def _next_drill(self) -> QuestionState | None:
        states = (self._state(card_id, self._drawn_question, drill=True) for card_id in self._drills())
        return next((state for state in states if state is not None), None)

    def store(self, review: Review) -> Review | RefusedGrade:
        """Store the review and return it as logged, or a RefusedGrade if its card is gone."""
        try:
            stored = self._repository.record(review)
        except KeyError:
            return RefusedGrade(review.card_id, "this card is no longer in the deck; continue with the next one")
        self.position = self.position.after(stored)
        return stored

    def set_aside(self, state: QuestionState) -> None:
        """Ask the question later in its current state, before everything else that is waiting."""
        self.position = replace(self.position, set_aside=(*self.position.set_aside, state))

    def drop(self, event: MarkChange, state: QuestionState) -> None:
        """Remember the question that the event removes from the session."""
        self.position = replace(self.position, dropped=(*self.position.dropped, (event.number, state)))

    def dropped_by(self, event: MarkChange) -> QuestionState | None:
        """Return the question that the event removed from the session, if its card is still to be asked."""
        state = dict(self.position.dropped).get(event.number)
        return None if state is None else self.reworded(state)

    def back(self, review: Review) -> QuestionState | None:
        """Return the question of an undone review, as it was asked; None if it can no longer be asked.

        Its card is removed from the queue, so that it is not asked twice.
        """
        state = self._state(review.card_id, lambda card: make_question(card, review.seed), drill=review.drill)
        if state is not None and review.exercise is not None and state.question.expected.exercise is None:
            state = None  # its card no longer asks a question with an exercise
        is_of_queue = review.practice == (self._plan.practice is not None)
        self.position = self.position.before(review)
        if is_of_queue:  # practising a card does not keep it from being reviewed
            self.position = self.position.without(review.card_id)
        if state is not None and review.practice:
            return replace(state, practice=True)
        return state

    def reworded(self, state: QuestionState) -> QuestionState | None:
        """Return the question with its card and memory as they are now; None if it is no longer to be asked."""
        seed = state.question.seed
        present = self._state(state.card_id, lambda card: make_question(card, seed), drill=state.drill)
        if present is None:
            return None
        if not state.practice and (present.memory.new if state.drill else not self._due(state.card_id, present.memory)):
            return None
        return replace(state.asked_as(present.question), memory=present.memory)

    def progress(self, present: QuestionState | None) -> Progress:
        """Return how far the session has come, with `present` being asked."""
        states = [*self.position.set_aside, *([present] if present else [])]
        left = len(self.position.queue) - self.position.reached + sum(not state.drill for state in states)
        return Progress(self.position.totals.answered, left, len(self._drills()))

    def _resumed(self, pending: Pending) -> QuestionState | None:
        still_due = pending.card_id in (self._drills() if pending.drill else self.position.queue)
        if not still_due:
            return None
        self.position = self.position.without(pending.card_id)
        state = self._state(pending.card_id, lambda card: make_question(card, pending.seed), drill=pending.drill)
        if state is None or not (state.drill or self._due(state.card_id, state.memory)):
            return None  # gone, or graded in another session since the queue was planned
        return state.restored(pending)

    def _state(
        self, card_id: str, make: Callable[[Card], Question], memory: Memory | None = None, *, drill: bool
    ) -> QuestionState | None:
        """Return the card's question state; None if the card is gone or no question can be made of it."""
        try:
            return QuestionState(
                make(self._repository.card(card_id)), drill, memory or self._repository.memory(card_id)
            )
        except StoreError:
            raise
        except (KeyError, MnemosyneError):
            self._unaskable.add(card_id)
            return None

    def _drawn_question(self, card: Card) -> Question:
        """Return a newly drawn question; if the card has variants, unlike its last one in this session."""
        question = make_question(card, self._clock.new_seed(card.id))
        if not card.content.varies:
            return question
        last = next((review.seed for review in reversed(self.graded) if review.card_id == card.id), None)
        if last is None:
            return question
        before = make_question(card, last)
        for _ in range(_SEEDS_TRIED):
            if (question.prompt, question.expected) != (before.prompt, before.expected):
                break
            question = make_question(card, self._clock.new_seed(card.id))
        return question

    def _memory(self, card_id: str) -> Memory | None:
        try:
            return self._repository.memory(card_id)
        except (CardError, KeyError):
            return None

    def _due(self, card_id: str, memory: Memory | None) -> bool:
        """Whether a card with this memory is still to be asked; false if it is gone."""
        today = max(self.begun, self._clock.today())
        if memory is None or self._plan.practice is not None:
            return memory is not None
        if memory.due_on(today) or memory.reviewed == today:
            return memory.due_on(today)
        return self.planned.comes_early(card_id, memory) or memory.due_on(plus_days(today, self._plan.ahead))

    def _drills(self) -> list[str]:
        days = {self.begun, self._clock.today(), *self.position.totals.days}
        ids = queue.drill_queue(self._repository, self._plan, days, self.graded)
        return [card_id for card_id in ids if card_id not in self._unaskable]
