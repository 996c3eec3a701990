"""Figures: what the store counts in the log and among the cards, before anything is made of it.

Each row is a sum over many answers or cards, so that there are few of them however long the log is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mnemosyne.progress.statistics import Day, Leech, ReviewGroup


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many reviews of the period were proposed one quality (None: none) and given another."""

    proposed: int | None
    quality: int
    reviews: int


@dataclass(frozen=True, slots=True)
class SlipDay:
    """A misconception on one study day: in how many answers, how many of them lapses, the time on them."""

    misconception: str
    day: date
    times: int
    lapses: int
    spent: timedelta


@dataclass(frozen=True, slots=True)
class CardGroup:
    """How many cards are in one state; new ones have no interval in days yet, ease in hundredths."""

    new: bool
    suspended: bool
    interval: int
    ease: int
    cards: int


@dataclass(frozen=True, slots=True)
class Grouped:
    """The period's reviews by tag, by kind and by number of links."""

    tags: tuple[ReviewGroup, ...] = ()
    kinds: tuple[ReviewGroup, ...] = ()
    links: tuple[ReviewGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it, of one topic or of all. `days` are those of the whole log, oldest first; all else is of the period."""

    topics: tuple[str, ...]
    days: tuple[Day, ...]
    chosen: tuple[Chosen, ...]
    slips: tuple[SlipDay, ...]
    states: tuple[CardGroup, ...]
    grouped: Grouped
    forecast: tuple[int, ...]
    leeches: tuple[Leech, ...]
