"""`cards new`: a card from options, or from answers to prompts; and `cards new-topic`."""

# ruff: noqa: ARG001 - a command's options are taken from its context, by name

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.authoring import app as app
from mnemosyne.cli.authoring import topic_name
from mnemosyne.cli.card_options import (
    Typed,
    card_fields,
    named_by_option,
    needed_options,
    option_of,
    require_of_kind,
)
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import INTERRUPTED, say, warn
from mnemosyne.cli.shell_completion import kind_words, topic_words
from mnemosyne.errors import CardFieldError, InputError, MnemosyneError
from mnemosyne.text import hyphenated

if TYPE_CHECKING:
    from mnemosyne.deckfiles.writer import Field

_QUESTIONS = {
    "f": "The function, such as sin(x^2)",
    "equation": "The equation of the curve, such as x^2 + y^2 = 25",
    "let": "The assignments, such as z=w*x+b, a=sigmoid(z), L=(a-t)^2",
    "ask": "The question (for backprop: dL/dw)",
    "answer": "The answer",
    "option": "The options, separated by |, the right one first",
    "text": "The sentence, with each blank in {{ }}",
}

# The options written to the card after its id and kind, in this order.
_WRITTEN = (
    *_QUESTIONS,
    *("variable", "dependent", "order", "at", "tolerance", "unit", "name", "constant", "where", "wrong"),
    *("synonym", "other_letter", "tag", "hint"),
)

_Kind = Annotated[
    str,
    typer.Option(metavar="KIND", autocompletion=kind_words, help="What the card asks for; see mnemosyne help kinds."),
]
_Topic = Annotated[
    str, typer.Option(metavar="TOPIC", autocompletion=topic_words, help="The topic's folder, created if missing.")
]
_File = Annotated[str, typer.Option(metavar="FILE", help="The card file in the topic's folder, created if missing.")]
_Id = Annotated[str | None, typer.Option(metavar="ID", help="The card's id; made from its text if left out.")]
_Function = Annotated[str | None, typer.Option("--f", metavar="F", help="The function, such as sin(x^2).")]
_Equation = Annotated[str | None, typer.Option(metavar="EQUATION", help="implicit: the curve.")]
_Variable = Annotated[str | None, typer.Option(metavar="NAME", help="The variable, x if left out.")]
_Dependent = Annotated[
    str | None, typer.Option(metavar="NAME", help="implicit: the dependent variable, y if left out.")
]
_Order = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=6, help="derivative: 2 for the second derivative, and so on.")
]
_Let = Annotated[list[str] | None, typer.Option(metavar="NAME=FORMULA", help="backprop: an assignment (repeatable).")]
_At = Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="A value at the point (repeatable).")]
_Ask = Annotated[str | None, typer.Option(metavar="TEXT", help="The question.")]
_Answer = Annotated[str | None, typer.Option(metavar="TEXT", help="The answer.")]
_Tolerance = Annotated[str | None, typer.Option(metavar="T", help="Tolerance of a number: 1% or 0.01.")]
_Unit = Annotated[str | None, typer.Option(metavar="TEXT", help="numeric: shown after the answer.")]
_Name = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="formula: another variable that an answer may use (repeatable)."),
]
_Constant = Annotated[
    str | None, typer.Option(metavar="asked|free", help="antiderivative: whether + C must be written.")
]
_Option = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="choice: an option; the first is right.")]
_Text = Annotated[str | None, typer.Option(metavar="TEXT", help="cloze: a sentence with {{blanks}}.")]
_Synonym = Annotated[
    list[str] | None, typer.Option(metavar="WORD=OTHER", help="cloze: another right answer for a blank (repeatable).")
]
_OtherLetter = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORD=OTHER",
        help="cloze: an answer in other symbols, after which the learner is asked again (repeatable).",
    ),
]
_Where = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=RANGE", help="A parameter (a=2..9, c=a*b) or a condition ('a<b'); repeatable."),
]
_Wrong = Annotated[
    list[str] | None,
    typer.Option(metavar="'ANSWER: WHY'", help="A wrong answer, and what the learner is then told (repeatable)."),
]
_Tag = Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag (repeatable).")]
_Hint = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A hint, up to three.")]
_Edit = Annotated[bool, typer.Option("--edit", help="Open $EDITOR at the new card.")]


@app.command("new")
def new(
    context: typer.Context,
    *,
    kind: _Kind = "derivative",
    topic: _Topic = "my-cards",
    file: _File = "cards.yaml",
    id: _Id = None,  # noqa: A002
    f: _Function = None,
    equation: _Equation = None,
    variable: _Variable = None,
    dependent: _Dependent = None,
    order: _Order = None,
    let: _Let = None,
    at: _At = None,
    ask: _Ask = None,
    answer: _Answer = None,
    tolerance: _Tolerance = None,
    unit: _Unit = None,
    name: _Name = None,
    constant: _Constant = None,
    option: _Option = None,
    text: _Text = None,
    synonym: _Synonym = None,
    other_letter: _OtherLetter = None,
    where: _Where = None,
    wrong: _Wrong = None,
    tag: _Tag = None,
    hint: _Hint = None,
    edit: _Edit = False,
) -> None:
    """Append a new card to a card file, leaving the rest untouched; prompts for anything missing."""
    path, line = _written_card(context.obj, context.params)
    say(f"{path}:{line}")
    if edit:
        from mnemosyne.editor import open_in_editor

        open_in_editor(path, line, os.environ)


