"""Trees: traversals that do not recurse, equality without spans, exact numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import (
    Call,
    Number,
    Symbol,
    children,
    fold,
    number,
    postorder,
    same_tree,
    substitute,
    symbols,
)

X = Symbol("x")


def _chain(links):
    tree = X
    for _ in range(links):
        tree = Call("sin", (tree,))
    return tree


def test_operands_come_before_the_node_that_uses_them():
    assert [to_line(node) for node in postorder(read("2x - 1/x"))] == [
        *("2", "x", "2*x", "1", "x", "1/x", "-1/x"),
        "2*x - 1/x",
    ]


def test_spans_are_ignored_by_equality():
    assert read("x + 1") == read("  ( x+1 )")
    assert hash(read("x + 1")) == hash(read("  ( x+1 )"))


def test_substitution_reaches_every_node():
    tree = substitute(read("sin(u)^u + cos(v)/u - 2u"), {"u": read("x + 1")})
    assert to_line(tree) == "sin(x + 1)^(x + 1) + cos(v)/(x + 1) - 2*(x + 1)"
    assert symbols(tree) == {"x", "v"}


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [("x + 1", "x+1", True), ("x + 1", "x + 2", False), ("x*y*a", "x*y", False), ("ln x", "sin x", False)],
)
def test_sameness_of_trees(left, right, equal):
    assert same_tree(read(left), read(right)) is equal


@given(data=st.data())
def test_the_same_tree_is_equal(data, trees):
    left, right = data.draw(trees), data.draw(trees)
    assert same_tree(left, right) is (left == right)
    assert same_tree(left, fold(left, lambda node, _: node))


@given(st.fractions())
def test_the_tree_of_a_rational_number_is_that_number(value):
    def value_of(node, operands):
        match node:
            case Number():
                return node.value
            case _ if len(operands) == 1:
                return -operands[0]
            case _:
                return operands[0] / operands[1]

    assert fold(number(value), value_of) == value


@pytest.mark.thorough
def test_a_chain_of_a_hundred_thousand_links_is_no_deeper_than_one():
    chain = _chain(100_000)
    assert fold(chain, lambda _, depths: 1 + max(depths, default=-1)) == 100_000
    assert same_tree(chain, _chain(100_000))
    assert not same_tree(chain, _chain(99_999))
    assert symbols(substitute(chain, {"x": Symbol("y")})) == {"y"}
    assert children(X) == ()
    assert number(Fraction(1, 4)) == Number(Fraction(1, 4))
