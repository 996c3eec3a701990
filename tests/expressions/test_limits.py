"""Limits and hostile texts: what is too long or too deep is refused with the reason, and nothing hangs or recurses."""

from __future__ import annotations

import sys
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_size import sample

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.reading import NothingTyped, read, second_readings
from mnemosyne.expressions.tree import Call, Constant, Negation, Number, Power, Quotient, Sum, Symbol, fold
from mnemosyne.expressions.typeset import MOST_LINES, typeset

X = frozenset("x")
TOO_DEEP = "This is nested more than 200 levels deep: simplify the formula."
NESTS = {
    "parentheses": lambda depth: "(" * depth + "x" + ")" * depth,
    "calls": lambda depth: "sin(" * depth + "x" + ")" * depth,
    "bare calls": lambda depth: "sin " * depth + "x",
    "powers": lambda depth: "x^" * depth + "x",
    "minuses": lambda depth: "-" * depth + "x",
    "quotients": lambda depth: "x" + "/x" * depth,
    "bars": lambda depth: "|" * depth + "x" + "|" * depth,
    "braces": lambda depth: "{" * depth + "x" + "}" * depth,
}


@pytest.mark.parametrize("nest", NESTS.values(), ids=NESTS)
def test_two_hundred_deep_is_read_and_one_more_is_not(nest, refusal):
    read(nest(200), X)
    assert refusal(nest(201))[0] == TOO_DEEP


def test_a_difference_inside_a_bracket_counts_twice(refusal):
    assert refusal("x-(x-(" * 100 + "x" + "))" * 100)[0] == TOO_DEEP


def test_the_depth_of_what_is_read_is_the_depth_of_the_tree():
    nested = "sin(1-(" * 60 + "x" + "))" * 60
    assert fold(read(nested, X), lambda _, depths: 1 + max(depths, default=-1)) == 180


def test_two_thousand_characters_are_read_and_one_more_is_not(refusal):
    assert len(read("x" * 2_000, X).factors) == 2_000
    assert refusal("x" * 2_001) == ("Shorten the formula: it may have at most 2,000 characters.", 2_001)


LONG = {"integer": "9" * 1_000, "exponent": "1e999", "decimals": "0." + "1" * 1_000, "small": "1e-999"}
LONGER = {"integer": "9" * 1_001, "exponent": "1e1000", "decimals": "0." + "1" * 1_001, "huge": "1e" + "9" * 1_500}


@pytest.mark.parametrize("typed", LONG.values(), ids=LONG)
def test_a_number_of_a_thousand_digits_is_read(typed):
    assert read(to_line(read(f"x^{typed}", X)), X) == Power(Symbol("x"), Number(Fraction(typed)))


@pytest.mark.parametrize("typed", LONGER.values(), ids=LONGER)
def test_a_longer_number_is_refused(typed, refusal):
    assert refusal(f"x + {typed}") == ("A number may have at most 1,000 digits.", 5)


def _nested(build, depth=5_000):
    tree = Symbol("x")
    for _ in range(depth):
        tree = build(tree)
    return tree


DEEP = {
    "calls": lambda tree: Call("sin", (tree,)),
    "powers": lambda tree: Power(Constant("e"), tree),
    "quotients": lambda tree: Quotient(tree, Symbol("x")),
    "differences": lambda tree: Sum((Symbol("x"), Negation(tree))),
    "roots": lambda tree: Call("sqrt", (Sum((tree, Constant("e"))),)),
}


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("name", sample(list(DEEP), 2))
def test_a_tree_of_depth_five_thousand_prints(name):
    tree = _nested(DEEP[name])
    for printed in (to_line(tree), to_unicode_line(tree), to_latex(tree)):
        assert printed.count("x") > 0
        assert len(printed) > 5_000
    for block in (typeset(tree), typeset(tree, ascii=True)):
        assert block.height <= MOST_LINES


CHARACTERS = "()[]{}|xye^*/-+_.,'=$\\ 23u!√²½πθ⁻₂σİﬁ٣\u0301\x00"
WORDS = (
    "sin",
    "cos ",
    "log2",
    "log_",
    "**",
    "1e3",
    r"\frac",
    r"\sqrt",
    "{x}",
    r"\left(",
    r"\right|",
    "f'",
    "d/dx",
    "+ C",
)
PIECES = st.sampled_from((*CHARACTERS, *WORDS, "th"))
FORMULAS = (
    *("2x*cos(x^2)", "e^(2x)*sin(3x)/(1+x^2)", "sin²(x)·|x|−½", "log_2(x) + √x", "f'(x) = 6(3x+1)"),
    r"\frac{1}{2\sqrt{x}}\cos\left(x^2\right)",
)


@st.composite
def mutated(draw):
    text = list(draw(st.sampled_from(FORMULAS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text[at : at + draw(st.integers(0, 2))] = [draw(PIECES)]
    return "".join(text)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join), mutated()))
@example("x\\")
@example("²" * 50)
@example("\\frac" * 50)
@example("½½")
def test_any_text_is_read_or_pointed_at(typed):
    for names in (X, None):
        try:
            tree = read(typed, names)
            list(second_readings(typed, names))
        except ReadingError as error:
            start, end = error.span
            assert 0 <= start <= end <= len(typed)
            assert start < end or isinstance(error, NothingTyped)
            assert 3 <= len(str(error).split()) <= 16
            assert str(error)[0].isupper()
            assert str(error).endswith(".")
        else:
            typeset(tree)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "x",
        "x^",
        "1/",
        "sin x ",
        "x/x",
        "sin(",
        "|",
        "\\frac{",
        "e^2x",
        "log2x/",
        "1/2x",
        "sin 2x^2",
        "²",
        "$",
        "y",
    ],
)
def test_the_work_grows_no_faster_than_the_text(piece):
    half, whole = (_work((piece * length)[:length]) for length in (1_000, 2_000))
    assert whole < 3.3 * half + 200


@pytest.mark.parametrize("typed", ["2x cos(x^2)", "2xcos(x²)", r"\frac{1}{2\sqrt{x}}", "e^(2x)*sin(3x)/(1+x^2)"])
def test_a_usual_answer_takes_little_work(typed):
    assert _work(typed) < 200 * len(typed)


def _work(typed):
    """Return how many functions are called to read a text in all its readings."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for names in (X, None):
            with suppress(ReadingError):
                list(second_readings(typed, names))
    finally:
        sys.setprofile(None)
    return calls
