"""Agenda: what a session asks next. First a question that an undo had set aside, then the queue, then the drills.

Invariant: no card is asked that is gone, cannot be made into a question, or was graded elsewhere meanwhile.
Drills are never kept here: they are looked up in the deck each time, so a kill or an undo cannot make them wrong.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from mnemosyne.cards.card import Card, Choice, Content, Derivative, Numeric
from mnemosyne.cards.question import Question, make_question
from mnemosyne.errors import CardError, ConflictError, MnemosyneError, StoreError
from mnemosyne.review import queue
from mnemosyne.review.outcome import Progress
from mnemosyne.review.ports import Repository, Scope
from mnemosyne.review.question_state import QuestionState
from mnemosyne.review.record import Pending, Review
from mnemosyne.review.rules import Rules
from mnemosyne.review.session_clock import Clock
from mnemosyne.scheduling.memory import Memory

_SEEDS_TRIED = 8  # to ask a card again with other numbers; with two variants one try in two is in vain


class Agenda:
    """The order of a session that was begun on the study day `begun`; `graded` are the reviews that it stored."""

    def __init__(self, repository: Repository, scope: Scope, clock: Clock) -> None:
        self._repository = repository
        self._scope = scope
        self._clock = clock
        self._unaskable: set[str] = set()
        self._set_aside: list[QuestionState] = []
        self._queue: deque[str] = deque()
        self.begun = clock.today()
        self.graded: list[Review] = []
        self.refused = ""

    def begin(self, rules: Rules, limit: int | None) -> QuestionState | None:
        """Make the queue; return the first question: the interrupted one if its card is still to be asked."""
        pending = self._repository.pending()
        cut_off = None if pending is None or pending.drill else pending.card_id
        self._queue.extend(queue.plan(self._repository, self._scope, rules, self.begun, limit, cut_off))
        state = self._resumed(pending) if pending is not None else None
        return state or self.next()

    def next(self) -> QuestionState | None:
        """Return the next question, freshly drawn; None at the end."""
        while self._set_aside:
            state = self._set_aside[-1]
            memory = self._memory(state.card_id)
            still_due = state.card_id in self._drills() if state.drill else self._due(memory)
            self._set_aside.pop()  # only now: a read that fails must not lose the question
            if still_due:
                return state if memory is None else replace(state, memory=memory)
        while self._queue:
            card_id = self._queue[0]
            memory = self._memory(card_id)
            fresh = self._state(card_id, False, self._drawn, memory) if self._due(memory) else None
            self._queue.popleft()
            if fresh:
                return fresh
        for card_id in self._drills():
            if fresh := self._state(card_id, True, self._drawn):
                return fresh
        return None

    def store(self, review: Review) -> Review:
        """The review as it is in the log; as it was, and why in `refused`, if its card is gone or graded elsewhere."""
        self.refused = ""
        try:
            stored = self._repository.record(review)
        except KeyError:
            self.refused = f"{review.card_id}: the deck has this card no more; go on with the next one"
            return review
        except ConflictError as error:
            self.refused = str(error)
            return review
        self.graded.append(stored)
        return stored

    def set_aside(self, state: QuestionState) -> None:
        """Ask it again, as it stands, once nothing has been put before it."""
        self._set_aside.append(state)

    def back(self, review: Review) -> QuestionState | None:
        """The question of a review that was taken back, as it was asked then; its card is asked no second time."""
        state = self._state(review.card_id, review.drill, lambda card: make_question(card, review.seed))
        if state is not None and not review.drill and state.memory != review.before and not self._due(state.memory):
            state = None  # graded in another session since it was taken back, in the moment before this one looked
        self.graded = [stored for stored in self.graded if stored.number != review.number]
        self._forget(review.card_id)
        return state

    def reworded(self, state: QuestionState) -> QuestionState | None:
        """Return the question with its card and memory as they are now; None if it is no longer to be asked."""
        seed = state.question.seed
        present = self._state(state.card_id, state.drill, lambda card: make_question(card, seed))
        if present is None or (present.memory.new if state.drill else not self._due(present.memory)):
            return None
        return replace(state.asked_as(present.question), memory=present.memory)

    def progress(self, present: QuestionState | None) -> Progress:
        """How far the session has come, with `present` being asked."""
        answered = sum(not review.drill for review in self.graded)
        turns = [*self._set_aside, *([present] if present else [])]
        return Progress(answered, len(self._queue) + sum(not state.drill for state in turns), len(self._drills()))

    def _resumed(self, pending: Pending) -> QuestionState | None:
        still_due = pending.card_id in (self._drills() if pending.drill else self._queue)
        if not still_due:
            return None
        self._forget(pending.card_id)
        state = self._state(pending.card_id, pending.drill, lambda card: make_question(card, pending.seed))
        if state is None or not (state.drill or self._due(state.memory)):
            return None  # gone, or graded in another session since the queue was made
        return state.restored(pending)

    def _state(
        self, card_id: str, drill: bool, make: Callable[[Card], Question], memory: Memory | None = None
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

    def _drawn(self, card: Card) -> Question:
        """A question with a new seed; unlike the one before in this session, if the card has variants."""
        question = make_question(card, self._clock.new_seed(card.id))
        last = next((review.seed for review in reversed(self.graded) if review.card_id == card.id), None)
        if last is None or not _varies(card.content):
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

    def _due(self, memory: Memory | None) -> bool:
        """Whether a card with this memory is still to be asked; not if it is gone."""
        return memory is not None and memory.due_on(max(self.begun, self._clock.today()))

    def _drills(self) -> list[str]:
        ids = queue.drill_queue(self._repository, self._scope, self.begun, self._clock.today(), self.graded)
        return [card_id for card_id in ids if card_id not in self._unaskable]

    def _forget(self, card_id: str) -> None:
        self._set_aside = [state for state in self._set_aside if state.card_id != card_id]
        if card_id in self._queue:
            self._queue.remove(card_id)


def _varies(content: Content) -> bool:
    """Whether another seed may give another question."""
    match content:
        case Derivative() | Numeric():
            return bool(content.where)
        case _:
            return isinstance(content, Choice)
