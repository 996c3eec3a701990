"""Derivatives at the zeros of even powers under roots: they are those of a power of the absolute value."""

from __future__ import annotations

import random
from fractions import Fraction
from math import factorial

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.calculus.even_powers import with_plain_even_powers
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Problem, Word

ROOTS = {"sqrt({})": 2, "({})^(1/2)": 2, "cbrt({})": 3, "root({}, 4)": 4, "({})^(1/3)": 3, "({})^(1/6)": 6}
BASES = (("x - {c}", 1), ("2x - 2*{c}", 2), ("{c} - x", -1), ("sin(x - {c})", 1), ("e^(x - {c}) - 1", 1))


@pytest.mark.parametrize(
    ("f", "form"),
    [
        ("sqrt(x^4)", "x^2"),
        ("sqrt(x^2)", "abs(x)"),
        ("sqrt(x^6)", "abs(x)^3"),
        ("cbrt(x)^4", "abs(x)^(4/3)"),
        ("cbrt(x)^3", "cbrt(x)^3"),
        ("cbrt(x^3)", "cbrt(x^3)"),
        ("root(x, 3)^6", "x^2"),
        ("root(x, 4)^4", "root(x, 4)^4"),
        ("|x|^2 + |x|^3", "x^2 + abs(x)^3"),
        ("|x^2|", "x^2"),
        ("(x^(2/3))^(3/2)", "(x^(2/3))^1.5"),
        ("(x^-2)^(1/2)", "abs(x)^(-1)"),
        ("cos|x| + sin|x|", "cos(x) + sin(abs(x))"),
        ("sqrt(x^3)", "sqrt(x^3)"),
        ("sqrt(x^4 + x^6)", "x^2*sqrt(x^2 + 1)"),
        ("sqrt(3x^2 - x^5)", "abs(x)*sqrt(3 - x^3)"),
        ("(a*x^4 + x^4*sin(x))^(1/3)", "abs(x)^(4/3)*(a + sin(x))^(1/3)"),
        ("sqrt(x + x^3)", "sqrt(x + x^3)"),
    ],
)
def test_a_root_of_an_even_power_is_a_power_of_the_absolute_value(f: str, form: str) -> None:
    graph = Graph()
    assert to_line(to_tree(graph, with_plain_even_powers(graph, to_graph(graph, read_printed(f))))) == form


@pytest.mark.parametrize(
    ("f", "at", "slope"),
    [
        ("sqrt(x^4 + x^6)", "0", "0"),
        ("sqrt(x^4 + x^6)", "1", "5/sqrt(2)"),
        ("x + sqrt(3(x - 1)^4 - (x - 1)^5)", "1", "1"),
        ("sqrt(sin(x)^4 + sin(x)^5)", "0", "0"),
        ("cbrt(x^4 + x^8)", "0", "0"),
    ],
)
def test_a_derivative_exists_where_all_terms_of_a_radicand_are_zero_of_a_high_enough_order(f, at, slope) -> None:
    assert check(Problem(f, at=(("x", at),)), slope).word is Word.CORRECT
    assert check(Problem(f, at=(("x", at),)), f"{slope} + 1").word is Word.INCORRECT


def test_no_derivative_is_said_to_exist_where_a_factor_of_a_radicand_is_zero_of_too_low_an_order() -> None:
    assert check(Problem("sqrt(x^2 + x^4)", at=(("x", "0"),)), "0").word is Word.UNDECIDED


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(6, 120)))
def test_a_derivative_at_a_zero_of_an_even_power_exists_if_the_power_is_high_enough_or_even(seed: int) -> None:
    source = random.Random(seed)
    root, order_of_root = source.choice(list(ROOTS.items()))
    base, slope = source.choice(BASES)
    power, order, c = 2 * source.randint(1, 8), source.randint(1, 3), source.choice(("0", "1", "-2", "3/2"))
    f = root.format(f"({base.format(c=f'({c})')})^{power}")
    exponent = Fraction(power, order_of_root)
    is_even = exponent.denominator == 1 and exponent.numerator % 2 == 0
    answers = {"0", "1", str(factorial(order)), str(-factorial(order))}
    at = (("x", c),)
    if exponent > order:
        right = "0"
    elif is_even and exponent == order:
        right = str(factorial(order) * slope**order)
    else:
        right = ""
    if is_even and exponent < order:
        return  # it is a derivative of the base itself
    for answer in {*answers, right} - {""}:
        word = check(Problem(f, order=order, at=at), answer).word
        assert word in ((Word.CORRECT,) if answer == right else (Word.INCORRECT, Word.UNDECIDED)), (f, order, c, answer)
