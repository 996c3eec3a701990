"""The checker against others on the same answers: python tests/benchmarks/competitors.py [ANSWERS].

`sympy.simplify(f' - a) == 0`, `(f' - a).equals(0)` and Math-Verify's `verify` (pip install math-verify, not a
dependency) get what `mnemosyne grade` gets: the function and the answer as text. Right and wrong answers to the
bundled deck, and right ones in other forms. Every other method has 10 s for an answer. Times are processor
times. The others say yes or no; `decision` says no more either. `mnemosyne` is the whole verdict on a question
that may be new, with the name of a wrong answer's mistake and the numbers that show it; `prepared` is the same
once the question is ready, as it is when a learner has read it. Ratios are to `decision`. Garbage is collected
between answers.
"""

from __future__ import annotations

import random
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

import sympy
from batch import answers
from compositions import equal_form

import mnemosyne.calculus.check
from mnemosyne.calculus import symbolic
from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.decide import Equality, decide
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.checker.child import collect_garbage, collect_rarely
from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Problem, Word

PATIENCE = 10.0  # seconds
Case = tuple[str, str, str, bool]  # f, variable, answer, whether it is right


class LateError(BaseException):
    """The time is up."""


def cases(count: int) -> list[Case]:
    """Return answers whose truth is known: the derivative, the same in another form, a link left out, the sign lost."""
    source = random.Random(1)
    all_cases: list[Case] = []
    for entry in answers():
        question = PreparedQuestion(read(entry["f"]), entry["var"])
        true = to_tree(question.graph, question.derivative)
        verdict = check(Problem(entry["f"], entry["var"]), entry["answer"])
        all_cases.append((entry["f"], entry["var"], entry["answer"], verdict.word is Word.CORRECT))
        if source.random() < 0.25:
            all_cases.append((entry["f"], entry["var"], to_line(equal_form(source, true)), True))
    return source.sample(all_cases, min(count, len(all_cases)))


def _sympy(text: str) -> sympy.Expr:
    graph = Graph()
    return symbolic.to_sympy(graph, to_graph(graph, read(text))).doit()


def _difference(f: str, variable: str, answer: str) -> sympy.Expr:
    return sympy.diff(_sympy(f), sympy.Symbol(variable, real=True)) - _sympy(answer)


def by_mnemosyne(f: str, variable: str, answer: str) -> bool:
    return check(Problem(f, variable), answer, explained=False).word is Word.CORRECT


def by_prepared(f: str, variable: str, answer: str) -> bool:
    return by_mnemosyne(f, variable, answer)


def by_decision(f: str, variable: str, answer: str) -> bool:
    question = prepare(Problem(f, variable))
    return decide(question, question.node_of(read(answer, question.names))).equality is Equality.EQUAL


def by_simplify(f: str, variable: str, answer: str) -> bool:
    return bool(sympy.simplify(_difference(f, variable, answer)) == 0)


def by_equals(f: str, variable: str, answer: str) -> bool:
    return bool(_difference(f, variable, answer).equals(0))


def by_math_verify(f: str, variable: str, answer: str) -> bool:
    from math_verify import parse, verify

    derivative = sympy.diff(_sympy(f), sympy.Symbol(variable, real=True))
    gold = parse(f"${sympy.latex(derivative)}$", parsing_timeout=None)
    parsed_answer = parse(f"${to_latex(read(answer))}$", parsing_timeout=None)
    return bool(verify(gold, parsed_answer, timeout_seconds=None))


def timed(method: Callable[[str, str, str], bool], sample: list[Case]) -> Iterator[tuple[float, bool | None]]:
    """Yield the milliseconds and whether the verdict was right; None where there was none in time."""
    for f, variable, answer, right in sample:
        if method is by_prepared:
            check(Problem(f, variable), "0")  # as `checker.child` does when a question is shown
        collect_garbage()
        began = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            outcome: bool | None = method(f, variable, answer) is right
        except (LateError, Exception):  # noqa: BLE001 - another's failure is a missing verdict, whatever it is
            outcome = None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        yield 1000 * (time.process_time() - began), outcome


def main(count: int = 400) -> None:
    """Print one row for each method."""
    sample = cases(count)
    print(f"{len(sample)} answers, {sum(case[3] for case in sample)} of them right")
    print(f"{'':14}{'median':>10}{'p99':>12}{'wrong':>8}{'none':>7}")
    base: list[float] = []
    collect_rarely()
    for method in (by_decision, by_mnemosyne, by_prepared, by_simplify, by_equals, by_math_verify):
        mnemosyne.calculus.check._prepared.cache_clear()  # no method gets questions that another has prepared
        results = list(timed(method, sample))
        times = sorted(time for time, _ in results)
        figures = [statistics.median(times), times[len(times) * 99 // 100]]
        base = base or figures
        ratios = "".join(f"  {figure / least:6.0f}x" for figure, least in zip(figures, base, strict=True))
        outcomes = [outcome for _, outcome in results]
        print(
            f"{method.__name__[3:]:14}{figures[0]:8.2f} ms{figures[1]:9.1f} ms"
            f"{outcomes.count(False):8}{outcomes.count(None):7}{ratios}"
        )


def _late(*_: object) -> None:
    raise LateError


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _late)
    main(*map(int, sys.argv[1:]))
