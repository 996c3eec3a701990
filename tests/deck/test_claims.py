"""What cards and the lesson claim is computed here: a bound is a bound, a largest value is the largest."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from bundled_deck import bundled_deck
from high_precision import function

from mnemosyne.calculus.check import check
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.choice import Choice
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.settings import bundled_cards
from mnemosyne.verdict import Problem, Word

CARDS = {card.id: card for card in bundled_deck().cards}
LESSON = " ".join((Path(bundled_cards()) / "chain-rule" / "lesson.md").read_text(encoding="utf-8").split())


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def factor(weight: float, layers: int, x: float) -> float:
    """Return the factor of a gradient through layers of σ(weight·input), for the input x of the first layer."""
    back, value = 1.0, x
    for _ in range(layers):
        value = sigmoid(weight * value)
        back *= weight * value * (1 - value)
    return back


def largest_factor(weight: float, layers: int) -> float:
    """Return the largest factor over all inputs, found on a fine grid."""
    return max(factor(weight, layers, n / 2000) for n in range(-20_000, 20_001))


def ask(card: Card) -> str:
    return str(card.content.ask)


def stated_number(card_id: str) -> Fraction:
    content = CARDS[card_id].content
    assert isinstance(content, Numeric)
    return Fraction(content.answer)


def test_the_largest_slope_of_the_sigmoid() -> None:
    assert largest_factor(1, 1) == pytest.approx(stated_number("sigmoid-bound"))


@pytest.mark.parametrize("layers", [4, 5, 6, 8, 10])
def test_a_quarter_for_each_layer_is_a_bound_that_is_not_reached(layers: int) -> None:
    assert "bound" in ask(CARDS["vanishing-gradient"])
    assert 0 < largest_factor(1, layers) < 0.25**layers


def test_the_stated_number_of_layers_is_the_first_whose_bound_is_below_a_thousandth() -> None:
    assert "fall below 1/1000" in ask(CARDS["layers-below-a-thousandth"])
    layers = int(stated_number("layers-below-a-thousandth"))
    assert 0.25**layers < 1 / 1000 <= 0.25 ** (layers - 1)


def test_where_a_sigmoid_of_a_linear_function_is_steepest() -> None:
    question, options = ask(CARDS["sigmoid-steepest-at"]), CARDS["sigmoid-steepest-at"].content.options
    assert "derivative of $σ(2x − 6)$ largest?" in question
    slopes = {x: 2 * sigmoid(2 * x - 6) * (1 - sigmoid(2 * x - 6)) for x in (n / 100 for n in range(-1000, 1001))}
    steepest = max(slopes, key=lambda x: slopes[x])
    places = {float(option.text.removeprefix("at x = ").replace("−", "-")): option.right for option in options}
    assert [x for x, right in places.items() if right] == [steepest]


def test_large_weights_saturate() -> None:
    assert "(6/4)³ is 3.375" in ask(CARDS["large-weights-saturate"])
    assert "about 0.09" in ask(CARDS["large-weights-saturate"])
    assert "about $0.09$" in LESSON
    assert (6 / 4) ** 3 == 3.375
    assert largest_factor(6, 3) == pytest.approx(0.09, abs=0.002)


def test_with_biases_the_bound_of_large_weights_is_reached() -> None:
    assert "three units $σ(6x − 3)$ have the factor $3.375$ at $x = 0.5$" in " ".join(LESSON.split())
    x, slope = 0.5, 1.0
    for _ in range(3):
        x = 1 / (1 + math.exp(-(6 * x - 3)))
        slope *= 6 * x * (1 - x)
    assert slope == 3.375


def test_twenty_layers_multiply_a_gradient_that_explodes() -> None:
    assert "every layer has the factor $1.5$, twenty layers multiply the gradient by more than 3000" in LESSON
    assert 1.5**20 > 3000


def test_ten_layers_leave_less_than_a_millionth() -> None:
    assert "less than one part in a million" in LESSON
    assert 0.25**10 < 1e-6


def test_the_numbers_of_the_mistake_that_the_lesson_corrects() -> None:
    quotient = (math.cos(5 * 0.101) - math.cos(5 * 0.099)) / 0.002
    wrong = f"{math.sin(0.5):.4f}"
    assert f"$−sin(0.5) ≈ −{wrong}$" in LESSON
    assert f"$cos(0.495) ≈ {math.cos(0.495):.5f}$ to $cos(0.505) ≈ {math.cos(0.505):.5f}$" in LESSON
    assert f"$5 · (−{wrong})$ is $−{-quotient:.3f}$" in LESSON
    assert 5 * float(wrong) == pytest.approx(-quotient, abs=5e-4)


@pytest.mark.parametrize(
    ("card", "numbers"),
    [
        ("which-derivative-fits", {"−0.16": (1 / (2.0001**2 + 1) - 1 / (1.9999**2 + 1)) / 0.0002}),
        ("off-by-the-inner-factor", {"−0.628": math.cos(2.25), "−1.885": 3 * math.cos(2.25)}),
        ("one-check-that-agrees", {"1.081": (math.sin(1.0001**2) - math.sin(0.9999**2)) / 0.0002}),
    ],
)
def test_the_numbers_in_a_question_are_as_computed(card: str, numbers: dict[str, float]) -> None:
    for text, value in numbers.items():
        assert text in ask(CARDS[card])
        assert float(text.replace("−", "-")) == pytest.approx(value, abs=6e-4)


def test_the_numbers_of_the_rule_at_work() -> None:
    """Compute the values that the lesson works out, by differences."""

    def slope(f: Callable[[float], float], x: float) -> float:
        return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5

    assert "$y = 3 + 4/3·(x − 1)$" in LESSON
    assert slope(lambda x: math.sqrt(1 + 8 * x), 1) == pytest.approx(4 / 3)
    assert "At (1, 2) the slope is $−4/5$" in LESSON
    assert 1 + 1 * 2 + 2**2 == 7
    assert slope(lambda x: (-x + math.sqrt(28 - 3 * x**2)) / 2, 1) == pytest.approx(-4 / 5)
    assert "$4π · 25 · 2 = 200π$" in LESSON
    assert slope(lambda t: 4 / 3 * math.pi * (5 + 2 * t) ** 3, 0) == pytest.approx(200 * math.pi)
    assert "$df/dt = 2x·y · (−sin t) + x² · 3$" in LESSON
    x, y = math.cos(0.7), 3 * 0.7
    assert slope(lambda t: math.cos(t) ** 2 * 3 * t, 0.7) == pytest.approx(2 * x * y * -math.sin(0.7) + x**2 * 3)


def test_two_antiderivatives_differ_by_a_half() -> None:
    whys = [option.why for option in CARDS["two-antiderivatives"].content.options]
    assert "sin²(x)/2 and −cos²(x)/2 differ by ½, which C absorbs." in whys
    for x in (0.1, 0.9, 2.5):
        assert math.sin(x) ** 2 / 2 - -(math.cos(x) ** 2) / 2 == pytest.approx(1 / 2)


def test_the_two_forms_of_a_slope_agree_above_the_axis_only() -> None:
    whys = [option.why for option in CARDS["two-forms-of-a-slope"].content.options]
    assert "At (3, −4) the first gives 3/4, and the second gives −3/4." in whys
    above, below = (
        [-3 / y, -3 / math.sqrt(25 - 3**2), (half(3 + 1e-5) - half(3 - 1e-5)) / 2e-5]
        for y, half in ((4, lambda x: math.sqrt(25 - x**2)), (-4, lambda x: -math.sqrt(25 - x**2)))
    )
    assert above == pytest.approx([-3 / 4] * 3)
    assert below == pytest.approx([3 / 4, -3 / 4, 3 / 4])


def is_derivative(f: str, answer: str, *, by: str = "x", order: int = 1) -> bool:
    return check(Problem(f, by, order=order), answer).word is Word.CORRECT


PICKED = {
    card.id: match
    for card in CARDS.values()
    if isinstance(card.content, Choice)
    and (match := re.fullmatch(r"Which (?:of these )?is the (second )?derivative of \$(.+)\$\?", ask(card)))
}


def test_there_are_choices_among_derivatives() -> None:
    assert len(PICKED) >= 10


@pytest.mark.parametrize("card", PICKED)
def test_exactly_one_of_the_derivatives_to_choose_from_is_right(card: str) -> None:
    second, f = PICKED[card].groups()
    for option in CARDS[card].content.options:
        assert is_derivative(f, option.text.strip("$"), order=2 if second else 1) is option.right


def test_exactly_one_of_the_functions_to_choose_from_has_the_derivative() -> None:
    (derivative,) = re.findall(r"\$(.+?)\$", ask(CARDS["derivative-of-which"]))
    for option in CARDS["derivative-of-which"].content.options:
        assert is_derivative(option.text.strip("$"), derivative) is option.right


CLAIMED = {  # the function of the question and the derivative that someone claims for it, in this order
    card.id: formulas
    for card in CARDS.values()
    if isinstance(card.content, Choice)
    and (card.id.startswith("which-mistake") or card.id == "power-rule-trap")
    and len(formulas := re.findall(r"\$(.+?)\$|\(sin\((.+?)\)\)′", ask(card))) == 2
    and not {"implicit", "tangents"} & set(card.tags)
}


def test_the_values_of_the_formulas_that_might_fit() -> None:
    card = CARDS["which-derivative-fits"]
    assert "$1/(x² + 1)$ has the slope −0.16 at x = 2" in ask(card)
    for option in card.content.options:
        stated = re.findall(r"At x = 2 that is (−?\d)/(\d+)", option.why)[0]
        value = float(Fraction("/".join(stated).replace("−", "-")))
        assert function(option.text.strip("$"), "x")(2) == pytest.approx(value)
        assert is_derivative("1/(x^2 + 1)", option.text.strip("$")) is option.right
        assert (value == -0.16) is option.right


def test_most_choices_about_somebodys_claim_are_read() -> None:
    assert len(CLAIMED) >= 20


@pytest.mark.parametrize("card", CLAIMED)
def test_a_claim_is_wrong_unless_the_answer_is_that_nothing_is_wrong(card: str) -> None:
    first, second = (plain or f"sin({inside})" for plain, inside in CLAIMED[card])
    order = 2 if "second derivative" in ask(CARDS[card]) else 1
    (right,) = (option for option in CARDS[card].content.options if option.right)
    holds = is_derivative(first, second, order=order) or is_derivative(second, first, order=order)
    assert holds is right.text.startswith("Nothing; it is right")


@pytest.mark.parametrize(
    ("card", "claim", "value"),
    [
        ("sigmoid-steepest-at", "There the input is −6", 2 * 0 - 6),
        ("sigmoid-steepest-at", "There the input is 6", 2 * 6 - 6),
        ("which-mistake-swapped", "2·1·cos(1) is 1.08", 2 * math.cos(1)),
        ("which-mistake-swapped", "2·sin(1)·cos(1) is 0.91", 2 * math.sin(1) * math.cos(1)),
        ("off-by-the-inner-factor", "3·cos(1.5) is 0.212", 3 * math.cos(1.5)),
        ("off-by-the-inner-factor", "cos(3) is −0.990", math.cos(3)),
        ("one-check-that-agrees", "2·cos(1), which is 1.081", 2 * math.cos(1)),
        ("one-check-that-agrees", "At x = 2 the formula gives −1.66", 2 * 2 * math.cos(2)),
        ("one-check-that-agrees", "but the derivative is −2.61", 2 * 2 * math.cos(2**2)),
        ("which-mistake-second-derivative", "12·3·3 is 108", 12 * 3 * 3),
        ("relu-neuron-asleep", "here the input is −4", 3 * 2 - 10),
        ("large-weights-saturate", "it reaches 6/4", largest_factor(6, 1)),
    ],
)
def test_the_numbers_in_the_feedback_are_as_computed(card: str, claim: str, value: float) -> None:
    assert any(claim in option.why for option in CARDS[card].content.options)
    number_text = claim.rsplit(" ", 1)[1].replace("−", "-")
    number = float(number_text) if "/" not in number_text else int(number_text[0]) / int(number_text[2])
    assert number == pytest.approx(value, abs=0.5 * 10.0 ** -len(number_text.partition(".")[2]))


def test_an_antiderivative_of_the_square_of_the_sine() -> None:
    assert any("x/2 − sin(2x)/4" in option.why for option in CARDS["which-mistake-square-of-sine"].content.options)
    assert is_derivative("x/2 - sin(2x)/4", "sin(x)^2")


def test_the_neighbours_of_a_steep_unit_are_saturated() -> None:
    (right,) = (option for option in CARDS["large-weights-saturate"].content.options if option.right)
    assert "Where the first unit is steep, the next ones get inputs well above 0 and are saturated." in right.why
    second = 6 * sigmoid(0)
    third = 6 * sigmoid(second)
    assert [6 * sigmoid(z) * (1 - sigmoid(z)) < limit for z, limit in ((second, 0.3), (third, 0.05))] == [True, True]


TABLE = re.findall(r"\$\(([a-z]+ u|e\^u|a\^u|√u|1/u|u/v|u·v|uⁿ)\)′ = ([^$]+)\$", LESSON)


def test_the_lessons_table_has_its_entries() -> None:
    assert len(TABLE) >= 18


@pytest.mark.parametrize(("f", "derivative"), TABLE)
def test_a_derivative_of_the_lessons_table_is_one(f: str, derivative: str) -> None:
    """Where the lesson has u′, the table holds for u itself: its derivative is 1."""
    if f in ("u/v", "u·v"):
        concrete = {"u": "sin(x)", "v": "(x^2 + 2)", "u′": "cos(x)", "v′": "(2x)"}
        f, derivative = (re.sub(r"[uv]′?", lambda letter: concrete[letter[0]], text) for text in (f, derivative))
        assert is_derivative(f, derivative)
    else:
        letters = {
            "·u′": "",
            " · u′": "",
            "u′": "1",
            "uⁿ⁻¹": "u^4",
            "uⁿ": "u^5",
            "n": "5",
            "a^u": "3^u",
            "ln a": "ln 3",
        }
        for letter, number in letters.items():
            if letter != "n" or "u^5" in f:
                f, derivative = f.replace(letter, number), derivative.replace(letter, number)
        assert is_derivative(f, derivative, by="u")
