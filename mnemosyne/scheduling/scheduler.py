"""Schedulers: SM-2 and FSRS behind one interface. Each is a fold of a card's events, in the order of the log.

Every scheduler keeps SM-2's state (what the log has before and after a review), so that switching back is exact; FSRS
lays its own interval and due over it. Nothing but the events, the study days and the scheduler decides, so a state can
always be computed again, under any scheduler.
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
_DIGITS: Final = 12  # decimals of a state: the last bits of powers differ between machines, and would add up


@dataclass(frozen=True, slots=True)
class Graded:
    """A graded answer, as far as it decides when a card comes back. `proposed` is the quality that was proposed."""

    quality: int  # 0 to 5
    day: date  # the study day
    proposed: int | None = None
    drill: bool = False  # whether it was asked again on the same day


@dataclass(frozen=True, slots=True)
class DueDateSet:
    """A due date that the learner set. It holds until the next review; drills leave it."""


class Scheduler(Protocol):
    """What decides when a card comes back."""

    @property
    def key(self) -> str:
        """What its states depend on beside the log; states under another key have to be computed again."""

    def review(self, card_id: str, memory: Memory, graded: Graded) -> Memory:
        """Return the state after a review or a drill; ValueError for a quality outside 0 to 5."""

    def scheduled(self, card_id: str, by_sm2: Memory, events: Iterable[Graded | DueDateSet | None]) -> Memory:
        """Return the state that all the events of a card lead to, from the one of SM-2; None is a reset."""

    def spans_until(self, recall: float) -> float:
        """Return after how many of its intervals, or of FSRS's stabilities, a card's recall has fallen so far."""


@dataclass(frozen=True, slots=True)
class Sm2Scheduler:
    """SM-2, with or without fuzz. A drill changes nothing."""

    fuzz: bool = False  # whether intervals vary a little

    @property
    def key(self) -> str:
        """The same with fuzz and without: whether a review was fuzzed is in the log."""
        return SM2_KEY

    def review(self, card_id: str, memory: Memory, graded: Graded) -> Memory:
        """Return the state after a review or a drill; ValueError for a quality outside 0 to 5."""
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
        events: Iterable[Graded | DueDateSet | None],  # noqa: ARG002
    ) -> Memory:
        """Return the state of SM-2: the log has it already."""
        return by_sm2

    def spans_until(self, recall: float) -> float:
        """Return after how many of its intervals a card's recall has fallen so far."""
        return intervals_until(recall)


@dataclass(frozen=True, slots=True)
class FsrsScheduler:
    """FSRS-6, with or without fuzz. A drill is a review on the same study day: it makes the next interval longer."""

    parameters: FsrsParameters  # the weights and the retention to aim for
    fuzz: bool = False  # whether intervals vary a little

    @property
    def key(self) -> str:
        """The version, the weights, the retention and fuzz: each of them moves due dates."""
        weights = " ".join(f"{weight:.6g}" for weight in self.parameters.weights)
        fuzzed = " fuzz" if self.fuzz else ""
        return f"fsrs-{fsrs.VERSION} {self.parameters.desired_retention:g}{fuzzed} {weights}"

    def review(self, card_id: str, memory: Memory, graded: Graded) -> Memory:
        """Return the state after a review or a drill; ValueError for a quality outside 0 to 5."""
        by_sm2 = Sm2Scheduler(self.fuzz).review(card_id, memory, graded)
        after = self._laid_over(card_id, by_sm2, memory.fsrs, self._next(memory.fsrs, graded))
        return replace(after, due=memory.due) if graded.drill and memory.due_by_hand else after

    def scheduled(self, card_id: str, by_sm2: Memory, events: Iterable[Graded | DueDateSet | None]) -> Memory:
        """Return the state that all the events of a card lead to, from the one of SM-2; None is a reset.

        A due date that was set is the one of SM-2, since nothing but a drill came after it.
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
        """Return after how many of its stabilities a card's recall has fallen so far."""
        return stabilities_until(recall, self.parameters.weights)

    def _next(self, memory: FsrsMemory | None, graded: Graded) -> FsrsMemory | None:
        """Return what FSRS knows after a review; a drill never makes a card seen."""
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
        """Return the state of SM-2 with the interval and due of FSRS, counted from the last review or drill."""
        if last is None or by_sm2.due is None:
            return by_sm2
        interval = fsrs.interval(self.parameters, last.stability)
        if self.fuzz:
            interval = fuzz.fuzzed_interval(interval, card_id, before.seen if before else None)
        memory = replace(last, sm2_interval=by_sm2.interval, sm2_due=by_sm2.due)
        return replace(by_sm2, interval=interval, due=plus_days(last.seen, interval), fsrs=memory)


def desired_retention_of(key: str) -> float | None:
    """Return the retention that the scheduler with this key aims for; None where it aims for none."""
    name, _, parameters = key.partition(" ")
    return float(parameters.partition(" ")[0]) if name == f"fsrs-{fsrs.VERSION}" else None


def intervals(
    scheduler: Scheduler, card_id: str, memory: Memory, day: date, *, proposed: int | None = None, drill: bool = False
) -> tuple[int, ...]:
    """Return in how many days each quality from 0 to 5 brings the card back; 0 is a drill below 4, the same day."""
    after = [scheduler.review(card_id, memory, Graded(quality, day, proposed, drill)) for quality in sm2.QUALITIES]
    if not drill:
        return tuple(memory.interval for memory in after)
    days = (max(0, days_between(day, memory.due or day)) for memory in after)
    return tuple(0 if quality < sm2.DRILL_BELOW else left for quality, left in enumerate(days))
