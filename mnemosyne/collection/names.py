"""The tags and topics of cards, whether a name given by the learner is among them, and the titles of topics.

Each sync stores the titles beside the deck, so that no screen has to read YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from mnemosyne.atomic_write import write_atomically
from mnemosyne.cards.topic import title_in, title_of_id
from mnemosyne.errors import InputError
from mnemosyne.regular_file import open_regular
from mnemosyne.review.ports import Scope
from mnemosyne.text import choices, hyphenated, nearest, parse_json, suggestion

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection import Collection

_NUMBER: Final = re.compile(r"^\d+[-_ ]*")  # card files are numbered to order them


def unit_title(path: str) -> str:
    """Return the title of the unit in a card file: the file's name in words, without its number."""
    return title_of_id(_NUMBER.sub("", PurePath(path).stem))


def unit_name(path: str) -> str:
    """Return the name by which a query and options ask for the unit in a card file."""
    return hyphenated(unit_title(path))


def tags_and_topics(collection: Collection) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics of the deck's cards, in that order."""
    from mnemosyne.store import card_search

    return card_search.names_in_deck(collection.deck)


def require_known(collection: Collection, scope: Scope) -> None:
    """Raise InputError if the scope has an unknown tag or topic."""
    if scope == Scope():
        return
    tags, topics = tags_and_topics(collection)
    for name, value, known_names in (("tag", scope.tag, tags), ("topic", scope.topic, topics)):
        if value is not None and value not in known_names:
            raise unknown_name(name, value, known_names)


def unknown_name(name: str, value: str, names: Iterable[str]) -> InputError:
    """Return the error for an unknown `name` ("tag", "topic"), which suggests the nearest of `names`."""
    return InputError(f"no card has the {name} {value}", suggestion(value, sorted(names)))


def unit_path(collection: Collection, name: str, topic: str | None) -> str:
    """Return the card file of the unit, in the given topic, or else in the first topic that has it.

    Raise InputError for an unknown one.
    """
    from mnemosyne.store.counts import unit_files

    numbers: dict[str, int] = {}
    names: list[str] = []
    for of_topic, path in unit_files(collection.deck):
        if topic not in (None, of_topic):
            continue
        numbers[of_topic] = numbers.get(of_topic, 0) + 1
        names.append(unit_name(path))
        if name == str(numbers[of_topic]) or hyphenated(name) == names[-1]:
            return path
    raise InputError(f"there is no unit {name}", _advice_on_units(name, names, max(numbers.values(), default=0)))


def _advice_on_units(name: str, names: list[str], most: int) -> str:
    """Return which units there are, for someone who named an unknown one."""
    if name.isdecimal() and most:
        return f"choose a number from 1 to {most}, or a name such as {names[0]}"
    near = nearest(hyphenated(name), names)
    return f"did you mean {near}?" if near else choices(names)


def unit_names(collection: Collection) -> list[str]:
    """Return the names of all units, in the order of learning."""
    from mnemosyne.store.counts import unit_files

    return [unit_name(path) for _, path in unit_files(collection.deck)]


TITLES_NAME: Final = "topics.json"


def topic_title(collection: Collection, topic_id: str) -> str:
    """Return the title of a topic: that in its topic.yaml, else its id in words."""
    return title_in(topic_titles(collection), topic_id)


def topic_titles(collection: Collection) -> dict[str, str]:
    """Return the titles by topic id, as of the last sync; if none are stored, from the card folders."""
    titles = _stored(collection.settings.data_dir / TITLES_NAME)
    if titles is None:
        titles = store_titles(collection.settings.data_dir, collection.topics())
    return titles


def store_titles(data_dir: Path, topics: Iterable[Topic]) -> dict[str, str]:
    """Store the titles and return them; a failure to store them is ignored."""
    titles = {topic.id: topic.title for topic in topics}
    path = data_dir / TITLES_NAME
    if _stored(path) != titles:
        with suppress(OSError):
            write_atomically(path, [json.dumps(titles)])
    return titles


def _stored(path: Path) -> dict[str, str] | None:
    """Return the stored titles; None if there are none, or the file is invalid."""
    with suppress(OSError, ValueError):
        with open_regular(path) as stream:
            titles = parse_json(stream.read())
        if isinstance(titles, dict) and all(isinstance(title, str) for title in titles.values()):
            return titles
    return None
