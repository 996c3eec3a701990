"""`review` and `due`: a session in the terminal or line by line, and whether one is worth starting."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from mnemosyne.cli import start
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say
from mnemosyne.review.ports import Scope
from mnemosyne.text import pluralize

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def review(
    context: typer.Context,
    *,
    topic: Annotated[str | None, typer.Option("--topic", metavar="T", help="Only this topic.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="G", help="Only cards with this tag.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many cards.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")] = False,
) -> None:
    """Review what is due, then what is new."""
    raise typer.Exit(start.session(context.obj, Scope(topic, tag), limit, plain=plain))


def due(context: typer.Context, *, json: AsJson = False) -> None:
    """Show how many cards are due now, drills included, and how many are new; status 0 if any is due, else 1."""
    from mnemosyne.collection.overview import waiting_now

    locations: Locations = context.obj
    with locations.collection() as collection:
        collection.sync_if_changed()
        waits = waiting_now(collection)
    if json:
        print_json(asdict(waits))
    else:
        say(f"{waits.due} due, {waits.new} new, {pluralize(waits.drills, 'drill')}")
    raise typer.Exit(0 if waits.due or waits.drills else 1)
