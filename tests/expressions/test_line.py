"""One line, three styles, each of which reads back as the tree that it was printed from."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hostile_formulas import hostile_texts
from hypothesis import given
from hypothesis import strategies as st
from sample_size import others_thorough, sample_size

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.line import to_line, to_typed_line, to_unicode_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    number,
    same_tree,
)

X, Y = Symbol("x"), Symbol("y")
TWO = Number(Fraction(2))
PRINTED = [
    ("2x cos(x^2)", "2*x*cos(x^2)", "2x*cos(x^2)", "2x·cos(x²)"),
    ("e^(-2x)", "e^(-2*x)", "e^(-2x)", "e^(−2x)"),
    ("1/(2sqrt(x))", "1/(2*sqrt(x))", "1/(2*sqrt(x))", "1/(2√x)"),
    ("1/2x", "(1/2)*x", "(1/2)*x", "(1/2)·x"),
    ("x^2/3", "x^2/3", "x^2/3", "x²/3"),
    ("x^-1", "x^(-1)", "x^(-1)", "x⁻¹"),
    ("x^10000", "x^10000", "x^10000", "x^10000"),
    ("x^(1/2)", "x^(1/2)", "x^(1/2)", "x^(1/2)"),
    ("x^0.5", "x^0.5", "x^0.5", "x^0.5"),
    ("sin(x)^2", "sin(x)^2", "sin(x)^2", "sin²(x)"),
    ("sin(x)^-1", "sin(x)^(-1)", "sin(x)^(-1)", "sin(x)⁻¹"),
    ("sqrt(x)^3", "sqrt(x)^3", "sqrt(x)^3", "(√x)³"),
    ("sqrt(x+1)", "sqrt(x + 1)", "sqrt(x + 1)", "√(x + 1)"),
    ("cbrt(x)", "cbrt(x)", "cbrt(x)", "∛x"),
    ("|x|^2", "abs(x)^2", "abs(x)^2", "|x|²"),
    ("||x|+1|", "abs(abs(x) + 1)", "abs(abs(x) + 1)", "abs(|x| + 1)"),
    ("(x+1)(x-1)", "(x + 1)*(x - 1)", "(x + 1)(x - 1)", "(x + 1)(x − 1)"),
    ("x(x+1)", "x*(x + 1)", "x*(x + 1)", "x·(x + 1)"),
    ("2(x+1)", "2*(x + 1)", "2(x + 1)", "2(x + 1)"),
    ("2pi x", "2*pi*x", "2pi*x", "2πx"),
    ("3*2^x", "3*2^x", "3*2^x", "3·2^x"),
    ("2theta", "2*theta", "2theta", "2θ"),
    ("log10(x)", "log10(x)", "log10(x)", "log₁₀(x)"),
    ("log_7(x)", "log(x, 7)", "log(x, 7)", "log₇(x)"),
    ("log_a(x)", "log(x, a)", "log(x, a)", "log_a(x)"),
    ("log(x, f)", "log(x, f)", "log(x, f)", "log(x, f)"),
    ("-x-(-x)", "-x - (-x)", "-x - (-x)", "−x − (−x)"),
    ("x-(y+1)", "x - (y + 1)", "x - (y + 1)", "x − (y + 1)"),
    ("(-x)y", "(-x)*y", "(-x)*y", "(−x)·y"),
    ("(a/b)/c", "(a/b)/c", "(a/b)/c", "(a/b)/c"),
    ("a/(b/c)", "a/(b/c)", "a/(b/c)", "a/(b/c)"),
    ("a(b/c)", "a*(b/c)", "a*(b/c)", "a·(b/c)"),
    ("0.5x", "0.5*x", "0.5x", "0.5x"),
]


@pytest.mark.parametrize(("typed", "line", "keyed", "unicode_line"), PRINTED)
def test_the_three_styles(typed, line, keyed, unicode_line):
    tree = read(typed)
    assert (to_line(tree), to_typed_line(tree), to_unicode_line(tree)) == (line, keyed, unicode_line)


@pytest.mark.parametrize(
    ("tree", "line"),
    [
        (number(Fraction(-3, 8)), "-0.375"),
        (number(Fraction(1, 3)), "1/3"),
        (Power(Number(Fraction(1, 3)), X), "(1/3)^x"),
        (Number(Fraction(10) ** 30), "1" + "0" * 30),
        (Number(Fraction(1, 1000)), "0.001"),
        (Product((Quotient(X, Y), Negation(X))), "(x/y)*(-x)"),
        (Sum((X, Sum((Y, TWO)))), "x + (y + 2)"),
        (Product((X, Product((Y, TWO)))), "x*(y*2)"),
        (Power(Negation(TWO), Power(X, Y)), "(-2)^(x^y)"),
        (Power(Constant("e"), Call("sin", (X,))), "e^sin(x)"),
        (Call("max", (Number(Fraction(0)), X)), "max(0, x)"),
    ],
)
def test_trees_that_only_programs_build(tree, line):
    assert to_line(tree) == line


def test_a_number_longer_than_python_prints():
    digits = to_line(Number(Fraction(10**9000 + 7)))
    assert (len(digits), digits[:2], digits[-2:]) == (9001, "10", "07")


@pytest.mark.parametrize("printed", [to_line, to_typed_line, to_unicode_line])
@given(data=st.data())
def test_reading_undoes_printing(printed, data, trees, names):
    tree = data.draw(trees)
    assert same_tree(read(printed(tree), names), tree)


@pytest.mark.sampled
@pytest.mark.parametrize("names", [frozenset("x"), None], ids=["answer", "f"])
def test_reading_undoes_printing_whatever_was_typed(names):
    readable_count, count = 0, sample_size(1_000, 10_000)
    for typed in hostile_texts(count):
        try:
            tree = read(typed, names)
        except ReadingError:
            continue
        for line in (to_line(tree), to_typed_line(tree), to_unicode_line(tree), to_latex(tree)):
            assert same_tree(read_printed(line, names), tree), typed
        readable_count += 1
    assert readable_count > count // 30


@pytest.mark.parametrize("terms", others_thorough([900, 20_000]))
def test_a_line_longer_than_may_be_typed_is_read_back(terms):
    tree = Sum((X,) * terms)
    assert same_tree(read_printed(to_line(tree)), tree)
    with pytest.raises(ReadingError, match="at most 2,000 characters"):
        read(to_line(tree))


def test_a_line_deeper_and_with_longer_numbers_than_may_be_typed_is_read_back():
    tree = Number(Fraction(10**5_000 + 7))
    for _ in range(2_000):
        tree = Call("sin", (Sum((X, tree)),))
    assert same_tree(read_printed(to_line(tree)), tree)


@given(data=st.data())
def test_a_line_for_programs_is_ascii(data, trees):
    assert to_line(data.draw(trees)).isascii()
