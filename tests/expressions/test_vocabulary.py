"""Words: the longest known one at each position, and which one wins where several could."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import reading
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Call, Symbol
from mnemosyne.expressions.vocabulary import WordKind, vocabulary


@pytest.mark.parametrize(
    ("names", "chars", "word", "value", "end"),
    [
        ("x", "xsin(x)", WordKind.SYMBOL, "x", 1),
        ("x", "sinhx", WordKind.FUNCTION, "sinh", 4),
        ("x", "asinx", WordKind.FUNCTION, "arcsin", 4),
        ("ax", "asinx", WordKind.FUNCTION, "arcsin", 4),
        ("x", "pix", WordKind.CONSTANT, "pi", 2),
        ("x", "log25", WordKind.FUNCTION, "log", 3),
        ("x", "log2(x)", WordKind.FUNCTION, "log", 4),
        ("x", "thx", WordKind.FUNCTION, "tanh", 2),
        ("th", "th", WordKind.SYMBOL, "t", 1),
        ("th", "th(t)", WordKind.FUNCTION, "tanh", 2),
        ("x", "σ (x)", WordKind.FUNCTION, "sigmoid", 1),
        ("σ", "σ (x)", WordKind.SYMBOL, "σ", 1),
    ],
)
def test_the_longest_word(names, chars, word, value, end):
    meaning, stop = vocabulary(frozenset(names)).longest(chars, 0)
    assert (meaning.word, meaning.value, stop) == (word, value, end)


@pytest.mark.parametrize("chars", ["y", "theta", "qsin", "w12"])
def test_no_word(chars):
    assert vocabulary(frozenset(("x", "w1"))).longest(chars, 0) is None


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_every_function_is_read_under_each_of_its_spellings(function):
    arguments = tuple(map(Symbol, "xy"[: function.arity]))
    for spelling in (function.name, *function.spellings):
        tree = read(f"{spelling}({', '.join('xy'[: function.arity])})", frozenset("xy"))
        assert tree == Call(function.name, arguments)


@pytest.mark.parametrize(
    "function", [function for function in FUNCTIONS.values() if function.inverse], ids=lambda function: function.name
)
def test_every_inverse_is_read_and_printed_as_it_is_read(function):
    assert to_line(read(f"{function.name}^-1(x)")) == f"{function.inverse}(x)"
    assert FUNCTIONS[function.inverse].inverse == function.name


PIECES = (
    "x",
    "f",
    "g",
    "d",
    "e",
    "pi",
    "sin",
    "Cos",
    "log",
    "ln",
    "sh",
    "arc",
    "θ",
    "σ",
    "w1",
    "a",
    "2",
    "10",
    "_",
    "'",
)
SIGNS = ("(", ")", "(x)", "(x)", " ", "*", "/", "^", "+", ",", "")


def _outcome(text: str, names: frozenset[str] | None) -> str:
    reading._parsed.cache_clear()
    try:
        return to_line(reading.read(text, names))
    except ReadingError as error:
        return f"{error} {error.span}"


@pytest.mark.sampled
@pytest.mark.parametrize("names", [None, frozenset("x"), frozenset("xaf"), frozenset(("x", "θ", "w1", "s"))])
def test_a_word_is_read_the_same_whatever_was_read_before(names: frozenset[str] | None) -> None:
    source = random.Random(14)
    texts = [
        "".join(source.choice(PIECES) + source.choice(SIGNS) for _ in range(source.randint(1, 6)))
        for _ in range(sample_size(150, 2_000))
    ]
    outcomes = [(text, _outcome(text, names)) for text in texts]  # each after all the ones before it
    for text, outcome in outcomes:
        vocabulary.cache_clear()
        assert outcome == _outcome(text, names), text
