"""The tally: the log summed up by study day, topic, proposed quality and quality, so that no figure reads it whole.

Ten years of a million answers are some 200,000 rows here, and a row of a day costs a screen nothing. Triggers of the
database keep it (`migrations.version_5`), whoever writes; the view `counted` says what one answer adds. What is said by
card (tags, kinds, links) or by slip is not tallied: indexes that have all their columns serve that, since cards change
their tags and a tally by card would be as long as the log. `differences` proves that tally and log are equal.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine, column, delete, func, insert, select, table

from mnemosyne.store import tables
from mnemosyne.store.transactions import reading, writing

KEY: Final = ("study_day", "topic", "proposed", "quality")
COUNTS: Final = ("reviews", "first", "young", "mature", "drills", "practised", "spent")

_tally: Final = tables.tally
_counted: Final = table("counted", *(column(name) for name in (*KEY, *COUNTS)))
_keys = [_counted.c[name] for name in KEY]
_LOGGED: Final = select(*_keys, *(func.sum(_counted.c[name]).label(name) for name in COUNTS)).group_by(*_keys)
_TALLIED: Final = select(*(_tally.c[name] for name in (*KEY, *COUNTS)))


def differences(engine: Engine) -> tuple[str, ...]:
    """Return a line for each row that only the tally or only the log has; none if they agree."""
    with reading(engine) as connection:
        only = {
            "log": connection.execute(_LOGGED.except_(_TALLIED)).all(),
            "tally": connection.execute(_TALLIED.except_(_LOGGED)).all(),
        }
    cells = ((row[: len(KEY)], name, row[len(KEY) :]) for name, rows in only.items() for row in rows)
    return tuple(sorted(f"{_said(KEY, key)}: the {name} has {_said(COUNTS, counts)}" for key, name, counts in cells))


def rebuild(engine: Engine) -> None:
    """Recount the tally from the log."""
    with writing(engine) as connection:
        connection.execute(delete(_tally))
        connection.execute(insert(_tally).from_select([*KEY, *COUNTS], _LOGGED))


def _said(names: tuple[str, ...], values: tuple[object, ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(names, values, strict=True))
