"""Spreading a backlog: for some study days, each asks as many due cards as the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mnemosyne.collection.load import asked_of_topics, coming_load_of
from mnemosyne.review.final_round import share_of_day
from mnemosyne.scheduling.study_day import days_between, plus_days

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.schedule import CatchUp


def spread_backlog(collection: Collection, days: int) -> None:
    """Have what is due, and what comes due meanwhile, asked over so many study days, today included."""
    from mnemosyne.store.schedule import CatchUp, store_catch_up

    until = plus_days(collection.clock.today(), days - 1)
    store_catch_up(collection.deck, CatchUp(until, by_learner=True))
    collection.follow_scheduler()


def with_limit(collection: Collection, catch_up: CatchUp | None) -> CatchUp | None:
    """Return the same with the limit of today, by which the days ask alike; it counts what was done already."""
    today = collection.clock.today()
    if catch_up is None or today > catch_up.until:
        return catch_up
    from mnemosyne.store.counts import reviews_done, topics

    counts, days = topics(collection.deck, today), days_between(today, catch_up.until) + 1
    due = coming_load_of(collection, counts, asked_of_topics(collection, counts), days).due
    done = reviews_done(collection.deck, today)
    return replace(catch_up, limit=max(1, done + share_of_day(sum(due), done, len(due))))
