"""Problems: each one fault in a card file, with its place for an editor and its fix for the author.

A problem quotes text of unknown origin: it is one line of visible characters, whatever the file
and its name contain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from mnemosyne.text import escaped, one_line, visible

_MOST_BEFORE = 60  # characters shown before the place
_MOST_WIDE = 100  # characters shown in all


@dataclass(frozen=True, slots=True, order=True)
class CardFileProblem:
    """`what` is wrong at `line` and `column` (from 1; 0 for the file as a whole), and how to `mend` it."""

    path: Path  # the path of the file
    line: int
    column: int
    what: str
    mend: str = ""
    written: str = field(default="", compare=False)  # the line of the file, for an excerpt

    def __str__(self) -> str:
        path = escaped(str(self.path))
        place = f"{path}:{self.line}:{self.column}" if self.line else path
        return one_line(f"{place}: {self.what}; {self.mend}" if self.mend else f"{place}: {self.what}")


def with_lines(problems: Iterable[CardFileProblem], text: str) -> list[CardFileProblem]:
    """Return the problems of a file together with their lines, so that the file need not be opened again."""
    rows = ["", *text.splitlines(), ""]
    return [replace(problem, written=rows[min(problem.line, len(rows) - 1)]) for problem in problems]


def excerpt(problem: CardFileProblem) -> list[str]:
    """Return the line of a problem and a caret below the place; nothing for the file as a whole."""
    if not problem.written:
        return []
    start = max(0, problem.column - 1 - _MOST_BEFORE)
    text = visible(problem.written[start : start + _MOST_WIDE].replace("\t", " "))
    return [f"    {text}", f"    {' ' * (problem.column - 1 - start)}^"]


def misnamed_problem(path: Path) -> CardFileProblem:
    """Return the problem of a card file or a topic's folder whose name is not UTF-8."""
    return CardFileProblem(path, 0, 0, "the name is not UTF-8", "give it another name")
