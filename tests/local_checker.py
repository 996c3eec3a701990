"""A checker in the tests' own process, with the interface that kinds of cards use."""

from __future__ import annotations

from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import Explanation, Problem, Verdict


class LocalChecker:
    """Judges formulas without a child process."""

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict on an answer."""
        return check(problem, answer)

    def explain(self, f: str, variable: str, /) -> Explanation:
        """Return the derivative of a function with its chain."""
        return explain(f, variable)
