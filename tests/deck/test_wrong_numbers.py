"""The wrong numbers that cards foresee: each is computed here from the mistake that its feedback names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pytest
from bundled_deck import bundled_deck
from high_precision import close, function, relu, same, sigmoid, slope
from sample_size import sample

from mnemosyne.cards.card import Card
from mnemosyne.cards.variants import variants
from mnemosyne.expressions import floats
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Problem

mpmath = pytest.importorskip("mpmath")

CARDS = {card.id: card for card in bundled_deck().cards if card.kind == "numeric"}
FORESEEN = {name: card for name, card in CARDS.items() if card.content.wrong}
Number = Any  # of mpmath, which has no types
Parameters = Mapping[str, Number]
Mistake = tuple[str, Callable[[Parameters], Number]]  # words of the feedback, and what the mistake gives
TENTH = mpmath.mpf("0.1")


def test_a_wrong_number_of_every_card_is_explained() -> None:
    """By feedback of the card, or by the mistakes in a derivative that the checker names."""
    assert [name for name, card in CARDS.items() if not (card.content.wrong or card.content.f)] == []


def at_a_point(card: Card) -> bool:
    """Return whether the number that a card asks for is a derivative of a function that it names."""
    return bool(getattr(card.content, "at", ())) and card.kind in ("numeric", "derivative", "backprop")


def value(problem: Problem, inputs: Mapping[str, Number]) -> Number:
    """Return the value of the function, or of the graph's node, that is differentiated."""
    values = dict(inputs)
    for name, line in problem.names:
        values[name] = function(line, *values)(*values.values())
    return function(problem.f, *values)(*values.values())


def derivative(problem: Problem, inputs: Mapping[str, Number], by: str, order: int) -> Number:
    return slope(lambda x: value(problem, {**inputs, by: x}), inputs[by], order)


