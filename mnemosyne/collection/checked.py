"""Checked: the checker as a session needs it, which never fails: a fault of its process leaves the word to the learner.

Each kind of fault is told once, with the first verdict that it costs; what there is to compare with is told every time,
worked out here, without the process. What that takes is imported when it is needed: no first question waits for it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from mnemosyne.calculus.verdict import Explanation, Problem, Verdict, Word
from mnemosyne.errors import ReadingError, WorkerError
from mnemosyne.worker.client import Checker
from mnemosyne.worker.stream import STOPPED


class Checked:
    """Asks the checker; safe to use from several threads, as it is."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._told: set[str] = set()

    def start(self) -> None:
        """Start the process without waiting for it; where that fails, the first answer tells."""
        with suppress(WorkerError):
            self._checker.start()

    def check(self, problem: Problem, text: str) -> Verdict:
        """The verdict on an answer."""
        try:
            verdict = self._checker.check(problem, text)
        except WorkerError as error:
            return _unjudged(problem, self._once(f"{str(error)[:1].upper()}{str(error)[1:]}."))
        if verdict.word is not Word.UNDECIDED:
            return verdict
        message = self._once(verdict.message) if _is_of_the_process(verdict.message) else verdict.message
        return _unjudged(problem, message) if verdict.expected is None else replace(verdict, message=message)

    def explain(self, f: str, variable: str) -> Explanation | None:
        """The chain of a function; None if it cannot be read."""
        with suppress(WorkerError):
            return self._checker.explain(f, variable)
        from mnemosyne.calculus.solution import explanation, posed

        with suppress(ReadingError):
            return explanation(posed(Problem(f, variable)))
        return None

    def close(self) -> None:
        """End the process."""
        self._checker.close()

    def _once(self, fault: str) -> str:
        """The sentence, the first time only."""
        told = fault in self._told
        self._told.add(fault)
        return "" if told else fault


def _is_of_the_process(message: str) -> bool:
    """Whether a verdict says this of the checker rather than of the answer."""
    from mnemosyne.calculus.solution import UNPROVED

    return message in (STOPPED, UNPROVED)


def _unjudged(problem: Problem, message: str) -> Verdict:
    from mnemosyne.calculus.solution import unjudged

    return unjudged(problem, message)
