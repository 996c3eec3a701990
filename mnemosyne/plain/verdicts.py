"""Questions, their solutions, verdicts and chains as lines of text, for `grade`, `explain` and the plain session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from mnemosyne.cards.kinds.card_kind import Answering, Expected
from mnemosyne.cards.question import Question
from mnemosyne.rich_text.plain_lines import text_lines, text_on_one_line
from mnemosyne.text import visible, with_short_numbers
from mnemosyne.verdict import AS_DECIMALS, CORRECT_ANSWER, Evidence, Explanation, FieldVerdict, Link, Verdict, Word


def verdict_lines(verdict: Verdict, answer: str) -> list[str]:
    """Return the verdict in words, with all its details; long numbers are shortened."""
    return list(map(with_short_numbers, _whole_lines(verdict, answer)))


def _whole_lines(verdict: Verdict, answer: str) -> list[str]:
    word = verdict.word.value.capitalize()
    lines = [f"{word}: {verdict.message}" if verdict.message not in ("", f"{word}.") else f"{word}."]
    if verdict.word is Word.UNREADABLE:
        return lines + (pointer_lines(answer, verdict.span) if verdict.span else [])
    if verdict.fields:
        return lines + _field_lines(verdict.fields) + _reasons(verdict)
    if verdict.read_as and verdict.read_as != answer.strip():
        lines.append(f"  read as: {verdict.read_as}")
    if verdict.misconception:
        from mnemosyne.calculus.misconceptions.catalogue import title_of  # late: most verdicts name none

        lines.append(f"  mistake: {title_of(verdict.misconception)} ({verdict.misconception})")
    if verdict.expected:
        lines.append(f"  {CORRECT_ANSWER}: {verdict.expected}")
    if verdict.way:
        lines.append(f"  working: {verdict.way}")
    return lines + _reasons(verdict)


def _reasons(verdict: Verdict) -> list[str]:
    evidence = [evidence_line(verdict.numeric_check)] if verdict.numeric_check else []
    return evidence + link_lines(verdict.links, verdict.right_links)


_SIGNS = {Word.CORRECT: "✓", Word.INCORRECT: "✗", Word.UNDECIDED: "?"}


def _field_lines(fields: Sequence[FieldVerdict]) -> list[str]:
    """Return a line for each field: whether it is right, what was typed, and if wrong what is right and why."""
    return [f"  {_SIGNS[field.word]} {field.name} = {field.answer}{_correction(field)}" for field in fields]


def _correction(field: FieldVerdict) -> str:
    if field.word is Word.CORRECT:
        return ""
    from mnemosyne.calculus.misconceptions.catalogue import title_of  # late: most verdicts name none

    expected = f", {CORRECT_ANSWER} {field.expected}." if field.expected else "."
    mistake = f" Mistake: {title_of(field.misconception)}." if field.misconception else ""
    return expected + mistake + (f" {field.message}" if field.message else "")


_BLANKS = dict.fromkeys(map(ord, "\t\n"), " ")  # one column each, as in the span


def pointer_lines(answer: str, span: tuple[int, int]) -> list[str]:
    """Return the answer with carets under the span, and the column in words for those who cannot see them."""
    start, end = span
    text = visible(answer.translate(_BLANKS))
    if len(text) > 200:  # a caret under a screenful of text helps nobody
        return [f"  column {start + 1}"]
    return [f"  {text}", f"  {' ' * start}{'^' * max(1, end - start)} column {start + 1}"]


def evidence_line(evidence: Evidence) -> str:
    """Return the numeric check on one line; without a point, the value itself was asked."""
    point = ", ".join(f"{name} = {value:.6g}" for name, value in evidence.at.items())
    place = f"at {point}" if point else AS_DECIMALS
    own_value = _number(evidence.yours, evidence.missing_value)
    line = f"  {place}: {evidence.own_label} {own_value}, {evidence.right_label} {_number(evidence.chain_rule)}"
    if evidence.finite_difference is None:
        return line
    line += f", finite difference {_number(evidence.finite_difference)}"
    if evidence.step is not None and evidence.error is not None:
        line += f" (step {evidence.step:.1g}, error about {evidence.error:.1g})"
    return line


def link_lines(links: Sequence[Link], right: Sequence[bool | None] = ()) -> list[str]:
    """Return the chain, one link per line, outermost first; `right` says which links to tick, or to mark as wrong."""
    marks = [_MARKS[is_right] for is_right in right] or [""] * len(links)
    lines: list[str] = []
    for of, chain in groupby(enumerate(links), key=lambda item: item[1].of):
        lines.append(f"  the chain of {of}, outer to inner:" if of else "  the chain, outer to inner:")
        lines += [f"    {n}. {_link(link)}{marks[i]}" for n, (i, link) in enumerate(chain, 1)]
    return list(map(with_short_numbers, lines))


def _link(link: Link) -> str:
    place = f"{link.outer} at {link.placeholder} = {link.inner}"
    return f"{place}: {link.derivative}" if link.derivative else place


_MARKS = {True: "  ✓", False: "  ✗ mistake here", None: ""}


def _number(value: float | None, missing: str = "undefined") -> str:
    return missing if value is None else f"{value:.6g}"


def question_lines(question: Question, number: int, *, drill: bool, practice: bool = False) -> list[str]:
    """Return the heading, the prompt, and what the kind shows below it: options, a graph, a unit."""
    card = question.card
    again = ", again" if drill else ", practice" if practice else ""
    heading = f"Question {number} ({card.kind}, {card.id}{again})"
    return [heading, *text_lines(question.prompt), *question.expected.detail_lines()]


def with_plain_texts(question: Question, verdict: Verdict) -> Verdict:
    """Return the verdict with the author's texts as plain text."""
    expected = question.expected
    stated = verdict.expected
    if stated is not None and expected.answering is not Answering.FORMULA:
        stated = text_on_one_line(stated)
    fields = tuple(replace(field, message=_message_line(field.message, expected)) for field in verdict.fields)
    return replace(verdict, message=_message_line(verdict.message, expected), expected=stated, fields=fields)


def _message_line(message: str, expected: Expected) -> str:
    return text_on_one_line(message) if message in expected.feedback else message


def solution_lines(question: Question, explanation: Explanation | None) -> list[str]:
    """Return the correct answer; with its chain from the `explanation` if the checker works it out."""
    stated = question.expected.solution_lines()
    if stated or explanation is None:
        return stated
    derivative = with_short_numbers(explanation.derivative)
    return [f"  {CORRECT_ANSWER}: {derivative}", *link_lines(explanation.links)]
