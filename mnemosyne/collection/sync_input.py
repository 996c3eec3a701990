"""Converts cards for the database, and reports those that cannot be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import content_hash, to_json
from mnemosyne.cards.question import links, make_question
from mnemosyne.collection.browsing import card_in
from mnemosyne.deckfiles.fingerprint import fingerprint
from mnemosyne.deckfiles.problems import CardFileProblem
from mnemosyne.errors import CardError
from mnemosyne.regular_file import permits
from mnemosyne.settings import shared_cards
from mnemosyne.store.card_search import readable_states
from mnemosyne.store.sync import DeckCard, differing, files

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.deckfiles.loader import Loaded


@dataclass(frozen=True, slots=True)
class SyncInput:
    """What a sync takes into the deck."""

    cards: list[DeckCard]  # the cards that can be asked, in order
    problems: tuple[CardFileProblem, ...]  # of the files, and of cards that cannot be asked
    unread: set[str]  # the paths of files whose other cards stay unchanged in the deck


def sync_input_of(collection: Collection, loaded: Loaded) -> SyncInput:
    """Return what a sync takes from the card files."""
    cards, unaskable = deck_cards(loaded.cards)
    problems = (*loaded.problems, *unaskable)
    return SyncInput(cards, problems, {str(problem.path) for problem in problems} | _unreachable_files(collection))


def differing_cards(collection: Collection, loaded: Loaded) -> list[str]:
    """Return the ids of cards that differ from the card files although no file has changed since the last sync."""
    if fingerprint(collection.settings.card_folders) != files(collection.deck):
        return []  # the next session syncs them
    sync_input = sync_input_of(collection, loaded)
    return differing(collection.deck, sync_input.cards, sync_input.unread)


def deck_cards(loaded: Iterable[Card]) -> tuple[list[DeckCard], list[CardFileProblem]]:
    """Return the cards that can be asked, in order, and a problem for each that cannot."""
    deck_list: list[DeckCard] = []
    problems: list[CardFileProblem] = []
    for position, card in enumerate(loaded):
        try:
            deck_list.append(_deck_card(card, position, links(card)))
        except CardError as error:
            problems.append(_card_problem(card, error))
    return deck_list, problems


def _unreachable_files(collection: Collection) -> set[str]:
    """Return the card files known to the deck that may be there unseen.

    They are in a folder that may not be read, or in that of the shared cards while it is missing.
    """
    folder = collection.settings.sync_folder
    topics = shared_cards(folder) if folder is not None else None
    absent = topics if topics is not None and not topics.is_dir() else None
    paths = {path for _, path in collection.owners().values()}
    folders = collection.settings.card_folders
    return {path for path in paths if (absent and Path(path).is_relative_to(absent)) or _is_hidden(Path(path), folders)}


def _is_hidden(path: Path, card_folders: Sequence[Path]) -> bool:
    """Return whether the folder of a card file, or one above it in the folders of topics, may not be read."""
    above = [parent for parent in path.parents if any(parent.is_relative_to(folder) for folder in card_folders)]
    try:
        path.parent.stat()
    except PermissionError:
        return bool(above)
    except (OSError, ValueError):  # it is gone, or the path is damaged
        return False
    return not all(permits(parent, os.R_OK | os.X_OK) for parent in above)


def unaskable(collection: Collection) -> Iterator[CardFileProblem]:
    """Yield a problem for each card of the deck that gives no question.

    Cards with an unreadable row or copy in the deck are excluded: they are reported as invalid
    values.
    """
    for state in readable_states(collection.deck):
        with suppress(CardError):
            card = card_in(state)
            try:
                make_question(card, 0)
            except CardError as error:
                yield _card_problem(card, error)


def _card_problem(card: Card, error: CardError) -> CardFileProblem:
    """Return a problem, at the card in its file, for what keeps it from being asked."""
    message = error.message.removeprefix(f"{card.source.path}:{card.source.line}: ")
    return CardFileProblem(Path(card.source.path), card.source.line, 1, message, error.hint)


def _deck_card(card: Card, position: int, links: int | None) -> DeckCard:
    return DeckCard(
        id=card.id,
        topic=card.topic,
        kind=card.kind,
        tags=card.tags,
        path=card.source.path,
        line=card.source.line,
        position=position,
        content=to_json(card),
        content_hash=content_hash(card),
        links=links,
    )
