"""`review` and `due`: a session in the terminal or line by line, and whether one is worth starting."""

from __future__ import annotations

import gc
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from mnemosyne.cli.output import print_json, say, warn
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError
from mnemosyne.plural import counted
from mnemosyne.review.ports import Scope

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def review(
    context: typer.Context,
    topic: Annotated[str | None, typer.Option("--topic", metavar="T", help="Only this topic.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="G", help="Only cards with this tag.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many cards.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")] = False,
) -> None:
    """Review what is due, then what is new."""
    place: Place = context.obj
    scope = Scope(topic, tag)
    if plain or place.settings().plain:
        _plain(place, scope, limit)
        return
    _full(place, "review", scope, limit)


def home(place: Place) -> None:
    """The home screen."""
    _full(place, "home", Scope(), None)


def _full(place: Place, start: str, scope: Scope, limit: int | None) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("this is no terminal", "write mnemosyne review --plain to review line by line")
    settings = place.settings()
    gc.disable()  # imports make much and drop little; the app enables it once the first screen is filled
    from mnemosyne.tui.app import StartScreen, run

    run(place.open_collection, StartScreen(start), scope, limit, theme=settings.theme, keys=settings.keys)


def _plain(place: Place, scope: Scope, limit: int | None) -> None:
    from mnemosyne.cli.plain import PlainSession

    with place.collection() as collection:
        collection.warm_up()
        session = collection.session(scope, limit)
        for problem in collection.problems:
            warn(str(problem))
        PlainSession(collection, session, _read_line, say).run()


def _read_line(prompt: str) -> str | None:
    """A line of standard input after a prompt; None at its end."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        print(flush=True)  # nobody has pressed Enter on the screen
    return line.rstrip("\r\n") if line else None


def due(context: typer.Context, json: AsJson = False) -> None:
    """How many cards a session would ask now: status 0 if any, 1 if none."""
    place: Place = context.obj
    with place.collection() as collection:
        collection.sync_if_changed()
        waits = collection.overview().waiting
    if json:
        print_json(asdict(waits))
    else:
        say(f"{waits.due} due, {waits.new} new, {counted(waits.drills, 'drill')}")
    raise typer.Exit(0 if waits else 1)
