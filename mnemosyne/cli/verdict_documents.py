"""Verdicts and explanations as JSON objects; fields that do not apply are null."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mnemosyne.verdict import Evidence, Explanation, Link, Verdict


def verdict_document(verdict: Verdict, identity: Any = None, *, explained: bool = True) -> dict[str, Any]:
    """Return the verdict as a JSON object; fields that do not apply are null."""
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
    """Return the four fields of the numeric check."""
    return {
        "at": dict(evidence.at),
        "yours": evidence.yours,
        "chain_rule": evidence.chain_rule,
        "finite_difference": evidence.finite_difference,
    }


def links_document(links: Sequence[Link]) -> list[dict[str, str]]:
    """Return the chain, outermost link first; `of` is the part of f it belongs to, empty for f itself."""
    return [asdict(link) for link in links]


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """Return the JSON object that `explain --json` prints."""
    return {
        "f": explanation.f,
        "variable": explanation.variable,
        "derivative": explanation.derivative,
        "links": links_document(explanation.links),
    }
