"""The queues of a repository: what is due, new and to be drilled, in which order, and in which scope."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from sqlalchemy import Engine

from mnemosyne.review.ports import DayCounts, RoundCards, RoundTerms, Scope
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import FsrsScheduler, GradedAnswer, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

ALL = Scope()
CARDS = ("a", "b", "c", "d")


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    """Add four cards in the order of learning, two topics, two tags."""
    topics = {"a": "chain-rule", "b": "chain-rule", "c": "limits", "d": "limits"}
    tags = {"a": ("easy",), "b": ("easy", "hard"), "c": ("hard",), "d": ()}
    sync_cards(deck, [make_card(id_, n, topic=topics[id_], tags=tags[id_]) for n, id_ in enumerate(CARDS)], {})


def test_new_cards_come_in_the_order_of_learning(repository: SqlRepository, make_review: Callable, day: date):
    assert repository.new(day, ALL) == ["a", "b", "c", "d"]
    repository.record(make_review("b", 4))
    assert repository.new(day, ALL) == ["a", "c", "d"]
    assert repository.due(day, ALL) == []


def test_a_card_is_not_due_on_the_day_of_its_review(repository: SqlRepository, make_review: Callable, day: date):
    repository.record(make_review("b", 4, day))
    assert repository.due(day, ALL) == []
    assert repository.due(plus_days(day, 1), ALL) == ["b"]


def test_due_cards_come_most_overdue_first(repository: SqlRepository, make_review: Callable, day: date):
    for id_, back in (("a", 3), ("b", 9), ("c", 5), ("d", 1)):
        repository.record(make_review(id_, 4, plus_days(day, -back)))
    assert repository.due(day, ALL) == ["b", "c", "a", "d"]
    assert repository.due(plus_days(day, -1), ALL) == ["b", "c", "a"]


def test_cards_due_on_the_same_day_come_in_the_order_of_learning(
    repository: SqlRepository, make_review: Callable, day: date
):
    for id_ in ("d", "b", "a", "c"):
        repository.record(make_review(id_, 4, plus_days(day, -2)))
    assert repository.due(day, ALL) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(topic="chain-rule"), ["a", "b"]),
        (Scope(topic="limits"), ["c", "d"]),
        (Scope(tag="hard"), ["b", "c"]),
        (Scope(topic="limits", tag="hard"), ["c"]),
        (Scope(topic="limits", tag="easy"), []),
        (Scope(topic="nothing"), []),
        (Scope(tag="nothing"), []),
    ],
)
def test_a_scope_applies_to_every_queue(
    repository: SqlRepository, make_review: Callable, day: date, scope: Scope, ids: list[str]
):
    assert repository.new(day, scope) == ids
    for id_ in CARDS:
        repository.record(make_review(id_, 3))
    assert repository.due(plus_days(day, 1), scope) == ids
    assert repository.drills(day, scope) == ids


def test_drills_are_the_cards_whose_last_grade_is_below_four(
    repository: SqlRepository, make_review: Callable, day: date
):
    stored = {
        id_: repository.record(make_review(id_, quality)) for id_, quality in zip(CARDS, (3, 4, 2, 0), strict=True)
    }
    assert repository.drills(day, ALL) == ["a", "c", "d"]
    repository.record(make_review("a", 3, before=stored["a"].after, drill=True))
    assert repository.drills(day, ALL) == ["c", "d", "a"]
    passed = repository.record(make_review("c", 4, before=stored["c"].after, drill=True))
    assert repository.drills(day, ALL) == ["d", "a"]
    repository.undo(passed)
    assert repository.drills(day, ALL) == ["c", "d", "a"]
    assert repository.drills(plus_days(day, 1), ALL) == []


def test_a_day_counts_first_reviews_apart_and_no_drills(repository: SqlRepository, make_review: Callable, day: date):
    first = repository.record(make_review("a", 3, plus_days(day, -1)))
    repository.record(make_review("a", 3, day, before=first.after))
    second = repository.record(make_review("b", 2))
    repository.record(make_review("b", 5, before=second.after, drill=True))
    assert repository.counts(day) == DayCounts(reviews=1, new=1)
    assert repository.counts(plus_days(day, -1)) == DayCounts(reviews=0, new=1)


def test_where_not_all_can_be_asked_the_card_most_overdue_for_its_interval_is_the_most_urgent(
    repository: SqlRepository, make_review: Callable, day: date
):
    """Three days late after one day is more than five days late after six."""
    for id_, back in (("a", 12), ("b", 8), ("c", 9)):
        first = repository.record(make_review(id_, 4, plus_days(day, -back)))
        repository.record(make_review(id_, 4, plus_days(day, 1 - back), first.after))
    repository.record(make_review("d", 4, plus_days(day, -4)))
    assert repository.due(day, ALL) == ["a", "d", "c", "b"]
    assert repository.most_urgent(day, ALL) == ["d", "a", "c", "b"]
    assert repository.most_urgent(day, Scope(topic="chain-rule")) == ["a", "b"]


def test_what_was_done_on_a_day_is_counted_by_topic(repository: SqlRepository, make_review: Callable, day: date):
    repository.record(make_review("a", 4, plus_days(day, -1)))
    repository.record(make_review("a", 4, day, repository.memory("a")))
    for id_ in ("b", "c"):
        repository.record(make_review(id_, 4, day))
    counted = [repository.counts(day, topic) for topic in (None, "chain-rule", "limits", "none")]
    assert counted == [DayCounts(1, 2), DayCounts(1, 1), DayCounts(0, 1), DayCounts(0, 0)]


@pytest.mark.parametrize("scheduler", [Sm2Scheduler(), FsrsScheduler(FsrsParameters())], ids=["sm2", "fsrs"])
@pytest.mark.parametrize("seed", range(3))
def test_a_final_round_orders_and_selects_by_predicted_recall(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date,
    scheduler: Scheduler, seed: int,
):  # fmt: skip
    random, exam = Random(seed), plus_days(day, 12)
    ids = [f"c{number}" for number in range(40)]
    sync_cards(deck, [make_card(id_, n, tags=("odd",) if n % 2 else ()) for n, id_ in enumerate(ids)], {})
    repository.scheduler = scheduler
    for id_ in ids:
        when = plus_days(day, -100)
        for _ in range(random.randrange(5)):  # some stay new
            quality, before = random.randrange(1, 6), repository.memory(id_)
            after = scheduler.review(id_, before, GradedAnswer(quality, when, 4))
            repository.record(make_review(id_, quality, when, before, after=after))
            when = plus_days(when, random.randrange(1, 30))
    repository.suspend("c5", suspended=True)
    repository.bury("c6", day)
    terms = RoundTerms(plus_days(day, -3), exam, 0.93)
    for tag in (None, "odd"):
        memories = {
            id_: repository.memory(id_) for n, id_ in enumerate(ids) if id_ not in ("c5", "c6") and (n % 2 or not tag)
        }
        before = {id_: memory for id_, memory in memories.items() if memory.reviewed and memory.reviewed < terms.begin}
        recalls = {id_: recall_on(memory, exam, DEFAULT_WEIGHTS) or 0 for id_, memory in before.items()}
        expected = sorted(
            (id_ for id_ in before if recalls[id_] < 0.93), key=lambda id_: (recalls[id_], ids.index(id_))
        )
        assert repository.round_cards(day, terms, Scope("chain-rule", tag)) == RoundCards(tuple(expected), 0)
        assert expected
    round_id, fresh = expected[0], next(id_ for id_ in ids if repository.memory(id_).new and id_ not in ("c5", "c6"))
    for id_ in (round_id, fresh):
        before = repository.memory(id_)
        repository.record(
            make_review(id_, 4, day, before, after=scheduler.review(id_, before, GradedAnswer(4, day, 4)))
        )
    counted = repository.round_cards(day, terms, Scope("chain-rule"))
    assert (counted.done, round_id in counted.left) == (1, False)
    assert repository.round_cards(plus_days(day, 1), terms, Scope("chain-rule")).done == 0
