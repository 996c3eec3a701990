"""`cards new`, `cards preview`, `cards schema`: writing cards, seeing them as a learner will, and an editor's help."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from mnemosyne.cli.cards import app as app
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say, warn
from mnemosyne.cli.shell_completion import kind_words, topic_words
from mnemosyne.errors import InputError
from mnemosyne.text import hyphenated, suggestion

if TYPE_CHECKING:
    from mnemosyne.deckfiles.writer import Field

Typed: TypeAlias = str | list[str]

_QUESTIONS = {
    "f": "The function, such as sin(x^2)",
    "equation": "The equation of the curve, such as x^2 + y^2 = 25",
    "let": "The assignments, such as z=w*x+b, a=sigmoid(z), L=(a-t)^2",
    "ask": "The question (for backprop: dL/dw)",
    "answer": "The answer",
    "option": "The options, separated by |, the right one first",
    "text": "The sentence, with each blank in {{ }}",
}

_OPTIONS = {"options": "option"}  # field -> the option that is given once for each of its entries

_Kind = Annotated[
    str,
    typer.Option(metavar="KIND", autocompletion=kind_words, help="What the card asks for; see mnemosyne help kinds."),
]
_Topic = Annotated[
    str, typer.Option(metavar="TOPIC", autocompletion=topic_words, help="The topic's folder, created if missing.")
]
_Let = Annotated[list[str] | None, typer.Option(metavar="NAME=FORMULA", help="backprop: an assignment (repeatable).")]
_At = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", help="A value of the point (repeatable)."),
]
_Equation = Annotated[str | None, typer.Option(metavar="EQUATION", help="implicit: the curve.")]
_Option = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="choice: an option; the first is right.")]
_Where = Annotated[
    list[str] | None, typer.Option(metavar="NAME=RANGE", help="A parameter, such as a=2..9 (repeatable).")
]


@app.command("new")
def new(
    context: typer.Context,
    *,
    kind: _Kind = "derivative",
    topic: _Topic = "my-cards",
    file: Annotated[str, typer.Option(metavar="FILE", help="The file in it, created if missing.")] = "cards.yaml",
    id: Annotated[str | None, typer.Option(metavar="ID", help="The card's id; made from its text if left out.")] = None,  # noqa: A002
    f: Annotated[str | None, typer.Option("--f", metavar="F", help="The function, such as sin(x^2).")] = None,
    equation: _Equation = None,
    variable: Annotated[str | None, typer.Option(metavar="NAME", help="The variable, x if left out.")] = None,
    let: _Let = None,
    at: _At = None,
    ask: Annotated[str | None, typer.Option(metavar="TEXT", help="The question.")] = None,
    answer: Annotated[str | None, typer.Option(metavar="TEXT", help="The answer.")] = None,
    tolerance: Annotated[str | None, typer.Option(metavar="T", help="Of a number: 1% or 0.01.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="numeric: shown after the answer.")] = None,
    option: _Option = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="cloze: a sentence with {{blanks}}.")] = None,
    where: _Where = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag (repeatable).")] = None,
    hint: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A hint, up to three.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open $EDITOR at the new card.")] = False,
) -> None:
    """Append a new card to a card file, leaving the rest untouched; prompts for anything missing."""
    needed = _needed(kind)
    content = {"f": f, "equation": equation, "let": let, "ask": ask, "answer": answer, "option": option, "text": text}
    further = {"variable": variable, "tolerance": tolerance, "unit": unit, "at": at, "where": where}
    extras: dict[str, Field] = {name: list(texts) for name, texts in (("tags", tag), ("hints", hint)) if texts}
    options: dict[str, Typed] = {name: value for name, value in {**content, **further}.items() if value}
    path = _card_file(context.obj, topic, file)
    line = _write_asking(
        needed, options, lambda fields: _append(path, topic, _with_identity(context.obj, id, kind, fields) | extras)
    )
    say(f"{path}:{line}")
    if edit:
        from mnemosyne.editor import open_in_editor

        open_in_editor(path, line, os.environ)


def _with_identity(locations: Locations, card_id: str | None, kind: str, content: dict[str, Field]) -> dict[str, Field]:
    """Return the fields of a card with its id, which is new, and its kind in front."""
    fresh = _new_id(locations, card_id) if card_id else _unused_id(locations, _id_from_text(content))
    return {"id": fresh, "kind": kind, **content}


def _needed(kind: str) -> tuple[str, ...]:
    """Return the options that a card of a kind needs, each for one of its fields."""
    from mnemosyne.cards.kinds.registry import KINDS

    if kind not in KINDS:
        raise InputError(f"there is no kind {kind}", suggestion(kind, KINDS))
    return tuple(_OPTIONS.get(field.name, field.name) for field in KINDS[kind].fields if field.required)


def _write_asking(needed: Sequence[str], options: dict[str, Typed], write: Callable[[dict[str, Field]], int]) -> int:
    """Ask for what is missing, and write the card; what was typed is asked for again, and kept, after a slip in it."""
    missing = [name for name in needed if name not in options]
    typed: dict[str, Typed] = {}
    while True:
        typed = {name: _prompt(name, typed.get(name)) for name in missing}
        answers = {**options, **typed}
        values = {name: answers[name] for name in dict.fromkeys((*_QUESTIONS, *options)) if name in answers}
        try:
            return write(_fields(values))
        except InputError as error:
            if not typed:
                raise
            warn(str(error))


def _card_file(locations: Locations, topic: str, file: str) -> Path:
    path = locations.settings().card_folders[0] / topic_name(topic) / file
    if path.suffix.lower() not in (".yaml", ".yml") or Path(file).name != file:
        raise InputError(f"{file} is not a card file", "pass a name that ends in .yaml")
    if path.stem.lower() == "topic":
        raise InputError(f"{file} describes the topic and holds no cards", "pass another --file")
    return path


def _append(path: Path, topic: str, fields: dict[str, Field]) -> int:
    from mnemosyne.deckfiles.writer import add_card

    return add_card(path, topic, fields)


def _prompt(name: str, before: Typed | None) -> str:
    """Return what a person types when asked, or takes of what he typed before; in a pipe nobody can be asked."""
    if not sys.stdin.isatty():
        raise InputError(f"--{name} is missing", f"pass it: {_QUESTIONS[name]}")
    return str(typer.prompt(_QUESTIONS[name], default=before))


def _fields(values: dict[str, Typed]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, value in values.items():
        if name in ("let", "at", "where"):
            parts = value if isinstance(value, list) else value.split(",")
            pairs = [_pair(name, part) for part in parts]
            fields[name] = {left: _list_or_text(right) if name == "where" else right for left, right in pairs}
        elif name == "option":
            texts = value if isinstance(value, list) else value.split("|")
            options: list[Mapping[str, object]] = [{"text": text.strip()} for text in texts]
            fields["options"] = [{**options[0], "right": True}, *options[1:]]
        elif isinstance(value, str):
            fields[name] = value
    if len(fields.get("options", "ab")) < 2:
        raise InputError("a choice needs at least two options", "pass --option again")
    return fields


def _pair(name: str, text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        example = "a=2..9" if name == "where" else "z=w*x"
        raise InputError(f"--{name} {text} is not NAME=VALUE", f"write --{name} {example}")
    return left.strip(), right.strip()


def _list_or_text(text: str) -> str | list[int | str]:
    """Return a range as it is; a list such as [2, 3, 5] as one, so that it needs no quotes in the file."""
    match = re.fullmatch(r"\[([^\[\]]*)\]", text)
    words = [word.strip() for word in match[1].split(",")] if match else []
    return [int(word) if re.fullmatch(r"-?[0-9]{1,18}", word) else word for word in words] if match else text


def topic_name(topic: str) -> str:
    """Return the name of a topic; InputError if it cannot be one."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic):
        raise InputError(f"{topic} cannot be the name of a topic", "use lower-case letters, digits and hyphens")
    return topic


