"""Syncs card files into the deck, by card id, in one transaction: history is tied to the id, not to the wording.

The learner's history is never changed: a card that is in no file any more is marked missing, keeps
its memory and reviews, and is restored when a file has it again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, Executable, RowMapping, bindparam, delete, insert, select, update

from mnemosyne.scheduling.memory import Memory
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.rows import memory_out
from mnemosyne.store.tables import card, card_chain, card_tag, deck_file


def files(engine: Engine) -> dict[str, tuple[int, int]]:
    """Return each file's mtime in nanoseconds and size in bytes, by path."""
    with reading(engine) as connection:
        return remembered(connection)


def remembered(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return the same as `files`, within the caller's transaction."""
    return {path: (mtime_ns, size) for path, mtime_ns, size in connection.execute(select(deck_file))}


Files: TypeAlias = Mapping[str, tuple[int, int]]  # path -> (mtime in nanoseconds, size in bytes)


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A card as in the files. `position` is its place in the order of learning across all topics.

    `content` can be parsed by the repository's `decode`; `content_hash` covers everything that
    defines the card, including tags, except where it is written.
    """

    id: str  # unique
    topic: str  # the topic's id
    kind: str  # such as "derivative"
    tags: tuple[str, ...]
    path: str  # the path of its file
    line: int  # the line in that file
    position: int
    content: str
    content_hash: str
    links: int | None = None  # the number of links of its chain; None if it has no chain


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Ids by what happened to them; each id is in one field only.

    A card has moved if its file, its topic or its order among the others has changed, but not if
    only its line has. Missing and restored are those that disappeared or came back in this sync.
    """

    added: tuple[str, ...] = ()  # new in the deck
    changed: tuple[str, ...] = ()  # the ids of cards with changed content
    moved: tuple[str, ...] = ()  # the ids of cards with the same content in another place
    missing: tuple[str, ...] = ()  # the ids of cards that are no longer in any file
    restored: tuple[str, ...] = ()  # the ids of cards that are in a file again
    unchanged: tuple[str, ...] = ()  # the ids of all others


_COMPARED: Final = ("topic", "kind", "path", "line", "position", "content_hash")
_WRITTEN: Final = (*_COMPARED, "content")
_this = card.c.id == bindparam("this")
_KNOWN: Final = (
    select(card.c.id, card.c.missing, card_chain.c.links, *(card.c[name] for name in _COMPARED))
    .outerjoin_from(card, card_chain, card_chain.c.card_id == card.c.id)
    .order_by(card.c.position)
)
_ADD: Final = insert(card)
_REWRITE: Final = update(card).where(_this).values(missing=False, **{name: bindparam(name) for name in _WRITTEN})
_FORGET: Final = update(card).where(_this).values(content_hash="")
_LOSE: Final = update(card).where(_this).values(missing=True)
_UNTAG: Final = delete(card_tag).where(card_tag.c.card_id == bindparam("this"))
_TAG: Final = insert(card_tag).prefix_with("OR IGNORE")  # rows of a lost card may be there
_UNCHAIN: Final = delete(card_chain).where(card_chain.c.card_id == bindparam("this"))
_CHAIN: Final = insert(card_chain).prefix_with("OR REPLACE")


def sync_cards(engine: Engine, cards: Sequence[DeckCard], files: Files, unread: Collection[str] = ()) -> SyncReport:
    """Update the deck to these cards, and remember their files; raise ValueError if two cards have the same id.

    `unread` are paths of files with faults: cards last seen there that are not among `cards` are
    left unchanged.
    """
    if len({deck_card.id for deck_card in cards}) < len(cards):
        raise ValueError("two cards have the same id")
    with writing(engine) as connection:
        known_rows = _known_rows(connection)
        lost = _lost(known_rows, {deck_card.id for deck_card in cards}, frozenset(unread))
        _write(connection, cards, known_rows, lost)
        _remember(connection, files)
    return _report(cards, known_rows, lost)


def differing(engine: Engine, cards: Sequence[DeckCard], unread: Collection[str] = ()) -> list[str]:
    """Return the ids of the cards that `sync_cards` would change, and of those whose tags are not those of their copy.

    Right after a sync of the same files there are none.
    """
    with reading(engine) as connection:
        known_rows = _known_rows(connection)
        tags: dict[str, set[str]] = defaultdict(set)
        for card_id, tag in connection.execute(select(card_tag.c.card_id, card_tag.c.tag)):
            tags[card_id].add(tag)
    ids = {
        deck_card.id
        for deck_card in cards
        if (row := known_rows.get(deck_card.id)) is None
        or _differs(deck_card, row)
        or deck_card.links != row["links"]
        or set(deck_card.tags) != tags[deck_card.id]
    }
    return sorted({*ids, *_lost(known_rows, {deck_card.id for deck_card in cards}, frozenset(unread))})


def forget_copies(engine: Engine, card_ids: Iterable[str]) -> None:
    """Make the next sync read all files, and write these cards again."""
    with writing(engine) as connection:
        connection.execute(delete(deck_file))
        _many(connection, _FORGET, ({"this": card_id} for card_id in card_ids))


def _known_rows(connection: Connection) -> dict[str, RowMapping]:
    """Return the rows of the deck's cards by id; those whose id is no text are left to the doctor."""
    rows = connection.execute(_KNOWN).mappings()
    return {row["id"]: row for row in rows if isinstance(row["id"], str)}


def _lost(known_rows: Mapping[str, RowMapping], present: Collection[str], unread: Collection[str]) -> list[str]:
    missing_rows = (row for id_, row in known_rows.items() if id_ not in present)
    return [row["id"] for row in missing_rows if not row["missing"] and row["path"] not in unread]


def _write(
    connection: Connection, cards: Sequence[DeckCard], known_rows: Mapping[str, RowMapping], lost: Sequence[str]
) -> None:
    added = [deck_card for deck_card in cards if deck_card.id not in known_rows]
    touched = [
        deck_card for deck_card in cards if deck_card.id in known_rows and _differs(deck_card, known_rows[deck_card.id])
    ]
    retagged = [
        deck_card for deck_card in touched if deck_card.content_hash != known_rows[deck_card.id]["content_hash"]
    ]
    unknown = {**memory_out(Memory()), "missing": False, "suspended": False, "flagged": False}
    _many(connection, _ADD, ({"id": deck_card.id, **_columns(deck_card), **unknown} for deck_card in added))
    _many(connection, _REWRITE, ({"this": deck_card.id, **_columns(deck_card)} for deck_card in touched))
    _many(connection, _LOSE, ({"this": id_} for id_ in lost))
    _many(connection, _UNTAG, ({"this": deck_card.id} for deck_card in retagged))
    tags = ((deck_card.id, tag) for deck_card in (*added, *retagged) for tag in dict.fromkeys(deck_card.tags))
    _many(connection, _TAG, ({"card_id": id_, "tag": tag} for id_, tag in tags))
    _chain(connection, cards, known_rows)


def _chain(connection: Connection, cards: Sequence[DeckCard], known_rows: Mapping[str, RowMapping]) -> None:
    """Store the cards' numbers of links if they are new, even for otherwise unchanged cards."""
    before = {
        deck_card.id: known_rows[deck_card.id]["links"] if deck_card.id in known_rows else None for deck_card in cards
    }
    rechained = [deck_card for deck_card in cards if deck_card.links != before[deck_card.id]]
    _many(connection, _UNCHAIN, ({"this": deck_card.id} for deck_card in rechained if before[deck_card.id] is not None))
    _many(
        connection,
        _CHAIN,
        ({"card_id": deck_card.id, "links": deck_card.links} for deck_card in rechained if deck_card.links is not None),
    )


def _columns(deck_card: DeckCard) -> dict[str, Any]:
    return {name: getattr(deck_card, name) for name in _WRITTEN}


def _differs(deck_card: DeckCard, row: RowMapping) -> bool:
    return row["missing"] or any(getattr(deck_card, name) != row[name] for name in _COMPARED)


def _many(connection: Connection, statement: Executable, rows: Iterable[dict[str, Any]]) -> None:
    if values := list(rows):
        connection.execute(statement, values)


def _remember(connection: Connection, files: Files) -> None:
    if remembered(connection) != dict(files):
        connection.execute(delete(deck_file))
        rows = ({"path": path, "mtime_ns": mtime_ns, "size": size} for path, (mtime_ns, size) in files.items())
        _many(connection, insert(deck_file), rows)


def _report(cards: Sequence[DeckCard], known_rows: Mapping[str, RowMapping], lost: Sequence[str]) -> SyncReport:
    rows = (
        known_rows[deck_card.id]
        for deck_card in sorted(cards, key=lambda deck_card: deck_card.position)
        if deck_card.id in known_rows
    )
    positions = (row["position"] for row in rows if not row["missing"])
    in_order = _longest_increasing([position for position in positions if isinstance(position, int)])
    ids_by_fate: dict[str, list[str]] = {name: [] for name in ("added", "changed", "moved", "restored", "unchanged")}
    for deck_card in cards:
        ids_by_fate[_fate(deck_card, known_rows.get(deck_card.id), in_order)].append(deck_card.id)
    return SyncReport(missing=tuple(lost), **{name: tuple(ids) for name, ids in ids_by_fate.items()})


def _fate(deck_card: DeckCard, row: RowMapping | None, in_order: Collection[int]) -> str:
    if row is None:
        return "added"
    if row["missing"]:
        return "restored"
    if (deck_card.content_hash, deck_card.kind) != (row["content_hash"], row["kind"]):
        return "changed"
    stayed = (deck_card.path, deck_card.topic) == (row["path"], row["topic"]) and row["position"] in in_order
    return "unchanged" if stayed else "moved"


def _longest_increasing(values: Sequence[int]) -> frozenset[int]:
    """Return a longest increasing subsequence: the cards that kept their order; all others have moved."""
    tails: list[int] = []  # tails[n]: the smallest last value of an increasing subsequence of length n + 1
    before: dict[int, int | None] = {}
    for value in values:
        place = bisect_left(tails, value)
        before[value] = tails[place - 1] if place else None
        tails[place : place + 1] = [value]
    members: list[int] = []
    value_ = tails[-1] if tails else None
    while value_ is not None:
        members.append(value_)
        value_ = before[value_]
    return frozenset(members)
