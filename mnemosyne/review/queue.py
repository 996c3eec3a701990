"""The queue: which cards a session asks, and in which order.

Pure except for the repository passed in. Invariant: the order depends only on the study day, the
cards and the day's grades, so that a resumed session continues in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from mnemosyne.review.final_round import FinalRound, final_rounds
from mnemosyne.review.ports import DayCounts, Repository, Scope
from mnemosyne.review.record import Review
from mnemosyne.review.rules import Order, Rules
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """How many cards an unrestricted session would ask: due and new ones within the daily limits, and drills."""

    due: int  # cards seen before
    new: int  # cards never reviewed
    drills: int  # cards asked again on the same day

    def __bool__(self) -> bool:
        return bool(self.due or self.new or self.drills)


@dataclass(frozen=True, slots=True)
class TopicsDay:
    """How topics and skills change a study day: ids of cards that wait, and of cards that come early."""

    due: frozenset[str]  # due cards that wait because their topic's limit is reached
    new: frozenset[str]  # new cards that wait because their topic's limit is reached
    for_round: frozenset[str]  # due cards that wait for their turn in a final round
    early: tuple[str, ...]  # cards asked before they are due, in a final round or for their skills
    exams: Mapping[str, date]  # the days of exams, by the ids of the cards whose turn it is
    for_skills: frozenset[str] = frozenset()  # due cards that wait because their skills are remembered

    @property
    def due_later(self) -> frozenset[str]:
        """The ids of all due cards that wait."""
        return self.due | self.for_round | self.for_skills


@dataclass(frozen=True, slots=True)
class PlannedQueue:
    """What a session asks, except drills."""

    ids: tuple[str, ...] = ()  # the ids of the cards, in order
    exams: Mapping[str, date] = field(default_factory=dict)  # days of exams, by card id
    for_skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the skills due, by card id
    ahead_for_skills: frozenset[str] = frozenset()  # ids of cards studied ahead for their skills
    limited: bool = False  # whether only the most urgent cards are asked, for lack of room

    def comes_early(self, card_id: str, memory: Memory) -> bool:
        """Return whether a card is asked although it is not due, for its final round or its skills.

        A due date set by the learner overrides the skills.
        """
        by_skills = card_id in self.for_skills or card_id in self.ahead_for_skills
        return card_id in self.exams or (by_skills and not memory.due_by_hand)


def waiting(all_of: WaitingCounts, counts: DayCounts, rules: Rules) -> WaitingCounts:
    """Return what is waiting within the daily limits; `counts` is what has been done that day."""
    due, new = day_room(counts, rules)
    return WaitingCounts(min(all_of.due, due), min(all_of.new, new), all_of.drills)


def day_room(counts: DayCounts, rules: Rules) -> tuple[int, int]:
    """Return how many due and how many new cards the day still has room for."""
    return max(0, rules.reviews_per_day - counts.reviews), max(0, rules.new_per_day - counts.new)


def planned_queue(
    repository: Repository, plan: SessionPlan, rules: Rules, day: date, resumed: str | None = None
) -> PlannedQueue:
    """Return what to ask on `day`; `resumed`, the card of the pending question, comes first."""
    if plan.practice is not None:
        return PlannedQueue((plan.practice.ids or ())[: plan.limit])
    due, new = (
        _with_first(_only(ids, plan), resumed)
        for ids in (repository.due(day, plan.scope), repository.new(day, plan.scope))
    )
    new = sorted(new, key=lambda card_id: (card_id != resumed, card_id not in plan.new_first))
    counts = repository.counts(day)
    topics = day_of_topics(repository, plan, rules, day)
    limited = len(due) - len(topics.due_later) + len(topics.early) > day_room(counts, rules)[0]
    if limited:
        due = _with_first(_only(repository.most_urgent(day, plan.scope), plan), resumed)
    waits = ((due, topics.due_later), (new, topics.new))
    due, new = ([card_id for card_id in ids if card_id not in later] for ids, later in waits)
    due += _only(topics.early, plan)
    if plan.new is not None:
        rules = replace(rules, new_per_day=counts.new + plan.new)
    ids = arrange(due, new, counts, rules, day)
    if plan.ahead:
        ahead = _only([*dated_ahead(repository, plan.scope, rules, day, plan.ahead), *plan.ahead_for_skills], plan)
        ids += [card_id for card_id in ahead if card_id not in topics.early]
    ids = (_with_first(ids, resumed) if resumed in ids else ids)[: plan.limit]
    by_skills = rules.skills.met_by if rules.skills else {}
    return PlannedQueue(tuple(ids), topics.exams, by_skills, frozenset(plan.ahead_for_skills), limited)


def day_of_topics(repository: Repository, plan: SessionPlan, rules: Rules, day: date) -> TopicsDay:
    """Return how topics' limits and exams, and skills, change `day` in the plan's scope.

    If the learner asks for new cards (`plan.new`), none of them wait.
    """
    rounds = {final_round.topic: final_round for final_round in final_rounds(repository, plan.scope, rules, day)}
    exams = {card_id: final_round.exam for final_round in rounds.values() for card_id in final_round.today}
    waits, of_skills = skills_turn(repository, plan.scope, rules, day)
    due, new, for_round, early, handled = set[str](), set[str](), set[str](), list[str](), set[str]()
    for topic, limits in rules.topics.items():
        if plan.scope.topic not in (None, topic):
            continue
        scope, counts = replace(plan.scope, topic=topic), repository.counts(day, topic)
        if topic in rounds or limits.reviews_per_day is not None:
            urgent = [card_id for card_id in repository.most_urgent(day, scope) if card_id not in waits]
            is_due, for_skills = frozenset(urgent), skills_turn(repository, scope, rules, day)[1]
            of_day = _in_round([*urgent, *for_skills], rounds.get(topic))
            room = len(of_day) if limits.reviews_per_day is None else max(0, limits.reviews_per_day - counts.reviews)
            for_round |= is_due.difference(of_day)
            due |= is_due.intersection(of_day[room:])
            early += [card_id for card_id in of_day[:room] if card_id not in is_due]
            handled.update(for_skills)
        if limits.new_per_day is not None and plan.new is None:
            new.update(repository.new(day, scope)[max(0, limits.new_per_day - counts.new) :])
    early += [card_id for card_id in of_skills if card_id not in handled]
    return TopicsDay(frozenset(due), frozenset(new), frozenset(for_round), tuple(early), exams, waits)


def skills_turn(
    repository: Repository, scope: Scope, rules: Rules, day: date
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the due cards in the scope that skills postpone, and the cards that they ask early.

    Cards left in a final round are not affected.
    """
    if rules.skills is None:
        return frozenset(), ()
    in_round = {card_id for final_round in final_rounds(repository, scope, rules, day) for card_id in final_round.left}
    waits = rules.skills.cards.intersection(repository.due(day, scope)).difference(rules.skills.asked_ids, in_round)
    later = frozenset(repository.ahead(day, MAXIMUM_INTERVAL, scope)).difference(in_round)
    return waits, tuple(card_id for card_id in rules.skills.asked_ids if card_id in later)


