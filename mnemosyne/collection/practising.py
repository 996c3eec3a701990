"""Practice: which cards it asks, and what can be done when a session has nothing left to ask."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Final

from mnemosyne.collection import browsing
from mnemosyne.collection.exam_session import composed
from mnemosyne.errors import CardError
from mnemosyne.review.next_steps import AHEAD_DAYS, MISTAKE_DAYS, NextSteps, RemainingCards, next_steps
from mnemosyne.review.ports import Scope
from mnemosyne.review.query import (
    CardStatus,
    FieldEquals,
    Measure,
    MeasureCompares,
    Query,
    QueryField,
    Relation,
    SortColumn,
    Sorting,
    Term,
)
from mnemosyne.review.queue import dated_ahead, day_of_topics, day_room
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.store.card_search import mistaken_since

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.session_plan import Practice

_YEAR: Final = 365
_SEEN = (Term(CardStatus.NEW, negated=True), Term(CardStatus.SUSPENDED, negated=True))


def looked_up(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the ids of the cards to practise, if not yet looked up."""
    practice = plan.practice
    if practice is None or practice.ids is not None:
        return plan
    if practice.exam:
        return composed(collection, plan)
    ids = list(_practice_ids(collection, practice, plan.scope))
    if collection.settings.shuffle and practice.mistakes is None:  # the latest mistakes come first
        Random(collection.clock.new_seed("practice")).shuffle(ids)
    return replace(plan, practice=replace(practice, ids=tuple(ids)))


def _practice_ids(collection: Collection, practice: Practice, scope: Scope) -> tuple[str, ...]:
    """Return the ids of the cards to practise: mistakes latest first, others in the order of learning."""
    ids = browsing.find_cards(collection, (practice.query or Query(_SEEN)).narrowed(*_scope_terms(scope)))
    if practice.mistakes is not None:
        matching_ids = frozenset(ids)
        ids = tuple(card_id for card_id in _mistaken(collection, practice.mistakes) if card_id in matching_ids)
    if practice.ahead is not None:
        today = collection.clock.today()
        waits = day_of_topics(collection.repository, SessionPlan(scope), collection.rules, today).for_skills
        due = frozenset(collection.repository.due(today, scope)) - waits
        soon = due.union(*cards_ahead(collection, practice.ahead, scope))
        ids = tuple(card_id for card_id in ids if card_id in soon)
    return ids


def cards_ahead(collection: Collection, days: int, scope: Scope) -> tuple[list[str], list[str]]:
    """Return the ids of the cards to ask in the next `days`: those due by date, and those asked for skills.

    Cards reviewed today are excluded.
    """
    repository, today = collection.repository, collection.clock.today()
    dated = dated_ahead(repository, scope, collection.rules, today, days)
    left, by_skills = _not_reviewed(collection, scope), _skills_ahead(collection, days, scope)
    return dated, [card_id for of_day in by_skills for card_id in of_day if card_id in left]


def _skills_ahead(collection: Collection, days: int, scope: Scope) -> list[list[str]]:
    """Return the ids of the cards that skills ask on each of `days` days after today, given the answers so far."""
    tomorrow = collection.skills_tomorrow
    if tomorrow is None or not tomorrow.cards:
        return []
    rules = collection.rules
    still_today = _not_reviewed(collection, Scope()).intersection(rules.skills.asked_ids if rules.skills else ())
    within = frozenset(browsing.find_cards(collection, Query(_scope_terms(scope))))
    return [[name for name in of_day if name in within] for of_day in tomorrow.coming_cards(days, still_today)]


def _not_reviewed(collection: Collection, scope: Scope) -> frozenset[str]:
    """Return the ids of the seen cards not reviewed today."""
    repository, today = collection.repository, collection.clock.today()
    return frozenset((*repository.due(today, scope), *repository.ahead(today, MAXIMUM_INTERVAL, scope)))


def _mistaken(collection: Collection, days: int) -> tuple[str, ...]:
    return mistaken_since(collection.deck, plus_days(collection.clock.today(), 1 - days))


