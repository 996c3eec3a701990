"""Brackets: which belong together, as the parser pairs them, and which are unmatched while a formula is being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.brackets import Brackets, brackets
from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.line import to_line, to_typed_line, to_unicode_line
from mnemosyne.expressions.reading import read

X = frozenset("x")


def with_letters(typed, names=X):
    """Return the text with its brackets replaced: each pair by a letter of its own, unmatched ones by an asterisk."""
    pairing = brackets(typed, names)
    signs = list(typed)
    for place in pairing.alone:
        signs[place] = "*"
    for letter, (first, last) in zip("ABCDEFGH", pairing.pairs, strict=False):
        signs[first] = signs[last] = letter
    return "".join(signs)


@pytest.mark.parametrize(
    ("typed", "lettered_text"),
    [
        ("cos(x^2)", "cosAx^2A"),
        ("[{(x)}]", "ABCxCBA"),
        ("(x", "*x"),
        ("x)", "x*"),
        ("(x]", "*x*"),
        ("((x)", "*AxA"),
        ("(x;x)", "*x;x*"),
        ("（x）", "AxA"),
    ],
)
def test_brackets_are_paired_from_the_inside(typed, lettered_text):
    assert with_letters(typed) == lettered_text


@pytest.mark.parametrize(
    ("typed", "lettered_text"),
    [
        ("|x|", "AxA"),
        ("x|x|", "xAxA"),
        ("x²|x|", "x²AxA"),
        ("|x||x|", "AxABxB"),
        ("||x|-1|", "ABxB-1A"),
        ("sin|x|", "sinAxA"),
        ("sin^2|x|", "sin^2AxA"),
        ("sin^-2|x|", "sin^-2AxA"),
        ("sin^(2)|x|", "sin^A2ABxB"),
        ("sin²|x|", "sin²AxA"),
        ("log_2|x|", "log_2AxA"),
        ("√|x|", "√AxA"),
        ("|sin|x||", "AsinBxBA"),
        ("(|x)", "A*xA"),
        ("|x", "*x"),
        ("|(x|)", "*Ax*A"),
    ],
)
def test_a_bar_closes_where_something_is_before_it(typed, lettered_text):
    assert with_letters(typed) == lettered_text


@pytest.mark.parametrize(
    ("typed", "lettered_text"),
    [
        (r"\left(x\right)", r"\leftAx\rightA"),
        (r"\left|x\right|", r"\leftAx\rightA"),
        (r"\frac{1}{2}", r"\fracA1AB2B"),
        (r"\sqrt[3]{x}", r"\sqrt[3]AxA"),
        (r"\frac{1", r"\frac*1"),
    ],
)
def test_in_latex_the_brackets_that_are_typed_are_paired(typed, lettered_text):
    assert with_letters(typed) == lettered_text


def test_characters_that_no_formula_has_do_not_matter():
    assert with_letters("2½ qq ? (x) %") == "2½ qq ? AxA %"


def test_near_the_cursor_the_bracket_under_it_comes_first():
    pairing = brackets("(x)(y)", frozenset("xy"))
    assert [pairing.near(cursor) for cursor in range(8)] == [
        (0, 2),
        (0, 2),
        (0, 2),
        (3, 5),
        (3, 5),
        (3, 5),
        (3, 5),
        (),
    ]


def test_near_an_unmatched_bracket_there_is_no_pair():
    assert brackets("((x)", X).near(0) == ()
    assert Brackets().near(3) == ()


@given(data=st.data())
def test_what_can_be_read_has_no_unmatched_bracket(data, trees, names):
    tree = data.draw(trees)
    for write in (to_line, to_typed_line, to_unicode_line, to_latex):
        typed = write(tree)
        try:
            read(typed, names)
        except ReadingError:
            continue  # longer or deeper than the reader accepts
        assert brackets(typed, names).alone == (), typed


@given(st.text(alphabet="()[]{}|x+ sin^2;\\²½", max_size=30))
def test_each_bracket_is_in_one_pair_at_most_and_pairs_do_not_cross(typed):
    pairing = brackets(typed, X)
    places = [place for pair in pairing.pairs for place in pair] + list(pairing.alone)
    assert len(places) == len(set(places))
    for first, last in pairing.pairs:
        assert first < last
        assert not any(first < start < last < end for start, end in pairing.pairs)


@given(st.text(alphabet="()[]{}x+ ", max_size=30))
def test_without_bars_and_latex_every_bracket_is_found(typed):
    pairing = brackets(typed, X)
    places = {place for pair in pairing.pairs for place in pair} | set(pairing.alone)
    assert places == {place for place, char in enumerate(typed) if char in "()[]{}"}
