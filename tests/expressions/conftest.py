"""Trees drawn at random, and how a refusal is shown: its message and its column."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import strategies as st

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Call, Constant, Negation, Number, Power, Product, Quotient, Sum, Symbol, fold

NAMES = frozenset(("x", "a", "y", "θ", "w1", "loss"))
VALUES = ("0", "1", "2", "3", "10", "0.5", "12.25", "1234567")


def _leaves():
    numbers = st.sampled_from(VALUES).map(lambda value: Number(Fraction(value)))
    constants = st.sampled_from(("e", "pi")).map(Constant)
    return st.one_of(numbers, constants, st.sampled_from(sorted(NAMES)).map(Symbol))


def _compounds(operands):
    several = st.lists(operands, min_size=2, max_size=3).map(tuple)
    calls = [
        st.builds(Call, st.just(function.name), st.tuples(*[operands] * function.arity))
        for function in FUNCTIONS.values()
    ]
    return st.one_of(
        st.builds(Negation, operands),
        st.builds(Sum, several),
        st.builds(Product, several),
        st.builds(Quotient, operands, operands),
        st.builds(Power, operands, operands),
        st.one_of(calls),
    )


def _flat(node, operands):
    """Return the node as the reader makes it: no sum in a sum, no product in a product, ln for log to the base e."""
    if isinstance(node, Call) and node.function == "log" and operands[-1] == Constant("e"):
        return Call("ln", operands[:1])
    if isinstance(node, Sum):
        return Sum(
            tuple(term for operand in operands for term in (operand.terms if isinstance(operand, Sum) else (operand,)))
        )
    if isinstance(node, Product):
        parts = (operand.factors if isinstance(operand, Product) else (operand,) for operand in operands)
        return Product(tuple(factor for factors in parts for factor in factors))
    if isinstance(node, Number | Symbol | Constant):
        return node
    return type(node)(node.function, operands) if isinstance(node, Call) else type(node)(*operands)


@pytest.fixture(scope="session")
def names():
    """Return the symbols of the drawn trees."""
    return NAMES


@pytest.fixture(scope="session")
def trees():
    """Return a strategy for flat trees over every kind of node and every function."""
    return st.recursive(_leaves(), _compounds, max_leaves=12).map(lambda tree: fold(tree, _flat))


@pytest.fixture(scope="session")
def refusal():
    """Return a function that gives the message on a text that cannot be read, and the column it points at."""

    def refused(text, names=frozenset("x"), kind=ReadingError):
        with pytest.raises(kind) as caught:
            read(text, names)
        return str(caught.value), caught.value.column

    return refused
