"""`cards new-topic`: a topic to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from mnemosyne.cli.authoring import topic_name
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.new_card import app as app
from mnemosyne.cli.new_card import unused_id
from mnemosyne.cli.output import say
from mnemosyne.errors import InputError


@app.command("new-topic")
def new_topic(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The topic's folder and id, such as limits.")],
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What learners see; made from the name if left out.")
    ] = None,
) -> None:
    """Begin a topic: a folder with topic.yaml, a lesson, and a card file with one card to replace."""
    from mnemosyne.cards.topic import title_of_id
    from mnemosyne.deckfiles.loader import described_topics
    from mnemosyne.deckfiles.topic_draft import write_topic

    locations: Locations = context.obj
    folders = locations.settings().card_folders
    topics = {topic.id: topic.folder for topic in described_topics(folders)}
    if topic_name(name, "") in topics:
        raise InputError(f"there is a topic {name} already: {topics[name]}", "pass another name")
    shown = " ".join(title.split()) if title is not None else title_of_id(name)
    for path in write_topic(folders[0] / name, name, shown, unused_id(locations, f"{name}-first")):
        say(str(path))
