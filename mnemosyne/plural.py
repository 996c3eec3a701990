"""Counts with their nouns, as every screen, line and message writes them. Standard library only."""

from __future__ import annotations


def counted(count: int, thing: str, things: str = "") -> str:
    """A count with its noun: `1 card`, `3 cards`, `1,200 reviews`."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
