"""The bundled deck, loaded once for all the tests that only read it."""

from __future__ import annotations

from functools import cache

from mnemosyne.deckfiles.loader import Loaded, load_folders
from mnemosyne.settings import bundled_cards


@cache
def bundled_deck() -> Loaded:
    """Return the bundled topics and cards as loaded."""
    return load_folders([bundled_cards()])
