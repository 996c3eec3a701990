"""Topic titles: what topics are called on screens, kept beside the deck by each sync, so that no screen reads YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mnemosyne.atomic_write import write_atomically
from mnemosyne.cards.topic import title_of_id
from mnemosyne.regular_file import open_regular
from mnemosyne.text import parse_json

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection import Collection

TITLES_NAME: Final = "topics.json"


def topic_title(collection: Collection, topic_id: str) -> str:
    """Return what a topic is called: the title in its topic.yaml, else its id in words."""
    return topic_titles(collection).get(topic_id) or title_of_id(topic_id)


def topic_titles(collection: Collection) -> dict[str, str]:
    """Return the titles by topic id, as the last sync left them; where none are kept, the card folders are read."""
    titles = _stored(collection.settings.data_dir / TITLES_NAME)
    if titles is None:
        from mnemosyne.deckfiles.loader import described_topics

        topics = described_topics(collection.settings.card_folders, collection.owners())
        titles = store_titles(collection.settings.data_dir, topics)
    return titles


def store_titles(data_dir: Path, topics: Iterable[Topic]) -> dict[str, str]:
    """Keep the titles for the next time and return them; that they cannot be kept is no reason to stop."""
    titles = {topic.id: topic.title for topic in topics}
    path = data_dir / TITLES_NAME
    if _stored(path) != titles:
        with suppress(OSError):
            write_atomically(path, [json.dumps(titles)])
    return titles


def _stored(path: Path) -> dict[str, str] | None:
    """Return the titles in the file; None if it is not there, or is not what was stored."""
    with suppress(OSError, ValueError):
        with open_regular(path) as stream:
            titles = parse_json(stream.read())
        if isinstance(titles, dict) and all(isinstance(title, str) for title in titles.values()):
            return titles
    return None
