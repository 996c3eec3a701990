"""Changes of cards outside a session, as values: what was done to which cards, so that exactly that can be taken back.

A change turns: where all cards are as it would make them already, it makes them the opposite; else it leaves out those
that are, and so does its undoing. Each is one transaction on the deck thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mnemosyne.review.query import CardStatus

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.record import Reset


class Verb(StrEnum):
    """What can be done to cards and turned round by doing it again."""

    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Turned:
    """Cards that were turned `on`, or off again."""

    verb: Verb
    ids: tuple[str, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Cards that begin again as new."""

    event: Reset

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the cards."""
        return self.event.card_ids


Change = Turned | Forgotten

_STATES = {Verb.SUSPEND: CardStatus.SUSPENDED, Verb.BURY: CardStatus.BURIED, Verb.FLAG: CardStatus.FLAG}


def toggle(collection: Collection, verb: Verb, ids: Sequence[str]) -> Change:
    """Turn the cards on, those that are not, or, if all are, off."""
    from mnemosyne.collection import browsing

    already = browsing.in_state(collection, _STATES[verb])
    off = tuple(id_ for id_ in ids if id_ not in already)
    turned = Turned(verb, off or tuple(ids), on=bool(off))
    _carry_out(collection, turned)
    return turned


def reset_to_new(collection: Collection, ids: Sequence[str]) -> Change | None:
    """Begin the cards again as new, after a backup; None, and no backup, if all are new."""
    from mnemosyne.collection import card_changes

    event = card_changes.reset(collection, ids)
    return Forgotten(event) if event else None


def undo_change(collection: Collection, change: Change) -> None:
    """Make the cards what they were before it."""
    match change:
        case Turned(verb, ids, on):
            _carry_out(collection, Turned(verb, ids, not on))
        case Forgotten(event):
            collection.repository.undo(event)


def _carry_out(collection: Collection, turned: Turned) -> None:
    from mnemosyne.collection import card_changes

    steps = {Verb.SUSPEND: card_changes.suspend, Verb.BURY: card_changes.bury, Verb.FLAG: card_changes.flag}
    steps[turned.verb](collection, turned.ids, turned.on)
