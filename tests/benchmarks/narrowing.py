"""Whether an answer without a value on part of f's domain is accepted: python tests/benchmarks/narrowing.py [N] [SEED].

The right formula gets something inserted that cancels, u/u or e^(ln u)/u, with any u. Every accepted answer is
examined for a value at many points in ball arithmetic; one that has none somewhere is printed. Balls alone
decide here.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus" / "proof"))

from narrowing import narrowed, question, without_value

from mnemosyne.calculus.decide import Equality, by_balls
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line


def main(answers: int = 3_500, seed: int = 1) -> None:
    """Judge that many answers and report the outcome."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    began = time.process_time()
    for _ in range(answers):
        prepared = question(source)
        answer = narrowed(source, prepared.tree, to_tree(prepared.graph, prepared.derivative))
        node = prepared.node_of(answer)
        outcome = by_balls(prepared, node)
        counts[outcome.equality.name.lower()] += 1
        at = without_value(source, prepared, node) if outcome.equality is Equality.EQUAL else None
        if at is not None:
            counts["TAKEN THOUGH WITHOUT A VALUE"] += 1
            print(to_line(prepared.tree), "|", to_line(answer), "|", dict(at))
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    print(f"{time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
