"""`learn`: the lesson as text, after its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import say, warn
from mnemosyne.cli.shell_completion import topic_words
from mnemosyne.errors import InputError
from mnemosyne.text import choices, suggestion

if TYPE_CHECKING:
    from mnemosyne.cards.lesson import Lesson


def learn(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC", autocompletion=topic_words, help="The topic; the first with a lesson if left out."
        ),
    ] = None,
) -> None:
    """Print the lesson of a topic."""
    from mnemosyne.cards.lesson import parse_lesson  # late: only this command reads a lesson
    from mnemosyne.plain.sentences import contents_lines, lesson_section_lines

    locations: Locations = context.obj
    with locations.collection() as collection:
        topics = {entry.id: entry for entry in collection.topics()}
        if not topics:
            raise InputError("there are no topics", "put card files into a folder inside your cards folder")
        to_read = [entry.id for entry in topics.values() if entry.lesson is not None]
        topic_id = topic or next(iter(to_read), next(iter(topics)))
        if topic_id not in topics:
            all_topics = choices(f"{entry.id} ({entry.title})" for entry in topics.values())
            raise InputError(f"there is no topic {topic_id}", suggestion(topic_id, topics, all_topics))
        text = collection.lesson(topic_id)
        if not text:
            raise InputError(f"the topic {topic_id} has no lesson", "write one as lesson.md in its folder")
    lesson = parse_lesson(text)
    other_topics = [name for name in to_read if name != topic_id]
    if topic is None and other_topics:
        warn(f"lessons of other topics: {', '.join(other_topics)}; mnemosyne learn TOPIC prints one")
    for line in [*_title(topics[topic_id].title, lesson), *contents_lines(lesson), *lesson_section_lines(text, None)]:
        say(line)


def _title(title: str, lesson: Lesson) -> list[str]:
    """Return the topic's title, unless the lesson has it as its first heading."""
    begins_with_it = bool(lesson.sections) and lesson.sections[0].title == title
    return [] if begins_with_it else [title, ""]
