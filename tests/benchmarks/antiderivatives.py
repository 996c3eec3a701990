"""Antiderivatives like those in textbooks: python tests/benchmarks/antiderivatives.py [INTEGRANDS] [SEED].

Right answers by several routes and by sympy (which leaves out the bars of logarithms), and common mistakes.
What is right must be accepted, unless it has values on a part of the domain only; no mistake may be accepted
unless mpmath finds it right. Prints the counts, each doubtful case, and processor times.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

import sympy
from antiderivative_cases import Integrand, integrands, routes

from mnemosyne.calculus import symbolic
from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Asks, Problem, Verdict, Word

PATIENCE = 3  # seconds for sympy


def main(count: int = 500, seed: int = 1) -> None:
    """Judge the answers to that many integrands and report the outcome."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    unnamed: Counter[str] = Counter()
    times: list[float] = []
    for case in integrands(count, seed):
        if not _lives(case.f):
            counts["integrands that live nowhere"] += 1
            continue
        for answer in routes(case, source):
            _right(case, answer, "right", counts, times)
        by_sympy = _by_sympy(case.f)
        if by_sympy is not None:
            _right(case, by_sympy + " + C", "sympy's", counts, times)
        for name, answer in case.mistakes:
            verdict = _timed(case, answer + " + C", times)
            counts[f"mistake: {verdict.word}{', named' if verdict.misconception else ''}"] += 1
            unnamed[name] += verdict.misconception is None
            if verdict.word is Word.CORRECT:
                print("TAKEN:", name, "|", case.f, "|", answer)
    for text, number in sorted(counts.items()):
        print(f"{number:8,}  {text}")
    print("unnamed:", ", ".join(f"{name} {number}" for name, number in unnamed.most_common() if number))
    times.sort()
    print(f"median {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms of the processor")


def _lives(f: str) -> bool:
    try:
        return bool(prepare(Problem(f, asks=Asks.ANTIDERIVATIVE)).samples)
    except ReadingError:
        return False


def _right(case: Integrand, answer: str, route: str, counts: Counter[str], times: list[float]) -> None:
    verdict = _timed(case, answer, times)
    narrowed = verdict.misconception == "domain-narrowed"
    counts[f"{route}: {verdict.misconception if narrowed else verdict.word} {verdict.certainty or ''}"] += 1
    if verdict.word is not Word.CORRECT and not narrowed:
        print(route, "|", case.f, "|", answer, "|", verdict.word, verdict.misconception, verdict.message)


def _timed(case: Integrand, answer: str, times: list[float]) -> Verdict:
    problem = Problem(case.f, asks=Asks.ANTIDERIVATIVE)
    began = time.process_time()
    verdict = check(problem, answer, explained=False)
    times.append((time.process_time() - began) * 1000)
    return verdict


def _by_sympy(f: str) -> str | None:
    """Return what sympy gives in time, as text; None for what it cannot do, or cannot write in our functions."""
    graph = Graph()
    x = sympy.Symbol("x", real=True)
    signal.alarm(PATIENCE)
    try:
        result = sympy.integrate(symbolic.to_sympy(graph, to_graph(graph, read(f))).doit(), x)
        text = str(result).replace("Abs(", "abs(")
        read(text)
    except (LateError, Exception):  # noqa: BLE001 - another's failure is a missing answer, whatever it is
        return None
    finally:
        signal.alarm(0)
    return None if result.has(sympy.Integral, sympy.Piecewise, sympy.I) else text


class LateError(BaseException):
    """The time is up."""


def _late(*_: object) -> None:
    raise LateError


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _late)
    main(*map(int, sys.argv[1:]))
