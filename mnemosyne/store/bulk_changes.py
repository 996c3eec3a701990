"""What a learner does to many cards at once: suspend, bury, flag, reset. Each is one durable transaction.

Ids that no card has are passed over: a list on a screen may be older than the deck. Each says how many it changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Engine, Update, bindparam, update

from mnemosyne.review.record import Reset
from mnemosyne.store import resets
from mnemosyne.store.rows import day_out
from mnemosyne.store.tables import card
from mnemosyne.store.transactions import writing


def _set(name: str) -> Update:
    """Statement that gives a column of one card another value, if it is another."""
    this = card.c.id == bindparam("this")
    return (
        update(card).where(this, card.c[name].is_distinct_from(bindparam("value"))).values({name: bindparam("value")})
    )


_SUSPENDED: Final = _set("suspended")
_FLAGGED: Final = _set("flagged")
_BURIED: Final = _set("buried_until")


def set_suspended(engine: Engine, card_ids: Iterable[str], suspended: bool) -> int:
    """Take cards out of all queues, or back in."""
    return _change(engine, _SUSPENDED, card_ids, suspended)


def set_flagged(engine: Engine, card_ids: Iterable[str], flagged: bool) -> int:
    """Mark cards for a later look, or no longer."""
    return _change(engine, _FLAGGED, card_ids, flagged)


def set_buried(engine: Engine, card_ids: Iterable[str], until: date | None) -> int:
    """Hide cards on every study day before `until`; None shows them again."""
    return _change(engine, _BURIED, card_ids, day_out(until))


def reset_in_deck(engine: Engine, card_ids: Iterable[str], moment: datetime, day: date) -> Reset | None:
    """Begin cards again as new: an event in the log, undone as a grade is. None if they all are new already."""
    with writing(engine) as connection:
        return resets.log(connection, card_ids, moment, day)


def _change(engine: Engine, statement: Update, card_ids: Iterable[str], value: Any) -> int:
    with writing(engine) as connection:
        changes = (connection.execute(statement, {"this": card_id, "value": value}) for card_id in card_ids)
        return sum(change.rowcount for change in changes)
