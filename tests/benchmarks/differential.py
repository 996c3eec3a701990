"""Verdicts beside mpmath at 50 random real points: python tests/benchmarks/differential.py [PAIRS] [SEED].

Random functions, with breaks and without, each with an answer in another form or a changed one. What is called correct
must agree wherever mpmath sees both values, and what is called incorrect must differ at the point that proves it. Each
contradiction is printed. mpmath has 80 digits: where values cancel beyond that it is mpmath that errs.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

import mpmath
from breaks import spoilt
from compositions import equal_form, function, value, wrong_form

from mnemosyne.calculus.decide import Comparison, Equality, by_balls
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import Node

POINTS = 50
LARGEST = 10**10  # a small difference of larger values is lost to mpmath
FAR_APART = mpmath.mpf(10) ** -25  # relative: less may be mpmath's own error


def main(pairs: int = 20_000, seed: int = 1) -> None:
    """Judge so many pairs both ways and tell the counts."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    while counts.total() < pairs:
        question, answer = _pair(source)
        if not question.samples:
            continue  # it lives nowhere
        outcome = by_balls(question, to_graph(question.graph, answer))
        right = to_tree(question.graph, question.derivative)
        contradiction = _contradiction(outcome, question, right, answer, source)
        counts[f"{outcome.equality.name.lower()}{', contradicted' if contradiction else ''}"] += 1
        if contradiction:
            print(f"{outcome.equality.name} but {contradiction}:", to_line(question.tree), "|", to_line(answer))
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    print(f"{time.perf_counter() - began:.0f} s")


def _pair(source: random.Random) -> tuple[Prepared, Node]:
    """A question and an answer to it."""
    if source.random() < 0.3:
        case = spoilt(source, source.choice(("", "", "a", "ab")))
        question = Prepared(case.f, seed=source.randrange(10**6))
        right = to_tree(question.graph, question.derivative)
        return question, case.wrong(right) if source.random() < 0.5 else equal_form(source, right)
    question = Prepared(function(source), seed=source.randrange(10**6))
    right = to_tree(question.graph, question.derivative)
    return question, (equal_form if source.random() < 0.5 else wrong_form)(source, right)


def _contradiction(
    outcome: Comparison, question: Prepared, right: Node, answer: Node, source: random.Random
) -> str | None:
    """What mpmath has against an outcome."""
    if outcome.equality is Equality.EQUAL:
        for point in _points(question, source):
            if value(question.tree, point) is not None and _differ(right, answer, point):
                return f"apart at {_shown(point)}"
    elif outcome.equality is Equality.DIFFERENT and outcome.at is not None:
        first, second = value(right, outcome.at), value(answer, outcome.at)
        seen = first is not None and second is not None and abs(first) < LARGEST
        if seen and mpmath.almosteq(first, second, 10**-60, 10**-60):
            return f"the same at {_shown(outcome.at)}"
    return None


def _points(question: Prepared, source: random.Random) -> Iterator[dict[str, Fraction]]:
    """Random real points: near and far, of both signs."""
    for _ in range(POINTS):
        yield {name: Fraction(_real(source)) for name in question.inputs}


def _real(source: random.Random) -> float:
    if source.random() < 0.5:
        return source.uniform(-8, 8)
    return source.choice((-1, 1)) * 10 ** source.uniform(-5, 8)


def _differ(right: Node, answer: Node, point: dict[str, Fraction]) -> bool:
    first, second = value(right, point), value(answer, point)
    if first is None or second is None:
        return False
    return bool(abs(first - second) > FAR_APART * max(abs(first), abs(second), 1))


def _shown(point: object) -> str:
    return ", ".join(f"{name} = {float(place):.6g}" for name, place in dict(point).items())  # type: ignore[call-overload]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
