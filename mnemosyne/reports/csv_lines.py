"""CSV for spreadsheets and data tools: RFC 4180 with line feeds, and nothing in it that a spreadsheet would run.

A text that a spreadsheet takes for a formula gets an apostrophe in front, which it shows as text. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mnemosyne.reports.column import Column, Row, Value

# A sign that begins a formula, in any width, also behind what a spreadsheet overlooks: quotes, spaces, invisible marks.
_FORMULA: Final = re.compile(
    r"[\t\r\n]|[\s\"'`\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]"
)

_BYTE_ORDER_MARK: Final = "\ufeff"
_END: Final = "\r\n"  # both characters, so that the csv module quotes a text with either of them


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a file is written beyond RFC 4180."""

    formula_guard: bool = True  # an apostrophe before a text that a spreadsheet would run
    byte_order_mark: bool = False  # whether the file begins with one, by which Excel recognises UTF-8


GUARDED: Final = CsvStyle()


class _Echo:
    """What the csv module writes to: it hands each line back, ended by a line feed."""

    def write(self, line: str) -> str:
        return f"{line.removesuffix(_END)}\n"


def csv_lines(columns: Sequence[Column[Row]], rows: Iterable[Row], style: CsvStyle = GUARDED) -> Iterator[str]:
    """Yield the header and the rows, each ending in a line feed; a text with line breaks stays in one row."""
    values = ([column.value(row) for column in columns] for row in rows)
    return table_lines([column.name for column in columns], values, style)


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[Value]], style: CsvStyle = GUARDED) -> Iterator[str]:
    """Yield the header and the rows as `csv_lines` does, for rows that are values already."""
    write = csv.writer(_Echo(), lineterminator=_END).writerow
    yield f"{_BYTE_ORDER_MARK if style.byte_order_mark else ''}{write(heads)}"
    for values in rows:
        yield str(write([csv_cell(value, style) for value in values]))


def csv_cell(value: Value, style: CsvStyle = GUARDED) -> str | int | float | None:
    """Return the value for a cell: words with spaces between them, booleans and other lists as in JSON.

    With the guard it is no text that a spreadsheet would run.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        words = [item for item in value if isinstance(item, str)]
        value = " ".join(words) if len(words) == len(value) else json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and style.formula_guard and _FORMULA.match(value) else value
