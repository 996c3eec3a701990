"""`cards new`: a card from options, or from what is typed when asked for it."""

# ruff: noqa: ARG001 - the options of a command are taken from its context, which has them by name

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from mnemosyne.cli.authoring import app as app
from mnemosyne.cli.authoring import topic_name
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import say, warn
from mnemosyne.cli.shell_completion import kind_words, topic_words
from mnemosyne.errors import InputError
from mnemosyne.text import hyphenated, suggestion

if TYPE_CHECKING:
    from mnemosyne.deckfiles.writer import Field

Typed: TypeAlias = str | int | list[str]

_QUESTIONS = {
    "f": "The function, such as sin(x^2)",
    "equation": "The equation of the curve, such as x^2 + y^2 = 25",
    "let": "The assignments, such as z=w*x+b, a=sigmoid(z), L=(a-t)^2",
    "ask": "The question (for backprop: dL/dw)",
    "answer": "The answer",
    "option": "The options, separated by |, the right one first",
    "text": "The sentence, with each blank in {{ }}",
}

# The option that is given once for each entry of a field.
_ENTRIES = {
    "options": "option",
    "names": "name",
    "synonyms": "synonym",
    "other_letters": "other_letter",
    "tags": "tag",
    "hints": "hint",
}
_FIELDS = {option: field for field, option in _ENTRIES.items()}
# What is written into the card, in this order, after its id and kind.
_WRITTEN = (
    *_QUESTIONS,
    *("variable", "dependent", "order", "at", "tolerance", "unit", "name", "constant", "where", "wrong"),
    *("synonym", "other_letter", "tag", "hint"),
)
_EXAMPLES = {"where": "a=2..9", "let": "z=w*x", "at": "x=2", "synonym": "outer=outside", "other_letter": "y=Y"}

