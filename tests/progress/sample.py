"""Statistics made by hand, small enough to read, with something in every field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mnemosyne.progress.arithmetic import statistics
from mnemosyne.progress.figures import CardGroup, Figures, Grouped, MisconceptionDay, QualityCount
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Leech, Rate, ReviewGroup, Statistics

TODAY = date(2026, 3, 10)
PERIOD = Period(date(2026, 3, 4), TODAY)


def _day(number: int, reviews: int, passed: int) -> Day:
    activity = Activity(reviews, 1, passed, 2, timedelta(minutes=reviews))
    return Day(date(2026, 3, number), activity, Rate(passed // 2, reviews // 2), Rate(1, 1))


FIGURES = Figures(
    topics=("chains", "limits"),
    days=(_day(1, 4, 3), _day(4, 10, 8), _day(5, 6, 6), _day(9, 8, 6), _day(10, 4, 4)),
    chosen=(
        QualityCount(5, 5, 12),
        QualityCount(4, 4, 9),
        QualityCount(4, 3, 3),
        QualityCount(1, 1, 3),
        QualityCount(None, 5, 1),
    ),
    misconceptions=(
        MisconceptionDay("sign-flipped", date(2026, 3, 4), 4, 2, timedelta(minutes=3)),
        MisconceptionDay("sign-flipped", date(2026, 3, 9), 1, 0, timedelta(seconds=30)),
        MisconceptionDay("missing-inner-derivative", date(2026, 3, 5), 1, 1, timedelta(seconds=50)),
    ),
    states=(CardGroup(True, False, 0, 250, 5), CardGroup(False, False, 6, 236, 4), CardGroup(False, True, 30, 260, 1)),
    grouped=Grouped(
        tags=(
            ReviewGroup("first", 4, 20, 18, timedelta(minutes=15)),
            ReviewGroup("[b]odd[/b]", 1, 8, 6, timedelta(minutes=13)),
        ),
        kinds=(ReviewGroup("derivative", 5, 28, 24, timedelta(minutes=28)),),
        links=(ReviewGroup("2", 4, 20, 18, timedelta(minutes=15)), ReviewGroup("3", 1, 8, 6, timedelta(minutes=13))),
    ),
    leeches=(Leech("stubborn-one", "chains", "derivative", 9, 1, False),),
)

FORECAST = (3, 0, 2, *[0] * 27)
COMING_NEW = (2, 3, *[0] * 28)


def sample(topic: str | None = None, period: Period = PERIOD) -> Statistics:
    """Return the statistics of a week."""
    of_topic = statistics(FIGURES, TODAY, period, topic, FORECAST, COMING_NEW)
    return replace(of_topic, topic_title=topic.title() if topic else "")


def empty_statistics() -> Statistics:
    """Return the statistics of someone who has not started."""
    empty = Figures((), (), (), (), (), Grouped(), ())
    return statistics(empty, TODAY, Period(TODAY, TODAY), forecast=(0,) * 30)
