"""The picture of a computation graph: arrows from the inputs of a node to the node, in columns that do not collide."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.forward import forward
from mnemosyne.cards.kinds.backprop import Backprop, ExpectsGradient
from mnemosyne.cards.question import make_question
from mnemosyne.tui.graph_drawing import graph, margin

LAYER = Backprop((("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2")), "L", "w")

NEURON = [(3, (0, 1, 2)), (4, (3,)), (6, (4, 5))]
FORK = [(2, (0, 1)), (3, (2,)), (4, (2,)), (5, (3, 4))]


def test_a_chain_of_nodes_shares_two_columns() -> None:
    assert margin(NEURON, 7) == [" ╭─ ", " ├─ ", " ├─ ", "╭┴▸ ", "╰┬▸ ", " ├─ ", " ╰▸ "]


def test_a_node_that_feeds_two_others_has_two_arrows() -> None:
    picture = margin(FORK, 6)
    assert [line[-2] for line in picture] == ["─", "─", "▸", "▸", "▸", "▸"]
    assert len({len(line) for line in picture}) == 1


@pytest.mark.parametrize("ways", [NEURON, FORK])
def test_every_arrow_continues_down_to_its_head(ways: list[tuple[int, tuple[int, ...]]]) -> None:
    height = max(row for row, _ in ways) + 1
    picture = margin(ways, height)
    for upper, lower in pairwise(picture):
        for above, below in zip(upper[:-2], lower[:-2], strict=True):
            assert (above in "│╭├┬┼") == (below in "│╰├┴┼")


def test_a_graph_without_edges_is_a_plain_line() -> None:
    assert margin([], 2) == ["─ ", "─ "]


def test_the_path_of_the_derivative_is_marked() -> None:
    question = make_question(Card("one", "chains", LAYER), 0)
    assert isinstance(question.expected, ExpectsGradient)
    nodes = forward(question.expected.graph, question.expected.at)
    picture = graph(nodes, question.expected.path)
    assert [line.plain.rstrip() for line in picture.lines] == [
        " ╭─   b",
        " ├─ ● w",
        " ├─   x",
        "╭┴▸ ● z = w·x + b",
        "╰┬▸ ● a = σ(z)",
        " ├─   t",
        " ╰▸ ● L = (a − t)²",
    ]
    assert "●" not in graph(nodes).content.plain


def test_a_path_passes_each_name_on_its_way_and_no_other() -> None:
    fork = Backprop((("u", "x*y"), ("v", "x + z"), ("s", "y^2"), ("f", "u*v + s")), "f", "x")
    question = make_question(Card("one", "chains", fork), 0)
    assert isinstance(question.expected, ExpectsGradient)
    assert question.expected.path == {"x", "u", "v", "f"}