_Kind = Annotated[
    str,
    typer.Option(metavar="KIND", autocompletion=kind_words, help="What the card asks for; see mnemosyne help kinds."),
]
_Topic = Annotated[
    str, typer.Option(metavar="TOPIC", autocompletion=topic_words, help="The topic's folder, created if missing.")
]
_File = Annotated[str, typer.Option(metavar="FILE", help="The file in it, created if missing.")]
_Id = Annotated[str | None, typer.Option(metavar="ID", help="The card's id; made from its text if left out.")]
_Function = Annotated[str | None, typer.Option("--f", metavar="F", help="The function, such as sin(x^2).")]
_Equation = Annotated[str | None, typer.Option(metavar="EQUATION", help="implicit: the curve.")]
_Variable = Annotated[str | None, typer.Option(metavar="NAME", help="The variable, x if left out.")]
_Dependent = Annotated[str | None, typer.Option(metavar="NAME", help="implicit: what depends on it, y if left out.")]
_Order = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=6, help="derivative: 2 for the second derivative, and so on.")
]
_Let = Annotated[list[str] | None, typer.Option(metavar="NAME=FORMULA", help="backprop: an assignment (repeatable).")]
_At = Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help="A value of the point (repeatable).")]
_Ask = Annotated[str | None, typer.Option(metavar="TEXT", help="The question.")]
_Answer = Annotated[str | None, typer.Option(metavar="TEXT", help="The answer.")]
_Tolerance = Annotated[str | None, typer.Option(metavar="T", help="Of a number: 1% or 0.01.")]
_Unit = Annotated[str | None, typer.Option(metavar="TEXT", help="numeric: shown after the answer.")]
_Name = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="formula: a name that an answer may use too (repeatable).")
]
_Constant = Annotated[
    str | None, typer.Option(metavar="asked|free", help="antiderivative: whether + C must be written.")
]
_Option = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="choice: an option; the first is right.")]
_Text = Annotated[str | None, typer.Option(metavar="TEXT", help="cloze: a sentence with {{blanks}}.")]
_Synonym = Annotated[
    list[str] | None, typer.Option(metavar="WORD=OTHER", help="cloze: what else is right for a blank (repeatable).")
]
_OtherLetter = Annotated[
    list[str] | None,
    typer.Option(metavar="WORD=OTHER", help="cloze: the same in other letters, neither right nor wrong (repeatable)."),
]
_Where = Annotated[
    list[str] | None, typer.Option(metavar="NAME=RANGE", help="A parameter, such as a=2..9 (repeatable).")
]
_Wrong = Annotated[
    list[str] | None,
    typer.Option(metavar="'ANSWER: WHY'", help="A wrong answer, and what the learner is told then (repeatable)."),
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
    """Write the card that the options describe, and return its place."""
    kind, topic, card_id = params["kind"], params["topic"], params["id"]
    needed = _needed(kind)
    options = {name: params[name] for name in _WRITTEN if params[name]}
    path = _card_file(locations, topic, params["file"])

    def write(content: dict[str, Field]) -> int:
        from mnemosyne.deckfiles.writer import add_card

        fresh = _new_id(locations, card_id) if card_id else unused_id(locations, _id_from_text(content))
        return add_card(path, topic, {"id": fresh, "kind": kind, **content})

    return path, _write_asking(needed, options, write)


def _needed(kind: str) -> tuple[str, ...]:
    """Return the options that a card of a kind needs, each for one of its fields."""
    from mnemosyne.cards.kinds.registry import KINDS

    if kind not in KINDS:
        raise InputError(f"there is no kind {kind}", suggestion(kind, KINDS))
    return tuple(_ENTRIES.get(field.name, field.name) for field in KINDS[kind].fields if field.required)


def _write_asking(needed: Sequence[str], options: dict[str, Typed], write: Callable[[dict[str, Field]], int]) -> int:
    """Ask for what is missing, and write the card; what was typed is asked for again, and kept, after a slip in it."""
    missing = [name for name in needed if name not in options]
    typed: dict[str, Typed] = {}
    while True:
        typed = {name: _prompt(name, typed.get(name)) for name in missing}
        answers = {**options, **typed}
        try:
            return write(_fields({name: answers[name] for name in _WRITTEN if name in answers}))
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


def _prompt(name: str, before: Typed | None) -> str:
    """Return what a person types when asked, or takes of what he typed before; in a pipe nobody can be asked."""
    if not sys.stdin.isatty():
        raise InputError(f"--{name} is missing", f"pass it: {_QUESTIONS[name]}")
    return str(typer.prompt(_QUESTIONS[name], default=before))


def _fields(values: Mapping[str, Typed]) -> dict[str, Field]:
    return {_FIELDS.get(name, name): _field(name, value) for name, value in values.items()}


def _field(name: str, value: Typed) -> Field:
    """Return the value of an option, or what was typed for it, as it stands in a card."""
    match name:
        case "let" | "at" | "where":
            pairs = [_pair(name, part) for part in _parts(value, ",")]
            return {left: _list_or_text(right) if name == "where" else right for left, right in pairs}
        case "option":
            options: list[Mapping[str, object]] = [{"text": text.strip()} for text in _parts(value, "|")]
            if len(options) < 2:
                raise InputError("a choice needs at least two options", "pass --option again")
            return [{**options[0], "right": True}, *options[1:]]
        case "wrong":
            return [_wrong_answer(part) for part in _parts(value, "\n")]
        case "synonym" | "other_letter":
            return _word_lists([_pair(name, part) for part in _parts(value, ",")])
    return value


def _parts(value: Typed, separator: str) -> list[str]:
    """Return what was given for each entry; a text that was typed has them all."""
    return value if isinstance(value, list) else str(value).split(separator)


def _pair(name: str, text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        option = name.replace("_", "-")
        form = "WORD=OTHER" if name in ("synonym", "other_letter") else "NAME=VALUE"
        raise InputError(f"--{option} {text} is not {form}", f"write --{option} {_EXAMPLES[name]}")
    return left.strip(), right.strip()


def _wrong_answer(text: str) -> Mapping[str, object]:
    answer, colon, why = text.partition(": ")
    if not colon or not answer.strip() or not why.strip():
        message = f"--wrong {text} is not 'ANSWER: WHY'"
        raise InputError(message, "write --wrong 'cos(x^2): The inner derivative is missing.'")
    return {"answer": answer.strip(), "why": why.strip()}


def _word_lists(pairs: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    """Return each word with all that may stand for it."""
    words = dict.fromkeys(word for word, _ in pairs)
    return {word: [other for left, other in pairs if left == word] for word in words}


def _list_or_text(text: str) -> str | list[int | str]:
    """Return a range as it is; a list such as [2, 3, 5] as one, so that it needs no quotes in the file."""
    match = re.fullmatch(r"\[([^\[\]]*)\]", text)
    words = [word.strip() for word in match[1].split(",")] if match else []
    return [int(word) if re.fullmatch(r"-?[0-9]{1,18}", word) else word for word in words] if match else text


def _id_from_text(fields: Mapping[str, Field]) -> str:
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


def unused_id(locations: Locations, name: str) -> str:
    """Return the name, or with the first number behind it that makes it the id of no card, own or bundled."""
    ids = _places_of_ids(locations)
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in ids else next(candidate for candidate in numbered if candidate not in ids)
