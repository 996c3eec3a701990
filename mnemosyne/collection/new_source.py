"""Where new cards come from first: a unit, by its number or name, or a tag, as the learner names it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mnemosyne.collection.names import tags_and_topics, unit_title, unknown_name
from mnemosyne.errors import InputError
from mnemosyne.review.query import Has, Query, QueryField, Term
from mnemosyne.text import choices, hyphenated, nearest

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.session_plan import SessionPlan


def with_new_source(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the ids of the cards whose new ones come first.

    InputError if the plan names a unit or a tag that there is not; one that is named in the settings is passed over
    then, since card files may have changed after them.
    """
    if plan.new_from:
        return replace(plan, new_first=_ids(collection, plan.new_from, plan.scope.topic))
    if collection.settings.new_from:
        try:
            return replace(plan, new_first=_ids(collection, collection.settings.new_from, plan.scope.topic))
        except InputError:
            return plan
    return plan


def require_new_source(collection: Collection) -> None:
    """Raise InputError if the settings name a unit or a tag that there is not."""
    if collection.settings.new_from:
        _ids(collection, collection.settings.new_from, None)


def _ids(collection: Collection, source: str, topic: str | None) -> frozenset[str]:
    kind, _, name = source.partition(":")
    if kind == "unit":
        from mnemosyne.store.counts import cards_of_file

        return cards_of_file(collection.deck, _unit_path(collection, name, topic))
    from mnemosyne.collection.browsing import find_cards

    tags, _ = tags_and_topics(collection)
    if name not in tags:
        raise unknown_name("tag", name, tags)
    return frozenset(find_cards(collection, Query((Term(Has(QueryField.TAG, name)),))))


def _unit_path(collection: Collection, name: str, topic: str | None) -> str:
    """Return the card file of the unit, of the topic if one is given, else of the first topic that has such a unit."""
    from mnemosyne.store.counts import card_files

    numbers: dict[str, int] = {}
    names: list[str] = []
    for of_topic, path in card_files(collection.deck):
        if topic not in (None, of_topic):
            continue
        numbers[of_topic] = numbers.get(of_topic, 0) + 1
        names.append(hyphenated(unit_title(path)))
        if name == str(numbers[of_topic]) or hyphenated(name) == names[-1]:
            return path
    near = nearest(hyphenated(name), names)
    raise InputError(f"there is no unit {name}", f"did you mean {near}?" if near else choices(names))
