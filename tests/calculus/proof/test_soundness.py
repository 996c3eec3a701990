"""Nothing false is proved: formulas that differ at some of the real points only, examined in ball arithmetic."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from identities import RULES
from partial_identities import difference, formula, partly_equal, point, signed, with_a_sign_lost
from rewriting import rewritten
from sample_size import sample_size

from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import Node

PAIRS = sample_size(60, 250)
POINTS = 25


def by_partial_identities(source: random.Random) -> tuple[Node, Node]:
    """Return a formula and another that is equal to it at some of the points, or at all."""
    tree = formula(source, source.randint(1, 4))
    return tree, partly_equal(source, tree)


def by_lost_signs(source: random.Random) -> tuple[Node, Node]:
    """Return a formula whose value depends on signs, and the same rewritten, some with a sign lost."""
    tree = signed(source)
    rewritten_tree, _ = rewritten(source, tree, RULES, source.choice((0, 0.2, 0.4)))
    return tree, with_a_sign_lost(source, rewritten_tree) if source.random() < 0.7 else rewritten_tree


@pytest.mark.sampled
@pytest.mark.parametrize("pair", [by_partial_identities, by_lost_signs])
@pytest.mark.parametrize("seed", range(sample_size(1, 3)))
def test_what_is_proved_agrees_wherever_both_have_a_value(
    seed: int, pair: Callable[[random.Random], tuple[Node, Node]]
) -> None:
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    for _ in range(PAIRS):
        left, right = pair(source)
        graph = Graph()
        if not Prover(graph).proves_equal(to_graph(graph, left), to_graph(graph, right)):
            continue
        counts["proved"] += 1
        for _ in range(POINTS):
            at = point(source)
            for odd_roots in (False, True):
                gap = difference(left, right, at, odd_roots=odd_roots)
                counts["compared"] += gap is not None
                assert gap is None or gap.contains(0), (to_line(left), to_line(right), dict(at))
    assert counts["proved"] > PAIRS // 4
    assert counts["compared"] > 4 * PAIRS
