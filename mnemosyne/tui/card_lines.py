"""The lines of a card list: which columns fit into a width, and the text of each cell.

No widgets here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from mnemosyne.collection.browsing import Row
from mnemosyne.review.query import SortColumn, Sorting
from mnemosyne.rich_text.short_line import joined_pieces, pieces_on_one_line, without_common_opening
from mnemosyne.text import calendar_day, shortened
from mnemosyne.tui.literal import printable

LEAD = 3  # cells before the first column: the cursor's sign and the selection's
GAP = 1  # cells between columns
_LEAST_PROMPT = 16

NEW = "+"
SIGNS = (  # sign, what it means, whether a row has it
    ("⚑", "flagged", lambda row: row.listed.flagged),
    ("‖", "suspended", lambda row: row.listed.suspended),
    ("↷", "buried until tomorrow", lambda row: row.listed.buried),
    ("!", "leech", lambda row: row.leech),
    (NEW, "new", lambda row: row.listed.due is None),
    ("×", "no longer in any card file", lambda row: row.listed.missing),
)


@dataclass(frozen=True, slots=True)
class CardColumn:
    """A column as shown: its title, its width in cells, and whether its values are right-aligned."""

    column: SortColumn
    title: str
    width: int  # cells
    right: bool = False  # whether its values are right-aligned


@lru_cache(16)
def fitting_columns(width: int) -> tuple[CardColumn, ...]:
    """Return the columns that fit into `width` cells, without minor ones if need be; the prompt gets the rest."""
    wide = width >= 108
    fixed = [
        CardColumn(SortColumn.MARKS, "", 3),
        *([CardColumn(SortColumn.ID, "card", min(36, width // 5))] if width >= 100 else []),
        *([CardColumn(SortColumn.KIND, "kind", 10)] if width >= 74 else []),
        *([CardColumn(SortColumn.TOPIC, "topic", 14)] if width >= 140 else []),
        CardColumn(SortColumn.PROMPT, "question", 0),
        CardColumn(SortColumn.DUE, "due", 11 if wide else 8),
        CardColumn(SortColumn.INTERVAL, "interval", 8, right=True),
        *([CardColumn(SortColumn.EASE, "ease", 6, right=True)] if width >= 92 else []),
        *([CardColumn(SortColumn.LAPSES, "lapses", 8 if wide else 6, right=True)] if width >= 66 else []),
    ]
    used_width = LEAD + sum(column.width for column in fixed) + GAP * (len(fixed) - 1)
    prompt = max(_LEAST_PROMPT, width - used_width)
    return tuple(
        CardColumn(SortColumn.PROMPT, "question", prompt) if column.column is SortColumn.PROMPT else column
        for column in fixed
    )


def heading(column: CardColumn, sorting: Sorting) -> str:
    """Return a column's title, with an arrow if the list is sorted by it, exactly as wide as the column."""
    arrow = ("▼" if sorting.backwards else "▲") if column.column is sorting.column else ""
    if not arrow:
        return fitted(column.title, column.width, right=column.right)
    spaced = f"{column.title} {arrow}"
    text = spaced if len(spaced) <= column.width else column.title[: column.width - 1] + arrow
    return fitted(text, column.width, right=column.right)


def table_cell(row: Row, column: CardColumn, today: date) -> str:
    """Return a card's value in any column but the prompt's, exactly as wide as the column."""
    return fitted(_value(row, column, today), column.width, right=column.right)


def prompt_pieces(prompt: str, width: int) -> list[tuple[str, bool]]:
    """Return the question in exactly `width` cells, as pieces of text, each with whether it is a formula.

    Many questions open with the same words; if these would hide the formula, they are cut instead of it.
    """
    whole = without_common_opening(pieces_on_one_line(prompt), width, cell_len)
    line = shortened(joined_pieces(whole), width, cell_len)
    left = len(line.removesuffix("…").rstrip()) if line.endswith("…") else len(line)
    end = f"{line[left:]}{' ' * (width - cell_len(line))}"
    pieces: list[tuple[str, bool]] = []
    for text, is_formula in whole:
        if left > 0:
            pieces.append((text[:left], is_formula))
            left -= len(text)
    return [*pieces, (end, False)] if end else pieces


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly `width` cells, cut with an ellipsis or padded."""
    missing = width - cell_len(text)
    if missing < 0:
        return _cut(text, width)
    return " " * missing + text if right else text + " " * missing


def signs(row: Row) -> str:
    """Return the signs of all marks of a card."""
    return "".join(sign for sign, _, has in SIGNS if has(row))


def meanings(row: Row) -> list[str]:
    """Return the marks in words, except "new", which is already said by how well the card is known."""
    return [meaning for sign, meaning, has in SIGNS if sign != NEW and has(row)]


def due_day(day: date, today: date, *, short: bool) -> str:
    """Return a due day: `12 Mar 2026`; short, `12 Mar` within half a year and `Mar 2027` beyond."""
    if not short:
        return calendar_day(day)
    near = abs((day - today).days) < 183
    return f"{day.day} {day:%b}" if near else f"{day:%b} {day.year}"


def _value(row: Row, column: CardColumn, today: date) -> str:
    listed = row.listed
    match column.column:
        case SortColumn.MARKS:
            return signs(row)
        case SortColumn.ID:
            return printable(listed.id)
        case SortColumn.KIND:
            return listed.kind
        case SortColumn.TOPIC:
            return printable(listed.topic)
        case SortColumn.DUE:
            return due_day(listed.due, today, short=column.width < 11) if listed.due else "new"
        case SortColumn.INTERVAL:
            return f"{listed.interval}" if listed.due else "·"
        case SortColumn.EASE:
            return f"{listed.ease / 100:.2f}" if listed.due else "·"
        case _:
            return f"{listed.lapses}" if listed.lapses else "·"


def _cut(text: str, width: int) -> str:
    return set_cell_size(text, max(0, width - 1)) + "…" if width > 0 else ""
