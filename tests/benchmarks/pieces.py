"""Whether answers that are wrong in one piece only are accepted: python tests/benchmarks/pieces.py [ANSWERS] [SEED].

Breaks up to ±10⁷, pieces down to 10⁻⁷ wide, with up to three symbols besides x. Every wrong answer that is
accepted is printed; the counts of what was undecided and the times follow. Balls alone decide here: sympy is
not asked.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

from breaks import one_sided, spoilt
from compositions import value

from mnemosyne.calculus.decide import Comparison, Equality, by_balls
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line

SYMBOLS = ("", "a", "ab", "abc")


def main(answers: int = 10_000, seed: int = 1) -> None:
    """Judge that many wrong answers, half of them with other symbols, and report the outcome."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    times: list[float] = []
    while len(times) < answers:
        names = "" if source.random() < 0.5 else source.choice(SYMBOLS[1:])
        began = time.perf_counter()
        outcome = (_one_sided if source.random() < 0.25 else _spoilt)(source, names)
        if outcome is None:
            counts["not to be judged"] += 1
            continue
        times.append(time.perf_counter() - began)
        counts[f"{len(names)} other symbols: {outcome.equality.name.lower()}"] += 1
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    times.sort()
    print(f"median {1000 * times[len(times) // 2]:.1f} ms, p99 {1000 * times[len(times) * 99 // 100]:.1f} ms")


def _spoilt(source: random.Random, names: str) -> Comparison | None:
    """Return the comparison with an answer that is wrong on one piece."""
    case = spoilt(source, names)
    question = PreparedQuestion(case.f, seed=source.randrange(10**6))
    right = to_tree(question.graph, question.derivative)
    wrong = case.wrong(right)
    first, second = value(right, case.at), value(wrong, case.at)
    if first is None or second is None or first == second:
        return None
    return _judged(question, to_graph(question.graph, wrong), to_line(wrong))


def _one_sided(source: random.Random, names: str) -> Comparison:
    """Return the comparison with an answer that is right on one side of a kink."""
    f, g = one_sided(source, names)
    question = PreparedQuestion(f, seed=source.randrange(10**6))
    wrong = Calculus(question.graph, "x").derivative(to_graph(question.graph, g))
    if wrong == question.derivative:
        return Comparison(Equality.DIFFERENT)
    return _judged(question, wrong, to_line(to_tree(question.graph, wrong)))


def _judged(question: PreparedQuestion, wrong: int, wrong_text: str) -> Comparison:
    outcome = by_balls(question, wrong)
    if outcome.equality in (Equality.EQUAL, Equality.NARROWED):
        print(f"{outcome.equality.name} though wrong:", to_line(question.tree), "|", wrong_text)
    return outcome


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
