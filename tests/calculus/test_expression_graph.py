"""Substitutions and occurrences are cached, and stay right when one part after another is asked for."""

from __future__ import annotations

import random

from compositions import function

from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import postorder, substitute, symbols


def test_a_symbol_is_replaced_as_in_the_tree_whatever_was_replaced_before() -> None:
    source = random.Random(14)
    for _ in range(40):
        graph, tree = Graph(), function(source)
        x, parts = graph.symbol("x"), list(postorder(tree))
        for new in (read("sin(x)"), read("2y + 1")):
            node = to_graph(graph, new)
            for part in source.sample(parts, min(len(parts), 6)):
                replaced = graph.replaced(to_graph(graph, part), x, node)
                assert replaced == to_graph(graph, substitute(part, {"x": new}))


def test_a_symbol_is_found_as_in_the_tree_whatever_was_asked_before() -> None:
    source = random.Random(14)
    for _ in range(40):
        graph, tree = Graph(), function(source)
        names = {name: graph.symbol(name) for name in ("a", "x", "y")}
        for part in source.sample(parts := list(postorder(tree)), min(len(parts), 6)):
            for name, symbol in names.items():
                assert graph.contains(to_graph(graph, part), symbol) is (name in symbols(part))


def test_a_part_is_found_wherever_it_is() -> None:
    source = random.Random(14)
    for _ in range(40):
        graph = Graph()
        nodes = graph.reachable([to_graph(graph, function(source)), to_graph(graph, function(source))])
        for root in nodes:
            for part in nodes:
                assert graph.contains(root, part) is (part in graph.reachable([root]))


def test_the_nodes_under_one_node_alone_are_those_under_none_of_the_others() -> None:
    source = random.Random(14)
    for _ in range(40):
        graph = Graph()
        nodes = graph.reachable(to_graph(graph, function(source)) for _ in range(3))
        for root in nodes:
            other_roots = source.sample(nodes, source.randint(0, 3)) or list(graph.operands[root])
            under_others = set(graph.reachable(other_roots))
            assert graph.reachable_only_from(root, other_roots) == set(graph.reachable([root])) - under_others
