"""The wrong answers of teachers' lists of common errors, each with what a teacher would call it.

The lists were written from textbooks' and teachers' collections before the rules were; every third line was
held out while the rules were made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CHAIN = "teachers_chain.txt"  # questions to which the chain rule applies, and questions of differentiation without it
RULES = "teachers_rules.txt"  # all other questions of differentiation


@dataclass(frozen=True, slots=True)
class Example:
    """One wrong answer; `names` are the ids that a teacher would accept; no rule was made for one that is held out."""

    f: str
    answer: str
    names: frozenset[str]
    held_out: bool


def examples(name: str) -> list[Example]:
    """Return the examples of one list."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split(" ; ") for line in lines if line and not line.startswith("#")]
    return [Example(f, answer, frozenset(names.split()), i % 3 == 2) for i, (f, answer, names) in enumerate(rows)]
