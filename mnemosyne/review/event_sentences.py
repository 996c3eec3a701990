"""Sentences on what was done to cards or undone; `cards` names one card, or says how many there are."""

from __future__ import annotations

from mnemosyne.cards.question import Question, question_name
from mnemosyne.review.record import DueDateChange, Event, Mark, MarkChange, Reset, Review
from mnemosyne.text import calendar_day, pluralize

NOTHING_TO_UNDO = "There is nothing to undo."
_ADJECTIVES = {Mark.SUSPENDED: "suspended", Mark.BURIED: "buried", Mark.FLAGGED: "flagged"}


def undone_sentence(event: Event, cards: str) -> str:
    """Say what an undo did."""
    match event:
        case MarkChange(mark, card_ids, on):
            verb = "is" if len(card_ids) == 1 else "are"
            state = f"no longer {_ADJECTIVES[mark]}" if on else f"{_ADJECTIVES[mark]} again"
            return f"Undone: {cards} {verb} {state}."
        case Reset():
            return f"Undone: the reset of {cards}."
        case DueDateChange(card_ids):
            return f"Undone: the due date{'s' if len(card_ids) > 1 else ''} of {cards}."
        case _:
            return f"Undone: grade {event.quality} for {cards}."


def regraded_sentence(asked: Review, stored: Review, question: Question) -> str | None:
    """Say what became of a grade whose card was changed elsewhere since it was asked.

    None if nothing changed, or if it was a drill.
    """
    if asked.drill or asked.before == stored.before:
        return None
    if stored.drill:
        return (
            f"{question_name(question)} was already reviewed today in another session or on another device. "
            "Your grade is saved as a drill."
        )
    return (
        f"The schedule of {question_name(question)} was changed in another session or on another device. "
        f"Your grade is saved; the next review is in {pluralize(stored.after.interval, 'day')}."
    )


def forgotten_sentence(review: Review) -> str:
    """Say how often a card was forgotten."""
    lapses = review.after.lapses
    times = {1: "once", 2: "twice"}.get(lapses, f"{lapses} times")
    return f"You have forgotten this card {times}."


def changed_sentence(event: MarkChange | Reset | DueDateChange, cards: str) -> str:
    """Say what was done."""
    if isinstance(event, Reset):
        return f"Reset to new: {cards}."
    if isinstance(event, DueDateChange):
        first, last = calendar_day(min(event.days)), calendar_day(max(event.days))
        return f"Due on {first}: {cards}." if first == last else f"Due from {first} to {last}: {cards}."
    adjective = _ADJECTIVES[event.mark]
    if not event.on:
        return f"Un{adjective}: {cards}."
    until = " until tomorrow" if event.mark is Mark.BURIED else ""
    return f"{adjective.capitalize()}{until}: {cards}."
