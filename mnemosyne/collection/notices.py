"""Notices: what a learner is told once, before a session, because it may spoil what he does in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnemosyne.errors import InputError
from mnemosyne.review.clock_doubt import clock_doubt
from mnemosyne.settings import misplaced
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def notices(collection: Collection) -> tuple[str, ...]:
    """Return the sentences to show before a session; none on most days."""
    from mnemosyne.store.counts import last_day

    doubt = clock_doubt(last_day(collection.deck), collection.clock.today())
    return (*((doubt,) if doubt else ()), *_catching_up(collection), *unknown_names(collection))


def unknown_names(collection: Collection) -> tuple[str, ...]:
    """Return where the settings file names a topic, a unit or a tag that no card has, with the nearest name."""
    return (*_unknown_topics(collection), *_unknown_source(collection))


def _unknown_source(collection: Collection) -> tuple[str, ...]:
    if not collection.settings.new_from:
        return ()
    from mnemosyne.collection.new_source import require_new_source

    try:
        require_new_source(collection)
    except InputError as fault:
        return (str(misplaced(collection.settings.config_file, "new_from", fault.message, fault.hint or "")),)
    return ()


def _unknown_topics(collection: Collection) -> tuple[str, ...]:
    if not collection.settings.topics:
        return ()
    from mnemosyne.collection.names import tags_and_topics, unknown_name

    _, topics = tags_and_topics(collection)
    file, unknown = collection.settings.config_file, [name for name in collection.settings.topics if name not in topics]
    faults = {name: unknown_name("topic", name, topics) for name in unknown}
    return tuple(
        str(misplaced(file, f"topics.{name}", fault.message, fault.hint or "")) for name, fault in faults.items()
    )


def _catching_up(collection: Collection) -> tuple[str, ...]:
    catch_up = collection.catch_up
    if catch_up is None or catch_up.limit is None or catch_up.by_learner:
        return ()
    most = f"at most {pluralize(catch_up.limit, 'due card')} a day"
    return (f"Another scheduler made more cards due: until {catch_up.until}, {most}; the rest will wait.",)
