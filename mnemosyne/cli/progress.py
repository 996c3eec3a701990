"""`stats`: what the log says, in the terminal and for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.place import Place
from mnemosyne.plural import counted

if TYPE_CHECKING:
    from mnemosyne.collection import Overview

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
WEEK = 7


def stats(context: typer.Context, json: AsJson = False) -> None:
    """Progress: what was done, what is due, how well it goes."""
    place: Place = context.obj
    with place.collection() as collection:
        collection.sync_if_changed()
        document = _stats(collection.overview())
    if json:
        print_json(document)
        return
    today, week = document["today"], document["week"]
    say(
        f"Today: {counted(today['reviews'], 'review')}, {today['new']} of them new, "
        f"{counted(today['drills'], 'drill')}, {today['minutes']} min"
    )
    say(
        f"This week: {counted(week['reviews'], 'review')}, {week['minutes']} min, "
        f"{_percent(week['passed'], week['reviews'])} passed"
    )
    say(f"Streak: {counted(document['streak'], 'day')}")
    for topic in document["topics"]:
        say(f"{topic['topic']}: {counted(topic['cards'], 'card')}, {topic['due']} due, {topic['new']} new")
    say(f"Coming days: {' '.join(str(cards) for cards in document['forecast'])}")


def _stats(overview: Overview) -> dict[str, Any]:
    return {
        "streak": overview.streak,
        "today": _done(day for day in overview.days if day.day == overview.today),
        "week": _done(day for day in overview.days if (overview.today - day.day).days < WEEK),
        "topics": [
            {name: getattr(topic, name) for name in ("topic", "cards", "due", "new", "drills", "suspended", "buried")}
            for topic in overview.topics
        ],
        "forecast": list(overview.forecast),
    }


def _done(days: Iterable[Any]) -> dict[str, int]:
    found = list(days)
    names = ("reviews", "new", "passed", "drills")
    seconds = sum(day.spent.total_seconds() for day in found)
    return {**{name: sum(getattr(day, name) for day in found) for name in names}, "minutes": round(seconds / 60)}


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
