"""Topic: a lesson and the decks that teach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of cards, as described in its topic.yaml."""

    id: str  # the id by which cards and queries name the topic
    title: str  # the title on screens
    description: str  # one line about its subject; empty if there is none
    folder: str  # the path of the folder
    lesson: str | None  # the path of a Markdown file; None without a lesson
    order: int = 0  # its position among the topics, lowest first


def title_in(titles: Mapping[str, str], topic_id: str) -> str:
    """Return the title of a topic: that of its topic.yaml if it is among `titles`, else its id in words."""
    return titles.get(topic_id) or title_of_id(topic_id)


def title_of_id(topic_id: str) -> str:
    """Return the title of a topic that has none, made from its id: `Chain rule` for `chain-rule`."""
    return topic_id.replace("-", " ").replace("_", " ").capitalize()
