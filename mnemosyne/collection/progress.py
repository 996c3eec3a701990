"""A collection's progress: which period is meant, and its statistics. The database is imported when it is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from mnemosyne.errors import InputError
from mnemosyne.progress.arithmetic import statistics
from mnemosyne.progress.days import span
from mnemosyne.progress.period import Period, last_days
from mnemosyne.progress.slips import slips
from mnemosyne.scheduling.study_day import plus_days

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.progress.statistics import Slip, Statistics

FORECAST_DAYS: Final = 30
LATELY: Final = 14  # study days


def progress_of(
    collection: Collection, topic: str | None = None, since: date | None = None, until: date | None = None
) -> Statistics:
    """The statistics of a topic, or of all, in a period: from the first study day to today, where nothing else is said.

    InputError for a topic that no card has, and for a period that ends before it begins.
    """
    from mnemosyne.store.progress import Wanted, figures

    today = collection.clock.today()
    period = _period(collection, today, since, until)
    wanted = Wanted(today, period, topic, collection.settings.leech_lapses, FORECAST_DAYS)
    found = figures(collection.deck, wanted)
    if topic is not None and topic not in found.topics:
        raise InputError(f"no card has the topic {topic}", f"there are: {', '.join(found.topics)}")
    return statistics(found, today, period, topic)


def went_wrong_lately(collection: Collection) -> tuple[Slip, ...]:
    """The misconceptions of the last fourteen study days, the most frequent first, compared with the fourteen before.

    `counts` has two: how often each was named in the days before, and in the last ones.
    """
    from mnemosyne.store.progress import days_and_slips

    both = last_days(collection.clock.today(), 2 * LATELY)
    last = last_days(both.until, LATELY)
    days, named = days_and_slips(collection.deck, both)
    parts = [span(days, Period(both.since, plus_days(last.since, -1))), span(days, last)]
    found = [slip for slip in slips(named, parts) if slip.counts[-1]]
    return tuple(sorted(found, key=lambda slip: -slip.counts[-1]))


def _period(collection: Collection, today: date, since: date | None, until: date | None) -> Period:
    from mnemosyne.store.progress import first_day

    end = until or today
    begin = since or min(first_day(collection.deck) or end, end)
    if begin > end:
        raise InputError(f"the period from {begin} to {end} has no day", "give --since a day before --until")
    return Period(begin, end)
