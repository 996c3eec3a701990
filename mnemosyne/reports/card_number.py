"""Card numbers: an integer for each card's id, for programs that know cards by numbers only.

The same id has the same number on every machine and in every export. Anki takes a card's number for the moment it was
made, in milliseconds since 1970, and gives another one to a card from the future: so each is a moment that is past. Two
of 10,000 cards have the same number with a probability of three in 100,000.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Final

_LATEST: Final = 1_700_000_000_000  # milliseconds since 1970: November 2023
_KEPT: Final = 10_000  # numbers remembered: a card comes back in the log soon after it was there


@lru_cache(maxsize=_KEPT)
def card_number(card_id: str) -> int:
    """Return the number of the card, from 1 to `_LATEST`."""
    return 1 + int.from_bytes(sha256(card_id.encode("utf-8", "surrogatepass")).digest()) % _LATEST
