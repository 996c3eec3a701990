"""The structure of a text: blocks of lines of runs; a run has one look, or is a formula."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import TypeAlias


class RunStyle(Flag):
    """How a run looks; each medium renders formulas in its own way."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same look, or one formula without its dollar signs."""

    text: str
    style: RunStyle = RunStyle.PLAIN


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; the author's line breaks are kept."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines that are kept as they are, spaces included."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items with bullets, or with numbers from `first` on."""

    items: tuple[tuple[TextBlock, ...], ...]  # the blocks of each item
    first: int | None = None  # None: bullets

    @property
    def marks(self) -> list[str]:
        """The mark before each item."""
        if self.first is None:
            return ["•"] * len(self.items)
        return [f"{number}." for number in range(self.first, self.first + len(self.items))]


TextBlock: TypeAlias = Paragraph | CodeBlock | ItemList
RichText: TypeAlias = tuple[TextBlock, ...]
