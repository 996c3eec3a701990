"""Tables of figures, each column with its unit; the same for people, as text, and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from mnemosyne.progress.statistics import Frequency, Rate, Trend
from mnemosyne.reports import phrases
from mnemosyne.reports.csv_lines import GUARDED, CsvStyle, table_lines
from mnemosyne.text import whole_percent

Cell: TypeAlias = str | int | float | date | None
PERCENT: Final = "%"
FINE: Final = ("nats", "share")  # units of figures shown with four decimals
HEADS: Final = {
    "section": "what the figure belongs to",
    "name": "the row: a day, a period, a tag, a mistake …",
    "measure": "what is measured",
    "value": "the figure",
    "unit": "its unit",
}


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; the unit is "" if its cells are names or words."""

    name: str  # the name of the column
    unit: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the column contains figures."""
        return bool(self.unit)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; the first column names the rows. `about` describes them in a sentence."""

    id: str  # identifies the table in CSV and on the page
    title: str  # the heading
    about: str
    heads: tuple[ColumnHead, ...]  # the heads, one for each column
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as text for people."""
        return (
            tuple(cell_text(cell, head.unit) for cell, head in zip(row, self.heads, strict=True)) for row in self.rows
        )


def cell_text(cell: Cell, unit: str = "") -> str:
    """Return a cell as text for people: `1,200`, `87 %`, `2.36`, `2026-03-10`, or a dash for None."""
    if cell is None or cell == "":
        return phrases.NOTHING
    if isinstance(cell, str | date):
        return str(cell)
    if unit == PERCENT:
        return whole_percent(cell)
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.{_digits(unit)}f}"


def _digits(unit: str) -> int:
    return 4 if unit in FINE else 1


def long_lines(tables: Iterator[Table] | tuple[Table, ...], style: CsvStyle = GUARDED) -> Iterator[str]:
    """Yield all tables as one long CSV, with one figure per line."""
    return table_lines(tuple(HEADS), (row for table in tables for row in _long(table)), style)


def _long(table: Table) -> Iterator[tuple[str | int | float | None, ...]]:
    for name, *cells in table.rows:
        for head, cell in zip(table.heads[1:], cells, strict=True):
            yield (table.id, str(name), head.name, _spreadsheet_value(cell, head.unit), head.unit)


def _spreadsheet_value(cell: Cell, unit: str) -> str | int | float | None:
    """Return a cell for a spreadsheet, with figures rounded according to their unit."""
    if isinstance(cell, date):
        return cell.isoformat()
    return round(cell, _digits(unit)) if isinstance(cell, float) else cell


def cell_of(value: Any, unit: str) -> Cell:
    """Return a value of the statistics as a cell below a head with this unit."""
    if isinstance(value, Rate | Frequency):
        return in_percent(value)
    if isinstance(value, timedelta):
        return in_minutes(value) if unit == "minutes" else round(value / timedelta(seconds=1), 1)
    if isinstance(value, Trend):
        return phrases.TREND_WORDS[value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    cell: Cell = 100 * value if unit == PERCENT and value is not None else value
    return cell


def in_percent(rate: Rate | Frequency) -> float | None:
    """Return a share in percent, unrounded, so that it is rounded only once, when shown."""
    return None if rate.share is None else 100 * rate.share


def in_minutes(span: timedelta) -> float:
    """Return a duration in minutes, to a tenth."""
    return round(span / timedelta(minutes=1), 1)
