"""Question: a card made concrete. Its variant is drawn from a seed; its prompt and what it expects are ready.

`make_question` is the one way from a card to a question; the same card and seed always give the same question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from mnemosyne.cards.blanks import Blank, blanks, hidden, whole
from mnemosyne.cards.card import Backprop, Card, Choice, Cloze, Derivative, Numeric, Option, Recall, Steps
from mnemosyne.cards.template import Values, draw, formula, sentence
from mnemosyne.expressions.assignments import known_names
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols


@dataclass(frozen=True, slots=True)
class ExpectsDerivative:
    """f′ typed as a formula; `f` and `line` are the concrete function as a tree and as one line."""

    f: Node
    line: str
    variable: str


@dataclass(frozen=True, slots=True)
class ExpectsSteps:
    """u; dy/du; du/dx; dy/dx, typed with `;` between them; `f`, `line` and `variable` as for a derivative."""

    f: Node
    line: str
    variable: str


@dataclass(frozen=True, slots=True)
class ExpectsGradient:
    """∂of/∂by of a computation graph: `graph` has each name with its formula, `lines` the same as one-line formulas.

    `at` gives every input a value, as one line of text; then a number is asked for, within `tolerance`.
    """

    graph: tuple[tuple[str, Node], ...]
    lines: tuple[tuple[str, str], ...]
    of: str
    by: str
    at: tuple[tuple[str, str], ...]
    tolerance: str


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


Expected: TypeAlias = (
    ExpectsDerivative | ExpectsSteps | ExpectsGradient | ExpectsNumber | ExpectsOption | ExpectsWords | ExpectsRecall
)


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
        case Steps():
            return _steps(card, card.content, seed)
        case Backprop():
            return _backprop(card, card.content, seed)
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


def _steps(card: Card, content: Steps, seed: int) -> Question:
    f = formula(content.f, draw(content.where, content.unlike, seed))
    x = content.variable
    prompt = f"In Leibniz form: y = `{to_unicode_line(f)}`. Give u; dy/du; du/d{x}; dy/d{x}, with ; between them."
    names = symbols(f) | {x, "u"}
    return Question(card, seed, prompt, ExpectsSteps(f, to_line(f), x), names)


def _backprop(card: Card, content: Backprop, seed: int) -> Question:
    expected = gradient(content, draw(content.where, content.unlike, seed))
    told = f"∂{content.of}/∂{content.by}"
    prompt = f"What is the value of {told}?" if expected.at else f"What is {told}?"
    inputs = frozenset().union(*(symbols(tree) for _, tree in expected.graph))
    return Question(card, seed, prompt, expected, inputs | {name for name, _ in expected.graph})


def gradient(content: Backprop, values: Values) -> ExpectsGradient:
    """The computation graph of a card with the parameters' values put in."""
    names = known_names((text for _, text in content.let), (name for name, _ in content.let))
    graph = tuple((name, formula(text, values, names)) for name, text in content.let)
    at = tuple((name, to_line(formula(text, values))) for name, text in content.at)
    lines = tuple((name, to_line(tree)) for name, tree in graph)
    return ExpectsGradient(graph, lines, content.of, content.by, at, content.tolerance)


def _numeric(card: Card, content: Numeric, seed: int) -> Question:
    values = draw(content.where, content.unlike, seed)
    answer = to_line(formula(content.answer, values))
    expected = ExpectsNumber(answer, content.tolerance, content.unit)
    return Question(card, seed, sentence(content.ask, values), expected)


def _shuffled(options: Sequence[Option], seed: int) -> tuple[Option, ...]:
    """The options in an order that hangs on the seed alone."""
    keys = {i: sha256(f"{seed}/{i}".encode()).digest() for i in range(len(options))}
    return tuple(options[i] for i in sorted(keys, key=lambda i: keys[i]))
