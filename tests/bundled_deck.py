"""The bundled deck, read once for all the tests of a process: its files do not change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.collection import sync_input
from mnemosyne.deckfiles import deck_file
from mnemosyne.deckfiles.loader import Loaded, load_folders
from mnemosyne.deckfiles.text_file import read_text
from mnemosyne.deckfiles.yaml_values import Document
from mnemosyne.settings import bundled_cards


@cache
def bundled_deck() -> Loaded:
    """Return the bundled topics and cards as loaded."""
    return load_folders([bundled_cards()])


@contextmanager
def bundled_cards_built_once() -> Iterator[None]:
    """Parse each bundled file, build its cards, and count their links only once; return the same objects from then on.

    They depend on the file alone. Every command on an empty home would do this again, which takes ten times as
    long as all the rest of the command.
    """
    folder = bundled_cards()
    built: dict[tuple[object, ...], Card] = {}
    links_of: dict[int, int | None] = {}  # by the identity of a card, which `built` keeps alive
    documents: dict[str, Document] = {}
    texts = {read_text(path) for path in folder.rglob("*.yaml")}
    build, links, parse = deck_file._card, sync_input.links, deck_file.parse

    def document(text: str) -> Document:
        if text not in texts:
            return parse(text)
        if text not in documents:
            documents[text] = parse(text)
        return documents[text]

    def card(file: deck_file.CardFile, value: Any, base: Any, topic: str, defaults: Any) -> Card | None:
        key = (file.path, base, topic)
        if key in built:
            return built[key]
        new_card = build(file, value, base, topic, defaults)
        if new_card is not None and not file.problems and file.path.is_relative_to(folder):
            built[key] = new_card
            links_of[id(new_card)] = links(new_card)
        return new_card

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deck_file, "parse", document)
        patch.setattr(deck_file, "_card", card)
        patch.setattr(sync_input, "links", lambda card: links_of[id(card)] if id(card) in links_of else links(card))
        yield
