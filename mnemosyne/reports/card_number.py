"""Card numbers: an integer for each card's id, for programs that identify cards by numbers only.

An id has the same number on every machine and in every export. Anki takes a card's number for its
creation time, in milliseconds since 1970, and renumbers cards from the future, so every number is a
past moment. Among 10,000 cards the probability that two share a number is three in 100,000;
`CardNumbers` then renumbers one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Final

_LATEST: Final = 1_700_000_000_000  # milliseconds since 1970: November 2023
_KEPT: Final = 10_000  # numbers cached: a card tends to come back soon in the log


@lru_cache(maxsize=_KEPT)
def card_number(card_id: str) -> int:
    """Return the number of the card, from 1 to `_LATEST`."""
    return 1 + int.from_bytes(sha256(card_id.encode("utf-8", "surrogatepass")).digest()) % _LATEST


class CardNumbers:
    """The numbers of a deck's cards, all different.

    If ids share a number, the alphabetically first keeps it, and each of the others gets the next
    free one. Only the changed numbers are kept in memory.
    """

    def __init__(
        self, card_ids: Iterable[str], number: Callable[[str], int] = card_number, latest: int = _LATEST
    ) -> None:
        """Take the ids of all cards; `number` returns a number from 1 to `latest` for an id."""
        self._number = number
        self._moved: dict[str, int] = {}
        used_numbers: set[int] = set()
        later: list[str] = []
        for card_id in sorted(card_ids):
            if number(card_id) in used_numbers:
                later.append(card_id)
            used_numbers.add(number(card_id))
        for card_id in later:
            free = number(card_id)
            while free in used_numbers:
                free = free % latest + 1
            used_numbers.add(free)
            self._moved[card_id] = free

    def __getitem__(self, card_id: str) -> int:
        """Return the number of a card of the deck."""
        return self._moved.get(card_id) or self._number(card_id)
