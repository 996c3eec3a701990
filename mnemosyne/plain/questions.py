"""Questions and their solutions in lines of text, for whoever reads or hears them one line at a time."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.cards.kinds.card_kind import Answering, Expected
from mnemosyne.cards.question import Question
from mnemosyne.plain.verdicts import link_lines
from mnemosyne.rich_text.plain_lines import text_lines, text_on_one_line
from mnemosyne.verdict import CORRECT_ANSWER, Explanation, Verdict


def question_lines(question: Question, number: int, *, drill: bool, practice: bool = False) -> list[str]:
    """Return the heading, the prompt, and what the kind shows below it: options, a graph, a unit."""
    card = question.card
    again = ", again" if drill else ", practice" if practice else ""
    heading = f"Question {number} ({card.kind}, {card.id}{again})"
    return [heading, *text_lines(question.prompt), *question.expected.detail_lines()]


def with_plain_texts(question: Question, verdict: Verdict) -> Verdict:
    """Return the verdict with the author's texts in it as lines."""
    expected = question.expected
    stated = verdict.expected
    if stated is not None and expected.answering is not Answering.FORMULA:
        stated = text_on_one_line(stated)
    fields = tuple(replace(field, message=_said(field.message, expected)) for field in verdict.fields)
    return replace(verdict, message=_said(verdict.message, expected), expected=stated, fields=fields)


def _said(message: str, expected: Expected) -> str:
    return text_on_one_line(message) if message in expected.feedback else message


def solution_lines(question: Question, explanation: Explanation | None) -> list[str]:
    """Return what was expected; what the checker works out has its chain, which `explanation` brings."""
    stated = question.expected.solution_lines()
    if stated or explanation is None:
        return stated
    return [f"  {CORRECT_ANSWER}: {explanation.derivative}", *link_lines(explanation.links)]
