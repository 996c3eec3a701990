"""Column: what an export says of each row, declared once for its CSV header, its JSON fields and README's table.

JSON is an object a line, or one array of them; all ASCII, so that no encoding on the way can break it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeAlias, TypeVar

from mnemosyne.scheduling.memory import Memory

Row = TypeVar("Row")
Words: TypeAlias = dict[str, str | None]
Value: TypeAlias = str | int | float | bool | list[str] | list[Words] | None
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `unit` says how to read its values, `meaning` what they tell, `value` takes one from a row."""

    name: str  # the key in JSON and the head in CSV
    unit: str
    meaning: str
    value: Callable[[Row], Value]


def record(columns: Iterable[Column[Row]], row: Row) -> dict[str, Value]:
    """Return the row's values by the names of the columns, in their order."""
    return {column.name: column.value(row) for column in columns}


def moment_text(moment: datetime) -> str:
    """Return a moment in ISO 8601 and UTC, to the millisecond: 2026-03-10T07:00:00.000Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_minutes(offset: timedelta) -> int:
    """Return a zone's offset in minutes, east positive; a number, since a spreadsheet takes +01:00 for a formula."""
    return round(offset / timedelta(minutes=1))


def duration_seconds(span: timedelta) -> float:
    """Return the duration in seconds, to the millisecond."""
    return round(span / _SECOND, 3)


def day_text(day: date | None) -> str | None:
    """Return the study day in ISO 8601, or None if there is none."""
    return None if day is None else day.isoformat()


def memory_columns(moment: str, suffix: str, memory: Callable[[Row], Memory]) -> tuple[Column[Row], ...]:
    """Return the columns of what the scheduler knows of a card; `moment` says when, `suffix` ends their names."""
    values: tuple[tuple[str, str, str, Callable[[Memory], Value]], ...] = (
        ("repetitions", "count", "reviews passed in a row", lambda state: state.repetitions),
        ("ease", "factor", "ease factor", lambda state: state.ease / 100),
        ("interval", "days", "interval", lambda state: state.interval),
        ("lapses", "count", "reviews not passed", lambda state: state.lapses),
        ("due", "study day", "when it is due", lambda state: day_text(state.due)),
    )
    return tuple(
        Column(f"{name}{suffix}", unit, f"{meaning}, {moment}", _through(memory, value))
        for name, unit, meaning, value in values
    )


def _through(memory: Callable[[Row], Memory], value: Callable[[Memory], Value]) -> Callable[[Row], Value]:
    return lambda row: value(memory(row))


def json_lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield each row as one JSON object on a line."""
    return (f"{json.dumps(record(columns, row), allow_nan=False)}\n" for row in rows)


def json_array(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows as one JSON document: an array with an object on a line."""
    before = "[\n"
    for line in json_lines(columns, rows):
        yield f"{before}{line.rstrip()}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"
