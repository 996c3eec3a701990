"""A collection's progress: which period is meant, and its statistics. The database is imported when it is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from mnemosyne.collection.names import require_known
from mnemosyne.errors import InputError
from mnemosyne.progress.arithmetic import statistics
from mnemosyne.progress.period import Period
from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.scheduling.prediction import PredictionLosses

FORECAST_DAYS: Final = 30
QUICKLY_PREDICTED: Final = 50_000  # reviews: a second or two


def progress_of(
    collection: Collection, topic: str | None = None, since: date | None = None, until: date | None = None
) -> Statistics:
    """The statistics of a topic, or of all, in a period: from the first study day to today, where nothing else is said.

    InputError for a topic that no card has, and for a period that ends before it begins.
    """
    from mnemosyne.store.progress_figures import FiguresRequest, figures

    today = collection.clock.today()
    period = _period(collection, today, since, until)
    require_known(collection, Scope(topic=topic))
    wanted = FiguresRequest(today, period, topic, collection.settings.leech_lapses, FORECAST_DAYS)
    return statistics(figures(collection.deck, wanted), today, period, topic)


def quick_predictions_of(collection: Collection) -> PredictionLosses | None:
    """Return the same as `predictions_of`; None for a log so long that nobody would wait for it."""
    from mnemosyne.store.log import count_reviews

    return predictions_of(collection) if count_reviews(collection.deck) <= QUICKLY_PREDICTED else None


def predictions_of(collection: Collection) -> PredictionLosses:
    """Return how well each scheduler would have foretold the answers of the whole log."""
    from mnemosyne.scheduling.prediction import losses_of
    from mnemosyne.store.answers import logged_answers

    return losses_of(logged_answers(collection.deck))


def _period(collection: Collection, today: date, since: date | None, until: date | None) -> Period:
    from mnemosyne.store.progress_figures import first_day

    end = until or today
    begin = since or min(first_day(collection.deck) or end, end)
    if begin > end:
        raise InputError(f"the period from {begin} to {end} has no day", "give --since a day before --until")
    return Period(begin, end)
