"""How long naming a mistake takes, and how many are named: python tests/benchmarks/naming.py [FUNCTIONS].

The teachers' wrong answers, each also with a term too many so that it has no name; and random functions of depth 1 to 6
with one thing changed in their derivatives. Then compositions of 100 and 1,000 links, and gradients of as many names:
what it takes to read and prepare the question, to show its derivative and links, and to judge with all that `check`
gives a right answer, one without an inner link, and one that has no name. Processor time of one process, in
milliseconds; garbage is collected between answers. Nothing is prepared before, except the questions called
ready: they have judged the answer 0, as the checker makes them when they are shown.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus" / "misconceptions"))

from compositions import function, wrong_form
from teachers import CHAIN, RULES, examples

from mnemosyne.calculus.check import check
from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.misconceptions.diagnose import diagnose
from mnemosyne.calculus.prepared_question import PreparedQuestion, prepared
from mnemosyne.calculus.solution import explanation
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.checker.child import collect_garbage, collect_rarely
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, Number, Power, Sum, Symbol
from mnemosyne.verdict import Asks, Problem

Naming = Callable[[], str | None]
CHAINS = (100, 1_000)  # links
REPEATS = 5  # of each step of a long chain


def teachers(addition: str) -> Iterator[tuple[Naming, Naming]]:
    """Measure the naming alone, and the whole verdict, of each answer on the lists."""
    for name in (CHAIN, RULES):
        for example in examples(name):
            variable = "z" if "z" in example.f else "x"
            typed = example.answer + addition.format(x=variable)
            yield (
                _naming(PreparedQuestion(read(example.f), variable), typed),
                _verdict(Problem(example.f, variable), typed),
            )


def _naming(question: PreparedQuestion, typed: str) -> Naming:
    def run() -> str | None:
        finding = diagnose(question, to_graph(question.graph, read(typed)))
        return finding.id if finding else None

    return run


def _verdict(problem: Problem, typed: str) -> Naming:
    return lambda: check(problem, typed).misconception


def compositions(count: int, *, ready: bool) -> Iterator[Naming]:
    """Measure the naming of answers to random functions, with questions that are ready or new."""
    source = random.Random(5)
    while count:
        question = PreparedQuestion(function(source))
        if question.samples:
            count -= 1
            answer = to_graph(question.graph, wrong_form(source, to_tree(question.graph, question.derivative)))
            if ready:
                diagnose(question, question.graph.zero)
            yield _answer(question, answer)


def _answer(question: PreparedQuestion, answer: int) -> Naming:
    def run() -> str | None:
        finding = diagnose(question, answer)
        return finding.id if finding else None

    return run


def long_chains(links: int) -> Iterator[tuple[str, list[Naming]]]:
    """Measure each step of a composition of so many links, and of a gradient in so many names."""
    functions = [("sin", "tanh")[i % 2] for i in range(links)]
    composed = Problem("".join(f"{name}(" for name in functions) + "x" + ")" * links)
    names = tuple((f"h{i + 1}", f"{name}(h{i})") for i, name in enumerate(functions))
    graph = Problem(f"h{links}", "w", names=(("h0", "w*x"), *names), asks=Asks.GRADIENT)
    for title, problem in ((f"{links:,} links", composed), (f"{links:,} names", graph)):
        yield f"{title}: question", [_preparation(problem) for _ in range(REPEATS)]
        yield f"{title}: solution", [_explanation(problem) for _ in range(REPEATS)]
        for answer, tree in answers(prepared(problem)):
            yield f"{title}: {answer}", [_judgement(problem, tree) for _ in range(REPEATS)]


def answers(question: PreparedQuestion) -> Iterator[tuple[str, Node]]:
    """Yield the derivative, what is left of it without the innermost links, and one with a term too many."""
    graph, calculus = question.graph, question.calculus
    right = to_tree(graph, question.tidy.tidied(question.derivative))
    inner = [node for node in graph.reachable([question.f]) if calculus.derivative(node) != graph.zero][1]
    yield "right answer", right
    yield "link left out", to_tree(graph, calculus.derivative(question.f, {inner: graph.one}))
    yield "answer without a name", Sum((right, Power(Symbol("x"), Number(Fraction(7)))))


def _preparation(problem: Problem) -> Naming:
    return lambda: prepared(problem).variable


def _explanation(problem: Problem) -> Naming:
    question = prepared(problem)
    return lambda: explanation(question).derivative


def _judgement(problem: Problem, tree: Node) -> Naming:
    question = prepared(problem)
    return lambda: judge_tree(Task(question), tree).misconception


def report(title: str, runs: list[Naming]) -> None:
    """Time every run once and print the figures."""
    times: list[float] = []
    count = 0
    for run in runs:
        collect_garbage()
        began = time.process_time()
        count += run() is not None
        times.append((time.process_time() - began) * 1e3)
    times.sort()
    columns = "  ".join(f"{part} {times[int(len(times) * at)]:6.2f}" for part, at in _PARTS)
    print(f"{title:44} {len(runs):5}  named {count:5}  {columns}")


_PARTS = (("median", 0.5), ("p90", 0.9), ("p99", 0.99))


def main(functions: int = 1000) -> None:
    """Print a line for each kind of answer."""
    collect_rarely()  # as the checker's process does
    for title, addition in (("teachers' answers", ""), ("teachers' answers, a term too many", " + {x}^7")):
        alone, whole = zip(*teachers(addition), strict=True)
        report(f"{title}: name", list(alone))
        report(f"{title}: verdict", list(whole))
    for title, ready in (("random functions", False), ("random functions, ready", True)):
        report(f"{title}: name", list(compositions(functions, ready=ready)))
    for links in CHAINS:
        for title, runs in long_chains(links):
            report(title, runs)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
