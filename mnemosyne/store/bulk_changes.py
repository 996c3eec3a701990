"""What a learner does to many cards at once: suspend, bury, flag, reset, set due dates.

Each is one durable transaction, and an event of the log, so that it can be undone.

Ids that no card has are passed over: a list on a screen may be older than the deck. Each says how many it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from mnemosyne.review.record import DueDateChange, Mark, Reset
from mnemosyne.store import due_dates, marks, resets
from mnemosyne.store.marks import MarkValue
from mnemosyne.store.rows import day_out
from mnemosyne.store.transactions import writing


def set_suspended(engine: Engine, card_ids: Iterable[str], moment: datetime, *, suspended: bool) -> int:
    """Suspend cards, or unsuspend them; return how many changed."""
    return _change(engine, Mark.SUSPENDED, card_ids, moment, suspended)


def set_flagged(engine: Engine, card_ids: Iterable[str], moment: datetime, *, flagged: bool) -> int:
    """Flag cards, or unflag them; return how many changed."""
    return _change(engine, Mark.FLAGGED, card_ids, moment, flagged)


def set_buried(engine: Engine, card_ids: Iterable[str], until: date | None, moment: datetime) -> int:
    """Hide cards on every study day before `until`, or show them again if it is None; return how many changed."""
    return _change(engine, Mark.BURIED, card_ids, moment, day_out(until))


def reset_in_deck(engine: Engine, card_ids: Iterable[str], moment: datetime, day: date) -> Reset | None:
    """Make cards new again and return the event, undone as a grade is; None if they are all new already."""
    with writing(engine) as connection:
        return resets.log(connection, card_ids, moment, day)


def set_due_in_deck(engine: Engine, days: Mapping[str, date], moment: datetime) -> DueDateChange | None:
    """Have each card be due on its day and return the event; None if no card changes, as new ones never do."""
    with writing(engine) as connection:
        return due_dates.set_due_dates(connection, days, moment)


def _change(engine: Engine, mark: Mark, card_ids: Iterable[str], moment: datetime, value: MarkValue) -> int:
    with writing(engine) as connection:
        event = marks.change_marks(connection, card_ids, mark, value, moment)
    return len(event.card_ids) if event else 0
