"""Why a card is asked today, as a sentence: the reason, its interval, and how likely its recall is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mnemosyne.review.queue import PlannedQueue
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.skills.skill import SKILLS
from mnemosyne.text import all_of, calendar_day, pluralize, whole_percent

_ROOM: Final = 28  # most characters for the names of skills


@dataclass(frozen=True, slots=True)
class AskedCard:
    """A card being asked, and its state at that time."""

    card_id: str  # the card's id
    memory: Memory  # the card's memory, as the scheduler knows it
    drill: bool = False  # whether it is a repeat on the same day
    practice: bool = False  # whether the answer leaves the schedule alone


def why_today(card: AskedCard, planned: PlannedQueue, rules: Rules, day: date) -> str:
    """Return why the card is asked on `day`, with its interval and probability of recall if it has them."""
    reason = _reason(card, planned, rules, day)
    recall = recall_on(card.memory, day, rules.fsrs.weights if rules.fsrs else DEFAULT_WEIGHTS)
    if recall is None or card.drill:
        return reason
    return f"{reason} · interval {card.memory.interval:,} d · recall {whole_percent(100 * recall)}"


def _reason(card: AskedCard, planned: PlannedQueue, rules: Rules, day: date) -> str:
    if card.drill:
        return "again today, until its grade is 4 or 5"
    if card.practice:
        return "your choice, schedule unchanged"
    if card.memory.due is None or card.memory.new:
        return "new card"
    if card.card_id in planned.exams:
        return f"final round for the exam on {calendar_day(planned.exams[card.card_id])}"
    if card.card_id in planned.for_skills:
        return _for_skills([SKILLS[name].name for name in planned.for_skills[card.card_id]])
    if card.card_id in planned.ahead_for_skills:
        return "studied ahead, for skills that will need practice soon"
    return _when_due(card.memory.due, card.memory, planned, rules, day)


def _for_skills(names: Sequence[str]) -> str:
    """Return the skills for which a card is asked; those that do not fit on a line are only counted."""
    if not names:
        return "its own recall is low"
    first, *more_names = names
    if not more_names:
        return f"for the skill {first}"
    text = all_of(names)
    return (
        f"for the skills {text}"
        if len(text) <= _ROOM
        else f"for {first} and {pluralize(len(more_names), 'more skill')}"
    )


def _when_due(due: date, memory: Memory, planned: PlannedQueue, rules: Rules, day: date) -> str:
    if due > day:
        clock_was_right = not memory.due_on(day)  # otherwise its last review was dated by a wrong clock
        return (
            f"studied ahead, due on {calendar_day(due)}"
            if clock_was_right
            else "due: its last review is dated in the future"
        )
    when = "due today" if due == day else f"due since {calendar_day(due)}"
    if not planned.limited:
        return when
    return f"{when}; cards with the lowest recall come first" if rules.fsrs else f"{when}; the most overdue come first"