def _scope_terms(scope: Scope) -> tuple[Term, ...]:
    fields = ((QueryField.TOPIC, scope.topic), (QueryField.TAG, scope.tag))
    return tuple(Term(FieldEquals(field, value)) for field, value in fields if value is not None)


def next_steps_of(collection: Collection, plan: SessionPlan, *, time_is_up: bool = False) -> NextSteps:
    """Return why a session with the plan has nothing left to ask, and what can be done instead."""
    return next_steps(plan, remaining_of(collection, plan), time_is_up=time_is_up)


def _next_due(collection: Collection, plan: SessionPlan) -> int | None:
    """Return in how many days after today the next card comes due; None if none does.

    Cards asked for skills are searched within a year.
    """
    dated = _next_dated(collection, plan)
    by_skills = _skills_ahead(collection, min(_YEAR, dated or _YEAR), plan.scope)
    first_day = next((ahead for ahead, ids in enumerate(by_skills, 1) if _only(ids, plan)), None)
    return min((days for days in (first_day, dated) if days is not None), default=None)


def _next_dated(collection: Collection, plan: SessionPlan) -> int | None:
    """Return in how many days after today the first card comes due by date; None if none does."""
    due_later = Term(MeasureCompares(Measure.DUE, Relation.ABOVE, 0))
    query = Query((due_later, Term(CardStatus.SUSPENDED, negated=True), *_scope_terms(plan.scope)))
    ids = browsing.find_cards(collection, query, Sorting(SortColumn.DUE))
    tomorrow = collection.skills_tomorrow
    by_skills = tomorrow.cards if tomorrow else frozenset[str]()
    days = (_days_until_due(collection, card_id) for card_id in _only(ids, plan) if card_id not in by_skills)
    return next((ahead for ahead in days if ahead is not None), None)


def _days_until_due(collection: Collection, card_id: str) -> int | None:
    """Return in how many days a card is due; None for a card whose data cannot be read, which doctor reports."""
    with suppress(CardError):
        due = collection.repository.memory(card_id).due
        return None if due is None else days_between(collection.clock.today(), due)
    return None


def _only(ids: Iterable[str], plan: SessionPlan) -> list[str]:
    return [card_id for card_id in ids if plan.only is None or card_id in plan.only]


def remaining_of(collection: Collection, plan: SessionPlan) -> RemainingCards:
    """Return what is left today in the plan's scope."""
    repository, today, scope = collection.repository, collection.clock.today(), plan.scope
    of_scope = _scope_terms(scope)

    def count(*terms: Term) -> int:
        ids = browsing.find_cards(collection, Query((*terms, *of_scope)))
        return len(_only(ids, plan))

    def within(ids: Iterable[str]) -> int:
        return len(_only(ids, plan))

    seen_ids = browsing.find_cards(collection, Query((*_SEEN, *of_scope)))
    mistaken = frozenset(seen_ids).intersection(_mistaken(collection, MISTAKE_DAYS))
    due_room, new_room = day_room(repository.counts(today), collection.rules)
    of_topics = day_of_topics(repository, plan, collection.rules, today)
    unsuspended = Term(CardStatus.SUSPENDED, negated=True)
    return RemainingCards(
        cards=count(),
        due=within(repository.due(today, scope)),
        new=within(repository.new(today, scope)),
        buried=count(Term(CardStatus.BURIED), unsuspended),
        suspended=count(Term(CardStatus.SUSPENDED)),
        seen=len(seen_ids),
        mistaken=len(mistaken),
        coming=tuple(within(chain(*cards_ahead(collection, days, scope))) for days in AHEAD_DAYS),
        next_due=_next_due(collection, plan),
        due_room=due_room,
        new_room=new_room,
        reviews_per_day=collection.rules.reviews_per_day,
        new_per_day=collection.rules.new_per_day,
        due_held=within(of_topics.due),
        new_held=within(of_topics.new),
        round_held=within(of_topics.for_round),
        skills_held=within(of_topics.for_skills),
        early=within(of_topics.early),
    )
