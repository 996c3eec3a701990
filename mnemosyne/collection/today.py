"""Today for the home screen: what is waiting, what has been done, what comes next, and recent mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.cards.topic import title_in
from mnemosyne.collection.learning_unit import Unit, current_unit
from mnemosyne.collection.load import asked_of_topics, coming_load_of, waiting_of
from mnemosyne.collection.names import topic_titles
from mnemosyne.collection.notices import announcements
from mnemosyne.collection.practising import next_steps_of
from mnemosyne.progress.activity_year import YEAR
from mnemosyne.progress.arithmetic import misconception_histories
from mnemosyne.progress.days import span
from mnemosyne.progress.period import last_days, spans
from mnemosyne.review.backlog import Backlog, backlog_of
from mnemosyne.review.queue import WaitingCounts
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.counts import TopicCounts, streak, topic_counts
from mnemosyne.store.progress_figures import misconception_days, study_days

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection import Collection
    from mnemosyne.progress.statistics import Day, MisconceptionHistory
    from mnemosyne.review.next_steps import NextSteps
    from mnemosyne.review.outcome import Progress
    from mnemosyne.scheduling.skills.known_skill import KnownSkill

_FORECAST_DAYS = 14  # study days
LATELY_DAYS = 14  # study days
USUAL_DAYS = 28  # study days from which the usual load is computed


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of a study day for the home screen."""

    today: date  # the present study day
    waiting: WaitingCounts  # the cards that a session would ask now, within the daily limits
    topics: tuple[TopicCounts, ...]  # the cards that today asks in each topic, in the order of learning
    streak: int  # the current streak, in study days
    forecast: tuple[int, ...]  # due cards for each study day from today on, if every answer is graded 4
    coming_new: tuple[int, ...]  # new cards within the limits for the same days
    days: tuple[Day, ...]  # the days of the last year with a graded answer, oldest first


@dataclass(frozen=True, slots=True)
class LeftSession:
    """A session that was left, and that asks other cards than the day does."""

    practice: bool  # whether it is practice
    progress: Progress  # how far along it is


@dataclass(frozen=True, slots=True)
class Today:
    """A learner's day."""

    overview: Overview  # the counts
    cut_off: bool  # whether there is a session to resume
    mistakes: tuple[MisconceptionHistory, ...]  # recent mistakes, most frequent first
    backlog: Backlog | None  # the backlog, if more cards are due than usual
    titles: Mapping[str, str]  # the title of each topic of the overview, by its id
    topics: tuple[Topic, ...] = ()  # only on the first day, before anything has been graded
    unit: Unit | None = None  # the unit of the next new card, if its topic has several
    announcements: tuple[str, ...] = ()  # announcements of final rounds and of a backlog, as sentences
    skills: tuple[KnownSkill, ...] = ()  # the skills met so far, weakest first; loaded after the rest
    steps: NextSteps | None = None  # when nothing is left: why, and what else can be done
    skills_awaited: bool = False  # whether each card is scheduled by itself only until the skills are known
    left: LeftSession | None = None  # the session to resume, if it is not the day's own

    @property
    def first(self) -> bool:
        """Whether nothing has ever been graded."""
        return bool(self.topics)

    @property
    def done(self) -> int:
        """How many cards have been graded today."""
        return sum(day.done.reviews for day in self.overview.days if day.day == self.overview.today)


def today_of(collection: Collection) -> Today:
    """Return the current study day, after syncing changed card files."""
    collection.follow_scheduler()
    collection.sync_if_changed()
    overview = overview_of(collection)
    since = plus_days(overview.today, -USUAL_DAYS)
    usual = [day.done.reviews for day in overview.days if since <= day.day < overview.today and day.done.reviews]
    return Today(
        overview,
        cut_off=collection.repository.pending() is not None,
        mistakes=_mistakes(collection, overview),
        backlog=backlog_of(overview.waiting.due, usual),
        titles=_titles(collection, overview),
        topics=_described(collection, overview) if _newcomer(collection, overview) else (),
        unit=current_unit(collection),
        announcements=announcements(collection),
        steps=None if overview.waiting else next_steps_of(collection, SessionPlan()),
        skills_awaited=collection.skills_awaited,
    )


def overview_of(collection: Collection) -> Overview:
    """Return the overview of the current study day."""
    today = collection.clock.today()
    topics = topic_counts(collection.deck, today)
    of_topics = asked_of_topics(collection, topics)
    load = coming_load_of(collection, topics, of_topics, _FORECAST_DAYS)
    return Overview(
        today=today,
        waiting=waiting_of(collection, of_topics),
        topics=of_topics,
        streak=streak(collection.deck, today),
        forecast=load.due,
        coming_new=load.new,
        days=study_days(collection.deck, last_days(today, YEAR)),
    )


def _titles(collection: Collection, overview: Overview) -> dict[str, str]:
    titles = topic_titles(collection)
    return {topic.topic: title_in(titles, topic.topic) for topic in overview.topics}


def _mistakes(collection: Collection, overview: Overview) -> tuple[MisconceptionHistory, ...]:
    """Return the misconceptions of the last `LATELY_DAYS` study days, most frequent first."""
    lately = last_days(overview.today, LATELY_DAYS)
    parts = [span(overview.days, period) for period in spans(lately)]
    histories = misconception_histories(misconception_days(collection.deck, lately), parts)
    return tuple(sorted(histories, key=lambda history: (-history.times, -history.late.times, history.misconception)))


def _newcomer(collection: Collection, overview: Overview) -> bool:
    return not overview.days and collection.repository.last_review() is None


def _described(collection: Collection, overview: Overview) -> tuple[Topic, ...]:
    topic_ids = {topic.topic for topic in overview.topics}
    return tuple(topic for topic in collection.topics() if topic.id in topic_ids)