def _written_card(locations: Locations, params: Mapping[str, Any]) -> tuple[Path, int]:
    """Write the card that the options describe, and return its source."""
    kind, topic, card_id = params["kind"], params["topic"], params["id"]
    needed = needed_options(kind)
    options: dict[str, Typed] = {name: params[name] for name in _WRITTEN if params[name]}
    require_of_kind(kind, options)
    path = _card_file(locations, topic, params["file"])
    from mnemosyne.deckfiles.writer import add_card, require_continuable

    require_continuable(path, topic)  # before the prompts: no answer to them could mend the file
    if card_id:
        _require_unused(locations, card_id)

    def write(content: dict[str, Field]) -> int:
        fresh = card_id or unused_id(locations, _id_from_text(content))
        return add_card(path, topic, {"id": fresh, "kind": kind, **content})

    return path, _write_asking(needed, options, write)


def _write_asking(needed: Sequence[str], options: dict[str, Typed], write: Callable[[dict[str, Field]], int]) -> int:
    """Prompt for missing options and write the card; after an error in an answer, prompt again with the others.

    Raise InputError for an error that no answer can mend, such as in an option.
    """
    card_fields(options)
    missing = [name for name in needed if name not in options]
    typed: dict[str, Typed] = {}
    while True:
        typed = {name: _prompt(name, typed.get(name)) for name in missing}
        answers = {**options, **typed}
        try:
            content = card_fields({name: answers[name] for name in _WRITTEN if name in answers})
        except InputError as fault:  # in what was typed: the options have passed
            warn(str(fault))
            continue
        try:
            return write(content)
        except CardFieldError as fault:
            error = named_by_option(fault)
            if not typed or (fault.field and option_of(fault.field) not in map(option_of, typed)):
                raise error from None
            warn(str(error))


def _card_file(locations: Locations, topic: str, file: str) -> Path:
    path = locations.settings().card_folders[0] / topic_name(topic) / file
    if Path(file).name != file:
        raise InputError(f"--file {file} is a path", "pass only the file's name, and its folder with --topic")
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise InputError(f"--file {file} is not a card file", "pass a name that ends in .yaml")
    if path.stem.lower() == "topic":
        raise InputError(f"--file {file} describes the topic and holds no cards", "pass another --file")
    return path


def _prompt(name: str, before: Typed | None) -> str:
    """Return the answer to a prompt, with the earlier one as its default; raise InputError in a pipe."""
    if not sys.stdin.isatty():
        question = _QUESTIONS[name]
        raise InputError(f"{option_of(name)} is missing", f"pass it: {question[0].lower()}{question[1:]}")
    try:
        return str(typer.prompt(_QUESTIONS[name], default=before))
    except typer.Abort:
        say("")  # ends the line of the prompt
        raise MnemosyneError("interrupted", "no card was written", exit_code=INTERRUPTED) from None


def _id_from_text(fields: Mapping[str, Field]) -> str:
    """Return an id made from the card's text."""
    text = next(value for value in fields.values() if isinstance(value, str))
    return hyphenated(text)[:60].strip("-") or "card"


def _places_of_ids(locations: Locations) -> dict[str, str]:
    """Return the places, as path:line, of the learner's and the bundled cards by id."""
    from mnemosyne.deckfiles.loader import load_folders

    cards = load_folders(locations.settings().card_folders).cards
    return {card.id: f"{card.source.path}:{card.source.line}" for card in cards}


def _require_unused(locations: Locations, name: str) -> None:
    where = _places_of_ids(locations).get(name)
    if where:
        raise InputError(f"--id {name} is already used in {where}", "pass another --id")


def unused_id(locations: Locations, name: str) -> str:
    """Return the name, with the first number that makes it unused if it is taken."""
    ids = _places_of_ids(locations)
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in ids else next(candidate for candidate in numbered if candidate not in ids)


@app.command("new-topic")
def new_topic(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The topic's folder and id, such as limits.")],
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What learners see; made from the name if left out.")
    ] = None,
) -> None:
    """Start a topic: a folder with topic.yaml, a lesson, and a card file with one card to replace."""
    from mnemosyne.cards.topic import title_of_id
    from mnemosyne.deckfiles.loader import described_topics
    from mnemosyne.deckfiles.topic_draft import write_topic

    locations: Locations = context.obj
    folders = locations.settings().card_folders
    topics = {topic.id: topic.folder for topic in described_topics(folders)}
    if topic_name(name, "") in topics:
        raise InputError(f"there is already a topic {name}: {topics[name]}", "pass another name")
    shown = " ".join(title.split()) if title is not None else title_of_id(name)
    for path in write_topic(folders[0] / name, name, shown, unused_id(locations, f"{name}-first")):
        say(str(path))
