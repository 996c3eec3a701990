"""Question: a card made concrete. Its variant is drawn from a seed; its prompt and what it expects are ready.

`make_question` is the one way from a card to a question; the same card and seed always give the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from mnemosyne.cards.blanks import Blank, blanks, hidden, whole
from mnemosyne.cards.card import Card, Choice, Cloze, Derivative, Numeric, Option, Recall
from mnemosyne.cards.template import draw, formula, sentence
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols


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
class ExpectsWords:
    """The blanked words in order, several separated by `;`; `whole` is the text with all of them in place."""

    blanks: tuple[Blank, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class ExpectsRecall:
    """Nothing typed: the answer is revealed and the learner grades himself."""

    answer: str


Expected: TypeAlias = ExpectsDerivative | ExpectsNumber | ExpectsOption | ExpectsWords | ExpectsRecall


@dataclass(frozen=True, slots=True)
class Question:
    """A card made concrete: `prompt` is text with formulas in `backquotes`; `names` are the symbols of an answer."""

    card: Card
    seed: int
    prompt: str
    expected: Expected
    names: frozenset[str] = frozenset()


def make_question(card: Card, seed: int) -> Question:
    """The question of a card for a seed; ReadingError or InputError if its formula or parameters are broken."""
    match card.content:
        case Derivative():
            return _derivative(card, card.content, seed)
        case Numeric():
            return _numeric(card, card.content, seed)
        case Choice():
            options = _shuffled(card.content.options, seed)
            return Question(card, seed, card.content.ask, ExpectsOption(options))
        case Cloze():
            text = card.content.text
            expected = ExpectsWords(blanks(text, card.content.synonyms), whole(text))
            return Question(card, seed, hidden(text), expected)
        case Recall():
            return Question(card, seed, card.content.ask, ExpectsRecall(card.content.answer))


def _derivative(card: Card, content: Derivative, seed: int) -> Question:
    f = formula(content.f, draw(content.where, content.unlike, seed))
    by = "" if content.variable == "x" else f" by {content.variable}"
    prompt = f"Differentiate `{to_unicode_line(f)}`{by}."
    names = symbols(f) | {content.variable}
    return Question(card, seed, prompt, ExpectsDerivative(f, to_line(f), content.variable), names)


def _numeric(card: Card, content: Numeric, seed: int) -> Question:
    values = draw(content.where, content.unlike, seed)
    answer = to_line(formula(content.answer, values))
    expected = ExpectsNumber(answer, content.tolerance, content.unit)
    return Question(card, seed, sentence(content.ask, values), expected)


def _shuffled(options: Sequence[Option], seed: int) -> tuple[Option, ...]:
    """The options in an order that hangs on the seed alone."""
    keys = {i: sha256(f"{seed}/{i}".encode()).digest() for i in range(len(options))}
    return tuple(options[i] for i in sorted(keys, key=lambda i: keys[i]))
