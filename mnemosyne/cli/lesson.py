"""`learn`: the lesson as text, whole, by its table of contents, or one passage of it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from mnemosyne.cli.output import say
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$")


def passage(text: str, anchor: str | None) -> list[str]:
    """The lines from a heading to the next one of its level; the whole lesson without an anchor that it has."""
    found: list[str] = []
    level = 0
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading and level and len(heading[1]) <= level:
            break
        if heading and anchor and heading[3] == anchor:
            level = len(heading[1])
        if level:
            found.append(heading[2] if heading else line)
    return found or [_HEADING.sub(r"\2", line) for line in text.splitlines()] or ["There is no lesson on this."]


def learn(
    context: typer.Context,
    topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help="The topic; the first one without.")] = None,
) -> None:
    """Read the lesson of a topic."""
    place: Place = context.obj
    with place.collection() as collection:
        topics = {one.id: one for one in collection.load().topics}
        if not topics:
            raise InputError("there is no topic", "put card files into a folder of your cards folder")
        chosen = topic or next(iter(topics))
        if chosen not in topics:
            raise InputError(f"there is no topic {chosen}", f"known are: {', '.join(topics)}")
        for line in passage(collection.lesson(chosen), None):
            say(line)
