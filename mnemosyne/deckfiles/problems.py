"""Problem: one fault in a card file, told so that an editor can jump to it and an author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`what` is wrong at `line` and `column` (from 1; 0 where the file as a whole is meant), and how to `mend` it."""

    path: Path
    line: int
    column: int
    what: str
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)
        return f"{place}: {self.what}; {self.mend}" if self.mend else f"{place}: {self.what}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint that names what was probably meant, or what there is."""
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(names)}"
