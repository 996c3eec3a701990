"""The figures that the store counts in the log and among the cards, from which the statistics are computed.

Each row sums over many answers or cards, so that there are few rows however long the log is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mnemosyne.progress.statistics import Day, Leech, ReviewGroup


@dataclass(frozen=True, slots=True)
class QualityCount:
    """How many reviews of the period were proposed one quality (None: none) and given another."""

    proposed: int | None
    quality: int
    reviews: int  # how many


@dataclass(frozen=True, slots=True)
class MisconceptionDay:
    """A misconception on one study day: the answers with it, how many of them were lapses, and their total time."""

    misconception: str  # the misconception's id
    day: date  # the study day
    times: int  # answers in which it was named
    lapses: int  # how many of these answers were lapses
    spent: timedelta  # the time on these answers


@dataclass(frozen=True, slots=True)
class CardGroup:
    """How many cards share a state; new ones have no interval (in days) or ease (in hundredths)."""

    new: bool  # whether they were never reviewed
    suspended: bool  # whether they are suspended
    interval: int  # days
    ease: int  # hundredths
    cards: int  # how many cards have this state


@dataclass(frozen=True, slots=True)
class Grouped:
    """The period's reviews grouped by tag, by kind and by number of links."""

    tags: tuple[ReviewGroup, ...] = ()  # a card counts for each of its tags
    kinds: tuple[ReviewGroup, ...] = ()  # the groups, by the name of the kind
    links: tuple[ReviewGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures, for one topic or for all.

    `days` covers the whole log, oldest first; everything else is for the period.
    """

    topics: tuple[str, ...]  # the ids of all topics
    days: tuple[Day, ...]
    chosen: tuple[QualityCount, ...]  # proposed and chosen qualities
    misconceptions: tuple[MisconceptionDay, ...]  # a row for each misconception and day
    states: tuple[CardGroup, ...]  # the cards by their present state
    grouped: Grouped  # reviews by tag, kind and number of links
    leeches: tuple[Leech, ...]  # worst first
