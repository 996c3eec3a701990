"""The checker for sessions, which never fails: if its process does, the learner decides.

Each kind of fault is reported only once, with the first verdict affected; the solution is given
every time. If the process was lost over an answer, a new one is asked for the solution only. Only
if no process can be started is the solution computed here, and only for small questions, since
nothing in this process has a deadline or a memory limit.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from mnemosyne.checker.client import Checker, ChildLostError
from mnemosyne.checker.stream import STOPPED
from mnemosyne.errors import ReadingError, WorkerError
from mnemosyne.text import capitalized
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word


class SessionChecker:
    """A checker that never fails; can be used from several threads."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._reported: set[str] = set()

    def start(self) -> None:
        """Start the process without waiting for it; a failure is reported with the first answer."""
        with suppress(WorkerError):
            self._checker.start()

    def check(self, problem: Problem, text: str) -> Verdict:
        """Return the verdict on an answer, undecided if the checker fails."""
        try:
            verdict = self._checker.check(problem, text)
        except WorkerError as error:
            return _unjudged(problem, self._once(f"{capitalized(str(error))}."))
        if verdict.word is not Word.UNDECIDED:
            return verdict
        message = self._once(verdict.message) if _is_of_the_process(verdict.message) else verdict.message
        return (
            self._solved(problem, replace(verdict, message=message))
            if verdict.expected is None
            else replace(verdict, message=message)
        )

    def _solved(self, problem: Problem, verdict: Verdict) -> Verdict:
        """Return the verdict with the solution added by a new process; unchanged if that fails too."""
        if problem.asks is Asks.NUMBER:
            return replace(verdict, expected=problem.f)
        with suppress(WorkerError):
            solution = self._checker.check(problem, "0")
            return replace(verdict, expected=solution.expected, links=solution.links)
        return verdict

    def explain(self, f: str, variable: str) -> Explanation | None:
        """Return the chain of a function; None if it has no real value, or if it is too much for the checker."""
        try:
            return self._checker.explain(f, variable)
        except (ChildLostError, ReadingError):
            return None
        except WorkerError:
            from mnemosyne.calculus.solution import explained

            return explained(Problem(f, variable))

    def close(self) -> None:
        """End the process."""
        self._checker.close()

    def _once(self, fault: str) -> str:
        """Return the sentence the first time, then ""."""
        is_reported = fault in self._reported
        self._reported.add(fault)
        return "" if is_reported else fault


def _is_of_the_process(message: str) -> bool:
    """Return whether a verdict's message is about the checker instead of the answer."""
    from mnemosyne.calculus.solution import UNPROVED

    return message in (STOPPED, UNPROVED)


def _unjudged(problem: Problem, message: str) -> Verdict:
    from mnemosyne.calculus.solution import unjudged

    return unjudged(problem, message)
