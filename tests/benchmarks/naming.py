"""How long a mistake's name takes, and how many are named: python tests/benchmarks/naming.py [FUNCTIONS].

The teachers' wrong answers, each also with a term too many so that it has no name; and random functions of depth 1 to 6
with one thing changed in their derivatives. Processor time of one process, in milliseconds; nothing is prepared before,
and garbage is collected between answers.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus" / "misconceptions"))

from compositions import function, wrong_form
from teachers import CHAIN, RULES, examples

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.diagnose import diagnose
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.checker.child import collect_garbage, collect_rarely
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Problem

Naming = Callable[[], str | None]


def teachers(addition: str) -> Iterator[tuple[Naming, Naming]]:
    """The naming alone, and the whole verdict, of each answer on the lists."""
    for name in (CHAIN, RULES):
        for example in examples(name):
            variable = "z" if "z" in example.f else "x"
            typed = example.answer + addition.format(x=variable)
            yield _naming(Prepared(read(example.f), variable), typed), _verdict(Problem(example.f, variable), typed)


def _naming(question: Prepared, typed: str) -> Naming:
    def run() -> str | None:
        finding = diagnose(question, to_graph(question.graph, read(typed)))
        return finding.id if finding else None

    return run


def _verdict(problem: Problem, typed: str) -> Naming:
    return lambda: check(problem, typed).misconception


def compositions(count: int) -> Iterator[Naming]:
    """The naming of answers to random functions."""
    source = random.Random(5)
    while count:
        question = Prepared(function(source))
        if question.samples:
            count -= 1
            answer = to_graph(question.graph, wrong_form(source, to_tree(question.graph, question.derivative)))
            yield _answer(question, answer)


def _answer(question: Prepared, answer: int) -> Naming:
    def run() -> str | None:
        finding = diagnose(question, answer)
        return finding.id if finding else None

    return run


def report(title: str, runs: list[Naming]) -> None:
    """Time every run once and print the figures."""
    times: list[float] = []
    named = 0
    for run in runs:
        collect_garbage()
        began = time.process_time()
        named += run() is not None
        times.append((time.process_time() - began) * 1e3)
    times.sort()
    shown = "  ".join(f"{part} {times[int(len(times) * at)]:6.2f}" for part, at in _PARTS)
    print(f"{title:44} {len(runs):5}  named {named:5}  {shown}")


_PARTS = (("median", 0.5), ("p90", 0.9), ("p99", 0.99))


def main(functions: int = 1000) -> None:
    """Print a line for each kind of answer."""
    collect_rarely()  # as the checker's process does
    for title, addition in (("teachers' answers", ""), ("teachers' answers, a term too many", " + {x}^7")):
        alone, whole = zip(*teachers(addition), strict=True)
        report(f"{title}: name", list(alone))
        report(f"{title}: verdict", list(whole))
    report("random functions: name", list(compositions(functions)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
