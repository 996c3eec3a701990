"""Nothing false is proved: formulas that differ on part of the real points only, looked at in ball arithmetic."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from liars import difference, formula, partly_equal, point

from mnemosyne.calculus.graph import Graph
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.line import to_line

PAIRS = 250
POINTS = 25


@pytest.mark.parametrize("seed", range(4))
def test_what_is_proved_agrees_wherever_both_have_a_value(seed: int) -> None:
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    for _ in range(PAIRS):
        one = formula(source, source.randint(1, 4))
        other = partly_equal(source, one)
        graph = Graph()
        if not Prover(graph).proves_equal(to_graph(graph, one), to_graph(graph, other)):
            continue
        counts["proved"] += 1
        for _ in range(POINTS):
            at = point(source)
            for odd_roots in (False, True):
                gap = difference(one, other, at, odd_roots=odd_roots)
                counts["compared"] += gap is not None
                assert gap is None or gap.contains(0), (to_line(one), to_line(other), dict(at))
    assert counts["proved"] > PAIRS // 4
    assert counts["compared"] > 1000
