"""Which card gets an id that several have: the one in the file where the deck knows it, as long as it is there;
if that file is gone, one in another file of its topic.

The later card gets the problem. If the deck knows neither, a bundled card comes before one of the learner's
own, and within one folder the first one read. A card may replace a bundled one with `replaces`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from mnemosyne.deckfiles import file_schema
from mnemosyne.deckfiles.text_file import FileError, read_text
from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import parse

Owners: TypeAlias = Mapping[str, tuple[str, str]]  # a card's id -> the topic and path where the deck knows it


@dataclass(frozen=True, slots=True)
class IdHolder:
    """A card that has an id: its file, its line, the number of its folder of topics, and whether it has `replaces`."""

    path: str  # the path of its file, for messages
    line: int  # the line, from 1; 0 if the file cannot be read
    folder: int  # the number of its folder of topics
    replaces: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(slots=True)
class Ids:
    """The ids of the cards read so far, and those that the deck knows; `files` are all files to be
    read, with their folders of topics, and `topics` says which topic each of them belongs to.
    """

    owners: Owners = field(default_factory=dict)  # the cards that the deck knows
    files: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    first: dict[str, IdHolder] = field(default_factory=dict)  # the card that has the id, by id
    # the ids of all cards, including those that were refused theirs, in the order of reading
    claimed: dict[str, None] = field(default_factory=dict)
    _held: dict[str, dict[str, IdHolder]] = field(default_factory=dict)

    @property
    def several_folders(self) -> bool:
        """Return whether cards of several folders of topics are read, so that one may replace another's."""
        return len(set(self.files.values())) > 1

    @classmethod
    def beside(cls, files: Iterable[Path], given: Path) -> Ids:
        """Return the ids for a file `given` beside others whose cards it may replace, such as the bundled ones."""
        paths = [str(path) for path in files]
        first: dict[str, IdHolder] = {}
        for path in paths:
            first = {**_holders_in(path, 1), **first}
        return cls(files={str(given): 0, **dict.fromkeys(paths, 1)}, first=first, claimed=dict.fromkeys(first))

    def claim(self, card_id: str, holder: IdHolder) -> IdHolder | None:
        """Give the id to the card and return None; if it is taken, return the card that has it."""
        self.claimed[card_id] = None
        first = self.first.get(card_id)
        if first is not None and holder.replaces and holder.folder < first.folder:
            first = None
        owner = first or (None if holder.replaces else self._owner(card_id, holder))
        if owner is None:
            self.first[card_id] = holder
        return owner

    def _owner(self, card_id: str, holder: IdHolder) -> IdHolder | None:
        """Return the card in another file that the deck knows by this id, if it is still there.

        A file that was renamed keeps its cards from other topics.
        """
        topic, path = self.owners.get(card_id, ("", ""))
        if path in self.files:
            return None if path == holder.path else self._holder_in(card_id, path)
        if topic == self.topics.get(holder.path, topic):
            return None
        renamed = (self._holder_in(card_id, other) for other, its_topic in self.topics.items() if its_topic == topic)
        return next((holder for holder in renamed if holder is not None), None)

    def _holder_in(self, card_id: str, path: str) -> IdHolder | None:
        """Return the card in a file that has the id, or stands for it because the file cannot be read."""
        if path not in self._held:
            self._held[path] = _holders_in(path, self.files[path])
        holders = self._held[path]
        return holders.get(card_id) or holders.get(_UNREAD)


_UNREAD = ""  # stands for all ids of a file that cannot be read: it keeps those that the deck knows


def _holders_in(path: str, folder: int) -> dict[str, IdHolder]:
    """Return the cards of a file by their ids, valid or not."""
    try:
        document = parse(read_text(Path(path)))
    except (FileError, YamlError):
        return {_UNREAD: IdHolder(path, 0, folder)}
    cards = document.value.get("cards") if isinstance(document.value, dict) else None
    holders: dict[str, IdHolder] = {}
    for index, card in enumerate(cards if isinstance(cards, list) else []):
        card_id = id_of(card)
        if card_id is not None:
            line = document.place(("cards", index, "id"))[0]
            holders.setdefault(card_id, IdHolder(path, line, folder, says_replaces(card)))
    return holders


def id_of(card: Any) -> str | None:
    """Return the id written in a card, valid or not; None if there is none."""
    card_id = file_schema.as_text(card.get("id")) if isinstance(card, dict) else None
    return card_id if isinstance(card_id, str) else None


def says_replaces(card: Any) -> bool:
    """Return whether a card asks to replace the bundled one with its id."""
    return isinstance(card, dict) and card.get("replaces") is not None
