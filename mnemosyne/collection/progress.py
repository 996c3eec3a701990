"""A collection's progress: its period, its statistics, and how well each scheduler predicts its answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from mnemosyne.collection.load import asked_of_topics, coming_load_of
from mnemosyne.collection.log_evaluation import losses_from, short_losses, start_losses
from mnemosyne.collection.names import topic_title, unknown_name
from mnemosyne.errors import InputError
from mnemosyne.progress.arithmetic import statistics
from mnemosyne.progress.period import Period
from mnemosyne.store.counts import topic_counts
from mnemosyne.store.engine import reading
from mnemosyne.store.log import count_reviews
from mnemosyne.store.progress_figures import FiguresRequest, figures, first_day

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.scheduling.prediction import PredictionLosses

_FORECAST_DAYS: Final = 30
QUICKLY_PREDICTED: Final = 50_000  # reviews; their evaluation takes a second or two


def progress_of(
    collection: Collection, topic: str | None = None, since: date | None = None, until: date | None = None
) -> Statistics:
    """Return the statistics of a topic, or of all, over a period: by default from the first study day to today.

    Raise InputError for an unknown topic, and for a period that ends before it begins.
    """
    today = collection.clock.today()
    with reading(collection.deck) as connection:  # a single state of the deck, even while a session writes
        period = _period(first_day(connection), since, until or today)
        request = FiguresRequest(period, topic, collection.settings.leech_lapses)
        counted = figures(connection, request)
    if topic is not None and topic not in counted.topics:
        raise unknown_name("topic", topic, counted.topics)
    topics = topic_counts(collection.deck, today)
    load = coming_load_of(collection, topics, asked_of_topics(collection, topics), _FORECAST_DAYS, topic)
    counted_up = statistics(counted, today, period, topic, load.due, load.new)
    return replace(counted_up, topic_title=topic_title(collection, topic)) if topic is not None else counted_up


def progress_by_topic(collection: Collection, progress: Statistics) -> tuple[Statistics, ...]:
    """Return each topic's statistics over the same period, most reviews first; nothing for a single topic.

    Topics without reviews in the period are left out.
    """
    if progress.topic is not None or len(progress.topics) < 2:
        return ()
    period = progress.period
    of_topics = [progress_of(collection, topic, period.since, period.until) for topic in progress.topics]
    return tuple(sorted((of for of in of_topics if of.done.answers), key=lambda of: -of.done.reviews))


def quick_predictions_of(collection: Collection) -> PredictionLosses | None:
    """Return `predictions_of`, or None for a log so long that it would take too long."""
    return predictions_of(collection) if count_reviews(collection.deck) <= QUICKLY_PREDICTED else None


def predictions_of(collection: Collection) -> PredictionLosses:
    """Return how well each scheduler would have predicted the answers of the whole log; blocks until it is known."""
    short = short_losses(collection)
    if short is not None:
        return short
    with start_losses(collection) as evaluation:
        return losses_from(collection, evaluation.results())


def _period(first: date | None, since: date | None, until: date) -> Period:
    begin = since or min(first or until, until)
    if begin > until:
        raise InputError(f"the period ends before it begins: {begin} to {until}", "pass the earlier day to --since")
    return Period(begin, until)
