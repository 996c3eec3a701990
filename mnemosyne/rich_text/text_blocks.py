"""What a text consists of: blocks below each other, of lines of runs; a run has one look, or is a formula."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import TypeAlias


class Look(Flag):
    """How a run looks; a formula is written as the medium writes formulas."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike, or one formula without its dollar signs."""

    text: str
    look: Look = Look.PLAIN


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; the author's line breaks stay."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines that stay as they are, spaces included."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items with bullets, or with numbers from `first` on."""

    items: tuple[tuple[TextBlock, ...], ...]  # the blocks of each item
    first: int | None = None  # None: bullets

    @property
    def marks(self) -> list[str]:
        """What stands before each item."""
        if self.first is None:
            return ["•"] * len(self.items)
        return [f"{number}." for number in range(self.first, self.first + len(self.items))]


TextBlock: TypeAlias = Paragraph | CodeBlock | ItemList
RichText: TypeAlias = tuple[TextBlock, ...]
