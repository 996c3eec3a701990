"""Topic: a lesson and the decks that teach it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of cards, as its topic.yaml describes it."""

    id: str  # the id by which cards and queries name the topic
    title: str  # the title on screens
    description: str  # one line on what is learnt; empty if there is none
    folder: str  # a path
    lesson: str | None  # the path of a Markdown file; None without a lesson
    order: int = 0  # its place among the topics, the lowest first


def title_of_id(topic_id: str) -> str:
    """Return an id as a title, for a topic that has none: `chain-rule` is `Chain rule`."""
    return topic_id.replace("-", " ").replace("_", " ").capitalize()
