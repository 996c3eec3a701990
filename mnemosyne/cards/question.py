"""Question: a card made concrete. Its variant is drawn from a seed; its prompt and what it expects are ready.

`make_question` is the one way from a card to a question; the same card and seed always give the same question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias, TypeVar

from mnemosyne.cards.blanks import Blank, blanks, hidden, restored_text
from mnemosyne.cards.card import (
    Backprop,
    Card,
    Choice,
    Cloze,
    Content,
    Derivative,
    Numeric,
    Option,
    Parametric,
    Recall,
    Steps,
)
from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import Values, draw, variants
from mnemosyne.errors import CardError, MnemosyneError
from mnemosyne.expressions.assignments import known_names
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols

Result = TypeVar("Result")


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
    """A card made concrete: `prompt` is text with formulas in `backquotes`; `names` are the symbols of an answer.

    `hints` are the author's own, with the values of the parameters put in.
    """

    card: Card
    seed: int
    prompt: str
    expected: Expected
    names: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()


def make_question(card: Card, seed: int) -> Question:
    """Return the question of a card for a seed; CardError, which names the card and its place, if there is none."""
    return guarded(card, lambda: _question(card, _drawn(card.content, seed), seed))


def asked_line(card: Card) -> str:
    """Return what a card asks, in one of its variants, as one line; why it cannot be asked where that is so."""
    try:
        return " ".join(make_question(card, 0).prompt.split())
    except CardError as error:
        return str(error)


def variant_questions(card: Card) -> Iterator[tuple[Values, Question]]:
    """Return every variant of a card with its question, or `MOST_VARIANTS` drawn ones; CardError where one fails."""
    content = card.content
    where, unlike = (content.where, content.unlike) if isinstance(content, Parametric) else ({}, ())
    for values in guarded(card, lambda: variants(where, unlike)):
        yield values, question_with(card, values)


def question_with(card: Card, values: Values) -> Question:
    """Return the question of a card for the values of its parameters; CardError if there is none."""
    return guarded(card, lambda: _question(card, values, 0))


def guarded(card: Card, make: Callable[[], Result]) -> Result:
    """What `make` returns; whatever goes wrong in it is an error of this card, and stops nothing else."""
    place = f"{card.source.path}:{card.source.line}: {card.id} cannot be asked"
    try:
        return make()
    except CardError:
        raise
    except MnemosyneError as error:
        raise CardError(f"{place}: {error.message}", error.hint) from error
    except Exception as error:
        raise CardError(f"{place}: {type(error).__name__}: {error}", "change or remove the card") from error


def _drawn(content: Content, seed: int) -> Values:
    return draw(content.where, content.unlike, seed) if isinstance(content, Parametric) else {}


def _question(card: Card, values: Values, seed: int) -> Question:
    prompt, expected, names = _asked(card.content, values, seed)
    hints = tuple(sentence(hint, values) for hint in card.hints)
    return Question(card, seed, prompt, expected, names, hints)


def _asked(content: Content, values: Values, seed: int) -> tuple[str, Expected, frozenset[str]]:
    """The prompt, what is expected, and the symbols of an answer."""
    match content:
        case Derivative():
            return _derivative(content, values)
        case Steps():
            return _steps(content, values)
        case Backprop():
            return _backprop(content, values)
        case Numeric(ask=ask, tolerance=tolerance, unit=unit):
            answer = to_line(formula(content.answer, values))
            return sentence(ask, values), ExpectsNumber(answer, tolerance, unit), frozenset()
        case Choice(ask=ask, options=options):
            return ask, ExpectsOption(_shuffled(options, seed)), frozenset()
        case Cloze(text=text, synonyms=synonyms, other_letters=other_letters):
            return hidden(text), ExpectsWords(blanks(text, synonyms, other_letters), restored_text(text)), frozenset()
        case Recall(ask=ask, answer=answer):
            return ask, ExpectsRecall(answer), frozenset()


def _derivative(content: Derivative, values: Values) -> tuple[str, Expected, frozenset[str]]:
    f = formula(content.f, values, frozenset((content.variable,)))
    by = "" if content.variable == "x" else f" by {content.variable}"
    prompt = f"Differentiate `{to_unicode_line(f)}`{by}."
    return prompt, ExpectsDerivative(f, to_line(f), content.variable), symbols(f) | {content.variable}


def _steps(content: Steps, values: Values) -> tuple[str, Expected, frozenset[str]]:
    x = content.variable
    f = formula(content.f, values, frozenset((x,)))
    prompt = f"In Leibniz form: y = `{to_unicode_line(f)}`. Give u; dy/du; du/d{x}; dy/d{x}, with ; between them."
    return prompt, ExpectsSteps(f, to_line(f), x), symbols(f) | {x, "u"}


def _backprop(content: Backprop, values: Values) -> tuple[str, Expected, frozenset[str]]:
    expected = gradient(content, values)
    derivative = f"∂{content.of}/∂{content.by}"
    prompt = f"What is the value of {derivative}?" if expected.at else f"What is {derivative}?"
    inputs = frozenset[str]().union(*(symbols(tree) for _, tree in expected.graph))
    return prompt, expected, inputs | {name for name, _ in expected.graph}


def gradient(content: Backprop, values: Values) -> ExpectsGradient:
    """The computation graph of a card with the parameters' values put in."""
    names = known_names((text for _, text in content.let), (name for name, _ in (*content.let, *content.at)))
    graph = tuple((name, formula(text, values, names)) for name, text in content.let)
    at = tuple((name, to_line(formula(text, values))) for name, text in content.at)
    lines = tuple((name, to_line(tree)) for name, tree in graph)
    return ExpectsGradient(graph, lines, content.of, content.by, at, content.tolerance)


def _shuffled(options: Sequence[Option], seed: int) -> tuple[Option, ...]:
    """The options in an order that hangs on the seed alone."""
    keys = {i: sha256(f"{seed}/{i}".encode()).digest() for i in range(len(options))}
    return tuple(options[i] for i in sorted(keys, key=lambda i: keys[i]))