@pytest.mark.sampled
@pytest.mark.parametrize("card", filter(at_a_point, bundled_deck().cards), ids=lambda card: card.id)
def test_a_number_is_not_right_by_mistake(card: Card) -> None:
    """It is neither the value of the function, nor its derivative of another order or with respect to another input."""
    value_sets = variants(card.content.where, card.content.rules)
    for values in sample(value_sets[:: max(1, len(value_sets) // 40)], 3):
        expected = card.content.question(values, 0).expected
        problem = getattr(expected, "derivative_of", None) or expected.problem(0)
        with mpmath.workdps(30):
            inputs = {name: function(text)() for name, text in problem.at}
            by, order = problem.variable, problem.order
            right = derivative(problem, inputs, by, order)
            wrong_numbers = [value(problem, inputs), derivative(problem, inputs, by, 3 - order)]
            wrong_numbers += [derivative(problem, inputs, name, order) for name in inputs if name != by]
            assert not [number for number in wrong_numbers if right and abs(number - right) < abs(right) / 500], values


def test_a_wrong_formula_of_every_card_is_explained() -> None:
    assert [card.id for card in bundled_deck().cards if card.kind == "formula" and not card.content.wrong] == []


def test_what_is_wrong_with_a_tangent_to_the_logarithm() -> None:
    (content,) = (card.content for card in bundled_deck().cards if card.id == "tangent-to-logarithm")
    for values in variants(content.where, content.rules)[::40]:
        a, b, c = (mpmath.mpf(int(values[name])) for name in "abc")
        contact = (b + 1) / a
        rise = slope(lambda x, a=a, b=b: mpmath.log(a * x - b), contact)
        mistakes = {
            "at the point of contact the line must have the value": lambda x, r=rise, p=contact: r * (x - p),
            "Measure x from the point of contact": lambda x, r=rise, c=c: c + r * x,
            "The inner derivative is missing": lambda x, p=contact, c=c: c + slope(mpmath.log, 1) * (x - p),
        }
        wrong = content.question(values, 0).expected.wrong
        for (answer, why), (words, line) in zip(wrong, mistakes.items(), strict=True):
            assert words in why
            assert same(function(answer, "x"), line)


def by_value(unit: Callable[[Number], Number], value: Number) -> Number:
    """Return the input for which a unit has a value."""
    return mpmath.findroot(lambda z: unit(z) - value, 0)


def distance(v: Parameters, second: int) -> Callable[[Number], Number]:
    """Return the distance of the cyclists, of whom the second one rides in this direction."""
    return lambda t: mpmath.hypot(3 + v["a"] * t, 4 + second * v["b"] * t)


def slope_at_one_one(equation: Callable[[Number, Number], Number]) -> Number:
    """Return the slope at (1, 1) of the curve on which a function of x and y is 0."""
    return -slope(lambda x: equation(x, 1), 1) / slope(lambda y: equation(1, y), 1)


def curve(v: Parameters, *, product: int = 1, x_constant: bool = False) -> Callable[[Number, Number], Number]:
    """Return the curve of the card, with the term xy counted so often, or with x in it held constant."""
    return lambda x, y: v["a"] * x**2 + product * v["b"] * (1 if x_constant else x) * y - v["b"] * y**2


def cubic(v: Parameters) -> Number:
    return slope(lambda x: x**3 + v["a"] * x, v["c"])


def growth(v: Parameters) -> Number:
    """Return by how much f(1 + h) is larger than f(1) + f′(1)·h, for h = 0.1."""

    def f(x: Number) -> Number:
        return (v["a"] * x + 1) ** 2

    return f(1 + TENTH) - f(1) - slope(f, 1) * TENTH


AT_ROOT_OF_PI = partial(slope, lambda x: x**2, mpmath.sqrt(mpmath.pi))

MISTAKES: Mapping[str, Sequence[Mistake]] = {
    "chain-of-rates": [
        ("dy/du is negative", lambda v: slope(lambda x: abs(-v["b"]) * v["a"] * x, 0)),
        ("they are not added", lambda v: sum((v["a"], -v["b"]))),
    ],
    "small-change-passes-on": [
        ("That is the change of u", lambda v: v["a"] * mpmath.mpf("0.01")),
        ("which is {a} times that of x", lambda v: v["b"] * mpmath.mpf("0.01")),
        ("they are not added", lambda v: sum((v["a"], v["b"])) * mpmath.mpf("0.01")),
        ("That is dy/dx", lambda v: slope(lambda x: v["b"] * (v["a"] * x), 0)),
    ],
    "slope-from-values": [
        ("evaluated at g(1), which is {a}, and not at 1", lambda v: v["c"] * v["b"]),
        ("g′(1) is missing", lambda v: v["d"]),
        ("they are not added", lambda v: sum((v["d"], v["b"]))),
        ("The second factor is g′(1), not g(1).", lambda v: v["d"] * v["a"]),
    ],
    "slope-of-logarithm-at-a-point": [
        ("That is the inner derivative alone", lambda v: slope(lambda x: x**2 + v["b"], v["a"])),
        ("not by its derivative", lambda v: 1 / slope(lambda x: x**2 + v["b"], v["a"])),
        (
            "The logarithm has to be differentiated",
            lambda v: mpmath.log(slope(lambda x: x**2 + v["b"], v["a"])),
        ),
    ],
    "slope-of-root-at-a-point": [
        ("That is the inner derivative alone", lambda v: slope(lambda x: x**2 + v["b"], v["a"])),
        (
            "its derivative is a factor",
            lambda v: slope(mpmath.sqrt, slope(lambda x: x**2 + v["b"], v["a"])),
        ),
        ("The root has to be differentiated", lambda v: mpmath.sqrt(slope(lambda x: x**2 + v["b"], v["a"]))),
    ],
    "layers-of-three": [
        ("There is one more", lambda v: len(("cosine", "exponential"))),
        ("Neither x nor the number e", lambda v: len(("square", "cosine", "exponential", "x"))),
    ],
    "ripple-area": [
        ("That is dA/dr", lambda v: slope(lambda r: mpmath.pi * r**2, v["b"])),
        ("The area has to be differentiated", lambda v: mpmath.pi * v["b"] ** 2 * v["a"]),
        ("moves to the front as a factor", lambda v: slope(lambda r: mpmath.pi * r**2, v["b"]) / 2 * v["a"]),
    ],
    "sigmoid-slope-from-value": [
        ("only one of the two factors", lambda v: 1 - v["p"] / 10),
        (
            "That is the rule for tanh",
            lambda v: slope(mpmath.tanh, by_value(mpmath.tanh, v["p"] / 10)),
        ),
        ("not 1 + σ", lambda v: v["p"] / 10 + (v["p"] / 10) ** 2),
    ],
    "tanh-slope-from-value": [
        ("That is the rule for the sigmoid", lambda v: slope(sigmoid, by_value(sigmoid, v["p"] / 10))),
        ("The value has to be squared", lambda v: 1 - v["p"] / 10),
        ("That is the rule for the tangent", lambda v: slope(mpmath.tan, by_value(mpmath.tan, v["p"] / 10))),
    ],
    "relu-neuron-slope": [
        (
            "if it is positive, the derivative of relu is 1 there; if it is negative, 0",
            lambda v: v["k"] * v["a"] * (1 - slope(relu, v["a"] * v["c"] - v["b"])),
        ),
        ("times the input of relu", lambda v: sum((v["k"] * v["a"] * v["c"], -v["k"] * v["b"]))),
    ],
    "sigmoid-bound": [
        ("the value of σ where its derivative is largest", lambda v: sigmoid(0)),
        ("The value of σ comes close to 1", lambda v: mpmath.nint(sigmoid(40))),
    ],
    "vanishing-gradient": [
        ("they are not added", lambda v: sum(slope(sigmoid, 0) for _ in range(int(v["n"])))),
        ("one is missing", lambda v: mpmath.fprod(slope(sigmoid, 0) for _ in range(int(v["n"]) - 1))),
        ("the bound for one sigmoid", lambda v: slope(sigmoid, 0)),
    ],
    "relu-layers-pass-on": [
        ("The units themselves contribute factors of 1", lambda v: slope(relu, 1) ** 3),
        ("they are not added", lambda v: sum((v["a"], v["b"], v["c"]))),
    ],
    "layers-below-a-thousandth": [
        ("is 1/256, which is still larger than 1/1000", lambda v: mpmath.log(256, 4)),
        ("after five sigmoids the bound is 1/1024", lambda v: mpmath.log(1024, 4) + 1),
        ("1000 divided by 4 only once", lambda v: mpmath.mpf(1000) / 4),
    ],
    "slope-of-sin-square": [
        ("the inner derivative, 2x, is missing", lambda v: slope(mpmath.sin, mpmath.pi)),
        ("cos(π) is −1, not 1", lambda v: abs(slope(mpmath.sin, mpmath.pi)) * AT_ROOT_OF_PI()),
        ("and not at x", lambda v: slope(mpmath.sin, mpmath.sqrt(mpmath.pi)) * AT_ROOT_OF_PI()),
        ("it does not go inside the cosine", lambda v: slope(mpmath.sin, AT_ROOT_OF_PI())),
        ("the value of the function", lambda v: mpmath.sin(mpmath.pi)),
    ],
    "forward-difference": [
        (
            "That is the quotient itself",
            lambda v: growth(v) / TENTH + slope(lambda x: (v["a"] * x + 1) ** 2, 1),
        ),
        ("divide it by h", growth),
        ("it still has one factor h", lambda v: growth(v) / TENTH**2),
        ("so {a} is squared too", lambda v: growth({"a": mpmath.mpf(1)}) / TENTH),
    ],
    "links-of-four": [
        ("One is left out", lambda v: len(("tangent", "exponential", "sine"))),
        ("x is not a link", lambda v: len(("tangent", "exponential", "root", "sine", "x"))),
    ],
    "links-of-six": [
        ("One is left out", lambda v: len(("root", "logarithm", "square", "cosine", "exponential"))),
        (
            "Adding 2 is not a link of its own",
            lambda v: len(("root", "logarithm", "plus 2", "square", "cosine", "exponential", "times 3")),
        ),
    ],
    "second-derivative-from-values": [
        ("The factor 2x changes too", lambda v: v["b"] * slope(lambda x: x**2, 1) ** 2),
        (
            "The derivative of f′(x²) is f″(x²)·2x",
            lambda v: v["a"] * slope(lambda x: x**2, 1, 2) + v["b"] * slope(lambda x: x**2, 1),
        ),
        ("That is f″ alone", lambda v: v["b"]),
    ],
    "linearised-composition": [
        ("The inner rate g′(3) is missing", lambda v: v["c"] + v["b"] * TENTH),
        ("That is the change", lambda v: slope(lambda x: v["b"] * v["a"] * x, 3) * TENTH),
    ],
    "horizontal-tangent": [
        ("There the exponent is 0", lambda v: mpmath.findroot(lambda x: x**2 - v["a"] * x, v["a"] + TENTH)),
        ("There the exponent is 0", lambda v: mpmath.findroot(lambda x: x**2 - v["a"] * x, -TENTH)),
        (
            "for a positive x",
            lambda v: -mpmath.findroot(lambda x: slope(lambda t: t**2 - v["a"] * t, x), v["a"]),
        ),
    ],
    "slope-at-one-one": [
        ("the one without dy/dx is missing", lambda v: slope_at_one_one(curve(v, x_constant=True))),
        ("The term xy was left out", lambda v: slope_at_one_one(curve(v, product=0))),
        ("look at the signs", lambda v: -slope_at_one_one(curve(v))),
    ],
    "slope-of-inverse": [
        ("That is the slope of f", lambda v: v["b"]),
        ("one over the value", lambda v: 1 / v["a"]),
        (
            "That is the derivative of 1/f",
            lambda v: slope(lambda x: 1 / (v["a"] + v["b"] * (x - v["c"])), v["c"]),
        ),
    ],
    "slope-of-inverse-of-cubic": [("That is the slope of f", cubic)],
    "pressure-of-compressed-gas": [
        ("dV/dt is negative", lambda v: slope(lambda t: v["c"] * v["b"] / (v["b"] + v["a"] * t), 0)),
        ("That is upside down", lambda v: 1 / (v["c"] / v["b"]) * v["a"]),
        ("The rate of the volume is a factor too", lambda v: v["c"] / v["b"]),
    ],
    "sliding-ladder": [
        ("The ends do not move equally fast", lambda v: v["a"]),
        ("That is upside down", lambda v: v["a"] / -slope(lambda x: mpmath.sqrt(25 - x**2), 3)),
        ("5 is the length of the ladder", lambda v: v["a"] * 3 / mpmath.hypot(3, 4)),
    ],
    "edge-of-growing-cube": [
        ("That multiplies where you have to divide", lambda v: slope(lambda s: s**3, v["b"]) * v["a"]),
        ("The derivative of s³ is 3s²", lambda v: v["a"] / (slope(lambda s: s**3, v["b"]) / 3)),
    ],
    "two-cyclists": [
        ("The second cyclist gets closer to the crossing", lambda v: slope(distance(v, +1), 0)),
        ("divide by the distance z", lambda v: slope(distance(v, -1), 0) * distance(v, -1)(0)),
        ("Each rate has to be multiplied first", lambda v: v["a"] - v["b"]),
    ],
    "rate-along-two-ways": [
        ("dy/dt is negative", lambda v: slope(lambda t: v["a"] * (v["c"] * t) + 7 * abs(-v["b"]) * t, 0)),
        ("the rate of its own variable only", lambda v: sum((v["a"], 7)) * sum((v["c"], -v["b"]))),
        ("along the two paths are added", lambda v: mpmath.fprod((v["a"], v["c"], 7, -v["b"]))),
    ],
    "travelling-wave": [
        ("has a minus sign", lambda v: abs(slope(lambda t: -v["c"] * t, 0)) / slope(lambda x: v["k"] * x, 0)),
        (
            "It is the other way round",
            lambda v: slope(lambda x: v["k"] * x, 0) / slope(lambda t: -v["c"] * t, 0),
        ),
        ("∂u/∂x has an inner derivative too", lambda v: slope(lambda t: -v["c"] * t, 0)),
    ],
    "integral-of-stretched": [
        ("so divide by it", lambda v: v["a"] * slope(lambda x: v["b"] * x, 0)),
        (
            "you still have to divide by the inner derivative",
            lambda v: mpmath.quad(lambda u: v["a"] / v["b"], [0, v["b"]]),
        ),
    ],
}


def test_every_wrong_number_has_its_calculation() -> None:
    assert FORESEEN.keys() == MISTAKES.keys()
    for name, card in FORESEEN.items():
        assert len(card.content.wrong) == len(MISTAKES[name]), name


@pytest.mark.parametrize("name", FORESEEN)
def test_a_wrong_number_follows_from_the_mistake_that_its_feedback_names(name: str) -> None:
    content = CARDS[name].content
    for (_, why), (words, _) in zip(content.wrong, MISTAKES[name], strict=True):
        assert words in why
    value_sets = variants(content.where, content.rules)
    for values in value_sets[:: max(1, len(value_sets) // 8)]:
        with mpmath.workdps(40):
            numbers = {letter: mpmath.mpf(value.numerator) / value.denominator for letter, value in values.items()}
            stated = [function(answer)() for answer, _ in content.question(values, 0).expected.wrong]
            computed = [calculation(numbers) for _, calculation in MISTAKES[name]]
        assert [
            close(stated_number, computed_number)
            for stated_number, computed_number in zip(stated, computed, strict=True)
        ] == [True] * len(stated), values


@pytest.mark.parametrize("name", FORESEEN)
def test_two_mistakes_never_give_the_same_number(name: str) -> None:
    """Then the feedback would name a mistake that the learner may not have made."""
    content = CARDS[name].content
    for values in variants(content.where, content.rules):
        expected = content.question(values, 0).expected
        numbers = [floats.value(read_printed(answer), {}) for answer, _ in expected.wrong]
        assert None not in numbers
        assert len({f"{number:.9g}" for number in numbers}) == len(numbers), values
