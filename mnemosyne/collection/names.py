"""Names that cards have: their tags and topics, and whether what a learner names is one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mnemosyne.errors import InputError
from mnemosyne.review.ports import Scope
from mnemosyne.text import suggestion

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def tags_and_topics(collection: Collection) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tags and the topics of the deck's cards, in that order."""
    from mnemosyne.store import listing

    return listing.names_in_deck(collection.deck)


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
