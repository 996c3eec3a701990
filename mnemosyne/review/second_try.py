"""The second try: which first answers get one, and what may be shown of their verdict without the solution."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.cards.question import Question
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import symbols
from mnemosyne.review.record import Attempt
from mnemosyne.verdict import SEE_VALUES, Evidence, Link, Verdict, Word


def may_be_corrected(question: Question, first: Attempt) -> bool:
    """Return whether a first answer is wrong, but still leaves something to find.

    This is so after a named mistake, for formulas, and for answers with several fields.
    """
    leaves_something = first.misconception is not None or first.fields > 0 or question.expected.asks_formula
    return first.verdict == Word.INCORRECT and leaves_something


def without_solution(question: Question, verdict: Verdict) -> Verdict:
    """Return the part of the verdict that may be shown before the second try.

    A named mistake is shown by its title and message. Otherwise the numeric check and the links are
    shown without derivatives; the check is left out if its values are the answer.
    """
    unnamed = verdict.misconception is None
    evidence = verdict.evidence if unnamed and _is_safe(question, verdict) else None
    message = verdict.message if evidence else verdict.message.replace(SEE_VALUES, "")
    links = _functions(question, verdict.links) if unnamed else ()
    fields = tuple(replace(field, expected="") for field in verdict.fields)
    partial_verdict = replace(
        verdict, message=message, expected=None, evidence=evidence, links=links, mistaken_link=None
    )
    return replace(partial_verdict, fields=fields, way="", mistaken_inside=False)


def _is_safe(question: Question, verdict: Verdict) -> bool:
    """Whether the numeric check shows a difference and does not give away the answer."""
    evidence = verdict.evidence
    return question.expected.asks_formula and _departs(evidence) and not _is_number(question, verdict.expected or "")


def _departs(evidence: Evidence | None) -> bool:
    """Whether the values differ; of the fields of the Leibniz form, the last one may be right."""
    return evidence is not None and not evidence.agrees


def _is_number(question: Question, expected: str) -> bool:
    """Whether the derivative, the last field if there are several, is a constant."""
    try:
        return not symbols(read_printed(expected.rpartition(" = ")[2], question.names))
    except ReadingError:
        return True


def _functions(question: Question, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links of a composition without their derivatives; none if the links are what is asked."""
    if len(links) < 2 or question.expected.asks_links:
        return ()
    return tuple(replace(link, derivative="") for link in links)
