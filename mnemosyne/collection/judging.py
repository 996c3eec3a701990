"""Judging: from a question and an answer to the verdict, by the checker or by a forgiving match, as the kind wants."""

from __future__ import annotations

from typing import Protocol

from mnemosyne.cards.matching import Match, match_option, match_words
from mnemosyne.cards.question import (
    ExpectsDerivative,
    ExpectsGradient,
    ExpectsNumber,
    ExpectsOption,
    ExpectsSteps,
    ExpectsWords,
    Question,
)
from mnemosyne.collection.checked import Checked
from mnemosyne.review.leibniz import judge_steps, solve_steps
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word


class Judges(Protocol):
    """What gives a verdict on an answer: the checker, or the checker as a session needs it."""

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict on an answer."""
        ...


def judge(checker: Judges, question: Question, text: str) -> Verdict:
    """The verdict on an answer; for a recall question there is none to give."""
    expected = question.expected
    match expected:
        case ExpectsDerivative() | ExpectsNumber() | ExpectsGradient():
            return checker.check(problem_of(question), text)
        case ExpectsSteps():
            return judge_steps(expected, text, question.seed, checker.check)
        case ExpectsOption():
            return _matched(match_option(expected, text), "; ".join(o.text for o in expected.options if o.right), text)
        case ExpectsWords():
            return _matched(match_words(expected, text), expected.whole, text)
        case _:
            return Verdict(Word.UNDECIDED)


def solve(checker: Checked, question: Question) -> Explanation | None:
    """What a question for the checker expects, with its chain; None for any other."""
    expected = question.expected
    match expected:
        case ExpectsDerivative():
            return checker.explain(expected.line, expected.variable)
        case ExpectsSteps():
            return solve_steps(expected, question.seed, checker.check)
        case ExpectsGradient():
            verdict = checker.check(problem_of(question), "0")
            return Explanation(expected.of, expected.by, verdict.expected or "", verdict.links)
        case _:
            return None


def problem_of(question: Question) -> Problem:
    """What the checker is asked about a derivative or numeric question."""
    expected = question.expected
    match expected:
        case ExpectsDerivative():
            return Problem(expected.line, expected.variable, seed=question.seed)
        case ExpectsGradient(of=of, by=by, lines=lines, at=at, tolerance=tolerance):
            return Problem(of, by, Asks.GRADIENT, tolerance, question.seed, lines, at)
        case ExpectsNumber():
            answer, tolerance, unit = expected.answer, expected.tolerance, expected.unit
            return Problem(answer, asks=Asks.NUMBER, tolerance=tolerance, seed=question.seed, unit=unit)
        case _:
            raise TypeError(f"a {question.card.kind} question is not for the checker")


def _matched(match: Match, expected: str, text: str) -> Verdict:
    if not match.readable:
        return Verdict(Word.UNREADABLE, match.message, span=(0, len(text)))
    word = Word.CORRECT if match.right else Word.INCORRECT
    return Verdict(word, match.message, expected=expected, read_as=text.strip())
