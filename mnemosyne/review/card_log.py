"""History: one card's events as the log has them, and as they have to be for the schedule to be their fold.

What happened stands: the quality, the study day, the order, whether it was asked as a drill, whether its interval was
fuzzed, the due date that was set by hand. What was known before and after each event follows from it by SM-2, and so
does the card's memory, by the scheduler that is set. A card that two machines asked on one study day was reviewed once:
the second time counts as a drill. Pure; what cannot be read in the log comes here as None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mnemosyne.review.record import CardEvent, DueDateChange, Reset, Review
from mnemosyne.scheduling import fuzz, sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import SM2_KEY, DueDateSet, Graded, Scheduler


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A review, a drill, a reset or a due date (both without a quality) that counts. None is what cannot be read."""

    number: int  # the row in the log
    day: date | None  # the study day
    quality: int | None  # 0 to 5; None of a reset
    before: Memory | None  # the card's memory before it
    after: Memory | None  # the card's memory after it
    proposed: int | None = None  # the quality that was proposed, 0 to 5
    drill: bool = field(default=False, kw_only=True)  # whether it counts as a drill
    asked_as_drill: bool = field(default=False, kw_only=True)  # whether the card was asked as one
    fuzzed: bool = field(default=False, kw_only=True)  # whether its interval was varied a little
    # the due date that the learner set; the log stores no memory with it
    due: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class CardLog:
    """A card: what its row says is known of it, and the entries of the log about it, oldest first."""

    card_id: str  # the id of the card
    memory: Memory | None  # the card's memory, as in its row; None if that cannot be read
    entries: tuple[LoggedEvent, ...]


def replayed(history: CardLog) -> Iterator[tuple[LoggedEvent, Memory]]:
    """Yield its entries as they would be had each begun where the one before it ended, the first with a new card.

    With each comes the memory after it.
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
    """Return whether a review counts as a drill: the card was reviewed last on the same study day, elsewhere."""
    return day is not None and memory.reviewed == day


def recomputed_review(review: Review, memory: Memory, scheduler: Scheduler) -> Review:
    """Return a new review as it follows from what is known of its card now, whatever was known when it was asked."""
    drill = review.drill or counts_as_drill(memory, review.study_day)
    graded = Graded(review.quality, review.study_day, review.proposed, drill)
    after = scheduler.review(review.card_id, memory, graded)
    return replace(review, before=memory, after=after, drill=drill)


def recomputed(history: CardLog, scheduler: Scheduler) -> CardLog:
    """Return the history as it has to be under a scheduler; equal to what is given if nothing is wrong with it."""
    steps = tuple(replayed(history))
    entries = tuple(entry for entry, _ in steps)
    by_sm2 = steps[-1][1] if steps else Memory()
    memory = scheduler.scheduled(history.card_id, by_sm2, map(_fact, entries))
    return CardLog(history.card_id, memory, entries)


def under_scheduler(events: Sequence[CardEvent], scheduler: Scheduler) -> tuple[CardEvent, ...]:
    """Return a card's events, oldest first, with what the scheduler knows before and after each; practice as it is."""
    if scheduler.key == SM2_KEY:
        return tuple(events)  # the log says it, with whatever was fuzzed
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
            graded = Graded(event.quality, event.study_day, event.proposed, event.drill)
            after = scheduler.review(event.card_id, memory, graded)
            laid_over.append(replace(event, before=memory, after=after))
            memory = after
    return tuple(laid_over)


def _fact(entry: LoggedEvent) -> Graded | DueDateSet | None:
    if entry.due is not None:
        return DueDateSet()
    if entry.quality is None or entry.day is None:
        return None
    return Graded(entry.quality, entry.day, entry.proposed, entry.drill)


def _after(card_id: str, entry: LoggedEvent, memory: Memory) -> Memory:
    if entry.quality is None or entry.day is None:
        return Memory()
    if entry.fuzzed:
        return fuzz.review_with_fuzz(card_id, memory, entry.quality, entry.day)
    return sm2.review(memory, entry.quality, entry.day)
