"""Names that cards have: their tags and topics, and whether what a learner names is one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.topic import title_of_id
from mnemosyne.errors import InputError
from mnemosyne.review.ports import Scope
from mnemosyne.text import suggestion

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_NUMBER: Final = re.compile(r"^\d+[-_ ]*")  # card files are numbered for their order


def unit_title(path: str) -> str:
    """Return what the unit in a card file is called: the file's name in words, without its number."""
    return title_of_id(_NUMBER.sub("", PurePath(path).stem))


def tags_and_topics(collection: Collection) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics of the deck's cards, in that order."""
    from mnemosyne.store import states

    return states.names_in_deck(collection.deck)


def require_known(collection: Collection, scope: Scope) -> None:
    """Raise InputError if the scope names a tag or a topic that no card has."""
    if scope == Scope():
        return
    tags, topics = tags_and_topics(collection)
    for name, value, known_names in (("tag", scope.tag, tags), ("topic", scope.topic, topics)):
        if value is not None and value not in known_names:
            raise unknown_name(name, value, known_names)


def unknown_name(name: str, value: str, names: Iterable[str]) -> InputError:
    """Return the error for a `name` ("tag", "topic") that no card has, with the nearest of the `names` there are."""
    return InputError(f"no card has the {name} {value}", suggestion(value, sorted(names)))
