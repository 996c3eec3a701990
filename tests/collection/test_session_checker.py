"""The checker as a session needs it: never an error, each fault reported once, and always something to compare with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from mnemosyne.calculus.solution import UNPROVED
from mnemosyne.checker.client import ChildLostError
from mnemosyne.checker.stream import STOPPED
from mnemosyne.collection.session_checker import SessionChecker
from mnemosyne.errors import WorkerError
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word

QUESTION = Problem("sin(x^2)")


class Faulty:
    """A checker that gives prepared answers; one that is an error is raised."""

    solution = Verdict(Word.INCORRECT, expected="2*x*cos(x^2)")

    def __init__(self, *answers: Verdict | WorkerError) -> None:
        self._answers: Iterator[Verdict | WorkerError] = iter(answers)

    def check(self, problem: Problem, text: str) -> Verdict:
        if text == "0":  # asked for the solution only
            return self.solution
        answer = next(self._answers)
        if isinstance(answer, WorkerError):
            raise answer
        return answer

    def explain(self, f: str, variable: str) -> Explanation:
        raise WorkerError("gone")

    def start(self) -> None:
        raise WorkerError("gone")


def reports_of(*answers: Any, problem: Problem = QUESTION) -> list[tuple[str, str | None]]:
    checked = SessionChecker(Faulty(*answers))  # type: ignore[arg-type]
    verdicts = [checked.check(problem, "x") for _ in answers]
    assert {verdict.word for verdict in verdicts} == {Word.UNDECIDED}
    return [(verdict.message, verdict.expected) for verdict in verdicts]


def undecided(message: str, expected: str | None = None) -> Verdict:
    return Verdict(Word.UNDECIDED, message, expected=expected)


def test_each_kind_of_fault_is_reported_once():
    crash, late = WorkerError("the checker is gone", "look"), WorkerError("the checker is late")
    reports = reports_of(crash, late, crash, undecided(STOPPED), undecided(STOPPED), late, undecided(UNPROVED, "2x"))
    expected = "2*x*cos(x^2)"
    assert reports == [
        ("The checker is gone; look.", expected),
        ("The checker is late.", expected),
        ("", expected),
        (STOPPED, expected),
        ("", expected),
        ("", expected),
        (UNPROVED, "2x"),
    ]


def test_what_concerns_the_answer_is_reported_each_time():
    late = "The check took longer than 3 s."
    assert reports_of(undecided(late), undecided(late)) == [(late, "2*x*cos(x^2)")] * 2


def test_a_verdict_without_a_fault_comes_through_untouched():
    verdict = Verdict(Word.INCORRECT, "No.", "sign-flipped")
    assert SessionChecker(Faulty(verdict)).check(QUESTION, "x") is verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem("12", asks=Asks.NUMBER), "12"),
        (Problem("sin(x^2)", asks=Asks.INNER), "x^2"),
        (Problem("L", "w", Asks.GRADIENT, names=(("z", "w*x"), ("L", "z^2"))), "2*x*z"),
        (Problem("sin(", "x"), None),
    ],
)
def test_there_is_something_to_compare_with(problem: Problem, expected: str | None):
    assert reports_of(WorkerError("gone"), problem=problem) == [("Gone.", expected)]


def test_a_chain_is_explained_without_the_child_process():
    checked = SessionChecker(Faulty())  # type: ignore[arg-type]
    checked.start()
    explained = checked.explain("sin(x^2)", "x")
    assert explained is not None
    assert (explained.derivative, len(explained.links)) == ("2*x*cos(x^2)", 2)
    assert checked.explain("sin(", "x") is None


def test_what_there_is_to_compare_with_needs_neither_sympy_nor_flint():
    code = "import sys; from mnemosyne.calculus.solution import unjudged; from mnemosyne.verdict import Problem; "
    code += "unjudged(Problem('sin(x^2)'), ''); print([n for n in ('sympy', 'mpmath', 'flint') if n in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout == "[]\n"


class Lost(Faulty):
    """A child that is killed by the question itself."""

    solution = Verdict(Word.UNDECIDED, "The check took longer than 3 s.")

    def explain(self, f: str, variable: str) -> Explanation:
        raise ChildLostError("the check took longer than 3 s")


def test_a_question_that_killed_the_child_is_not_tried_in_this_process():
    late = undecided("The check took longer than 3 s.")
    verdict = SessionChecker(Lost(late)).check(QUESTION, "x")  # type: ignore[arg-type]
    assert (verdict.word, verdict.expected, verdict.links) == (Word.UNDECIDED, None, ())
    assert SessionChecker(Lost()).explain("sin(x^2)", "x") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "problem",
    [
        Problem("+".join(["sin(x^2)"] * 50)),
        Problem("a29", "w", Asks.GRADIENT, names=(("a0", "w"), *((f"a{n + 1}", f"a{n}*a{n}") for n in range(29)))),
    ],
)
def test_without_a_child_nothing_large_is_worked_out_here(problem: Problem):
    assert reports_of(WorkerError("gone"), problem=problem) == [("Gone.", None)]
