"""`learn`: the lesson as text, its table of contents first; and one passage of it for a plain session."""

from __future__ import annotations

from typing import Annotated

import typer

from mnemosyne.cards.lesson import Lesson, parse_lesson
from mnemosyne.cli.output import say
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError
from mnemosyne.text import choices, suggestion


def passage(text: str, anchor: str | None) -> list[str]:
    """The lines of the passage that the anchor names; the whole lesson without an anchor that it has."""
    lesson = parse_lesson(text)
    number = lesson.number(anchor)
    headings = {f"{'#' * one.level} {one.title}": one.title for one in lesson.passages}
    lines = (lesson.markdown if number is None else lesson.text(number)).splitlines()
    return [headings.get(line, line) for line in lines] or ["There is no lesson on this."]


def contents(lesson: Lesson) -> list[str]:
    """The table of contents of a lesson that has more than one passage; deeper levels stand further to the right."""
    if len(lesson.passages) < 2:
        return []
    return ["Contents", *(f"{'  ' * one.level}{one.title}" for one in lesson.passages), ""]


def learn(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="The topic; else the first with a lesson.")
    ] = None,
) -> None:
    """Read the lesson of a topic."""
    from mnemosyne.collection.passages import topic_to_read
    from mnemosyne.deckfiles.loader import described_topics  # YAML is for those who read it

    place: Place = context.obj
    with place.collection() as collection:
        topics = {known.id: known for known in described_topics(collection.settings.card_folders, collection.owners())}
        if not topics:
            raise InputError("there is no topic", "put card files into a folder of your cards folder")
        chosen = topic or topic_to_read(collection, list(topics)) or ""
        if chosen not in topics:
            all_topics = choices(f"{known.id} ({known.title})" for known in topics.values())
            raise InputError(f"there is no topic {chosen}", suggestion(chosen, topics, all_topics))
        text = collection.lesson(chosen)
        if not text:
            raise InputError(f"the topic {chosen} has no lesson", "write one as lesson.md in its folder")
    lesson = parse_lesson(text)
    for line in [*_title(topics[chosen].title, lesson), *contents(lesson), *passage(text, None)]:
        say(line)


def _title(title: str, lesson: Lesson) -> list[str]:
    """The topic's title, unless the lesson begins with it as its own heading."""
    begins_with_it = bool(lesson.passages) and lesson.passages[0].title == title
    return [] if begins_with_it else [title, ""]
