"""The messages on the pipes: one JSON object per line in each direction, answered in order, distinguished by `id`.

Plain data in, plain data out; every field of a verdict survives the round trip. Imports neither flint nor sympy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any, TypeAlias

from mnemosyne.errors import MnemosyneError, ReadingError, WorkerError
from mnemosyne.text import parse_json
from mnemosyne.verdict import (
    Asks,
    Certainty,
    Evidence,
    Explanation,
    FieldVerdict,
    Link,
    Problem,
    Verdict,
    Word,
)

Message: TypeAlias = dict[str, Any]
READY = "ready"
WITHOUT_FLINT = "without-flint"  # the argument of a child that must work without python-flint
NONSENSE = "the checker sent something that is not a message"
_VERDICT_FIELDS = tuple(field.name for field in fields(Verdict))


def encode(message: Message) -> bytes:
    """Return the message as a line of ASCII with its newline, even for lone surrogates; raise ValueError
    for NaN or infinity.
    """
    return json.dumps(message, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:
    """Return the JSON object on a line; raise WorkerError for anything else."""
    try:
        message = parse_json(line)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise WorkerError(NONSENSE)
    return message


def says_ready(line: bytes) -> bool:
    """Return whether the line is a child's first, which says that it is ready."""
    try:
        return decode(line).get("id") == READY
    except WorkerError:
        return False


@contextmanager
def _as_agreed() -> Iterator[None]:
    """Raise WorkerError for fields that are missing or of the wrong type."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise WorkerError(NONSENSE) from error


def problem_to_json(problem: Problem) -> Message:
    """Return the fields of a problem."""
    return asdict(problem)


def problem_from_json(fields: Message) -> Problem:
    """Return the problem with these fields."""
    pairs = {name: tuple((key, value) for key, value in fields[name]) for name in ("names", "at", "wrong")}
    allowed = tuple(fields["allowed"])
    return Problem(**{**fields, **pairs, "allowed": allowed, "asks": Asks(fields["asks"])})


def verdict_to_json(verdict: Verdict) -> Message:
    """Return the fields of a verdict, with those of its evidence and links."""
    evidence = asdict(verdict.evidence) if verdict.evidence else None
    links = [asdict(link) for link in verdict.links]
    plain = {name: getattr(verdict, name) for name in _VERDICT_FIELDS}
    return {**plain, "evidence": evidence, "links": links, "fields": [asdict(field) for field in verdict.fields]}


def verdict_from_json(fields: Message) -> Verdict:
    """Return the verdict with these fields; raise WorkerError if they do not make one."""
    with _as_agreed():
        evidence, span = fields["evidence"], fields["span"]
        return Verdict(
            **{
                **fields,
                "word": Word(fields["word"]),
                "certainty": Certainty(fields["certainty"]) if fields["certainty"] else None,
                "span": (span[0], span[1]) if span else None,
                "evidence": Evidence(**evidence) if evidence else None,
                "links": tuple(Link(**link) for link in fields["links"]),
                "fields": tuple(FieldVerdict(**{**field, "word": Word(field["word"])}) for field in fields["fields"]),
            }
        )


def explanation_from_json(fields: Message) -> Explanation:
    """Return the explanation with these fields; raise WorkerError if they do not make one."""
    with _as_agreed():
        return Explanation(**{**fields, "links": tuple(Link(**link) for link in fields["links"])})


def error_to_json(error: MnemosyneError) -> Message:
    """Return the fields from which the other side can recreate the error."""
    span = error.span if isinstance(error, ReadingError) else None
    return {"message": error.message, "hint": error.hint, "span": span}


def error_from_json(fields: Message) -> MnemosyneError:
    """Return the child's error, for the caller to raise."""
    with _as_agreed():
        if fields["span"]:
            return ReadingError(fields["message"], (fields["span"][0], fields["span"][1]), fields["hint"])
        return WorkerError(fields["message"], fields["hint"])


def undecided(message: str) -> Verdict:
    """Return a verdict that leaves the grade to the learner, made by the child or, if that is gone, by the client."""
    return Verdict(Word.UNDECIDED, message)
