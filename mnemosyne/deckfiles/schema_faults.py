"""From the errors of the schema to problems with their places, in an author's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mnemosyne.deckfiles.file_schema import HIGHEST_ORDER, LONGEST_TARGET, DefaultFields, OptionFields, WrongFields
from mnemosyne.deckfiles.problems import CardFileProblem
from mnemosyne.deckfiles.yaml_slips import COMMENT, QUOTE
from mnemosyne.deckfiles.yaml_values import Document, YamlPath
from mnemosyne.text import for_message, pluralize, suggestion

# Patterns that only restrict a text; their requirements are described in words.
_WANTED = {
    "id": "write lower-case letters, digits and single hyphens, such as linear-power",
    "tags": "write lower-case letters, digits and single hyphens, such as two-functions",
    "topic": "write lower-case letters, digits and single hyphens, such as chain-rule",
    "tolerance": "write 1% or 0.01",
    "ask": "write dL/dw",
    "where": "name parameters by single letters",
    "variable": "name the variable by a single letter",
}
_INNER: dict[str, type[BaseModel]] = {"options": OptionFields, "defaults": DefaultFields, "wrong": WrongFields}


def problems_of(
    error: ValidationError, model: type[BaseModel], document: Document, base: YamlPath, path: Path
) -> Iterator[CardFileProblem]:
    """Yield one problem for each error of the schema below `base`, lazily: there may be very many."""
    return (_problem(detail, model, document, base, path) for detail in error.errors(include_url=False))


def _problem(
    detail: ErrorDetails, model: type[BaseModel], document: Document, base: YamlPath, path: Path
) -> CardFileProblem:
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    where = (*base, *steps)
    kind = detail["type"]
    if kind == "extra_forbidden":
        # An entry from an alias has no place of its own: it gets that of the alias.
        line, column = document.keys.get(where) or document.place(where)
        schema_type = _INNER.get(str(steps[0]), model) if len(steps) > 1 else model
        message = f"unknown key {for_message(steps[-1])}"
        return CardFileProblem(path, line, column, message, suggestion(str(steps[-1]), schema_type.model_fields))
    if len(detail["loc"]) > len(steps):
        line, column = document.keys.get(where) or document.place(where)
    else:
        line, column = document.place(where)
    if kind == "missing":
        return CardFileProblem(path, line, column, f"{steps[-1]} is missing", f"add {steps[-1]}: …")
    if kind == "string_type" and detail["input"] is None and (line, column) in document.commented:
        return CardFileProblem(path, line, column, COMMENT, QUOTE)
    message = f"{_path_name(steps)} {_SAID.get(kind, _other_fault)(detail)}"
    return CardFileProblem(path, line, column, message, _mend(detail, steps))


def _path_name(steps: YamlPath) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else for_message(step) for step in steps)


def _mend(detail: ErrorDetails, steps: YamlPath) -> str:
    kind = detail["type"]
    if kind == "string_pattern_mismatch":
        return next((_WANTED[str(step)] for step in steps if step in _WANTED), "")
    if kind == "string_type":
        return "put it in quotes" if isinstance(detail["input"], bool | float | int | list | dict) else "write text"
    if kind == "value_error":
        return str(detail["ctx"]["error"]).partition("; ")[2]
    if kind == "list_type" and steps == ("cards",) and isinstance(detail["input"], dict):
        return "begin each card with a dash: - id: chain-1"
    return _MENDED.get(kind, "")


_MENDED = {
    "list_type": "write a list: [a, b]",
    "dict_type": "write a mapping: {a: b}",
    "model_type": "write a mapping: {a: b}",
    "float_type": "write seconds, such as 30",
    "int_type": "write a whole number",
}


def _other_fault(detail: ErrorDetails) -> str:
    message = detail["msg"]
    return f"is invalid: {message[0].lower()}{message[1:]}"


def _entries(count: int) -> str:
    return pluralize(count, "entry", "entries")


_SECONDS = f"must be from 1 to {LONGEST_TARGET} seconds"


def _within(detail: ErrorDetails) -> str:
    """Return the limits of a number: seconds, or the order of a derivative."""
    return f"must be from 1 to {HIGHEST_ORDER}" if "order" in detail["loc"] else _SECONDS


_SAID: dict[str, Callable[[ErrorDetails], str]] = {
    "string_pattern_mismatch": lambda detail: f"cannot be {for_message(detail['input'])!r}",
    "string_type": lambda detail: f"must be text, not {_type(detail['input'])}",
    "list_type": lambda detail: f"must be a list, not {_type(detail['input'])}",
    "dict_type": lambda detail: f"must be a mapping, not {_type(detail['input'])}",
    "model_type": lambda detail: f"must be a mapping, not {_type(detail['input'])}",
    "float_type": lambda detail: f"must be a number, not {_type(detail['input'])}",
    "int_type": lambda detail: f"must be a whole number, not {_type(detail['input'])}",
    "bool_type": lambda _: "must be true or false",
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda detail: f"has more than {detail['ctx']['max_length']:,} characters",
    "too_short": lambda detail: f"needs at least {_entries(detail['ctx']['min_length'])}",
    "too_long": lambda detail: f"can have at most {_entries(detail['ctx']['max_length'])}",
    "greater_than_equal": _within,
    "less_than_equal": _within,
    "literal_error": lambda detail: (
        f"cannot be {for_message(detail['input'])!r}: it must be {detail['ctx']['expected']}"
    ),
    "finite_number": lambda _: _SECONDS,
    "value_error": lambda detail: str(detail["ctx"]["error"]).partition("; ")[0],
}


def _type(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", bool: "true or false", type(None): "nothing", str: "text"}
    return names.get(type(value)) or ("a decimal" if isinstance(value, float) else "a number")
