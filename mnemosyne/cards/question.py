"""Question: a card made concrete. Its variant is drawn from a seed; its prompt and what it expects are ready.

`make_question` is the one way from a card to a question; the same card and seed always give the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mnemosyne.cards.card import Card, Option
from mnemosyne.expressions.tree import Node


@dataclass(frozen=True, slots=True)
class ExpectsDerivative:
    """f′ typed as a formula; `f` and `line` are the concrete function as a tree and as one line."""

    f: Node
    line: str
    variable: str


@dataclass(frozen=True, slots=True)
class ExpectsNumber:
    """A number; `answer` is a one-line formula, `tolerance` as in the card."""

    answer: str
    tolerance: str
    unit: str


@dataclass(frozen=True, slots=True)
class ExpectsOption:
    """The number (from 1) of one of the options, which are in shown order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """One blanked word: the word itself first, then its synonyms."""

    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectsWords:
    """The blanked words in order, several separated by `;`; `shown` is the text with ____ for each blank."""

    blanks: tuple[Blank, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class ExpectsRecall:
    """Nothing typed: the answer is revealed and the learner grades himself."""

    answer: str


Expected: TypeAlias = ExpectsDerivative | ExpectsNumber | ExpectsOption | ExpectsWords | ExpectsRecall


@dataclass(frozen=True, slots=True)
class Question:
    """A card made concrete: `prompt` is plain text with formulas in `backquotes`; `names` are the symbols an answer may use."""

    card: Card
    seed: int
    prompt: str
    expected: Expected
    names: frozenset[str] = frozenset()
