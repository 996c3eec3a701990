"""Spans: every node knows which characters it was read from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Call, Negation, Power, Product, postorder, same_tree

X = frozenset("x")


@pytest.mark.parametrize(
    ("typed", "kind", "part"),
    [
        ("2x cos(x^2)", Product, "2x cos(x^2)"),
        ("2x cos(x^2)", Call, "cos(x^2)"),
        ("2x cos(x^2)", Power, "x^2"),
        ("1 - (x+1)(x+2)", Negation, "- (x+1)(x+2)"),
        ("1 - (x+1)(x+2)", Product, "(x+1)(x+2)"),
        ("3/√(1+x²)", Call, "√(1+x²)"),
        ("3/√(1+x²)", Power, "x²"),
        ("f'(x) = -|x|", Call, "|x|"),
        (r"\frac{2x}{3}", Product, "2x"),
        ("sin²(x)", Power, "sin²(x)"),
    ],
)
def test_every_node_knows_where_it_was_typed(typed, kind, part):
    node = next(node for node in postorder(read(typed, X)) if isinstance(node, kind))
    assert typed[slice(*node.span)] == part


@given(data=st.data())
def test_what_a_node_was_read_from_reads_as_that_node(data, trees, names):
    typed = to_line(data.draw(trees))
    for node in postorder(read(typed, names)):
        part = typed[slice(*node.span)]
        if not part.startswith("log"):  # the base of log10 is in its name
            assert same_tree(read(part, names), node)
