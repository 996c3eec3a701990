"""Differences hidden by large or small numbers: whatever the size of its parts, a wrong answer is not called right."""

from __future__ import annotations

import random

import pytest
from sample_size import others_thorough

from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.decide import Equality, by_balls, equal
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Asks, Problem, Word

NEAR = [
    (Asks.DERIVATIVE, "10^400*x", "10^400 + 1"),
    (Asks.DERIVATIVE, "10^400*x^2/2", "10^400*x + 1"),
    (Asks.DERIVATIVE, "10^200*10^200*x", "10^400 + 1"),
    (Asks.DERIVATIVE, "(10^100*x)^9", "9*10^900*x^8 + 1"),
    (Asks.DERIVATIVE, "e^(e^7)*x", "e^(e^7) + 1"),
    (Asks.DERIVATIVE, "x + 10^-400*x", "1"),
    (Asks.DERIVATIVE, "x + e^-1000*x", "1"),
    (Asks.DERIVATIVE, "a*x", "a + 10^-400"),
    (Asks.DERIVATIVE, "x*10^-400", "10^-400 + 10^-900"),
    (Asks.DERIVATIVE, "x*tanh(1000)", "1"),
    (Asks.DERIVATIVE, "x*coth(1000)", "1"),
    (Asks.DERIVATIVE, "x*sigmoid(1000)", "1"),
    (Asks.DERIVATIVE, "x*softplus(1000)", "1000"),
    (Asks.DERIVATIVE, "x*tanh(1000 + a^2)", "1"),
    (Asks.DERIVATIVE, "sin(x)", "cos(x)*tanh(1000 + x^2)"),
    (Asks.DERIVATIVE, "sin(x)", "cos(x)*cos(e^(-1000 - x^2))"),
    (Asks.DERIVATIVE, "x*(cos(10^-300) + cosh(10^-300))/2", "1"),
    (Asks.NUMBER, "tanh(1000)", "1"),
    (Asks.NUMBER, "tanh(1000) - 1", "0"),
    (Asks.NUMBER, "10^400", "10^400 + 1"),
    (Asks.NUMBER, "10^400", "1"),
    (Asks.NUMBER, "2", "10^400"),
    (Asks.NUMBER, "e^(e^7)", "e^(e^7) + 10^-9"),
    (Asks.NUMBER, "0", "10^-9000"),
    (Asks.IMPLICIT, "x^2 + y^2 = 25", "-x/y + 10^-400"),
    (Asks.IMPLICIT, "x^2 + y^2 = 25", "-x/y*(1 + 10^-400)"),
    (Asks.IMPLICIT, "x^2 + y^2 = 25", "-x/y*sigmoid(1000 + y^2)"),
    (Asks.ANTIDERIVATIVE, "2x*tanh(1000)", "x^2 + C"),
    (Asks.ANTIDERIVATIVE, "2x", "x^2 + 10^-400 x + C"),
    (Asks.ANTIDERIVATIVE, "10^400*2x", "10^400*x^2 + x + C"),
]


@pytest.mark.parametrize(("asks", "f", "answer"), NEAR)
def test_an_answer_that_is_wrong_by_little_or_beside_large_terms_is_incorrect(asks: Asks, f: str, answer: str):
    assert check(Problem(f, asks=asks), answer).word is Word.INCORRECT


@pytest.mark.parametrize(
    ("asks", "f", "answer"),
    [
        (Asks.DERIVATIVE, "10^400*x", "10^200*10^200"),
        (Asks.DERIVATIVE, "x*9^9^9*sin(x)", "9^9^9*(sin(x) + x cos(x))"),
        (Asks.DERIVATIVE, "e^(e^7)*x", "(e^e)^(e^6)"),
        (Asks.DERIVATIVE, "e^(1000x)", "1000 e^(999x) e^x"),
        (Asks.DERIVATIVE, "x*tanh(1000)", "1/coth(1000)"),
        (Asks.DERIVATIVE, "x*tanh(|a| + 1000)", "|tanh(|a| + 1000)|"),
        (Asks.DERIVATIVE, "|x|*sigmoid(900)", "sign(x)/(1 + e^-900)"),
        (Asks.NUMBER, "10^400", "2*10^400/2"),
        (Asks.NUMBER, "10^400", "1e400"),
        (Asks.NUMBER, "10^-400", "1/10^400"),
        (Asks.IMPLICIT, "10^400 x^2 + 10^400 y^2 = 25*10^400", "-x/y"),
    ],
)
def test_what_is_right_is_right_at_any_size(asks: Asks, f: str, answer: str):
    assert check(Problem(f, asks=asks), answer).word is Word.CORRECT


@pytest.mark.parametrize(("f", "answer"), [("x*9^9^9", "9^9^9 + 1"), ("x*10^10^7", "10^10^7 + 1")])
def test_what_needs_more_bits_than_there_are_is_not_guessed(f: str, answer: str):
    assert check(Problem(f), answer).word is Word.UNDECIDED


@pytest.mark.parametrize("seed", others_thorough(range(4)))
def test_a_wrong_answer_is_incorrect_whatever_the_size_of_its_parts(seed: int):
    source = random.Random(seed)
    for _ in range(12):
        k, sign = source.randint(50, 2500), source.choice("+-")
        size = source.choice(("10^{k}", "10^-{k}", "e^{k}", "e^-{k}", "2^{k}*3^{k}", "(10^{k})^2", "1/7^{k}")).format(
            k=k
        )
        f, slope = source.choice((("x", "1"), ("x^3", "3x^2"), ("sin(x)", "cos(x)"), ("x e^x", "(e^x + x e^x)")))
        tiny = source.choice(("1", "10^-6", f"{size}/10^{k}", f"x {size}/10^{k}", f"{size}*10^-{2 * k}"))
        assert check(Problem(f"{size}*{f}"), f"{size}*{slope}").word is Word.CORRECT
        verdict = check(Problem(f"{size}*{f}"), f"{size}*{slope} {sign} {tiny}")
        assert verdict.word is Word.INCORRECT, (size, f, sign, tiny)


TOWERS = {"e^(e^x)": "e^(e^x)*e^x", "exp(exp(x))": "exp(exp(x))*exp(x)", "sinh(e^x)": "cosh(e^x)*e^x"}
TOWERS |= {"e^(x^8)": "8x^7*e^(x^8)", "exp(exp(exp(x)))": "exp(exp(exp(x)))*exp(exp(x))*exp(x)"}


@pytest.mark.parametrize("tower", TOWERS)
def test_an_answer_that_is_wrong_where_numbers_are_huge_is_not_called_equal(tower: str):
    """The function is 0 up to k and a tower of exponentials beyond: no available precision shows a 1 beside that."""
    source = random.Random(tower)
    k, sign = source.randint(10, 14), source.choice("+-")
    right = f"step(x-{k})*({tower} + (x-{k})*{TOWERS[tower]})"
    question = prepare(Problem(f"relu(x-{k})*{tower}"))
    for tiny in ("1", f"x/{tower}"):
        wrong = question.node_of(read(f"{right} {sign} step(x-{k})*{tiny}"))
        assert by_balls(question, wrong).equality is not Equality.EQUAL, (k, tiny)
    assert equal(question, question.node_of(read(right)))
