"""Rectangles of characters with a baseline, and the ways to combine them: the elements of two-dimensional print.

All lines of a block have the same width. The baseline is the line on which neighbours are aligned: a
fraction's bar, a power's base. Nothing here depends on mathematics.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """`lines` from top to bottom, all of one width; `baseline` is the index of the line that neighbours align to."""

    lines: tuple[str, ...]
    baseline: int

    @property
    def width(self) -> int:
        """The width, in characters."""
        return len(self.lines[0])

    @property
    def height(self) -> int:
        """The height."""
        return len(self.lines)

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


def text_block(line: str) -> Block:
    """Return a single line."""
    return Block((line,), 0)


def row_of(*blocks: Block) -> Block:
    """Return blocks side by side, on one baseline."""
    above = max(block.baseline for block in blocks)
    below = max(block.height - block.baseline for block in blocks)
    columns = []
    for block in blocks:
        empty = " " * block.width
        top = above - block.baseline
        columns.append([empty] * top + list(block.lines) + [empty] * (above + below - top - block.height))
    return Block(tuple("".join(row) for row in zip(*columns, strict=True)), above)


def fraction_block(top: Block, bottom: Block, bar: str, margin: int) -> Block:
    """Return a fraction: both parts centred, with a bar between them that extends by `margin` on each side."""
    width = max(top.width, bottom.width) + 2 * margin
    lines = [line.center(width) for line in top.lines]
    return Block((*lines, bar * width, *(line.center(width) for line in bottom.lines)), top.height)


def with_superscript(base: Block, exponent: Block) -> Block:
    """Return a base with an exponent at its upper right: above the baseline, or beside the top line
    of a taller base.
    """
    overlap = 1 if base.baseline else 0
    right = Block(exponent.lines, exponent.height - overlap + base.baseline)
    return row_of(base, right)


def with_subscript(base: Block, index: Block) -> Block:
    """Return a base with an index at its lower right."""
    return row_of(base, Block((" " * index.width, *index.lines), 0))


def enclosed(inside: Block, left: str, right: str) -> Block:
    """Return a block in brackets of its height; each bracket is given as four characters:
    alone, top, middle, bottom.
    """
    return row_of(_fence(inside, left), inside, _fence(inside, right))


def under_root(inside: Block, sign: str, bar: str, tall_bar: str, corner: str, stem: str) -> Block:
    """Return a root: the sign on the last line, a bar above everything, and a stem beside a radicand
    taller than a line.
    """
    blank = " " * len(sign)
    if inside.height == 1:
        return Block((blank + bar * inside.width, sign + inside.lines[0]), 1)
    rows = [f"{blank}{stem} {line}" for line in inside.lines]
    rows[-1] = f"{sign}{stem} {inside.lines[-1]}"
    return Block((blank + corner + tall_bar * (inside.width + 1), *rows), inside.baseline + 1)


def _fence(inside: Block, chars: str) -> Block:
    if inside.height == 1:
        return text_block(chars[0])
    top, middle, bottom = chars[1], chars[2], chars[3]
    return Block((top, *[middle] * (inside.height - 2), bottom), inside.baseline)
