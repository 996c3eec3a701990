"""Batch: JSON lines of answers in, JSON lines of verdicts out, in order, through one pipelined checker.

A bad line yields an error object in its place and does not stop the rest. Works on the given
streams; keeps only what is in flight to the checker in memory.
"""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import IO, Any, TypeAlias

from mnemosyne.cli.verdict_documents import verdict_document
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.text import suggestion
from mnemosyne.verdict import Problem, Verdict

Request: TypeAlias = tuple[Problem, str]
CheckMany: TypeAlias = Callable[[Iterable[Request]], Iterator[Verdict]]  # with explanations if asked

LINE_LIMIT = 64 * 1024  # bytes; a formula has at most 2,000 characters
SKIPPED_LIMIT = 64 << 20  # bytes of a longer line that are skipped to find its end; a device may have none
FIELDS = ("f", "answer", "var", "id")
EXAMPLE = '{"f": "sin(x^2)", "answer": "2x cos(x^2)"}'


@dataclass(frozen=True, slots=True)
class Failure:
    """A bad line: its number from 1, its id if that could be read, and the reason."""

    line: int
    identity: Any  # the id on the line; None if it could not be read
    reason: str  # what is wrong with it

    def document(self) -> dict[str, Any]:
        """Return the error object that replaces the line."""
        return {"id": self.identity, "line": self.line, "error": self.reason}


@dataclass(frozen=True, slots=True)
class _Pending:
    line: int
    identity: Any


class Batch:
    """One run over a stream of lines; `failures` counts the bad lines, `first` is the first of them."""

    def __init__(self, check_many: CheckMany, *, explained: bool = False) -> None:
        self.failures = 0
        self.first: Failure | None = None
        self._check_many = check_many
        self._explained = explained
        self._slots: deque[_Pending | Failure] = deque()

    def documents(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """Yield a verdict or an error object for each line that is not blank."""
        for verdict in self._check_many(self._requests(lines)):
            yield from self._leading_failures()
            slot = self._slots.popleft()
            assert isinstance(slot, _Pending)
            if verdict.question_fault:
                yield self._noted(Failure(slot.line, slot.identity, unusable(verdict.question_fault))).document()
            else:
                yield verdict_document(verdict, slot.identity, explained=self._explained)
        yield from self._leading_failures()

    def _requests(self, lines: Iterable[bytes]) -> Iterator[Request]:
        for number, line in self._numbered(lines):
            if not line.strip():
                continue
            identity = None
            try:
                fields = parse_line(line)
                identity = fields.get("id")
                request = to_request(fields)
            except MnemosyneError as error:
                self._slots.append(self._noted(Failure(number, identity, str(error))))
            else:
                self._slots.append(_Pending(number, identity))
                yield request

    def _numbered(self, lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield the lines with their numbers; one without an end is the last, and a failure."""
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                yield number, line
        except InputError as error:
            self._slots.append(self._noted(Failure(number + 1, None, str(error))))

    def _noted(self, failure: Failure) -> Failure:
        """Count a failure and return it; since lines are read ahead, a later line may fail first."""
        self.failures += 1
        self.first = min(self.first or failure, failure, key=attrgetter("line"))
        return failure

    def _leading_failures(self) -> Iterator[dict[str, Any]]:
        while self._slots and isinstance(self._slots[0], Failure):
            failure = self._slots.popleft()
            assert isinstance(failure, Failure)
            yield failure.document()


def unusable(fault: str) -> str:
    """Return the message for a function that can be read, but has no derivative."""
    return f"f cannot be used: {fault}"


def bounded_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of the stream; overlong ones are cut just beyond the limit.

    Raise InputError for one whose end is not in sight, since nothing after it can be read.
    """
    while line := stream.readline(LINE_LIMIT + 1):
        piece, skipped = line, 0
        while len(line) > LINE_LIMIT and piece and not piece.endswith(b"\n"):
            piece = stream.readline(LINE_LIMIT)
            skipped += len(piece)
            if skipped > SKIPPED_LIMIT:
                raise InputError(
                    f"it has no end within {SKIPPED_LIMIT >> 20} MiB, and nothing more was read",
                    "give one formula and one answer per line",
                )
        yield line


def parse_line(line: bytes) -> dict[str, Any]:
    """Return the object on a line, with its `id` checked; raise InputError with what is wrong."""
    if len(line) > LINE_LIMIT:
        raise InputError(f"longer than {LINE_LIMIT} bytes", "give one formula and one answer per line")
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start + 1}", "save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"not JSON at column {error.colno}: {error.msg}", f"write one object per line: {EXAMPLE}"
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            "not usable JSON: a number is too long, or the nesting is too deep", f"write one object per line: {EXAMPLE}"
        ) from None
    if not isinstance(fields, dict):
        raise InputError("not a JSON object", f"write one object per line: {EXAMPLE}")
    identity = fields.get("id")
    number = isinstance(identity, int) or (isinstance(identity, float) and math.isfinite(identity))
    if not (identity is None or number or isinstance(identity, str)):
        raise InputError('"id" must be a string or a number')
    return fields


def to_request(fields: dict[str, Any]) -> Request:
    """Return the problem and the answer of a line; raise InputError with the field that is wrong."""
    for name in fields:
        if name not in FIELDS:
            raise InputError(f'unknown field "{name}"', suggestion(name, FIELDS))
    for name in ("f", "answer"):
        if name not in fields:
            raise InputError(f'"{name}" is missing', f"write {EXAMPLE}")
    for name in ("f", "answer", "var"):
        if not isinstance(fields.get(name, ""), str):
            raise InputError(f'"{name}" must be a string', f"write {EXAMPLE}")
    return to_problem(fields["f"], fields.get("var", "x")), fields["answer"]


@lru_cache(maxsize=256)
def to_problem(f: str, variable: str) -> Problem:
    """Return the problem of differentiating f; raise InputError if f or the variable cannot be used."""
    from mnemosyne.errors import ReadingError
    from mnemosyne.expressions.reading import read
    from mnemosyne.expressions.refusals import NothingTyped
    from mnemosyne.expressions.vocabulary import symbol_name

    name = symbol_name(variable)
    if not (len(name) == 1 and name.isalpha()):
        raise InputError(f"the variable {variable!r:.20} is not a letter", "use one letter, such as x, t or theta")
    try:
        read(f, besides=frozenset((name,)))
    except NothingTyped:
        raise InputError("f is empty", "write the function to differentiate, such as sin(x^2)") from None
    except ReadingError as error:
        raise InputError(f"f cannot be read: {error.with_column}") from None
    return Problem(f, name)
