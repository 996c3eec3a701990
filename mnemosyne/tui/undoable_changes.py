"""Changes of cards outside a session: each turns cards, or resets them, as one event of the log, which can be undone.

A change turns: where all cards are as it would make them already, it makes them the opposite; else it leaves out those
that are. Each is one transaction on the deck thread, and gives the sentence to say of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mnemosyne.review.event_sentences import changed_sentence
from mnemosyne.review.query import CardStatus
from mnemosyne.review.record import Mark
from mnemosyne.tui.wording import DUE_ALREADY, NO_DUE_DATE

if TYPE_CHECKING:
    from datetime import date

    from mnemosyne.collection import Collection
    from mnemosyne.review.record import DueDateChange, MarkChange, Reset

NEVER_REVIEWED = "There is nothing to reset: these cards are new already."
_STATES = {
    Mark.SUSPENDED: CardStatus.SUSPENDED,
    Mark.BURIED: CardStatus.BURIED,
    Mark.FLAGGED: CardStatus.FLAG,
}


def toggle(collection: Collection, mark: Mark, ids: Sequence[str]) -> str:
    """Give the mark to the cards that have it not, or, if all have it, take it from them."""
    from mnemosyne.collection import browsing, card_changes

    already = browsing.in_state(collection, _STATES[mark])
    off = tuple(id_ for id_ in ids if id_ not in already)
    card_ids, on = off or tuple(ids), bool(off)
    match mark:
        case Mark.SUSPENDED:
            card_changes.suspend(collection, card_ids, suspended=on)
        case Mark.BURIED:
            card_changes.bury(collection, card_ids, buried=on)
        case Mark.FLAGGED:
            card_changes.flag(collection, card_ids, flagged=on)
    return _said(collection)


def reset_to_new(collection: Collection, ids: Sequence[str]) -> str:
    """Begin the cards again as new, after a backup; nothing, and no backup, if all are new."""
    from mnemosyne.collection import card_changes

    event = card_changes.reset(collection, ids)
    return _sentence(collection, event) if event else NEVER_REVIEWED


def set_due_date(collection: Collection, ids: Sequence[str], day: date) -> str:
    """Make the cards due on a study day."""
    from mnemosyne.collection import card_changes

    return _due_sentence(collection, ids, card_changes.set_due(collection, dict.fromkeys(ids, day)))


def spread_over(collection: Collection, ids: Sequence[str], days: int) -> str:
    """Spread the due dates of the cards evenly over some days."""
    from mnemosyne.collection import card_changes

    return _due_sentence(collection, ids, card_changes.spread_due(collection, ids, days))


def _due_sentence(collection: Collection, ids: Sequence[str], event: DueDateChange | None) -> str:
    from mnemosyne.collection.browsing import in_state

    new = in_state(collection, CardStatus.NEW).intersection(ids)
    if event is None:
        return NO_DUE_DATE if len(new) == len(ids) else DUE_ALREADY
    return f"{_sentence(collection, event)} {NO_DUE_DATE if new else ''}".rstrip()


def _said(collection: Collection) -> str:
    """Return the sentence on the newest event if it is a change of marks; else an empty one."""
    from mnemosyne.review.record import MarkChange

    event = collection.repository.last_event()
    return _sentence(collection, event) if isinstance(event, MarkChange) else ""


def _sentence(collection: Collection, event: MarkChange | Reset | DueDateChange) -> str:
    from mnemosyne.collection.card_changes import name_of_cards

    return changed_sentence(event, name_of_cards(collection, event.card_ids))