def dated_ahead(repository: Repository, scope: Scope, rules: Rules, day: date, days: int) -> list[str]:
    """Return the ids of cards due within `days` after `day`, except those that skills schedule."""
    by_skills = rules.skills.cards if rules.skills else frozenset()
    return [card_id for card_id in repository.ahead(day, days, scope) if card_id not in by_skills]


def _in_round(urgent: Sequence[str], final_round: FinalRound | None) -> list[str]:
    """Return what a topic asks: its due cards except those waiting in the round, and those whose turn it is.

    Due cards that the round has already asked come first.
    """
    if final_round is None:
        return list(urgent)
    of_round = frozenset(final_round.left)
    return [*(card_id for card_id in urgent if card_id not in of_round), *final_round.today]


def _only(ids: Sequence[str], plan: SessionPlan) -> list[str]:
    return [card_id for card_id in ids if plan.only is None or card_id in plan.only]


def arrange(due: Sequence[str], new: Sequence[str], counts: DayCounts, rules: Rules, day: date) -> list[str]:
    """Return the due and new cards within the daily limits; `counts` is what has been done today.

    Only due cards are shuffled: new ones keep the order in which the deck teaches.
    """
    most_due, most_new = day_room(counts, rules)
    due, new = due[:most_due], new[:most_new]
    if rules.shuffle:
        due = sorted(due, key=lambda card_id: _draw(day, card_id))
    return _spread(due, new, counts) if rules.order is Order.MIXED else [*due, *new]


def drill_queue(repository: Repository, plan: SessionPlan, days: Set[date], graded: Sequence[Review] = ()) -> list[str]:
    """Return the ids of cards to repeat until graded 4 or better, in a session over the study `days`.

    If the session crosses the end of a study day, both days' cards count; one graded in this
    session counts only on the day of its last grade.
    """
    if plan.practice is not None:
        return []
    if len(days) == 1:
        return _only([card_id for day in days for card_id in repository.drills(day, plan.scope)], plan)
    last = {review.card_id: review.study_day for review in graded}
    card_ids: dict[str, None] = {}
    for day in sorted(days):
        card_ids |= dict.fromkeys(
            card_id for card_id in repository.drills(day, plan.scope) if last.get(card_id, day) == day
        )
    return _only(list(card_ids), plan)


def _with_first(ids: Sequence[str], first: str | None) -> list[str]:
    """Return the ids with `first` moved to the front, if it is among them."""
    if first is None:
        return list(ids)
    return sorted(ids, key=lambda card_id: card_id != first)


def _draw(day: date, card_id: str) -> bytes:
    return sha256(f"{day.isoformat()} {card_id}".encode()).digest()


def _spread(due: Sequence[str], new: Sequence[str], counts: DayCounts) -> list[str]:
    """Spread new cards evenly among the due ones, by each card's place in the day, what is done included."""
    places = [
        ((2 * (before + index) + 1) / (2 * (before + len(ids))), kind, index, card_id)
        for kind, (ids, before) in enumerate([(due, counts.reviews), (new, counts.new)])
        for index, card_id in enumerate(ids)
    ]
    return [card_id for *_, card_id in sorted(places)]
