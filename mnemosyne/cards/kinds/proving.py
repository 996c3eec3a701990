"""Proving: what a kind has at hand to find the answer that has to be accepted, and how it says that there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from mnemosyne.expressions.reading import MOST_CHARACTERS
from mnemosyne.verdict import LEFT_OUT, UNUSABLE_QUESTION, Explanation, Problem, Verdict, Word


class Judge(Protocol):
    """What judges formulas: the checker, or the checker as a session needs it."""

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict on an answer."""
        ...

    def explain(self, f: str, variable: str, /) -> Explanation | None:
        """Return the derivative of a function with its chain; None if it cannot be had."""
        ...


class NotProvedError(Exception):
    """A variant that does not hold: what is wrong with it, how to mend it, and at which field if not the kind's own."""

    def __init__(self, what: str, mend: str, field: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.field = field


@dataclass(frozen=True, slots=True)
class Proving:
    """The proof of one variant."""

    judge: Judge  # the function that checks the answers
    seed: int  # the seed of the question
    case: str  # ` for a = 2`, for messages; empty where there is one variant only
    mend: str  # what an author can change to fix it

    def error(self, what: str, mend: str = "") -> NotProvedError:
        """Return the error to raise; `what` is told with the case."""
        return NotProvedError(what, mend or self.mend)

    def require_tolerance(self, problem: Problem) -> None:
        """Raise NotProvedError if 0 is within the tolerance of a number that is not 0: nearly every answer would be."""
        within = problem.tolerance and self.judge.check(problem, "0").word is Word.CORRECT
        if within and self.judge.check(replace(problem, tolerance=""), "0").word is not Word.CORRECT:
            what = f"0 is within the tolerance {problem.tolerance}{self.case}"
            raise NotProvedError(what, "write a smaller one, such as 1%", "tolerance")

    def derivative(self, problem: Problem, name: str, *, may_be_zero: bool = False) -> str:
        """Return what the checker expects, which has to be there, to differ from zero, and to be typed."""
        self.require_tolerance(problem)
        verdict = self.judge.check(problem, "0")
        if verdict.word is Word.CORRECT and not may_be_zero:
            raise self.error(f"{name} is zero{self.case}")
        if verdict.word in (Word.UNREADABLE, Word.UNDECIDED) or verdict.expected is None:
            raise self.error(f"{name} could not be worked out{self.case}: {reason(verdict)}")
        if len(verdict.expected) > MOST_CHARACTERS or LEFT_OUT in verdict.expected:
            raise self.error(f"{name} is over {MOST_CHARACTERS:,} characters long{self.case}", "make it simpler")
        return verdict.expected


def reason(verdict: Verdict) -> str:
    """Return why a verdict is what it is, to go on with in a sentence."""
    return verdict.message.removeprefix(UNUSABLE_QUESTION).rstrip(".") or verdict.word.value
