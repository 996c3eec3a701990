"""The numbers of units 1 to 24: each follows from the words of its question, without a rule of differentiation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import pytest
from bundled_deck import bundled_deck
from high_precision import close, function, relu, sigmoid

from mnemosyne.calculus.check import check
from mnemosyne.cards.variants import variants
from mnemosyne.verdict import Word

mpmath = pytest.importorskip("mpmath")

CARDS = {card.id: card for card in bundled_deck().cards}
Number = Any  # of mpmath, which has no types
Real = Callable[[Number], Number]

COMPUTED_IN_TEST_CLAIMS = {"sigmoid-bound", "layers-below-a-thousandth"}


def quotient(f: Real, x: Number, h: Number) -> Number:
    """Return the difference quotient of f between x and x + h."""
    return (f(x + h) - f(x)) / h


def composition(*links: Real) -> Real:
    """Return the composition of functions, of which the first is the innermost."""
    return lambda x: reduce(lambda value, link: link(value), links, x)


def through(point: Number, value: Number, slope: Number) -> Real:
    """Return a curved function with the value and the slope at the point."""
    return lambda x: value + mpmath.sinh(slope * (x - point))


def through_all(*points: Sequence[Number]) -> Real:
    """Return one function that has the slope at each point, of pairs of a point and a slope."""

    def value(x: Number) -> Number:
        factor_lists = [[(x - q) ** 2 / (p - q) ** 2 for q, _ in points if q != p] for p, _ in points]
        return sum(
            slope * (x - point) * mpmath.fprod(factors)
            for (point, slope), factors in zip(points, factor_lists, strict=True)
        )

    return value


def change_of_composition(inner_slope: Number, outer_slope: Number, step: Number) -> Number:
    """Return the change of y that the two slopes predict: first the change of u, then that of y."""
    u, y = (lambda t: inner_slope * t), (lambda t: outer_slope * t)
    return y(u(step)) - y(u(0))


def relu_row(*weights: Number) -> Number:
    """Return the slope of ReLU units in a row, at an input for which all are active."""
    row = composition(*(lambda z, w=weight: relu(w * z) for weight in weights))
    return mpmath.diff(row, 1)


def sigmoid_row(layers: Number) -> Number:
    """Return the product of the largest slopes of the layers, which the search finds."""
    steepest = max(mpmath.diff(sigmoid, mpmath.mpf(n) / 100) for n in range(-200, 201))
    return mpmath.fprod(steepest for _ in range(int(layers)))


N = r"−?(\d+(?:\.\d+)?)"

WORDS: Mapping[str, tuple[str, Callable[..., Number]]] = {
    "slope-at-a-point": (
        rf"derivative of \$\({N}x \+ 1\)²\$ at x = {N}\?",
        lambda a, x: mpmath.diff(lambda t: (a * t + 1) ** 2, x),
    ),
    "chain-of-rates": (
        rf"du/dx = {N} and dy/du = −{N}\. What is dy/dx",
        lambda a, b: mpmath.diff(composition(through(0, 1, a), through(1, 0, -b)), 0),
    ),
    "small-change-passes-on": (
        rf"du/dx = {N} and dy/du = {N}\. Now x grows by {N}\. By how much does y grow, judging by",
        change_of_composition,
    ),
    "slope-of-logarithm-at-a-point": (
        rf"derivative of \$ln\(x² \+ {N}\)\$ at x = {N}\?",
        lambda b, x: mpmath.diff(lambda t: mpmath.log(t**2 + b), x),
    ),
    "slope-from-values": (
        rf"g\({N}\) = {N}, g′\(1\) = {N}, f′\({N}\) = {N} and f′\({N}\) = {N}\. .* \$f\(g\(x\)\)\$ at x = 1\?",
        lambda x, g, dg, p, dp, q, dq: mpmath.diff(composition(through(x, g, dg), through_all((p, dp), (q, dq))), x),
    ),
    "ripple-area": (
        rf"radius of a circular ripple grows by {N} cm every second\. .* area grow when the radius is {N} cm\?",
        lambda rate, radius: mpmath.diff(lambda t: mpmath.pi * (radius + rate * t) ** 2, 0),
    ),
    "sigmoid-slope-from-value": (
        rf"gave σ\(z\) = {N}\. What is σ′\(z\)\?",
        lambda value: mpmath.diff(sigmoid, mpmath.findroot(lambda z: sigmoid(z) - value, 0)),
    ),
    "tanh-slope-from-value": (
        rf"gave tanh\(z\) = {N}\. What is the derivative of tanh at z\?",
        lambda value: mpmath.diff(mpmath.tanh, mpmath.findroot(lambda z: mpmath.tanh(z) - value, value)),
    ),
    "sigmoid-neuron-at-zero": (
        rf"derivative of \$σ\({N}x\)\$ at x = {N}\?",
        lambda a, x: mpmath.diff(lambda t: sigmoid(a * t), x),
    ),
    "slope-of-root-at-a-point": (
        rf"derivative of \$√\(x² \+ {N}\)\$ at x = {N}\?",
        lambda b, x: mpmath.diff(lambda t: mpmath.sqrt(t**2 + b), x),
    ),
    "vanishing-gradient": (
        rf"at most a quarter\. Leaving the weights aside, give the bound for {N} sigmoids",
        sigmoid_row,
    ),
    "relu-layers-pass-on": (rf"Three ReLU units .* with weights {N}, {N} and {N} on their inputs\. All", relu_row),
    "relu-neuron-slope": (
        rf"derivative of \${N}·relu\({N}x − {N}\)\$ at x = {N}\?",
        lambda k, a, b, x: mpmath.diff(lambda t: k * relu(a * t - b), x),
    ),
    "slope-of-product": (
        rf"derivative of \$\(x \+ {N}\)·e\^\({N}x\)\$ at x = {N}\?",
        lambda b, a, x: mpmath.diff(lambda t: (t + b) * mpmath.exp(a * t), x),
    ),
    "slope-of-sin-square": (
        r"derivative of \$sin\(x²\)\$ at x = √π\?",
        lambda: mpmath.diff(lambda t: mpmath.sin(t**2), mpmath.sqrt(mpmath.pi)),
    ),
    "slope-of-exponential-of-sine": (
        rf"derivative of \$e\^\({N}·sin\({N}x\)\)\$ at x = {N}\?",
        lambda b, a, x: mpmath.diff(lambda t: mpmath.exp(b * mpmath.sin(a * t)), x),
    ),
    "forward-difference": (
        rf"Let \$f\(x\) = \({N}x \+ 1\)²\$\. .* \(f\(1 \+ h\) − f\(1\)\)/h larger than f′\(1\) if h is {N}\?",
        lambda a, h: quotient(lambda t: (a * t + 1) ** 2, 1, h) - mpmath.diff(lambda t: (a * t + 1) ** 2, 1),
    ),
}


def read_from(card: str, prompt: str) -> list[Number]:
    """Return the numbers that stand in a question, in their order."""
    match = re.search(WORDS[card][0], " ".join(prompt.split()))
    assert match, f"{card} asks something else now: {prompt}"
    return [mpmath.mpf(number) for number in match.groups()]


@pytest.mark.parametrize("card", WORDS)
def test_a_number_follows_from_the_words_of_its_question(card: str) -> None:
    content = CARDS[card].content
    with mpmath.workdps(40):
        for values in variants(content.where, content.rules):
            question = content.question(values, 0)
            number = WORDS[card][1](*read_from(card, question.prompt))
            assert close(function(question.expected.answer)(), number), question.prompt


@pytest.mark.parametrize("card", WORDS)
def test_the_computed_number_is_accepted_and_its_double_is_not(card: str) -> None:
    content = CARDS[card].content
    question = content.question(variants(content.where, content.rules)[0], 0)
    with mpmath.workdps(40):
        number = WORDS[card][1](*read_from(card, question.prompt))
        right, doubled = (mpmath.nstr(n, 12) for n in (number, 2 * number))
    assert check(question.expected.problem(0), right).word is Word.CORRECT
    assert check(question.expected.problem(0), doubled).word is Word.INCORRECT


LINKS: Mapping[str, list[Real]] = {  # the innermost first, each a function that is no composition itself
    "layers-of-three": [lambda x: x**2, mpmath.cos, mpmath.exp],
    "links-of-four": [mpmath.sin, mpmath.sqrt, mpmath.exp, mpmath.tan],
    "links-of-six": [
        lambda x: 3 * x,
        mpmath.exp,
        mpmath.cos,
        lambda x: 2 + x**2,
        mpmath.log,
        mpmath.sqrt,
    ],
}


@pytest.mark.parametrize("card", LINKS)
def test_as_many_links_as_stated_make_the_composition(card: str) -> None:
    question = CARDS[card].content.question({}, 0)
    (formula,) = re.findall(r"\$(.+?)\$", question.prompt)
    with mpmath.workdps(40):
        for x in (mpmath.mpf("0.3"), mpmath.mpf("0.7")):
            assert close(function(formula, "x")(x), composition(*LINKS[card])(x))
    assert int(question.expected.answer) == len(LINKS[card])


def test_every_number_of_the_units_1_to_24_has_its_calculation() -> None:
    numeric = [card for card in CARDS.values() if card.kind == "numeric"]
    earlier = {card.id for card in numeric if str(card.source.path).rsplit("/", 1)[-1][:2] < "25"}
    assert earlier == WORDS.keys() | LINKS.keys() | COMPUTED_IN_TEST_CLAIMS