def _id_from_text(fields: dict[str, Field]) -> str:
    """Return an id made from what the card says."""
    text = next(value for value in fields.values() if isinstance(value, str))
    return hyphenated(text)[:60].strip("-") or "card"


def _places_of_ids(locations: Locations) -> dict[str, str]:
    """Return the ids of the learner's and the bundled cards, with their places."""
    from mnemosyne.deckfiles.loader import load_folders

    cards = load_folders(locations.settings().card_folders).cards
    return {card.id: f"{card.source.path}:{card.source.line}" for card in cards}


def _new_id(locations: Locations, name: str) -> str:
    where = _places_of_ids(locations).get(name)
    if where:
        raise InputError(f"the id {name} is taken by {where}", "pass another --id")
    return name


def _unused_id(locations: Locations, name: str) -> str:
    """Return the name, or with the first number that no card of the learner's or of the bundled topics has behind
    it.
    """
    ids = _places_of_ids(locations)
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in ids else next(candidate for candidate in numbered if candidate not in ids)


@app.command("preview")
def preview(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="A file, a topic, or a folder of topics; all if left out.")
    ] = None,
) -> None:
    """Show the cards as a learner will see them, reloading on save."""
    from mnemosyne.cli.cards import loaded_from
    from mnemosyne.tui.preferences import check_preferences
    from mnemosyne.tui.preview import run_preview

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("not a terminal", "use mnemosyne cards check")
    locations: Locations = context.obj
    settings = locations.settings()
    check_preferences(settings)
    files: Sequence[Path] = [path] if path else settings.card_folders
    with locations.collection() as collection:
        status = run_preview(
            lambda: loaded_from(files if path else [], settings.card_folders), files, collection.solve, settings.theme
        )
    raise typer.Exit(status)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of a card file, for editors that complete and validate."""
    from mnemosyne.deckfiles.json_schema import json_schema

    print_json(json_schema())
