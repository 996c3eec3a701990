"""`cards new`, `cards preview`, `cards schema`: writing cards, seeing them as a learner will, and an editor's help."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from mnemosyne.cli.cards import app as app
from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError

if TYPE_CHECKING:
    from mnemosyne.deckfiles.writer import Field

Said: TypeAlias = str | list[str]

NEEDED = {
    "derivative": ("f",),
    "steps": ("f",),
    "backprop": ("let", "ask"),
    "numeric": ("ask", "answer"),
    "choice": ("ask", "option"),
    "cloze": ("text",),
    "recall": ("ask", "answer"),
}
_QUESTIONS = {
    "f": "The function, such as sin(x^2)",
    "let": "The assignments, such as z=w*x+b, a=sigmoid(z), L=(a-t)^2",
    "ask": "The question (for backprop: dL/dw)",
    "answer": "The answer",
    "option": "The options with | between them, the right one first",
    "text": "The sentence, with each blank in {{ }}",
}

_Topic = Annotated[str, typer.Option(metavar="TOPIC", help="The topic's folder, made if there is none.")]
_Let = Annotated[
    list[str] | None, typer.Option(metavar="NAME=FORMULA", help="backprop: an assignment, as often as needed.")
]
_At = Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="backprop: a value, as often as needed.")]
_Option = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="choice: an option; the first is right.")]
_Where = Annotated[
    list[str] | None, typer.Option(metavar="NAME=RANGE", help="A parameter, such as a=2..9, as often as needed.")
]


@app.command("new")
def new(
    context: typer.Context,
    kind: Annotated[str, typer.Option(metavar="KIND", help=f"One of {', '.join(NEEDED)}.")] = "derivative",
    topic: _Topic = "my-cards",
    file: Annotated[str, typer.Option(metavar="FILE", help="The file in it, made if there is none.")] = "cards.yaml",
    id: Annotated[str | None, typer.Option(metavar="ID", help="The card's id; made from its text without.")] = None,  # noqa: A002
    f: Annotated[str | None, typer.Option("--f", metavar="F", help="derivative, steps: the function.")] = None,
    variable: Annotated[str | None, typer.Option(metavar="NAME", help="derivative, steps: by which variable.")] = None,
    let: _Let = None,
    at: _At = None,
    ask: Annotated[str | None, typer.Option(metavar="TEXT", help="The question.")] = None,
    answer: Annotated[str | None, typer.Option(metavar="TEXT", help="numeric, recall: the answer.")] = None,
    tolerance: Annotated[str | None, typer.Option(metavar="T", help="numeric: 1% or 0.01.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="numeric: shown behind the answer.")] = None,
    option: _Option = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="cloze: a sentence with {{blanks}}.")] = None,
    where: _Where = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag, as often as needed.")] = None,
    hint: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A hint, up to three.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open $EDITOR at the new card.")] = False,
) -> None:
    """Write a new card at the end of a card file, keeping what stands there; asks for what is missing."""
    if kind not in NEEDED:
        raise InputError(f"there is no kind {kind}", f"there are: {', '.join(NEEDED)}")
    said = {"f": f, "let": let, "ask": ask, "answer": answer, "option": option, "text": text}
    further = {"variable": variable, "tolerance": tolerance, "unit": unit, "at": at, "where": where}
    content = _fields(kind, {**_complete(kind, said), **{name: value for name, value in further.items() if value}})
    extras: dict[str, Field] = {name: list(texts) for name, texts in (("tags", tag), ("hints", hint)) if texts}
    name = id or _free(context.obj, _identity(content))
    path, line = _added(context.obj, topic, file, {"id": name, "kind": kind, **content, **extras})
    say(f"{path}:{line}")
    if edit:
        from mnemosyne.editor import edit as open_editor

        open_editor(path, line, os.environ)


def _complete(kind: str, said: dict[str, Said | None]) -> dict[str, Said]:
    """What was said, and what has to be asked for."""
    wanted = [name for name, value in said.items() if value or name in NEEDED[kind]]
    return {name: said[name] or _asked(name) for name in wanted}


def _added(place: Place, topic: str, file: str, fields: dict[str, Field]) -> tuple[Path, int]:
    from mnemosyne.deckfiles.writer import add_card

    path = place.settings().card_folders[0] / _name(topic) / file
    if path.suffix not in (".yaml", ".yml") or Path(file).name != file:
        raise InputError(f"{file} is no card file", "give a name with the ending .yaml")
    return path, add_card(path, topic, fields)


def _asked(name: str) -> str:
    """What a person types when asked; in a pipe nobody can be asked."""
    if not sys.stdin.isatty():
        raise InputError(f"--{name} is missing", f"give it: {_QUESTIONS[name]}")
    return str(typer.prompt(_QUESTIONS[name]))


def _fields(kind: str, said: dict[str, Said]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for name, value in said.items():
        if name in ("let", "at", "where"):
            parts = value if isinstance(value, list) else value.split(",")
            found[name] = dict(_pair(name, part) for part in parts)
        elif name == "option":
            texts = value if isinstance(value, list) else value.split("|")
            options: list[Mapping[str, object]] = [{"text": text.strip()} for text in texts]
            found["options"] = [{**options[0], "right": True}, *options[1:]]
        elif isinstance(value, str):
            found[name] = value
    if kind == "choice" and len(found["options"]) < 2:
        raise InputError("a choice needs two options at least", "give --option again")
    return found


def _pair(name: str, text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        example = "a=2..9" if name == "where" else "z=w*x"
        raise InputError(f"--{name} {text}: no NAME=VALUE", f"write --{name} {example}")
    return left.strip(), right.strip()


def _name(topic: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic):
        raise InputError(f"{topic} is no name for a topic", "use lower case letters, digits and hyphens")
    return topic


def _identity(fields: dict[str, Field]) -> str:
    """An id made from what the card says."""
    written = next(value for value in fields.values() if isinstance(value, str))
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")[:60].strip("-")
    return slug or "card"


def _free(place: Place, name: str) -> str:
    """The name, or with the first number that no card of the learner's or of the bundled topics has behind it."""
    from mnemosyne.deckfiles.loader import load_folders

    taken = {card.id for card in load_folders(place.settings().card_folders).cards}
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


@app.command("preview")
def preview(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="A file, a topic, or a folder of topics; all without.")
    ] = None,
) -> None:
    """Show the cards as the learner will see them, reloading on save."""
    from mnemosyne.cli.cards import loaded_from
    from mnemosyne.tui.preferences import check
    from mnemosyne.tui.preview import run

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("a preview needs a terminal", "use mnemosyne cards check in a pipe")
    place: Place = context.obj
    settings = place.settings()
    check(settings)
    files: Sequence[Path] = [path] if path else settings.card_folders
    with place.collection() as collection:
        status = run(
            lambda: loaded_from(files if path else [], settings.card_folders), files, collection.solve, settings.theme
        )
    raise typer.Exit(status)


@app.command("schema")
def schema() -> None:
    """The JSON Schema of a card file, for editors that complete and validate."""
    from mnemosyne.deckfiles.json_schema import json_schema

    print_json(json_schema())
