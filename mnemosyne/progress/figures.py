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
    reviews: int  # how many


@dataclass(frozen=True, slots=True)
class SlipDay:
    """A misconception on one study day: in how many answers, how many of them lapses, the time on them."""

    misconception: str  # the misconception's id
    day: date  # the study day
    times: int  # answers in which it was named
    lapses: int  # how many of these answers were lapses
    spent: timedelta  # the time on these answers


@dataclass(frozen=True, slots=True)
class CardGroup:
    """How many cards are in one state; new ones have no interval in days yet, ease in hundredths."""

    new: bool  # whether they were never reviewed
    suspended: bool  # whether they are left out of all sessions
    interval: int  # days
    ease: int  # hundredths
    cards: int  # how many cards are in this state


@dataclass(frozen=True, slots=True)
class Grouped:
    """The period's reviews by tag, by kind and by number of links."""

    tags: tuple[ReviewGroup, ...] = ()  # a card counts under each of its tags
    kinds: tuple[ReviewGroup, ...] = ()  # the groups, by the kind's name
    links: tuple[ReviewGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it, of one topic or of all. `days` are those of the whole log, oldest first; all else is of the period."""

    topics: tuple[str, ...]  # the ids of all topics
    days: tuple[Day, ...]
    chosen: tuple[Chosen, ...]  # proposed and chosen qualities
    slips: tuple[SlipDay, ...]  # a row for each misconception and day
    states: tuple[CardGroup, ...]  # the cards as they are now
    grouped: Grouped  # reviews by tag, kind and number of links
    leeches: tuple[Leech, ...]  # the worst first
