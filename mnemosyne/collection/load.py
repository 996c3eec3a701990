"""The load of today and the coming days, as far as known: the due and new cards that sessions will ask.

Also spreads a backlog over several study days, with about the same number of due cards on each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from mnemosyne.collection import browsing
from mnemosyne.review.final_round import final_rounds, share_of_day
from mnemosyne.review.forecast import coming_new, coming_reviews
from mnemosyne.review.ports import Scope
from mnemosyne.review.query import FieldEquals, Query, QueryField, Term
from mnemosyne.review.queue import WaitingCounts, day_of_topics, waiting
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.store.counts import TopicCounts, forecast, returning, reviews_done, topic_counts
from mnemosyne.store.schedule import CatchUp, store_catch_up

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def asked_of_topics(collection: Collection, topics: Iterable[TopicCounts]) -> tuple[TopicCounts, ...]:
    """Return how many cards today asks in each topic, given its limits, its final round, and the plan of skills.

    `topics` count due and new cards; the overall daily limits are left to the caller.
    """
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    counts_of_day = []
    for topic in topics:
        of_day = day_of_topics(repository, SessionPlan(Scope(topic.topic)), rules, today)
        due = topic.due + len(of_day.early) - len(of_day.due_later)
        counts_of_day.append(replace(topic, due=due, new=topic.new - len(of_day.new)))
    return tuple(counts_of_day)


def waiting_now(collection: Collection) -> WaitingCounts:
    """Return how many cards a session would ask now, within the daily limits."""
    return waiting_of(collection, asked_of_topics(collection, topic_counts(collection.deck, collection.clock.today())))


def waiting_of(collection: Collection, of_topics: Sequence[TopicCounts]) -> WaitingCounts:
    """Return the same, given the result of `asked_of_topics`."""
    due, new, drills = (sum(getattr(topic, name) for topic in of_topics) for name in ("due", "new", "drills"))
    counts = collection.repository.counts(collection.clock.today())
    return waiting(WaitingCounts(due, new, drills), counts, collection.rules)


def _coming_due_of(
    collection: Collection, topics_today: Iterable[TopicCounts], days: int, topic: str | None = None
) -> tuple[int, ...]:
    """Return how many seen cards each of `days` study days from today on asks, in one topic if given.

    `topics_today` is the result of `asked_of_topics`. Each card counts on the first day that asks
    it, since later days depend on the answer. Cards that a topic's limits or final round postpone
    count on tomorrow.
    """
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    scope = Scope(topic)
    of_day = day_of_topics(repository, SessionPlan(scope), rules, today)
    tomorrow = collection.skills_tomorrow
    by_skills = tomorrow.cards if tomorrow else frozenset[str]()
    early = frozenset(of_day.early)
    due = [*forecast(collection.deck, today, days, topic, by_skills | early)]
    if due:
        due[0] = sum(counts.due for counts in topics_today if topic in (None, counts.topic))
    if len(due) > 1:
        due[1] += len((of_day.due | of_day.for_round) - by_skills)
    if tomorrow and tomorrow.of_day:
        still_today = by_skills.intersection(repository.due(today, scope)).difference(of_day.due_later) | early
        for ahead, card_ids in enumerate(tomorrow.coming_cards(days - 1, still_today), 1):
            due[ahead] += len(card_ids if topic is None else _of_topic(collection, card_ids, topic))
    return tuple(due)


def _of_topic(collection: Collection, card_ids: Sequence[str], topic: str) -> list[str]:
    within = frozenset(browsing.find_cards(collection, Query((Term(FieldEquals(QueryField.TOPIC, topic)),))))
    return [card_id for card_id in card_ids if card_id in within]


@dataclass(frozen=True, slots=True)
class ComingLoad:
    """How many cards each study day from today on asks, if every answer is graded 4."""

    due: tuple[int, ...]  # seen before
    new: tuple[int, ...]  # the new cards within the limits, by day


def coming_load_of(
    collection: Collection,
    topics: Iterable[TopicCounts],
    of_topics: Iterable[TopicCounts],
    days: int,
    topic: str | None = None,
) -> ComingLoad:
    """Return the load of `days` study days from today on, in one topic if given.

    `topics` count due and new cards, and `of_topics` is the result of `asked_of_topics`. A card
    counts on each day on which it comes back if its answers are graded 4. A card scheduled by
    skills counts only on its first day: when it is needed again depends on other answers, too.
    """
    by_day_and_topic = _coming_new(collection, topics, days)
    due = [*_coming_due_of(collection, of_topics, days, topic)]
    for ahead, count in _returns(collection, by_day_and_topic, topic).items():
        due[ahead] += count
    new = (sum(of_day.values()) if topic is None else of_day.get(topic, 0) for of_day in by_day_and_topic)
    return ComingLoad(tuple(due), tuple(new))


def _coming_new(collection: Collection, topics: Iterable[TopicCounts], days: int) -> tuple[Mapping[str, int], ...]:
    """Return how many new cards of each topic each of `days` study days from today on asks."""
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    limited = (name for name, limits in rules.topics.items() if limits.new_per_day is not None)
    done_of_topics = {name: repository.counts(today, name).new for name in limited}
    unseen = {counts.topic: counts.new for counts in topics}
    return coming_new(unseen, rules, days, repository.counts(today).new, done_of_topics)


def _returns(collection: Collection, new: Sequence[Mapping[str, int]], topic: str | None) -> Counter[int]:
    """Return how many cards come back, by days ahead, after the first day on which they are asked."""
    scheduler, today, days = collection.rules.scheduler, collection.clock.today(), len(new)
    end, back = plus_days(today, days), Counter[int]()
    tomorrow = collection.skills_tomorrow
    asked = Counter[tuple[date, Memory]]()
    without = tomorrow.cards if tomorrow else frozenset[str]()
    for day, memory, cards in returning(collection.deck, today, days, topic, without):
        asked[day, memory] += cards
    for name in (name for name in (new[0] if new else ()) if topic in (None, name)):
        for ahead, count in enumerate(_new_by_day(collection, name, [of_day[name] for of_day in new])):
            asked[plus_days(today, ahead), Memory()] += count
    for (day, memory), cards in asked.items():
        for later in coming_reviews(scheduler, memory, day, end):
            back[days_between(today, later)] += cards
    return back


def _new_by_day(collection: Collection, topic: str, counts: Sequence[int]) -> list[int]:
    """Return how many of the `counts` new cards of a topic on each day are not scheduled by skills."""
    if collection.rules.skills is None:
        return [*counts]
    from mnemosyne.collection.skills import parametric

    today = collection.clock.today()
    card_ids = collection.repository.new(today, Scope(topic))[: sum(counts)]
    of_skills, in_order = parametric(collection.deck, frozenset(card_ids), today), iter(card_ids)
    return [sum(card_id not in of_skills for card_id in islice(in_order, count)) for count in counts]


def spread_backlog(collection: Collection, days: int) -> None:
    """Spread the cards due now, and those that come due meanwhile, over `days` study days, including today."""
    until = plus_days(collection.clock.today(), days - 1)
    store_catch_up(collection.deck, CatchUp(until, by_learner=True))
    collection.follow_scheduler()


def with_limit(collection: Collection, catch_up: CatchUp) -> CatchUp:
    """Return the catch-up with today's limit, which makes its days equal and includes what has been done.

    Cards of a final round are asked in addition.
    """
    today = collection.clock.today()
    if today > catch_up.until:
        return catch_up
    counts, days = topic_counts(collection.deck, today), days_between(today, catch_up.until) + 1
    due = coming_load_of(collection, counts, asked_of_topics(collection, counts), days).due
    rounds = final_rounds(collection.repository, Scope(), collection.rules, today)
    of_rounds, done_of_rounds = sum(len(of.today) for of in rounds), sum(of.done for of in rounds)
    done = reviews_done(collection.deck, today)
    share = share_of_day(sum(due) - of_rounds, max(0, done - done_of_rounds), len(due))
    return replace(catch_up, limit=max(1, done + of_rounds + share))
