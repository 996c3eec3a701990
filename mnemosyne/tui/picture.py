"""Pictures: styled text laid out in two dimensions, as values that combine.

Every screen is drawn from these, as a pure function of its data and a width. A picture is lines of
literal content and a baseline: the line that is aligned when it is put beside another. Formulas
become pictures in `formula.py`; no widgets here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from mnemosyne.tui.line_filling import filled_lines, unbroken_pieces
from mnemosyne.tui.literal import literal

NEWLINE = Content("\n")
BLANK = Content(" ")


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines of content, each at most `width` cells long; `baseline` counts from the top."""

    lines: tuple[Content, ...]  # the lines, from top to bottom
    baseline: int = 0

    @property
    def width(self) -> int:
        """The cells of the longest line."""
        return max((line.cell_length for line in self.lines), default=0)

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.lines)

    @property
    def content(self) -> Content:
        """The lines as one content."""
        return NEWLINE.join(self.lines)


EMPTY = Picture(())


def words(text: str, style: str = "") -> Picture:
    """Draw one line, or several where the text has line breaks; never wrapped."""
    return Picture(tuple(literal(line, style) for line in text.split("\n")))


def prose(text: str, width: int, style: str = "") -> Picture:
    """Draw a text wrapped at word boundaries; short formulas stay whole."""
    lines = [line for part in text.split("\n") for line in _wrapped(literal(part, style), max(width, 2))]
    return Picture(tuple(lines))


def _wrapped(line: Content, width: int) -> list[Content]:
    if line.cell_length <= width:
        return [line]
    pieces: list[Content] = []
    start = 0
    for text in unbroken_pieces(line.plain, width // 2):
        piece = line[start : start + len(text)]
        pieces += piece.wrap(width) if piece.cell_length > width else [piece]
        start += len(text) + 1
    filled = filled_lines([piece.cell_length for piece in pieces], width)
    return [BLANK.join(pieces[numbers.start : numbers.stop]) for numbers in filled]


def beside(pictures: Sequence[Picture], gap: int = 0) -> Picture:
    """Return the pictures from left to right, aligned at their baselines."""
    filled = [picture for picture in pictures if picture.lines]
    if not filled:
        return EMPTY
    top = max(picture.baseline for picture in filled)
    bottom = max(picture.height - picture.baseline for picture in filled)
    rows = range(-top, bottom)
    last = len(filled) - 1
    columns = [
        [_cell(picture, row, picture.width + gap if index < last else 0) for row in rows]
        for index, picture in enumerate(filled)
    ]
    return Picture(tuple(Content.assemble(*cells) for cells in zip(*columns, strict=True)), top)


def _cell(picture: Picture, row: int, width: int) -> Content:
    index = picture.baseline + row
    line = picture.lines[index] if 0 <= index < picture.height else Content()
    return _padded(line, width)


def _padded(line: Content, width: int) -> Content:
    missing = width - line.cell_length
    return Content.assemble(line, " " * missing) if missing > 0 else line


def above(pictures: Iterable[Picture], gap: int = 0) -> Picture:
    """Return the pictures from top to bottom; the baseline is the first one's."""
    lines: list[Content] = []
    baseline: int | None = None
    for picture in pictures:
        if not picture.lines:
            continue
        if lines:
            lines.extend([Content()] * gap)
        baseline = picture.baseline if baseline is None else baseline
        lines.extend(picture.lines)
    return Picture(tuple(lines), baseline or 0)


def indented(picture: Picture, by: int) -> Picture:
    """Return the picture indented."""
    margin = " " * by
    return Picture(tuple(Content.assemble(margin, line) for line in picture.lines), picture.baseline)


def sized(picture: Picture, width: int) -> Picture:
    """Return the picture padded on the right to the width."""
    return Picture(tuple(_padded(line, width) for line in picture.lines), picture.baseline)


def pushed(picture: Picture, width: int) -> Picture:
    """Return the picture right-aligned in the width."""
    return indented(picture, max(0, width - picture.width))


def ends(left: Picture, right: Picture, width: int) -> Picture:
    """Put one picture at the left edge and one at the right, or the right one below if there is no room."""
    room = width - left.width - right.width
    if room < 1:
        return above([left, right])
    return beside([left, words(" " * room), right])


def table(rows: Sequence[Sequence[Picture]], gap: int = 3, *, numbers: bool = False) -> Picture:
    """Draw rows of cells with aligned columns; with `numbers`, every column but the first is right-aligned."""
    columns = range(max((len(row) for row in rows), default=0))
    widths = [max((row[column].width for row in rows if column < len(row)), default=0) for column in columns]

    def placed(cell: Picture, column: int) -> Picture:
        return pushed(cell, widths[column]) if numbers and column else sized(cell, widths[column])

    return above([beside([placed(cell, column) for column, cell in enumerate(row)], gap) for row in rows])


def rule(width: int) -> Picture:
    """Return a horizontal line."""
    return words("─" * width, "$line")
