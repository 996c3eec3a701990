"""The later units: each answer is what calculations by tiny differences find, without a rule of differentiation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import product
from typing import Any

import pytest
from bundled_deck import bundled_deck
from high_precision import close, function
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.cards.card import Card
from mnemosyne.cards.variants import Values, variants
from mnemosyne.verdict import Problem, Word

mpmath = pytest.importorskip("mpmath")
sympy = pytest.importorskip("sympy")

pytestmark = pytest.mark.sampled
CARDS = {card.id: card for card in bundled_deck().cards}
TRIED = sample_size(2, 8)  # variants of each card
PLACES = ("0.06", "0.31", "0.77", "1.3")
STARTS = ("-2.1", "-0.4", "0.6", "1.9")  # where the search for a point of the curve begins


def of(kind: str) -> list[Card]:
    return [card for card in CARDS.values() if card.kind == kind]


def cases(card: Card) -> Iterator[tuple[Values, Any]]:
    """Yield variants with their expected answers."""
    value_sets = variants(card.content.where, card.content.rules)
    for values in value_sets[:: max(1, len(value_sets) // TRIED)]:
        yield values, card.content.question(values, 0).expected


class Curve:
    """A curve in x and y, on which y is found by searching for a root, and the slope by tiny differences."""

    def __init__(self, equation: str, x: str, y: str) -> None:
        self.left, self.right = (function(side, x, y) for side in equation.split("="))

    def height(self, place: Any, start: Any) -> Any:
        """Return the y that the search finds from `start`; ValueError or ZeroDivisionError where there is none."""
        return mpmath.findroot(lambda y: self.left(place, y) - self.right(place, y), start)

    def points(self) -> Iterator[tuple[Any, Any]]:
        """Yield points of the curve."""
        for place, start in product(map(mpmath.mpf, PLACES), map(mpmath.mpf, STARTS)):
            with suppress(ValueError, ZeroDivisionError):
                height = self.height(place, start)
                if isinstance(height, mpmath.mpf):
                    yield place, height

    def slope(self, place: Any, height: Any) -> Any:
        """Return the slope of the branch through a point."""
        return mpmath.diff(lambda x: self.height(x, height), place)


@pytest.mark.thorough
@pytest.mark.parametrize("card", of("implicit"), ids=lambda card: card.id)
def test_a_slope_of_a_curve_is_the_limit_of_difference_quotients_on_it(card: Card) -> None:
    for _, expected in cases(card):
        x, y = expected.variable, expected.dependent
        answer = function(check(expected.problem(0), "0").expected or "", x, y)
        with mpmath.workdps(40):
            curve = Curve(expected.equation, x, y)
            points = list(curve.points())
            assert len(points) >= 2
            for point in points:
                assert close(curve.slope(*point), answer(*point))


@pytest.mark.parametrize("card", of("antiderivative"), ids=lambda card: card.id)
def test_differences_of_an_antiderivative_give_the_function_again(card: Card) -> None:
    for _, expected in cases(card):
        answer = check(expected.problem(0), "0").expected or ""
        antiderivative, f = partial(function(answer, "C", "x"), 3), function(expected.line, "x")
        with mpmath.workdps(40):
            for place in map(mpmath.mpf, PLACES):
                assert close(mpmath.diff(antiderivative, place), f(place))
        assert check(expected.problem(0), expected.line).word is Word.INCORRECT


def tangent(f: Callable[[Any], Any], place: Any) -> Callable[[Any], Any]:
    return lambda x: f(place) + mpmath.diff(f, place) * (x - place)


def logarithmic_slope(a: Any, b: Any) -> Callable[[Any], Any]:
    return lambda x: mpmath.diff(lambda t: (t + a) ** 3 * (t + b) ** 5, x) / ((x + a) ** 3 * (x + b) ** 5)


def level_rate(a: Any) -> Callable[[Any, Any], Any]:
    return lambda h, q: q / mpmath.diff(lambda height: mpmath.pi * (a * height) ** 2 * height / 3, h)


def turning(p: Any, q: Any, r: Any, t: Any) -> Any:
    return mpmath.diff(lambda angle: p * r * mpmath.cos(angle) + q * r * mpmath.sin(angle), t)


def mixed(a: Any) -> Callable[[Any, Any], Any]:
    return lambda x, y: mpmath.diff(lambda s, t: mpmath.exp(a * s * t), (x, y), (1, 1))


FORMULAS: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Callable[..., Any]]]] = {
    "tangent-to-cube": ("x", lambda v: tangent(lambda x: (v["a"] * x + 1) ** 3, 0)),
    "tangent-to-exponential": ("x", lambda v: tangent(lambda x: mpmath.exp(v["a"] * x - v["a"]), 1)),
    "tangent-to-logarithm": (
        "x",
        lambda v: tangent(lambda x: mpmath.log(v["a"] * x - v["b"]) + v["c"], (v["b"] + 1) / v["a"]),
    ),
    "tangent-to-circle": ("x", lambda v: tangent(lambda x: -mpmath.sqrt(25 - x**2), 3)),
    "growth-of-product": ("x", lambda v: logarithmic_slope(v["a"], v["b"])),
    "water-in-a-cone": ("h q", lambda v: level_rate(v["a"])),
    "turning-rate": ("p q r t", lambda v: turning),
    "mixed-second-derivative": ("x y", lambda v: mixed(v["a"])),
}


def test_every_formula_card_has_its_calculation() -> None:
    assert {card.id for card in of("formula")} == FORMULAS.keys()


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_what_tiny_differences_give(name: str) -> None:
    names, calculation = FORMULAS[name]
    arguments = [mpmath.mpf(n) / 7 for n in (3, 5, 8, 9)][: len(names.split())]
    for values, expected in cases(CARDS[name]):
        answer = function(expected.answer, *names.split())
        with mpmath.workdps(40):
            numbers = {letter: mpmath.mpf(value.numerator) / value.denominator for letter, value in values.items()}
            assert close(answer(*arguments), calculation(numbers)(*arguments))
        assert check(Problem(expected.answer, asks=expected.problem(0).asks), "1").word is Word.INCORRECT


def moving(*lengths_and_rates: tuple[Any, Any]) -> Callable[[Any], list[Any]]:
    """Return the lengths at the time t, each with its rate."""
    return lambda t: [length + rate * t for length, rate in lengths_and_rates]


def at_start(f: Callable[[Any], Any]) -> Any:
    return mpmath.diff(f, 0)


def inverse_slope(f: Callable[[Any], Any], place: Any) -> Any:
    return mpmath.diff(lambda y: mpmath.findroot(lambda x: f(x) - y, place), f(place))


NUMBERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "second-derivative-from-values": lambda v: mpmath.diff(
        lambda x: v["a"] * (x**2 - 1) + v["b"] / 2 * (x**2 - 1) ** 2, 1, 2
    ),
    "linearised-composition": lambda v: tangent(lambda x: v["c"] + mpmath.sin(v["b"] * v["a"] * (x - 3)), 3)(
        mpmath.mpf("3.1")
    ),
    "horizontal-tangent": lambda v: mpmath.findroot(
        lambda x: mpmath.diff(lambda t: mpmath.exp(t**2 - v["a"] * t), x), v["a"] / 2 + mpmath.mpf("0.01")
    ),
    "slope-at-one-one": lambda v: mpmath.diff(
        lambda x: mpmath.findroot(lambda y: v["a"] * x**2 + v["b"] * x * y - v["b"] * y**2 - v["a"], 1), 1
    ),
    "slope-of-inverse": lambda v: inverse_slope(lambda x: v["a"] + mpmath.sinh(v["b"] * (x - v["c"])), v["c"]),
    "slope-of-inverse-of-cubic": lambda v: inverse_slope(lambda x: x**3 + v["a"] * x, v["c"]),
    "pressure-of-compressed-gas": lambda v: at_start(lambda t: v["b"] * v["c"] / moving((v["b"], -v["a"]))(t)[0]),
    "sliding-ladder": lambda v: -at_start(lambda t: mpmath.sqrt(25 - moving((3, v["a"]))(t)[0] ** 2)),
    "edge-of-growing-cube": lambda v: at_start(lambda t: mpmath.cbrt(moving((v["b"] ** 3, v["a"]))(t)[0])),
    "two-cyclists": lambda v: at_start(lambda t: mpmath.hypot(*moving((3, v["a"]), (4, -v["b"]))(t))),
    "rate-along-two-ways": lambda v: at_start(
        lambda t: mpmath.sin(v["a"] * v["c"] * t) + mpmath.expm1(-7 * v["b"] * t)
    ),
    "travelling-wave": lambda v: (
        at_start(lambda t: mpmath.sin(1 - v["c"] * t)) / at_start(lambda x: mpmath.sin(1 + v["k"] * x))
    ),
    "integral-of-stretched": lambda v: mpmath.quad(lambda x: 2 * v["a"] * v["b"] * x / v["b"] ** 2, [0, 1]),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_what_tiny_differences_give(name: str) -> None:
    for values, expected in cases(CARDS[name]):
        with mpmath.workdps(40):
            numbers = {letter: mpmath.mpf(value.numerator) / value.denominator for letter, value in values.items()}
            assert close(function(expected.answer)(), NUMBERS[name](numbers))


def test_every_number_of_the_later_units_has_its_calculation() -> None:
    later = {card.id for card in of("numeric") if str(card.source.path).rsplit("/", 1)[-1][:2] >= "25"}
    assert later == NUMBERS.keys()


@pytest.mark.parametrize(
    ("before", "elementary"), [("x·", True), ("", False), ("x²·", False), ("/x", False)], ids=["x", "1", "x^2", "1/x"]
)
def test_which_antiderivatives_are_elementary(before: str, elementary: bool) -> None:
    """Risch's algorithm decides it: sympy leaves a marked rest only where it has proved that there is none."""
    risch = pytest.importorskip("sympy.integrals.risch")
    x = sympy.Symbol("x")
    factor = {"x·": x, "": 1, "x²·": x**2, "/x": 1 / x}[before]
    rest = risch.risch_integrate(factor * sympy.exp(x**2), x).atoms(risch.NonElementaryIntegral)
    assert (not rest) is elementary
    option_text = f"$e^(x²){before}$" if before == "/x" else f"${before}e^(x²)$"
    (option,) = (option for option in CARDS["one-substitution-does"].content.options if option.text == option_text)
    assert option.right is elementary
