"""What the header of a deck's file says: that it is ours, and in which version of the schema it is written."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x4D4E454D  # "MNEM": this SQLite database is a deck
SCHEMA_VERSION: Final = 11  # the newest version that `migrations` can make, and the one that `tables` describes
OUR_TRIGGERS: Final = frozenset({"tally_logged", "tally_changing", "tally_changed", "tally_left", "tally_joined"})
