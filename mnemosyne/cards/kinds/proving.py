"""Proving: how a kind finds the answer that must be accepted, and how it reports that there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from mnemosyne.expressions.reading import MOST_CHARACTERS
from mnemosyne.verdict import LEFT_OUT, UNUSABLE_QUESTION, Explanation, Problem, Verdict, Word


class Judge(Protocol):
    """A judge of formulas: the checker, or the checker as wrapped by a session."""

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict on an answer."""
        ...

    def explain(self, f: str, variable: str, /) -> Explanation | None:
        """Return the derivative of a function with its chain; None if it cannot be worked out."""
        ...


class NotProvedError(Exception):
    """Raised when a variant cannot be proved: what is wrong, how to fix it, and the field if not the kind's own."""

    def __init__(self, what: str, mend: str, field: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.field = field


@dataclass(frozen=True, slots=True)
class VariantProof:
    """The proof of one variant."""

    judge: Judge  # the function that checks the answers
    seed: int  # the seed of the question
    case: str  # ` for a = 2`, for messages; empty if there is only one variant
    field: str  # the field whose answer is proved
    has_parameters: bool = False  # whether the author can change the values in `where` too

    def error(self, what: str, mend: str = "", field: str = "") -> NotProvedError:
        """Return the error to raise; by default, the author is told to change the field."""
        or_where = " or `where`" if self.has_parameters else ""
        return NotProvedError(what, mend or f"change `{field or self.field}`{or_where}", field)

    def require_tolerance(self, problem: Problem) -> None:
        """Raise NotProvedError if 0 is within the tolerance of a non-zero number: such a tolerance
        accepts nearly any answer.
        """
        within = problem.tolerance and self.judge.check(problem, "0").word is Word.CORRECT
        if within and self.judge.check(replace(problem, tolerance=""), "0").word is not Word.CORRECT:
            what = f"0 is within the tolerance {problem.tolerance}{self.case}"
            raise NotProvedError(what, "write a smaller one, such as 1%", "tolerance")

    def derivative(self, problem: Problem, name: str, *, may_be_zero: bool = False) -> str:
        """Return the checker's expected answer; raise NotProvedError if it is missing, zero, or too long to type."""
        self.require_tolerance(problem)
        verdict = self.judge.check(problem, "0")
        if verdict.word is Word.CORRECT and not may_be_zero:
            raise self.error(f"{name} is zero{self.case}")
        if verdict.word in (Word.UNREADABLE, Word.UNDECIDED) or verdict.expected is None:
            at_fault = "at" if problem.at and not verdict.message.startswith(UNUSABLE_QUESTION) else ""
            raise self.error(f"{name} could not be worked out{self.case}: {reason(verdict)}", field=at_fault)
        if len(verdict.expected) > MOST_CHARACTERS or LEFT_OUT in verdict.expected:
            raise self.error(f"{name} is over {MOST_CHARACTERS:,} characters long{self.case}", "make it simpler")
        return verdict.expected


def reason(verdict: Verdict) -> str:
    """Return the reason for a verdict, in words that continue a sentence."""
    return verdict.message.removeprefix(UNUSABLE_QUESTION).rstrip(".") or verdict.word.value
