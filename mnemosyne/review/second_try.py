"""The second try: which first answers have one, and what is said of a wrong one before it, without the solution."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.cards.question import Question
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import symbols
from mnemosyne.review.record import Attempt
from mnemosyne.verdict import SEE_VALUES, Evidence, Link, Verdict, Word


def may_be_corrected(question: Question, first: Attempt) -> bool:
    """Return whether a first answer is wrong in a way that leaves something to find.

    A named mistake does, a formula, and an answer of several fields.
    """
    leaves_something = first.misconception is not None or first.fields > 0 or question.expected.asks_formula
    return first.verdict == Word.INCORRECT and leaves_something


def without_solution(question: Question, verdict: Verdict) -> Verdict:
    """Return the verdict as it may be shown before the second try.

    A named mistake is told by its name and message. Without a name the numeric check and the links are told, but no
    derivative: neither of a link nor the expected one, nor its value where that is the whole of it.
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
    """Whether the numeric check shows a difference, and its values are not what is asked for."""
    evidence = verdict.evidence
    return question.expected.asks_formula and _departs(evidence) and not _is_number(question, verdict.expected or "")


def _departs(evidence: Evidence | None) -> bool:
    """Whether there is a difference to see; of the fields of the Leibniz form the last may be right."""
    return evidence is not None and not evidence.agrees


def _is_number(question: Question, expected: str) -> bool:
    """Whether the derivative, the last of the fields if there are several, is the same everywhere."""
    try:
        return not symbols(read_printed(expected.rpartition(" = ")[2], question.names))
    except ReadingError:
        return True


def _functions(question: Question, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links of a composition without their derivatives; none where the links themselves are asked for."""
    if len(links) < 2 or question.expected.asks_links:
        return ()
    return tuple(replace(link, derivative="") for link in links)
