"""Verdicts against mpmath at 50 random real points: python tests/benchmarks/differential.py [PAIRS] [SEED].

Random functions, with breaks and without, each with an answer in another form or a changed one. What is called correct
must agree wherever mpmath sees both values, and what is called incorrect must differ at the point that proves it. Each
contradiction is printed. mpmath has 80 digits: where values cancel beyond that it is mpmath that errs.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

from beside_mpmath import contradiction, pair

from mnemosyne.calculus.decide import by_balls
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.line import to_line


def main(pairs: int = 20_000, seed: int = 1) -> None:
    """Judge that many pairs both ways and report the counts."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    while counts.total() < pairs:
        question, answer = pair(source)
        if not question.samples:
            continue  # it has no values anywhere
        outcome = by_balls(question, to_graph(question.graph, answer))
        against = contradiction(outcome, question, answer, source)
        counts[f"{outcome.equality.name.lower()}{', contradicted' if against else ''}"] += 1
        if against:
            print(f"{outcome.equality.name} but {against}:", to_line(question.tree), "|", to_line(answer))
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
