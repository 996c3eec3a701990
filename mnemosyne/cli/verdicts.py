"""Verdicts for people and for programs: the lines that a terminal shows, and the JSON object of the contract.

Shared by `grade`, its batch and the plain session, so that a verdict reads the same wherever it is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from mnemosyne.calculus.verdict import Evidence, Explanation, Link, Verdict, Word
from mnemosyne.text import visible


def verdict_document(verdict: Verdict, identity: Any = None, *, explained: bool = True) -> dict[str, Any]:
    """The verdict as the contract's JSON object; what does not apply is null."""
    return {
        "id": identity,
        "verdict": verdict.word.value,
        "certainty": verdict.certainty.value if verdict.certainty else None,
        "misconception": verdict.misconception,
        "message": verdict.message or None,
        "expected": verdict.expected if explained else None,
        "read_as": verdict.read_as,
        "column": verdict.span[0] + 1 if verdict.span else None,
        "evidence": evidence_document(verdict.evidence) if verdict.evidence else None,
        "links": links_document(verdict.links) if explained and verdict.links else None,
        "elapsed_ms": round(verdict.elapsed_ms, 3),
        "mistaken_link": verdict.mistaken_link if explained else None,
    }


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """The four fields of the numeric check."""
    return {
        "at": dict(evidence.at),
        "yours": evidence.yours,
        "chain_rule": evidence.chain_rule,
        "finite_difference": evidence.finite_difference,
    }


def links_document(links: Sequence[Link]) -> list[dict[str, str]]:
    """The chain, outer to inner; `of` is the part of f it belongs to, empty for f itself."""
    return [asdict(link) for link in links]


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """`explain --json`."""
    return {
        "f": explanation.f,
        "variable": explanation.variable,
        "derivative": explanation.derivative,
        "links": links_document(explanation.links),
    }


def verdict_lines(verdict: Verdict, answer: str) -> list[str]:
    """The verdict in words, with all that it has."""
    word = verdict.word.value.capitalize()
    lines = [f"{word}: {verdict.message}" if verdict.message not in ("", f"{word}.") else f"{word}."]
    if verdict.word is Word.UNREADABLE:
        return lines + (pointer_lines(answer, verdict.span) if verdict.span else [])
    if verdict.read_as and verdict.read_as != answer.strip():
        lines.append(f"  read as: {verdict.read_as}")
    if verdict.misconception:
        from mnemosyne.calculus.misconceptions.catalogue import title_of  # here: most verdicts name none

        lines.append(f"  mistake: {title_of(verdict.misconception)} ({verdict.misconception})")
    if verdict.expected:
        lines.append(f"  expected: {verdict.expected}")
    if verdict.evidence:
        lines.append(evidence_line(verdict.evidence))
    return lines + link_lines(verdict.links, verdict.mistaken_link)


_BLANKS = dict.fromkeys(map(ord, "\t\n"), " ")  # one column each, as the caret counts


def pointer_lines(answer: str, span: tuple[int, int]) -> list[str]:
    """The answer with carets under the span, and the column in words for who cannot see it."""
    start, end = span
    shown = visible(answer.translate(_BLANKS))
    if len(shown) > 200:  # a caret under a screenful helps nobody
        return [f"  column {start + 1}"]
    return [f"  {shown}", f"  {' ' * start}{'^' * max(1, end - start)} column {start + 1}"]


def evidence_line(evidence: Evidence) -> str:
    """The numeric check on one line; a number that was asked for stands at no point and comes from no rule."""
    point = ", ".join(f"{name} = {value:.6g}" for name, value in evidence.at.items())
    place, rule = (f"at {point}", "chain rule") if point else ("value", "expected")
    line = f"  {place}: yours {_number(evidence.yours)}, {rule} {_number(evidence.chain_rule)}"
    if evidence.finite_difference is None:
        return line
    line += f", finite difference {_number(evidence.finite_difference)}"
    if evidence.step is not None and evidence.error is not None:
        line += f" (step {evidence.step:.1g}, error about {evidence.error:.1g})"
    return line


def link_lines(links: Sequence[Link], mistaken: int | None = None) -> list[str]:
    """The chain, one link a line, outer to inner; `mistaken` is the index of the link where the mistake happened."""
    lines: list[str] = []
    for of, chain in groupby(enumerate(links), key=lambda item: item[1].of):
        lines.append(f"  the chain of {of}, outer to inner:" if of else "  the chain, outer to inner:")
        lines += [f"    {n}. {_link(link)}{_mark(i, mistaken)}" for n, (i, link) in enumerate(chain, 1)]
    return lines


def _link(link: Link) -> str:
    place = f"{link.outer} at {link.placeholder} = {link.inner}"
    return f"{place}: {link.derivative}" if link.derivative else place


def _mark(index: int, mistaken: int | None) -> str:
    if mistaken is None:
        return ""
    return "  ✗ mistake here" if index == mistaken else "  ✓"


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.6g}"
