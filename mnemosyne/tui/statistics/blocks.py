"""Building blocks of the pages: headed blocks, tables, bars, coloured plots, and two columns if there is room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from textual.content import Content

from mnemosyne.tui.literal import literal
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, pushed, sized, table, words

TWO_COLUMNS: Final = 100  # width in cells from which blocks are side by side
_GAP: Final = 4
_MARKS: Final = re.compile("[█░▒▓\u2801-\u28ff]+")  # plotted: blocks, shades and braille dots


def block(title: str, *pictures: Picture) -> Picture:
    """Return a heading above its content; empty without content."""
    filled = [picture for picture in pictures if picture.lines]
    return above([words(title, "bold"), *filled]) if filled else EMPTY


def half(width: int) -> int:
    """Return the width of a block: half if two fit side by side, else all."""
    return (width - _GAP) // 2 if width >= TWO_COLUMNS else width


def two_columns(left: Picture, right: Picture, width: int) -> Picture:
    """Put two blocks side by side if there is room, else one above the other."""
    if not left.lines or not right.lines or width < TWO_COLUMNS:
        return above([left, right], gap=1)
    column = half(width)
    rows = max(left.height, right.height)
    return beside([sized(_filled(left, rows), column + _GAP), _filled(right, rows)])


def _filled(picture: Picture, rows: int) -> Picture:
    return Picture((*picture.lines, *[Content()] * (rows - picture.height)))


def colored_plot(lines: Iterable[str], style: str = "$key") -> Picture:
    """Return a plot with its marks in a colour and its axes muted."""
    return Picture(tuple(_coloured(line, style) for line in lines))


def _coloured(line: str, style: str) -> Content:
    pieces, begin = [], 0
    for marks in _MARKS.finditer(line):
        pieces += [literal(line[begin : marks.start()], "$quiet"), literal(marks[0], style)]
        begin = marks.end()
    return Content.assemble(*pieces, literal(line[begin:], "$quiet"))


def facts(rows: Iterable[tuple[str, str]]) -> Picture:
    """Draw labels, each with a text beside it."""
    return table([[words(label, "$quiet"), words(text)] for label, text in rows], gap=2)


def figure_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Picture:
    """Return a table of figures: the first column has the labels, the others are right-aligned."""
    cells = [[words(cell) for cell in row] for row in rows]
    return table([[words(head, "$quiet") for head in heads], *cells], gap=2, numbers=True) if cells else EMPTY


def bars(rows: Iterable[tuple[str, int, str]], width: int) -> Picture:
    """Return a bar for each row, after its label, its count and a remark."""
    listed = list(rows)
    most = max((count for _, count, _ in listed), default=0)
    if not most:
        return EMPTY
    label, number, note_width = (max(len(text) for text in column) for column in _texts(listed))
    room = max(4, width - label - number - note_width - 6)
    return above(
        [
            beside(
                [
                    sized(words(name, "$quiet"), label + 2),
                    pushed(words(f"{count:,}"), number),
                    pushed(words(note, "$quiet"), note_width + 2 if note_width else 0),
                    words("  "),
                    words("█" * -(-count * room // most), "$key"),
                ]
            )
            for name, count, note in listed
        ]
    )


def _texts(rows: Sequence[tuple[str, int, str]]) -> tuple[list[str], list[str], list[str]]:
    return [name for name, _, _ in rows], [f"{count:,}" for _, count, _ in rows], [note for _, _, note in rows]
