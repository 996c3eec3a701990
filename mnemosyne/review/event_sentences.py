"""What is said of what was done to cards, and when it was undone; `cards` is a card's name or how many."""

from __future__ import annotations

from mnemosyne.cards.question import Question, question_name
from mnemosyne.review.record import DueDateChange, Event, Mark, MarkChange, Reset, Review
from mnemosyne.text import calendar_day, pluralize

NOTHING_TO_UNDO = "There is nothing to undo."
_ADJECTIVES = {Mark.SUSPENDED: "suspended", Mark.BURIED: "buried", Mark.FLAGGED: "flagged"}


def undone_sentence(event: Event, cards: str) -> str:
    """Return what an undo did."""
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
            return f"Undone: grade {event.quality} of {cards}."


def regraded_sentence(asked: Review, stored: Review, question: Question) -> str | None:
    """Return what a grade has become because its card was changed elsewhere since it was asked.

    None if that is what it was meant to be: nothing was changed, or a drill is one all the same.
    """
    if asked.drill or asked.before == stored.before:
        return None
    if stored.drill:
        return (
            f"{question_name(question)} was already reviewed today in another session or on another device. "
            "Your grade is saved as a drill."
        )
    return (
        f"{question_name(question)} was changed in another session or on another device. "
        f"Your grade is saved; the next review is in {pluralize(stored.after.interval, 'day')}."
    )


def forgotten_sentence(review: Review) -> str:
    """Return what is said of a card that keeps being forgotten."""
    lapses = review.after.lapses
    times = {1: "once", 2: "twice"}.get(lapses, f"{lapses} times")
    return f"You have forgotten this card {times}."


def changed_sentence(event: MarkChange | Reset | DueDateChange, cards: str) -> str:
    """Return what was done."""
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
