"""The numbers in choices are computed, by difference quotients wherever they are slopes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from bundled_deck import bundled_deck
from high_precision import PLACES, close, function, relu, same_slope, sigmoid, slope

from mnemosyne.cards.kinds.choice import Choice

mpmath = pytest.importorskip("mpmath")

CARDS = {card.id: card for card in bundled_deck().cards}
Number = Any  # of mpmath, which has no types


def choice(card: str) -> Choice:
    content = CARDS[card].content
    assert isinstance(content, Choice)
    return content


def why(card: str, text: str) -> str:
    """Return the feedback to the option with this text."""
    (feedback,) = (option.why for option in choice(card).options if option.text == text)
    return feedback


def right(card: str) -> str:
    (option_text,) = (option.text for option in choice(card).options if option.right)
    return option_text


def texts(card: str) -> set[str]:
    return {option.text for option in choice(card).options}


FUNCTIONS: tuple[Callable[[Number], Number], ...] = (
    mpmath.sin,
    mpmath.exp,
    mpmath.log,
    mpmath.tanh,
    sigmoid,
    lambda x: mpmath.sin(x**2),
    lambda x: (3 * x + 1) ** 2,
    lambda x: 1 / x,
)
Quotient = Callable[[Callable[[Number], Number], Number, Number], Number]
QUOTIENTS: Mapping[str, Quotient] = {
    "(f(x + h) − f(x − h))/(2h)": lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
    "(f(x + h) − f(x))/h": lambda f, x, h: (f(x + h) - f(x)) / h,
    "(f(x + h) − f(x − h))/h": lambda f, x, h: (f(x + h) - f(x - h)) / h,
    "(f(x) − f(x − h))/h": lambda f, x, h: (f(x) - f(x - h)) / h,
}
CENTRAL, FORWARD, TWICE, BACKWARD = QUOTIENTS


def error(quotient: str, f: Callable[[Number], Number], x: Number, h: Number) -> Number:
    return abs(QUOTIENTS[quotient](f, x, h) - slope(f, x))


def test_the_difference_quotient_that_is_nearest() -> None:
    card, h = "which-difference-is-nearest", mpmath.mpf("0.001")
    assert "h = 0.001. Which quotient is usually closest" in " ".join(choice(card).ask.split())
    assert texts(card) == QUOTIENTS.keys()
    with mpmath.workdps(40):
        cases = [(f, mpmath.mpf(x) / 7) for f in FUNCTIONS for x in range(2, 16)]
        nearest = [min(QUOTIENTS, key=lambda quotient, f=f, x=x: error(quotient, f, x, h)) for f, x in cases]
    assert nearest.count(right(card)) > 0.95 * len(cases)


def test_the_orders_of_the_errors_of_difference_quotients() -> None:
    card, h = "which-difference-is-nearest", mpmath.mpf("0.0001")
    assert "the errors of order h cancel" in why(card, CENTRAL)
    assert why(card, FORWARD) == why(card, BACKWARD)
    assert "its error is of order h." in why(card, FORWARD)
    assert "about twice the derivative." in why(card, TWICE)
    with mpmath.workdps(40):
        for f in FUNCTIONS:
            x = mpmath.mpf("0.6")
            for quotient, order in ((FORWARD, 1), (BACKWARD, 1)):
                halved = error(quotient, f, x, h) / error(quotient, f, x, h / 2)
                assert halved == pytest.approx(2**order, rel=0.01)
            assert error(CENTRAL, f, x, h) < 100 * h**2
            assert QUOTIENTS[TWICE](f, x, h) / slope(f, x) == pytest.approx(2, rel=1e-4)


def test_the_quotients_of_the_square() -> None:
    card = "central-quotient-of-square"
    assert "(1 + h)² − (1 − h)² is 4h, so the quotient is 2," in why(card, "2, whatever h is")
    assert "one-sided quotient (f(1 + h) − f(1))/h." in why(card, "2 + h")
    assert "one-sided quotient (f(1) − f(1 − h))/h." in why(card, "2 − h")
    assert "lie 2h apart, not h apart" in why(card, "4, whatever h is")
    assert right(card) == "2, whatever h is"
    for h in (0.5, 0.25, 0.125):  # binary fractions: no rounding
        values = {name: quotient(lambda x: x * x, 1, h) for name, quotient in QUOTIENTS.items()}
        assert values == {CENTRAL: 2, FORWARD: 2 + h, BACKWARD: 2 - h, TWICE: 4}
        assert (1 + h) ** 2 - (1 - h) ** 2 == 4 * h


def by_value(text: str, letter: str) -> Callable[[Number], Number]:
    """Return the function of a formula in the value s or t of a unit."""
    return function(text, letter)


@pytest.mark.parametrize(
    ("card", "letter", "unit"), [("sigmoid-derivative-is", "s", sigmoid), ("tanh-derivative-is", "t", mpmath.tanh)]
)
def test_the_slope_of_a_unit_by_its_value(card: str, letter: str, unit: Callable[[Number], Number]) -> None:
    for option in choice(card).options:
        holds = same_slope(unit, lambda z, text=option.text: by_value(text, letter)(unit(z)))
        assert holds is option.right


def test_what_is_said_of_the_wrong_slopes_of_the_sigmoid() -> None:
    card, far = "sigmoid-derivative-is", 30
    assert "Where s is near 1 the curve is flat, and this would be near 2." in why(card, "s·(1 + s)")
    assert slope(sigmoid, far) == pytest.approx(0, abs=1e-9)
    assert by_value("s·(1 + s)", "s")(sigmoid(far)) == pytest.approx(2)
    assert "for z far below 0 it would be almost 1." in why(card, "1 − s")
    assert by_value("1 − s", "s")(sigmoid(-far)) == pytest.approx(1)
    assert "the derivative of tanh in terms of its own value" in why(card, "1 − s²")
    assert same_slope(mpmath.tanh, lambda z: by_value("1 − s²", "s")(mpmath.tanh(z)))


def test_what_is_said_of_the_slopes_of_tanh() -> None:
    card, far = "tanh-derivative-is", 30
    assert "It is 1 at z = 0 and falls towards 0 on both sides" in why(card, "1 − t²")
    along = [slope(mpmath.tanh, z / 2) for z in range(9)]
    assert along == sorted(along, reverse=True)
    assert along[0] == pytest.approx(1)
    assert [slope(mpmath.tanh, z) for z in (-far, far)] == pytest.approx([0, 0], abs=1e-9)
    assert slope(mpmath.tanh, -2) == pytest.approx(along[4])
    assert "the rule for the sigmoid" in why(card, "t·(1 − t)")
    assert same_slope(sigmoid, lambda z: by_value("t·(1 − t)", "t")(sigmoid(z)))
    assert "the rule for the tangent: its derivative is 1 + tan²." in why(card, "1 + t²")
    assert same_slope(mpmath.tan, lambda z: by_value("1 + t²", "t")(mpmath.tan(z)))
    assert "for z far below 0 this would be almost 2." in why(card, "1 − t")
    assert by_value("1 − t", "t")(mpmath.tanh(-far)) == pytest.approx(2)


def test_the_slopes_that_units_take() -> None:
    card, places = "relu-slope", [z / 8 for z in range(-80, 81) if z]

    def slopes(f: Callable[[Number], Number]) -> list[float]:
        return [float((f(z + 2**-10) - f(z - 2**-10)) / 2**-9) for z in places]

    assert right(card) == "0 and 1"
    assert "0 where the input is negative, 1 where it is positive" in why(card, "0 and 1")
    assert slopes(relu) == [float(z > 0) for z in places]
    assert "takes no values in between" in why(card, "all values from 0 to 1")
    assert set(slopes(relu)) == {0, 1}
    assert "derivative of |z|" in why(card, "−1 and 1")
    assert set(slopes(abs)) == {-1, 1}
    assert "derivative of the sigmoid lies in that range" in why(card, "all values from 0 to 0.25")
    assert 0 < min(slopes(sigmoid)) < 0.001
    assert 0.249 < max(slopes(sigmoid)) <= 0.25


def test_the_numbers_of_the_unit_that_is_asleep() -> None:
    card = "relu-neuron-asleep"
    inner = function(re.findall(r"relu\((.+?)\)\$ at x = 2", choice(card).ask)[0], "x")
    assert right(card) == "0"
    assert slope(lambda x: relu(inner(x)), 2) == 0
    assert why(card, "3") == "That is the inner derivative; the outer one, at −4, is 0."
    assert "derivative of ReLU where its input is positive; here the input is −4." in why(card, "1")
    assert "the input of ReLU" in why(card, "−4")
    assert slope(inner, 2) == pytest.approx(3)
    assert inner(2) == -4
    assert [slope(relu, -4), slope(relu, 4)] == pytest.approx([0, 1])


def test_the_numbers_of_a_second_derivative() -> None:
    card = "which-mistake-second-derivative"
    assert "Try (3x + 1)²: its second derivative is 18 and not 2." in why(card, "Nothing; it is right.")
    assert "12·3·3 is 108." in why(card, right(card))
    with mpmath.workdps(40):
        assert same_slope(lambda x: (3 * x + 1) ** 2, lambda _: 18, order=2)
        assert same_slope(lambda u: u**2, lambda _: 2, order=2)
        assert same_slope(lambda x: (3 * x + 1) ** 4, lambda x: 108 * (3 * x + 1) ** 2, order=2)


def test_which_line_is_the_tangent() -> None:
    card, c = "tangent-formula", mpmath.mpf("0.7")

    def f(x: Number) -> Number:
        return mpmath.sin(3 * x) + x

    lines: Mapping[str, Callable[[Number], Number]] = {
        "$y = f(c) + f′(c)·(x − c)$": lambda x: f(c) + slope(f, c) * (x - c),
        "$y = f(c) + f′(x)·(x − c)$": lambda x: f(c) + slope(f, x) * (x - c),
        "$y = f′(c) + f(c)·(x − c)$": lambda x: slope(f, c) + f(c) * (x - c),
        "$y = f(c) + f′(c)·x$": lambda x: f(c) + slope(f, c) * x,
    }
    assert texts(card) == lines.keys()
    checks = {}
    with mpmath.workdps(40):
        for text, line in lines.items():
            straight = close(line(1) - line(0), line(3) - line(2))
            checks[text] = (close(line(c), f(c)), abs(slope(line, c) - slope(f, c)) < 1e-9, straight)
    assert list(checks.values()) == [
        (True, True, True),  # the value and the slope at c, and a line
        (True, True, False),
        (False, False, True),
        (False, True, True),
    ]
    assert right(card) == next(text for text, properties in checks.items() if all(properties))


def test_the_nearest_line_to_a_root() -> None:
    card = "pick-linearisation-of-root"
    assert "For small x, which line is closest to $√(1 + 6x)$" in choice(card).ask
    lines = {text: function(text.strip("$"), "x") for text in texts(card)}
    for x in (-0.01, -0.001, 0.001, 0.01, 0.05):
        assert right(card) == min(lines, key=lambda text, x=x: abs(lines[text](x) - mpmath.sqrt(1 + 6 * x)))
    assert "The value at 0 is 1, and the slope is 6/(2·√1)." in why(card, "$1 + 3x$")
    assert slope(lambda x: mpmath.sqrt(1 + 6 * x), 0) == pytest.approx(6 / (2 * 1**0.5))
    assert "The slope of the root, 1/2, is missing." in why(card, "$1 + 6x$")
    assert slope(mpmath.sqrt, 1) == pytest.approx(1 / 2)
    assert "the value at 0 is 1" in why(card, "$3x$")


def some_y(x: Number) -> Number:
    return mpmath.exp(2 * x) + x


IMPLICIT: Mapping[str, tuple[Callable[[Number], Number], Mapping[str, Callable[[Number, Number, Number], Number]]]] = {
    "derivative-of-y-squared": (
        lambda x: some_y(x) ** 2,
        {
            "$2y·dy/dx$": lambda x, y, dy: 2 * y * dy,
            "$2y$": lambda x, y, dy: 2 * y,
            "$2·dy/dx$": lambda x, y, dy: 2 * dy,
            "$2x·dy/dx$": lambda x, y, dy: 2 * x * dy,
            "0": lambda x, y, dy: 0,
        },
    ),
    "derivative-of-x-times-y": (
        lambda x: x * some_y(x),
        {
            "$y + x·dy/dx$": lambda x, y, dy: y + x * dy,
            "$dy/dx$": lambda x, y, dy: dy,
            "$x·dy/dx$": lambda x, y, dy: x * dy,
            "$y$": lambda x, y, dy: y,
            "$1 + dy/dx$": lambda x, y, dy: 1 + dy,
        },
    ),
}


@pytest.mark.parametrize("card", IMPLICIT)
def test_the_derivative_of_an_expression_in_x_and_y(card: str) -> None:
    f, values = IMPLICIT[card]
    assert texts(card) == values.keys()
    for option in choice(card).options:
        holds = same_slope(f, lambda x, text=option.text: values[text](x, some_y(x), slope(some_y, x)))
        assert holds is option.right


def test_the_feedback_on_expressions_in_x_and_y() -> None:
    assert why("derivative-of-y-squared", "$2y$").startswith("That is the derivative with respect to y;")
    assert why("derivative-of-y-squared", "$2·dy/dx$") == "The outer derivative is 2y and not 2."
    assert same_slope(lambda y: y**2, lambda y: 2 * y)
    assert why("derivative-of-x-times-y", "$1 + dy/dx$") == "That is the derivative of x + y."
    assert same_slope(lambda x: x + some_y(x), lambda x: 1 + slope(some_y, x))
    assert why("derivative-of-x-times-y", "$y$") == "That holds y constant."
    for place in PLACES:
        constant = some_y(place)
        assert close(slope(lambda x, y=constant: x * y, place), constant)


def test_the_rate_of_the_area_of_a_square() -> None:
    card = "which-mistake-put-in-too-early"
    assert "grows at 2 cm/s. For the moment when it is 5 cm" in choice(card).ask
    assert why(card, right(card)).endswith("2·5·2 = 20.")
    assert slope(lambda t: (5 + 2 * t) ** 2, 0) == pytest.approx(20)
    assert why(card, "Only the factor ds/dt was left out.") == "Then 2·5 would be left, not 0."
    assert slope(lambda s: s**2, 5) == pytest.approx(2 * 5)
    assert why(card, "The formula for the area is wrong.") == "It is right: 5·5 is 25."


def test_the_factors_of_an_antiderivative() -> None:
    card = "which-mistake-multiplied"
    assert "$5·sin(5x) + C$ as the antiderivative of $cos(5x)$" in choice(card).ask
    assert why(card, "Nothing; it is right.") == "Its derivative is 25·cos(5x)."
    assert same_slope(function("5·sin(5x)", "x"), function("25·cos(5x)", "x"))
    assert "The derivative of sin(5x) is 5·cos(5x)," in why(card, "There should be no 5 in front at all.")
    assert same_slope(function("sin(5x)", "x"), function("5·cos(5x)", "x"))
    assert right(card) == "It should have 1/5 in front, not 5."
    assert same_slope(function("1/5·sin(5x)", "x"), function("cos(5x)", "x"))


def test_the_limits_after_a_substitution() -> None:
    card = "new-limits"
    assert "$2x·e^(x²)$ from x = 1 to x = 3 you put u = x²" in choice(card).ask
    limits = {text: [function(end)() for end in text.removeprefix("between ").split(" and ")] for text in texts(card)}
    integral = mpmath.quad(function("2x·e^(x²)", "x"), [1, 2, 3])
    for text, ends in limits.items():
        assert close(mpmath.quad(mpmath.exp, mpmath.linspace(*ends, 5)), integral) is (text == right(card))
    assert why(card, "between 2 and 6") == "Those are the values of du/dx at the two ends."
    assert [slope(lambda x: x**2, end) for end in (1, 3)] == pytest.approx(limits["between 2 and 6"])


def test_the_terms_of_a_quotient_that_is_no_antiderivative() -> None:
    card = "which-mistake-divided-by-x"
    assert "$sin(x²)/(2x)$ is an antiderivative of $cos(x²)$" in choice(card).ask
    for text in ("The divisor 2x is not a constant.", "Nothing; it is right."):
        assert why(card, text).endswith("−sin(x²)/(2x²).")
    second = function("−sin(x²)/(2x²)", "x")
    quotient, claimed = function("sin(x²)/(2x)", "x"), function("cos(x²)", "x")
    assert same_slope(quotient, lambda x: claimed(x) + second(x))
    assert not same_slope(quotient, claimed)


def test_rates_in_words() -> None:
    card = "falling-middle"
    assert "u goes down twice as fast. When u goes up, y goes up three times as fast" in choice(card).ask
    assert right(card) == "It goes down six times as fast."
    assert "The rates are −2 and 3; their product is −6." in why(card, right(card))
    u, y = (lambda x: 10 - 2 * x), (lambda u: 7 + 3 * u)
    assert y(u(4)) - y(u(3)) == -6
    assert "That adds −2 and 3" in why(card, "It goes up as fast as x.")
    assert -2 + 3 == 1


def test_the_change_of_a_weight_that_lowers_the_loss() -> None:
    card = "which-way-to-change-a-weight"
    assert "At the present weight w, ∂L/∂w is −8. Which small change makes the loss L smaller?" in choice(card).ask
    assert right(card) == "w becomes a little larger."
    assert "if w grows by 0.01, L falls by about 0.08." in why(card, right(card))

    def loss(w: float) -> float:
        return (2 * w - 5) ** 2 + 1  # y = 2w with the target 5

    assert slope(loss, 1.5) == pytest.approx(-8)
    assert loss(1.51) - loss(1.5) == pytest.approx(-0.08, rel=0.01)
    assert loss(1.49) > loss(1.5)
    assert loss(1.5) > 0
    assert loss(-1.5) > loss(1.5)
