"""A card's events as logged, and as they follow from each other by the scheduler.

Facts are kept: the grade, the study day, the order, whether it was asked as a drill, whether its
interval was fuzzed, and a due date set by hand. The memory before and after each event is computed
from them by SM-2, and the card's memory by the scheduler in use. If two devices ask a card on one
study day, only the first counts as a review: the second is a drill. Pure; what cannot be read in
the log is None here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mnemosyne.review.record import CardEvent, DueDateChange, Reset, Review
from mnemosyne.scheduling import fuzz, sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import SM2_KEY, DueDateSet, GradedAnswer, Scheduler


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A review, a drill, a reset or a due date that has not been undone; the last two have no quality.

    What cannot be read is None.
    """

    number: int  # its row in the log
    day: date | None  # the study day
    quality: int | None  # 0 to 5; None for a reset or a due date
    before: Memory | None  # the card's memory before it
    after: Memory | None  # the card's memory after it
    proposed: int | None = None  # the proposed quality, 0 to 5
    drill: bool = field(default=False, kw_only=True)  # whether it counts as a drill
    asked_as_drill: bool = field(default=False, kw_only=True)  # whether the card was asked as one
    fuzzed: bool = field(default=False, kw_only=True)  # whether its interval was varied a little
    # the due date set by the learner, which is logged without a memory
    due: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class CardLog:
    """A card with the memory in its row and its entries in the log, oldest first."""

    card_id: str  # the id of the card
    memory: Memory | None  # the memory in the card's row; None if it cannot be read
    entries: tuple[LoggedEvent, ...]


def replayed(history: CardLog) -> Iterator[tuple[LoggedEvent, Memory]]:
    """Yield the entries as they should be, each starting from the memory after the one before.

    Each comes with the memory after it.
    """
    memory = Memory()
    for entry in history.entries:
        if entry.due is not None:
            memory = memory.with_due(entry.due)
            yield entry, memory
            continue
        drill = entry.quality is not None and (entry.asked_as_drill or counts_as_drill(memory, entry.day))
        after = memory if drill else _after(history.card_id, entry, memory)
        right = (entry.before, entry.after, entry.drill) == (memory, after, drill)
        yield entry if right else replace(entry, before=memory, after=after, drill=drill), after
        memory = after


def counts_as_drill(memory: Memory, day: date | None) -> bool:
    """Return whether a review counts as a drill: the card was already reviewed on this study day."""
    return day is not None and memory.reviewed == day


def recomputed_review(review: Review, memory: Memory, scheduler: Scheduler) -> Review:
    """Return a new review computed from the card's current memory, whatever it was when the card was asked."""
    drill = review.drill or counts_as_drill(memory, review.study_day)
    graded = GradedAnswer(review.quality, review.study_day, review.proposed, drill)
    after = scheduler.review(review.card_id, memory, graded)
    return replace(review, before=memory, after=after, drill=drill)


def recomputed(history: CardLog, scheduler: Scheduler) -> CardLog:
    """Return the history as it should be under a scheduler; equal to the given one if that is right."""
    steps = tuple(replayed(history))
    entries = tuple(entry for entry, _ in steps)
    by_sm2 = steps[-1][1] if steps else Memory()
    memory = scheduler.scheduled(history.card_id, by_sm2, map(_fact, entries))
    return CardLog(history.card_id, memory, entries)


def under_scheduler(events: Sequence[CardEvent], scheduler: Scheduler) -> tuple[CardEvent, ...]:
    """Return a card's events, oldest first, with the scheduler's memory before and after each review."""
    if scheduler.key == SM2_KEY:
        return tuple(events)  # the log has them, fuzz included
    memory, laid_over = Memory(), list[CardEvent]()
    for event in events:
        if isinstance(event, Reset):
            memory = Memory()
            laid_over.append(event)
        elif isinstance(event, DueDateChange):
            memory = memory.with_due(event.days[0])
            laid_over.append(event)
        elif event.practice:
            laid_over.append(event)
        else:
            graded = GradedAnswer(event.quality, event.study_day, event.proposed, event.drill)
            after = scheduler.review(event.card_id, memory, graded)
            laid_over.append(replace(event, before=memory, after=after))
            memory = after
    return tuple(laid_over)


def _fact(entry: LoggedEvent) -> GradedAnswer | DueDateSet | None:
    if entry.due is not None:
        return DueDateSet()
    if entry.quality is None or entry.day is None:
        return None
    return GradedAnswer(entry.quality, entry.day, entry.proposed, entry.drill)


def _after(card_id: str, entry: LoggedEvent, memory: Memory) -> Memory:
    if entry.quality is None or entry.day is None:
        return Memory()
    if entry.fuzzed:
        return fuzz.review_with_fuzz(card_id, memory, entry.quality, entry.day)
    return sm2.review(memory, entry.quality, entry.day)


def follows_memory(review: Review, memory: Memory, *, same_scheduler: bool) -> bool:
    """Return whether the card's memory is still the review's `before`, by SM-2 if the scheduler has changed."""
    if not review.drill and counts_as_drill(memory, review.study_day):
        return False
    return memory == review.before if same_scheduler else memory.by_sm2() == review.before.by_sm2()
