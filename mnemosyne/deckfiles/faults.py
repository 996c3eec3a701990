"""From what the schema refuses to a problem at its place, in an author's words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mnemosyne.deckfiles.problems import Problem, nearest
from mnemosyne.deckfiles.yaml_values import Document
from mnemosyne.deckfiles.yaml_values import Path as Steps

# Patterns that only constrain a text; what each wants is said in words.
_WANTED = {
    "id": "write lower case letters, digits and single hyphens, such as linear-power",
    "tags": "write lower case letters, digits and single hyphens, such as two-functions",
    "topic": "write lower case letters, digits and single hyphens, such as chain-rule",
    "tolerance": "write 1% or 0.01",
    "where": "name parameters by single letters",
    "variable": "name the variable by a single letter",
}


def problems_of(
    error: ValidationError, model: type[BaseModel], document: Document, base: Steps, path: Path
) -> list[Problem]:
    """One problem for each fault that the schema found below `base`."""
    return [_problem(detail, model, document, base, path) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document, base: Steps, path: Path) -> Problem:
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    where = (*base, *steps)
    kind = detail["type"]
    if kind == "extra_forbidden":
        line, column = document.keys[where]
        return Problem(path, line, column, f"unknown key {steps[-1]}", nearest(str(steps[-1]), _keys(model, steps)))
    line, column = document.place(where)
    if kind == "missing":
        return Problem(path, line, column, f"{steps[-1]} is missing", f"add {steps[-1]}: …")
    what = f"{_named(steps)} {_SAID.get(kind, _other)(detail)}"
    return Problem(path, line, column, what, _mend(kind, steps))


def _keys(model: type[BaseModel], steps: tuple[int | str, ...]) -> list[str]:
    """The keys that are known where the unknown one stands."""
    from mnemosyne.deckfiles.schema import OptionFields

    return list((OptionFields if len(steps) > 1 and steps[0] == "options" else model).model_fields)


def _named(steps: tuple[int | str, ...]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps) or "this"


def _mend(kind: str, steps: tuple[int | str, ...]) -> str:
    if kind == "string_pattern_mismatch":
        return next((_WANTED[str(step)] for step in steps if step in _WANTED), "")
    return {"string_type": "write a text", "list_type": "write a list: [a, b]"}.get(kind, "")


def _other(detail: ErrorDetails) -> str:
    message = detail["msg"]
    return f"is not right: {message[0].lower()}{message[1:]}"


def _shown(detail: ErrorDetails) -> str:
    text = str(detail["input"])
    return text if len(text) <= 40 else f"{text[:39]}…"


_SAID: dict[str, Callable[[ErrorDetails], str]] = {
    "string_pattern_mismatch": lambda detail: f"cannot be {_shown(detail)!r}",
    "string_type": lambda detail: f"must be a text, not {_type(detail['input'])}",
    "list_type": lambda detail: f"must be a list, not {_type(detail['input'])}",
    "dict_type": lambda detail: f"must be a mapping, not {_type(detail['input'])}",
    "model_type": lambda detail: f"must be a mapping, not {_type(detail['input'])}",
    "bool_type": lambda _: "must be true or false",
    "string_too_short": lambda _: "is empty",
    "greater_than": lambda _: "must be more than 0",
}


def _type(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", bool: "true or false", type(None): "nothing", str: "a text"}
    return names.get(type(value), "a number")
