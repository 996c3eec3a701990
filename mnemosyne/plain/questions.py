"""Questions and their solutions in lines of text, for whoever reads or hears them one line at a time."""

from __future__ import annotations

from mnemosyne.cards.question import Question
from mnemosyne.plain.verdicts import link_lines
from mnemosyne.verdict import CORRECT_ANSWER, Explanation


def question_lines(question: Question, number: int, *, drill: bool, practice: bool = False) -> list[str]:
    """Return the heading, the prompt, and what the kind shows below it: options, a graph, a unit."""
    card = question.card
    again = ", again" if drill else ", practice" if practice else ""
    heading = f"Question {number} ({card.kind}, {card.id}{again})"
    return [heading, question.prompt, *question.expected.detail_lines()]


def solution_lines(question: Question, explanation: Explanation | None) -> list[str]:
    """Return what was expected; what the checker works out has its chain, which `explanation` brings."""
    stated = question.expected.solution_lines()
    if stated or explanation is None:
        return stated
    return [f"  {CORRECT_ANSWER}: {explanation.derivative}", *link_lines(explanation.links)]
