"""Exponents in other symbols: where they are odd or even whole numbers, a power of a negative number has a value.

So |x|^(2a) is not x^(2a): they agree for every whole a, but differ for a = 1/2. That an answer is wrong is
known by construction.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.rational_values import rational_value
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Asks, Certainty, Problem, Word

BASES = ("x", "(x - 3)", "(2x + 1)", "(a*x)", "sin(x)", "(x^3 - b)")
EXPONENTS = (
    "{n}*a",
    "a/{n}",
    "a + {shift}",
    "{n}*a + {shift}",
    "a*b/{n}",
    "{n}*a + 2*b",
    "1/a",
    "(a - b)/{n}",
    "-a/{n}",
)
UNREACHED = ("a^2/2", "a*(a + 1)", "a^2 + b^2 + 1/3")  # no rational a is known to make them whole, odd and even


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(3, 80)))
def test_the_absolute_value_of_a_power_is_another_function(seed: int) -> None:
    source = random.Random(seed)
    exponent, base = _exponent(source), source.choice(BASES)
    whole = Problem(f"{base}^({exponent})*c", variable="c")
    assert check(whole, f"{base}^({exponent})").word is Word.CORRECT
    for wrong in (f"|{base}|^({exponent})", f"({base}^2)^(({exponent})/2)"):
        assert check(whole, wrong).word is Word.INCORRECT, (whole.f, wrong)


def _exponent(source: random.Random) -> str:
    n, shift = source.randint(2, 12), Fraction(source.randint(-9, 9), source.randint(1, 6))
    return source.choice(EXPONENTS).format(n=n, shift=f"({shift})")


@pytest.mark.parametrize("exponent", UNREACHED)
def test_an_exponent_that_no_rational_makes_whole_is_not_called_correct(exponent: str) -> None:
    verdict = check(Problem(f"c*x^({exponent})", variable="c"), f"|x|^({exponent})")
    assert verdict.word is Word.UNDECIDED


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^(n(n+1))", "n(n+1) x^(n(n+1))/x"),
        ("x^(sin(a))", "sin(a) x^(sin(a) - 1)"),
        ("x^(2n)", "2n x^(2n)/x"),
        ("(x^2)^n", "2n |x|^(2n)/x"),
        ("1/x^(2n)", "-2n/x^(2n+1)"),
        ("x^(n/3)*x^(2n/3)", "n x^(n-1)"),
        ("x^(p/q)", "p x^(p/q)/(q x)"),
        ("(-2)^(2a/3 + a/3)*x", "(-2)^a"),
        ("(x/4)^n", "n x^(n - 1)/4^n"),
        ("x^n x^m", "(n + m) x^(n + m - 1)"),
        ("x^n/x^m", "(n - m) x^(n - m - 1)"),
        ("x^a x^b x^c", "(a + b + c) x^(a + b + c)/x"),
        ("(x^n)^2", "2n x^(2n - 1)"),
        ("(a x)^n (a x)^m", "(n + m) (a x)^(n + m)/x"),
    ],
)
def test_a_right_power_stays_right(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^(n + m)", "(n + m) x^n x^m/x"),
        ("x^(n - m)", "(n - m) x^n/(x^m x)"),
        ("x^(2n)", "2n x^n x^n/x"),
        ("x^(2n) x^(n + m)", "(3n + m) x^n x^(m + 2n)/x"),
        ("(x + 1)^(n - m)", "(n - m)(x + 1)^n/(x + 1)^m/(x + 1)"),
    ],
)
def test_a_power_taken_apart_has_no_value_for_some_exponents(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word in (Word.INCORRECT, Word.UNDECIDED)


PARTS = ("n", "m", "2n", "3m", "n/2", "n + 1", "n + m", "n - m", "2m - n", "(n + m)/2", "-n", "n + 1/2")
WHOLE = [{"n": Fraction(n, d), "m": Fraction(m, d)} for n in range(-6, 7) for m in range(-6, 7) for d in (1, 2, 4)]


def _values(exponents: list[str], at: dict[str, Fraction]) -> list[Fraction]:
    graph = Graph()
    values = [rational_value(graph, to_graph(graph, read_printed(exponent)), at) for exponent in exponents]
    return [value for value in values if value is not None]


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(5, 80)))
def test_a_product_of_powers_is_one_power_where_all_exponents_are_whole(seed: int) -> None:
    """Look at the exponents for many n and m: where those of the question are whole, those of the answer must be."""
    source = random.Random(seed)
    question = source.choices(PARTS, k=source.randint(1, 3))
    answer = source.choices(PARTS, k=source.randint(0, 2))
    answer.append(" + ".join(f"({part})" for part in question) + "".join(f" - ({part})" for part in answer))
    if source.random() < 0.3:
        answer[-1] += " + 1"
    right = True
    for at in WHOLE:
        question_exponents, answer_exponents = _values(question, at), _values(answer, at)
        right = right and sum(question_exponents) == sum(answer_exponents)
        if all(value.denominator == 1 for value in question_exponents):
            right = right and all(value.denominator == 1 for value in answer_exponents)
    f, product = ("*".join(f"x^({part})" for part in parts) for parts in (question, answer))
    wrong_words = (Word.INCORRECT, Word.UNDECIDED)
    word = check(Problem(f, asks=Asks.FORMULA, allowed=("n", "m")), product).word
    assert word in ((Word.CORRECT, Word.UNDECIDED) if right else wrong_words), (f, product)
    if len(answer) == 1 and right and len(question) <= 2:
        assert word is Word.CORRECT, (f, product)


def test_an_exponent_that_is_whole_only_as_a_sum_of_fractions_is_whole() -> None:
    verdict = check(Problem("x^(a/3 + 5/3)/(a/3 + 5/3)"), "|x|^(a/3 + 2/3)")
    assert verdict.word is Word.INCORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^n", "n sqrt(x)^(2n)/x"),
        ("x^n", "n e^((n - 1) ln(x))"),
        ("x^(n/2)", "n/2 sqrt(x)^n/x"),
        ("(-x)^(n/2)", "-n/2 sqrt(-x)^n/(-x)"),
    ],
)
def test_an_answer_for_a_positive_base_has_no_value_where_the_exponent_is_whole(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed")
    assert verdict.evidence is not None
    assert verdict.evidence.yours is None


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^n", "n x^(n - 1)"),
        ("x^n", "n x^n/x"),
        ("x^(n/2)", "n/2 x^(n/2 - 1)"),
        ("x^(p/q)", "p/q x^((p - q)/q)"),
        ("(2x)^n", "n 2^n x^(n - 1)"),
        ("1/(3x + 1)^n", "-3n/(3x + 1)^(n + 1)"),
        ("sin(x)^(2n + 1)", "(2n + 1) sin(x)^(2n) cos(x)"),
        ("x^n e^x", "x^(n - 1) e^x (n + x)"),
        ("1/(x - a)^n", "-n (x - a)^(-n - 1)"),
        ("(x - a)^(-n)", "-n/(x - a)^(n + 1)"),
        ("1/x^(p/q)", "-p/q x^(-p/q - 1)"),
        ("x^n/x^m", "(n - m) x^n/x^(m + 1)"),
        ("sqrt(x)^n", "n/2 e^((n/2 - 1) ln(x))"),
        ("a^x", "e^(x ln(a)) ln(a)"),
        ("x^x", "e^(x ln(x)) (ln(x) + 1)"),
        ("cos(a*x)^n", "-a n sin(x a) cos(x a)^(n - 1)"),
        ("cos(a*x)^n", "-a n sin(a x) (-cos(a x + pi))^(n - 1)"),
        ("(3x + b)^n", "6n (b + 3x)^n/(2b + 6x)"),
        ("sin(x^2)^n", "2x n cos(x^2) sin(x x)^(n - 1)"),
    ],
)
def test_a_power_that_is_whole_together_with_one_of_the_question_needs_no_positive_base(f: str, answer: str) -> None:
    assert check(Problem(f), answer).certainty is Certainty.PROVED


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("1/(x - a)^n", "-n |x - a|^(-n - 1)"),
        ("1/(x - a)^n", "-n (a - x)^(-n - 1)"),
        ("c*x^(m - n)", "c*(m - n)/|x|^(n - m + 1)"),
        ("c*(-1)^n x", "c*(-1)^(n + 1)"),
    ],
)
def test_a_sign_to_a_negative_power_is_another_function(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.INCORRECT
