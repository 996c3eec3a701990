"""Where data, settings and cards are according to the global options, and how to open a Collection there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.errors import DamagedError

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.settings import Settings


@dataclass(frozen=True, slots=True)
class Locations:
    """The values of `--home` and `--cards`; with None, the environment and the platform decide."""

    home: Path | None = None
    cards: Path | None = None

    def settings(self) -> Settings:
        """Return the current settings."""
        from mnemosyne.settings import load_settings

        return load_settings(self.home, self.cards, os.environ)

    def default_settings(self) -> Settings:
        """Return the settings as they would be without a settings file."""
        from mnemosyne.settings import default_settings

        return default_settings(self.home, self.cards, os.environ)

    def open_collection(self) -> Collection:
        """Return the learner's collection, which the caller must close."""
        from mnemosyne.collection import Collection

        return Collection(self.settings())

    @contextmanager
    def collection(self) -> Iterator[Collection]:
        """Open the learner's collection and close it at the end; errors for a damaged deck say how to repair it."""
        with self.open_collection() as collection:
            try:
                yield collection
            except DamagedError as error:
                from mnemosyne.collection.safety import with_offer

                raise with_offer(collection, error) from error
