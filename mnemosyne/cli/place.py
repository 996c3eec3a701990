"""Place: what the global options say about where data, settings and cards are, and the way from there to a Collection."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """The values of `--home` and `--cards`; None leaves it to the environment and the platform."""

    home: Path | None = None
    cards: Path | None = None

    def settings(self) -> Settings:
        """The settings as they are now."""
        from mnemosyne.settings import load_settings

        return load_settings(self.home, self.cards, os.environ)
