"""Completion: how the last word may be completed, and where nothing is offered because the word is already complete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.completion import completions, rest
from mnemosyne.expressions.vocabulary import WordKind, vocabulary

X = frozenset("x")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("si", ("sin", "sinh", "sign", "sigmoid")),
        ("2x si", ("sin", "sinh", "sign", "sigmoid")),
        ("xsi", ("sin", "sinh", "sign", "sigmoid")),
        ("cos(x^2)*sq", ("sqrt",)),
        ("Ta", ("tan", "tanh")),
        ("lo", ("log",)),
        ("as", ("asin", "asec", "asinh", "asech")),
    ],
)
def test_names_of_functions_with_this_beginning(typed, offered):
    assert completions(typed, X) == offered


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "nothing is typed"),
        ("s", "one letter may become anything"),
        ("sin", "it is a name"),
        ("ex", "e times x"),
        ("sin(x)", "no word is being typed"),
        ("si ", "the word has ended"),
        (r"\si", "a LaTeX command"),
        ("qq", "no name begins so"),
    ],
)
def test_nothing_is_offered(typed, why):
    assert completions(typed, X) == (), why


def test_names_of_the_question_come_first_and_products_of_them_get_no_offer():
    assert completions("lo", frozenset(("loss", "x"))) == ("loss", "log")
    assert completions("si", frozenset("six")) == ()
    assert completions("xsi", frozenset("sx")) == ()


def test_what_is_left_to_type():
    assert rest("2x si", "sinh", X) == "nh("
    assert rest("lo", "loss", frozenset(("loss", "x"))) == "ss"
    assert rest("Si", "sin", X) == "n("


@given(st.text(alphabet="sincoexpg(2 ^*", max_size=12))
def test_what_is_offered_can_be_read_once_it_is_typed(typed):
    for word in completions(typed, X):
        whole = (typed + rest(typed, word, X)).removesuffix("(")
        meaning, end = vocabulary(X).longest(whole, len(whole) - len(word))
        assert (meaning.word, end) == (WordKind.FUNCTION, len(whole))
