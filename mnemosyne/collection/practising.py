"""Practising: which cards a practice is about, and what can be done where a session has nothing left to ask."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from mnemosyne.collection import browsing
from mnemosyne.review.next_steps import AHEAD_DAYS, MISTAKE_DAYS, NextSteps, Remaining, next_steps
from mnemosyne.review.query import (
    CardStatus,
    Compares,
    Has,
    Measure,
    Query,
    QueryField,
    Relation,
    SortColumn,
    Sorting,
    Term,
)
from mnemosyne.review.queue import day_of_topics, day_room
from mnemosyne.scheduling.study_day import days_between, plus_days

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.ports import Scope
    from mnemosyne.review.session_plan import Practice, SessionPlan

_SEEN = (Term(CardStatus.NEW, negated=True), Term(CardStatus.SUSPENDED, negated=True))


def looked_up(collection: Collection, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the ids of the cards to practise, unless it has them."""
    practice = plan.practice
    if practice is None or practice.ids is not None:
        return plan
    if practice.exam:
        from mnemosyne.collection.exam_session import composed

        return composed(collection, plan)
    ids = list(practice_ids(collection, practice, plan.scope))
    if collection.settings.shuffle and practice.mistakes is None:  # mistakes come the latest first
        Random(collection.clock.new_seed("practice")).shuffle(ids)
    return replace(plan, practice=replace(practice, ids=tuple(ids)))


def practice_ids(collection: Collection, practice: Practice, scope: Scope) -> tuple[str, ...]:
    """Return the ids of the cards to practise; of mistakes the latest first, else in the order of learning."""
    ids = browsing.find_cards(collection, (practice.query or Query(_SEEN)).narrowed(*_scope_terms(scope)))
    if practice.mistakes is not None:
        known = frozenset(ids)
        ids = tuple(card_id for card_id in _mistaken(collection, practice.mistakes) if card_id in known)
    if practice.ahead is not None:
        today = collection.clock.today()
        repository = collection.repository
        soon = frozenset((*repository.due(today, scope), *repository.ahead(today, practice.ahead, scope)))
        ids = tuple(card_id for card_id in ids if card_id in soon)
    return ids


def _mistaken(collection: Collection, days: int) -> tuple[str, ...]:
    from mnemosyne.store.card_search import mistaken_since

    return mistaken_since(collection.deck, plus_days(collection.clock.today(), 1 - days))


def _scope_terms(scope: Scope) -> tuple[Term, ...]:
    fields = ((QueryField.TOPIC, scope.topic), (QueryField.TAG, scope.tag))
    return tuple(Term(Has(field, value)) for field, value in fields if value is not None)


def next_steps_of(collection: Collection, plan: SessionPlan, *, time_is_up: bool = False) -> NextSteps:
    """Return why a session by the plan has nothing left to ask, and what can be done instead."""
    return next_steps(plan, remaining_of(collection, plan), time_is_up=time_is_up)


def _next_due(collection: Collection, plan: SessionPlan) -> int | None:
    """Return in how many days the next card that can be asked comes due, today aside; None if none does."""
    due_later = Term(Compares(Measure.DUE, Relation.ABOVE, 0))
    query = Query((due_later, Term(CardStatus.SUSPENDED, negated=True), *_scope_terms(plan.scope)))
    ids = browsing.find_cards(collection, query, Sorting(SortColumn.DUE))
    first = next((card_id for card_id in ids if plan.only is None or card_id in plan.only), None)
    if first is None:
        return None
    due = collection.repository.memory(first).due
    return None if due is None else days_between(collection.clock.today(), due)


def remaining_of(collection: Collection, plan: SessionPlan) -> Remaining:
    """Return what is left today of the plan's scope."""
    repository, today, scope = collection.repository, collection.clock.today(), plan.scope
    of_scope = _scope_terms(scope)

    def count(*terms: Term) -> int:
        ids = browsing.find_cards(collection, Query((*terms, *of_scope)))
        return len(ids if plan.only is None else plan.only.intersection(ids))

    def within(ids: list[str]) -> int:
        return len(ids if plan.only is None else plan.only.intersection(ids))

    seen_ids = browsing.find_cards(collection, Query((*_SEEN, *of_scope)))
    mistaken = frozenset(seen_ids).intersection(_mistaken(collection, MISTAKE_DAYS))
    due_room, new_room = day_room(repository.counts(today), collection.rules)
    of_topics = day_of_topics(repository, plan, collection.rules, today)
    unsuspended = Term(CardStatus.SUSPENDED, negated=True)
    return Remaining(
        cards=count(),
        due=within(repository.due(today, scope)),
        new=within(repository.new(today, scope)),
        buried=count(Term(CardStatus.BURIED), unsuspended),
        suspended=count(Term(CardStatus.SUSPENDED)),
        seen=len(seen_ids),
        mistaken=len(mistaken),
        coming=tuple(within(repository.ahead(today, days, scope)) for days in AHEAD_DAYS),
        next_due=_next_due(collection, plan),
        due_room=due_room,
        new_room=new_room,
        reviews_per_day=collection.rules.reviews_per_day,
        new_per_day=collection.rules.new_per_day,
        due_held=within([*of_topics.due]),
        new_held=within([*of_topics.new]),
        round_held=within([*of_topics.for_round]),
        skills_held=within([*of_topics.for_skills]),
        early=within([*of_topics.early]),
    )
