"""Card numbers: an integer for each card's id, for programs that know cards by numbers only.

The same id has the same number on every machine and in every export. 53 bits, so that no program that keeps numbers as
floats rounds one; two of 100,000 cards have the same number with a probability below one in a million.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Final

_BITS: Final = 53
_KEPT: Final = 10_000  # numbers remembered: a card comes back in the log soon after it was there


@lru_cache(maxsize=_KEPT)
def card_number(card_id: str) -> int:
    """The number of the card, from 0 up to 2**53."""
    return int.from_bytes(sha256(card_id.encode("utf-8", "surrogatepass")).digest()[:8]) >> (64 - _BITS)
