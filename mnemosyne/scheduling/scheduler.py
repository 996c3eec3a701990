"""Schedulers: SM-2 and FSRS behind one interface. Each computes a card's state from its events, in the
order of the log.

Every scheduler keeps SM-2's state (which the log has before and after a review), so that switching back is
exact; FSRS replaces its interval and due date. A state depends only on the events, the study days and the
scheduler, so it can always be computed again, under any scheduler.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from mnemosyne.scheduling import fsrs, fuzz, sm2
from mnemosyne.scheduling.fsrs import FsrsParameters, FsrsState
from mnemosyne.scheduling.memory import FsrsMemory, Memory
from mnemosyne.scheduling.retrievability import intervals_until, stabilities_until
from mnemosyne.scheduling.study_day import days_between, plus_days

SM2_KEY: Final = "sm2"
_DIGITS: Final = 12  # decimals of a state: the last bits of powers differ between machines, which would add up


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """A graded answer, reduced to what affects scheduling. `proposed` is the quality that the program proposed."""

    quality: int  # 0 to 5
    day: date  # the study day
    proposed: int | None = None
    drill: bool = False  # whether it was asked again on the same day


@dataclass(frozen=True, slots=True)
class DueDateSet:
    """A due date set by the learner. It holds until the next review; drills do not change it."""


class Scheduler(Protocol):
    """The interface of a scheduler."""

    @property
    def key(self) -> str:
        """Everything that its states depend on besides the log; states under another key must be computed again."""

    def review(self, card_id: str, memory: Memory, graded: GradedAnswer) -> Memory:
        """Return the state after a review or a drill; raise ValueError for a quality outside 0 to 5."""

    def scheduled(self, card_id: str, by_sm2: Memory, events: Iterable[GradedAnswer | DueDateSet | None]) -> Memory:
        """Return the state that all the events of a card lead to, given SM-2's state; None is a reset."""

    def spans_until(self, recall: float) -> float:
        """Return the time for recall to fall to `recall`, as a multiple of a card's interval or of FSRS's stability."""


@dataclass(frozen=True, slots=True)
class Sm2Scheduler:
    """SM-2, with or without fuzz. Drills change nothing."""

    fuzz: bool = False  # whether intervals vary a little

    @property
    def key(self) -> str:
        """A constant, with or without fuzz: the log says whether a review was fuzzed."""
        return SM2_KEY

    def review(self, card_id: str, memory: Memory, graded: GradedAnswer) -> Memory:
        """Return the state after a review or a drill; raise ValueError for a quality outside 0 to 5."""
        memory = memory.by_sm2()
        if self.fuzz:
            after = fuzz.review_with_fuzz(card_id, memory, graded.quality, graded.day)
        else:
            after = sm2.review(memory, graded.quality, graded.day)
        return memory if graded.drill else after

    def scheduled(
        self,
        card_id: str,  # noqa: ARG002
        by_sm2: Memory,
        events: Iterable[GradedAnswer | DueDateSet | None],  # noqa: ARG002
    ) -> Memory:
        """Return SM-2's state, which the log has."""
        return by_sm2

    def spans_until(self, recall: float) -> float:
        """Return the time for recall to fall to `recall`, as a multiple of a card's interval."""
        return intervals_until(recall)


@dataclass(frozen=True, slots=True)
class FsrsScheduler:
    """FSRS-6, with or without fuzz.

    A drill counts as a review on the same study day, so it changes the next interval.
    """

    parameters: FsrsParameters  # the weights and the target retention
    fuzz: bool = False  # whether intervals vary a little

    @property
    def key(self) -> str:
        """The version, the retention, fuzz and the weights: each of them affects due dates."""
        weights = " ".join(f"{weight:.6g}" for weight in self.parameters.weights)
        fuzzed = " fuzz" if self.fuzz else ""
        return f"fsrs-{fsrs.VERSION} {self.parameters.desired_retention:g}{fuzzed} {weights}"

    def review(self, card_id: str, memory: Memory, graded: GradedAnswer) -> Memory:
        """Return the state after a review or a drill; raise ValueError for a quality outside 0 to 5."""
        by_sm2 = Sm2Scheduler(self.fuzz).review(card_id, memory, graded)
        after = self._laid_over(card_id, by_sm2, memory.fsrs, self._next(memory.fsrs, graded))
        return replace(after, due=memory.due) if graded.drill and memory.due_by_hand else after

    def scheduled(self, card_id: str, by_sm2: Memory, events: Iterable[GradedAnswer | DueDateSet | None]) -> Memory:
        """Return the state that all the events of a card lead to, given SM-2's state; None is a reset.

        A due date set by the learner is the one in SM-2's state, since only drills can have come after it.
        """
        before, last, by_hand = None, None, False
        for event in events:
            if isinstance(event, DueDateSet):
                by_hand = True
            elif event is None:
                before, last, by_hand = None, None, False
            else:
                before, last, by_hand = last, self._next(last, event), by_hand and event.drill
            if by_hand:
                by_hand = self._laid_over(card_id, by_sm2, before, last).due != by_sm2.due
        after = self._laid_over(card_id, by_sm2, before, last)
        return replace(after, due=by_sm2.due) if by_hand else after

    def spans_until(self, recall: float) -> float:
        """Return the time for recall to fall to `recall`, as a multiple of a card's stability."""
        return stabilities_until(recall, self.parameters.weights)

    def _next(self, memory: FsrsMemory | None, graded: GradedAnswer) -> FsrsMemory | None:
        """Return FSRS's state after a review; None if the card had only drills."""
        rating = fsrs.rating_of(graded.quality, graded.proposed)
        weights = self.parameters.weights
        if memory is None:
            if graded.drill:
                return None
            state = fsrs.first_state(weights, rating)
        else:
            before = FsrsState(memory.stability, memory.difficulty)
            state = fsrs.next_state(weights, before, days_between(memory.seen, graded.day), rating)
        return FsrsMemory(round(state.stability, _DIGITS), round(state.difficulty, _DIGITS), graded.day, 0, graded.day)

    def _laid_over(self, card_id: str, by_sm2: Memory, before: FsrsMemory | None, last: FsrsMemory | None) -> Memory:
        """Return SM-2's state with FSRS's interval and due date, counted from the last review or drill."""
        if last is None or by_sm2.due is None:
            return by_sm2
        interval = fsrs.interval(self.parameters, last.stability)
        if self.fuzz:
            interval = fuzz.fuzzed_interval(interval, card_id, before.seen if before else None)
        memory = replace(last, sm2_interval=by_sm2.interval, sm2_due=by_sm2.due)
        return replace(by_sm2, interval=interval, due=plus_days(last.seen, interval), fsrs=memory)


def desired_retention_of(key: str) -> float | None:
    """Return the target retention of the scheduler with this key; None if it has none."""
    name, _, parameters = key.partition(" ")
    return float(parameters.partition(" ")[0]) if name == f"fsrs-{fsrs.VERSION}" else None


def intervals(
    scheduler: Scheduler, card_id: str, memory: Memory, day: date, *, proposed: int | None = None, drill: bool = False
) -> tuple[int, ...]:
    """Return the days after which each quality from 0 to 5 brings the card back; in a drill, 0 (the
    same day) for qualities below 4.
    """
    after = [
        scheduler.review(card_id, memory, GradedAnswer(quality, day, proposed, drill)) for quality in sm2.QUALITIES
    ]
    if not drill:
        return tuple(memory.interval for memory in after)
    days = (max(0, days_between(day, memory.due or day)) for memory in after)
    return tuple(0 if quality < sm2.DRILL_BELOW else left for quality, left in enumerate(days))
