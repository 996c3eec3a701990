"""CSV for spreadsheets and data tools: RFC 4180 with line feeds, and nothing that a spreadsheet would run.

A text that a spreadsheet would take for a formula is prefixed with an apostrophe, which marks it as
text. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mnemosyne.reports.column import Column, Row, Value

# A sign that begins a formula, also full-width, even after quotes, spaces and invisible marks, which spreadsheets skip.
_FORMULA: Final = re.compile(
    r"[\t\r\n]|[\s\"'`\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]"
)

_BYTE_ORDER_MARK: Final = "\ufeff"
_END: Final = "\r\n"  # both characters, so that the csv module quotes a text that contains either


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """Options of the file beyond RFC 4180."""

    formula_guard: bool = True  # whether an apostrophe precedes what a spreadsheet would run
    byte_order_mark: bool = False  # whether the file has one, by which Excel recognises UTF-8


GUARDED: Final = CsvStyle()


class _Echo:
    """The file for the csv module, which returns each line, ended by a line feed."""

    def write(self, line: str) -> str:
        return f"{line.removesuffix(_END)}\n"


def csv_lines(columns: Sequence[Column[Row]], rows: Iterable[Row], style: CsvStyle = GUARDED) -> Iterator[str]:
    """Yield the header and the rows, each ending in a line feed; a text with line breaks stays in one row."""
    values = ([column.value(row) for column in columns] for row in rows)
    return table_lines([column.name for column in columns], values, style)


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[Value]], style: CsvStyle = GUARDED) -> Iterator[str]:
    """Yield the header and the rows like `csv_lines`, from rows of values."""
    write = csv.writer(_Echo(), lineterminator=_END).writerow
    yield f"{_BYTE_ORDER_MARK if style.byte_order_mark else ''}{write(heads)}"
    for values in rows:
        yield str(write([csv_cell(value, style) for value in values]))


def csv_cell(value: Value, style: CsvStyle = GUARDED) -> str | int | float | None:
    """Return the cell for a value: a list of words separated by spaces, booleans and other lists as in JSON.

    With the guard, nothing that a spreadsheet would run.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        words = [item for item in value if isinstance(item, str)]
        value = " ".join(words) if len(words) == len(value) else json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and style.formula_guard and _FORMULA.match(value) else value
