"""A wrong number shows how the right one is computed; a right one, and the offer of a second try, do not."""

from __future__ import annotations

import pytest
from local_checker import LocalChecker

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.question import make_question
from mnemosyne.review.second_try import without_solution
from mnemosyne.verdict import Verdict

LAYERS = (("z", "w*x + b"), ("a", "relu(z)"), ("L", "(a - t)^2"))
NEURON = (("y", "w*x + b"), ("L", "(y - t)^2"))
LOGARITHM = (("L", "ln(w*x + 1)"),)
SIGMOID = (("z", "w*x"), ("a", "sigmoid(z)"))
INPUTS = (("w", "2"), ("x", "3"), ("b", "1"))
POINT = (*INPUTS, ("t", "4"))


def judged(content: Numeric | Backprop, typed: str) -> Verdict:
    question = make_question(Card("c", "t", content), 0)
    return question.expected.judge(typed, 0, LocalChecker())


@pytest.mark.parametrize(
    ("content", "expected", "way"),
    [
        (Numeric("?", "2*3*(3 + 1)"), "24", "2·3(3 + 1) = 24"),
        (Numeric("?", "2*2/(2^2 + 3)", "0.5%"), "4/7", "2·2/(2² + 3) = 4/7 ≈ 0.5714"),
        (Numeric("?", "-2*2/(2^2 + 3)", "0.5%"), "-4/7", "−2·2/(2² + 3) = −4/7 ≈ −0.5714"),
        (Numeric("?", "(3/10)^2"), "9/100", "(3/10)² = 9/100 = 0.09"),
        (Numeric("?", "2*31/5"), "62/5", "2·31/5 = 62/5 = 12.4"),
        (Numeric("?", "62/5"), "62/5", ""),
        (Numeric("?", "5*2469/2"), "12345/2", "5·2469/2 = 12345/2 ≈ 6172"),
        (Numeric("?", "3/(8*10^4)"), "3/80000", "3/(8·10⁴) = 3/80000 = 0.0000375"),
        (Numeric("?", "0.5*3"), "1.5", "0.5·3 = 1.5"),
        (Numeric("?", "0.1/0.3"), "0.333333333333", "0.1/0.3 ≈ 0.333333333333"),
        (Numeric("?", "3*step(3 - 4)"), "0", "3·step(3 − 4) = 0"),
        (Numeric("?", "ln(2)/3"), "ln(2)/3", "ln(2)/3 ≈ 0.231"),
        (Numeric("?", "24"), "24", ""),
        (Numeric("?", "-3*2"), "-6", "−3·2 = −6"),
        (Backprop(LAYERS, "L", "w", POINT), "18", "∂L/∂w = 2x·(a − t)·step(z) = 2·3(7 − 4)·step(7) = 18"),
        (Backprop(NEURON, "L", "w", (*INPUTS, ("t", "9"))), "-12", "∂L/∂w = 2x·(y − t) = 2·3(7 − 9) = −12"),
        (Backprop(NEURON, "L", "w", (*INPUTS, ("t", "-2"))), "54", "∂L/∂w = 2x·(y − t) = 2·3(7 − (−2)) = 54"),
        (Backprop(NEURON[:1], "y", "w", INPUTS), "3", "∂y/∂w = x = 3"),
        (Backprop(LOGARITHM, "L", "w", INPUTS[:2]), "0.428571", "∂L/∂w = x/(w·x + 1) = 3/(2·3 + 1) ≈ 0.428571"),
        (Backprop(SIGMOID, "a", "w", INPUTS[:2], "1%"), "0.00739953", "∂a/∂w = a·x·(1 − a) ≈ 0.00739953"),
    ],
)
def test_a_wrong_number_shows_how_the_right_one_is_computed(
    content: Numeric | Backprop, expected: str, way: str
) -> None:
    verdict = judged(content, "77")
    assert (verdict.expected, verdict.way) == (expected, way)
    assert without_solution(make_question(Card("c", "t", content), 0), verdict).way == ""


def test_a_right_number_shows_no_computation() -> None:
    verdict = judged(Numeric("?", "2*3*(3 + 1)"), "24")
    assert (verdict.word.value, verdict.expected, verdict.way) == ("correct", "24", "")
