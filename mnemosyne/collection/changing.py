"""Changing settings while the program runs: the file is written or read again, and the next session goes by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mnemosyne.cards.topic import title_of_id
from mnemosyne.collection.names import topic_titles
from mnemosyne.errors import SettingsError, StoreError
from mnemosyne.settings import Settings, read_lines, reread, write_setting

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(frozen=True, slots=True)
class Stated:
    """The settings that hold, and where the file states them.

    A file with a fault changes nothing: the settings that held before go on to hold.
    """

    settings: Settings  # the settings in force
    lines: Mapping[str, int]  # the line of the file, from 1, that states each setting, by its name
    topics: Mapping[str, str]  # the titles of all topics that have cards or settings, by their ids
    fault: SettingsError | None = None  # the fault of the file, if it has one


def stated(collection: Collection) -> Stated:
    """Read the settings file again, and apply it unless it has a fault; return what holds then."""
    try:
        fresh = reread(collection.settings)
        lines = read_lines(fresh.config_file)
    except SettingsError as error:
        return Stated(collection.settings, {}, _topics(collection), error)
    collection.settings = fresh
    return Stated(fresh, lines, _topics(collection))


def _topics(collection: Collection) -> dict[str, str]:
    from mnemosyne.collection.names import tags_and_topics

    topics: set[str] = set(collection.settings.topics)
    titles: Mapping[str, str] = {}
    with suppress(StoreError):  # settings can be changed without the deck
        topics |= tags_and_topics(collection)[1]
        titles = topic_titles(collection)
    return {topic: titles.get(topic) or title_of_id(topic) for topic in sorted(topics)}


def change(
    collection: Collection, name: str, text: str, approve: Callable[[dict[str, Any]], None] = lambda _: None
) -> Stated:
    """Write one setting and apply it; SettingsError, and nothing written, if its value is not allowed."""
    write_setting(collection.settings.config_file, name, text, approve)
    return stated(collection)
