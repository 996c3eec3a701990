"""Card files into the deck: ids carry history, wording does not, and the report says once what happened to each id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from mnemosyne.cards.card import Source
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Pending
from mnemosyne.store.engine import reading
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import SyncReport, _longest_increasing, files, sync_cards

FILES = {"cards/one.yaml": (1_710_072_000_123_456_789, 2048), "cards/two.yaml": (1, 0)}


@pytest.fixture
def write(make_card: Callable) -> Callable:
    """Return a function that makes cards with these ids, one after another in one file."""
    return lambda ids, **changes: [make_card(id_, n, **changes) for n, id_ in enumerate(ids)]


def tags(deck: Engine) -> set[tuple[str, str]]:
    with reading(deck) as connection:
        return {(row.card_id, row.tag) for row in connection.exec_driver_sql("SELECT card_id, tag FROM card_tag")}


def test_the_first_sync_adds_all(deck: Engine, repository: SqlRepository, write: Callable, day: date):
    report = sync_cards(deck, write("abc", tags=("x", "y", "x")), FILES)
    assert report == SyncReport(added=("a", "b", "c"))
    assert repository.new(day, Scope(tag="y")) == ["a", "b", "c"]
    assert tags(deck) == {(id_, tag) for id_ in "abc" for tag in "xy"}


def test_a_sync_of_the_same_files_changes_nothing(deck: Engine, write: Callable):
    sync_cards(deck, write("abc"), FILES)
    with reading(deck) as connection:
        before = connection.exec_driver_sql("SELECT * FROM card").all()
    assert sync_cards(deck, write("abc"), FILES) == SyncReport(unchanged=("a", "b", "c"))
    with reading(deck) as connection:
        assert connection.exec_driver_sql("SELECT * FROM card").all() == before


def test_an_edit_keeps_the_history(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
):
    sync_cards(deck, [make_card("a", ask="first", tags=("old", "both"))], {})
    review = repository.record(make_review("a", 3))
    repository.flag("a", flagged=True)
    report = sync_cards(deck, [make_card("a", ask="second", tags=("both", "new"))], {})
    assert report == SyncReport(changed=("a",))
    assert repository.card("a").content == Recall("second", "the answer")
    assert repository.memory("a") == review.after
    assert repository.flagged("a")
    assert repository.last_review() == review
    assert tags(deck) == {("a", "both"), ("a", "new")}
    assert repository.drills(day, Scope(tag="old")) == []


def test_another_kind_counts_as_a_change(deck: Engine, make_card: Callable):
    sync_cards(deck, [make_card("a")], {})
    assert sync_cards(deck, [make_card("a", kind="cloze")], {}) == SyncReport(changed=("a",))


@pytest.mark.parametrize("place", [{"path": "cards/two.yaml"}, {"topic": "limits"}])
def test_a_card_in_another_file_or_topic_has_moved(
    deck: Engine, repository: SqlRepository, make_card: Callable, day: date, place: dict
):
    sync_cards(deck, [make_card("a"), make_card("b", 1)], {})
    assert sync_cards(deck, [make_card("a"), make_card("b", 1, **place)], {}) == SyncReport(
        unchanged=("a",), moved=("b",)
    )
    assert repository.card("b").source == Source(place.get("path", "cards/one.yaml"), 4)
    assert repository.new(day, Scope(topic="limits")) == (["b"] if "topic" in place else [])


def test_lines_that_shift_are_no_move_but_are_stored(
    deck: Engine, repository: SqlRepository, write: Callable, day: date
):
    sync_cards(deck, write("abc"), {})
    assert sync_cards(deck, write("zabc"), {}) == SyncReport(added=("z",), unchanged=("a", "b", "c"))
    assert repository.card("c").source.line == 10
    assert repository.new(day, Scope()) == ["z", "a", "b", "c"]


def test_a_card_that_swapped_places_with_others_has_moved(
    deck: Engine, repository: SqlRepository, write: Callable, day: date
):
    sync_cards(deck, write("abcd"), {})
    assert sync_cards(deck, write("dabc"), {}) == SyncReport(moved=("d",), unchanged=("a", "b", "c"))
    assert repository.new(day, Scope()) == ["d", "a", "b", "c"]


def test_a_card_that_is_gone_is_reported_once_and_kept(
    deck: Engine, repository: SqlRepository, write: Callable, make_review: Callable, day: date
):
    sync_cards(deck, write("abc"), {})
    review = repository.record(make_review("b", 3))
    repository.set_pending(Pending("b", 1, False))
    assert sync_cards(deck, write("ac"), {}) == SyncReport(missing=("b",), unchanged=("a", "c"))
    assert sync_cards(deck, write("ac"), {}) == SyncReport(unchanged=("a", "c"))
    assert repository.new(day, Scope()) == ["a", "c"]
    assert repository.memory("b") == review.after
    assert repository.pending() == Pending("b", 1, False)


def test_a_card_that_comes_back_is_as_it_was(
    deck: Engine, repository: SqlRepository, write: Callable, make_review: Callable, day: date
):
    sync_cards(deck, write("abc"), {})
    review = repository.record(make_review("b", 3))
    repository.suspend("c", suspended=True)
    sync_cards(deck, write("a"), {})
    again = [*write("ab"), *(replace(card, position=2) for card in write("c", ask="other words"))]
    assert sync_cards(deck, again, {}) == SyncReport(restored=("b", "c"), unchanged=("a",))
    assert repository.memory("b") == review.after
    assert repository.drills(day, Scope()) == ["b"]
    assert repository.new(day, Scope()) == ["a"]
    assert repository.card("c").content == Recall("other words", "the answer")


def test_cards_of_a_file_with_faults_stay_as_they_are(
    deck: Engine, repository: SqlRepository, make_card: Callable, day: date
):
    first, second = make_card("a"), make_card("b", 1, path="cards/two.yaml")
    third = make_card("c", 2, path="cards/two.yaml")
    sync_cards(deck, [first, second, third], {})
    report = sync_cards(deck, [first, third], {}, unread=["cards/two.yaml"])
    assert report == SyncReport(unchanged=("a", "c"))
    assert repository.new(day, Scope()) == ["a", "b", "c"]
    assert sync_cards(deck, [first, third], {}) == SyncReport(missing=("b",), unchanged=("a", "c"))


def test_no_cards_at_all(deck: Engine, write: Callable):
    assert sync_cards(deck, [], {}) == SyncReport()
    sync_cards(deck, write("ab"), {})
    assert sync_cards(deck, [], {}) == SyncReport(missing=("a", "b"))


def test_two_cards_with_one_id_are_refused(deck: Engine, make_card: Callable):
    with pytest.raises(ValueError, match=r"^two cards have the same id$"):
        sync_cards(deck, [make_card("a"), make_card("a", 1)], {})


def test_the_files_are_remembered_with_the_cards(deck: Engine, write: Callable):
    assert files(deck) == {}
    sync_cards(deck, write("a"), FILES)
    assert files(deck) == FILES
    later = {"cards/one.yaml": (2, 3)}
    sync_cards(deck, write("a"), later)
    assert files(deck) == later


def test_ten_thousand_cards_go_in_at_once(deck: Engine, write: Callable):
    cards = write([f"card-{n}" for n in range(10_000)], tags=("one", "two", "three"))
    assert len(sync_cards(deck, cards, FILES).added) == 10_000
    assert len(sync_cards(deck, cards, FILES).unchanged) == 10_000


def increasing(values: Iterable[int]) -> bool:
    return all(earlier < later for earlier, later in pairwise(values))


@given(st.lists(st.integers(0, 50), unique=True, max_size=9))
def test_as_few_cards_as_possible_are_called_moved(values: list[int]):
    unmoved_values = _longest_increasing(values)
    assert increasing(value for value in values if value in unmoved_values)
    longest = 0
    for bits in range(2 ** len(values)):
        subset = [value for place, value in enumerate(values) if bits >> place & 1]
        longest = max(longest, len(subset)) if increasing(subset) else longest
    assert len(unmoved_values) == longest


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_synced_the_deck_is_what_the_files_say(
    deck: Engine, repository: SqlRepository, make_card: Callable, day: date, seed: int
):
    chance = Random(seed)
    before: set[str] = set()
    ever: set[str] = set()
    for _ in range(8):
        ids = chance.sample("abcdefghij", chance.randint(0, 10))
        cards = [make_card(id_, n, ask=chance.choice("pq"), tags=(chance.choice("xy"),)) for n, id_ in enumerate(ids)]
        report = sync_cards(deck, cards, {})
        assert repository.new(day, Scope()) == ids
        assert tags(deck) & {(id_, tag) for id_ in ids for tag in "xy"} == {(card.id, card.tags[0]) for card in cards}
        assert set(report.added) == set(ids) - ever
        assert set(report.restored) == (set(ids) & ever) - before
        assert set(report.missing) == before - set(ids)
        assert sorted(report.added + report.restored + report.changed + report.moved + report.unchanged) == sorted(ids)
        before, ever = set(ids), ever | set(ids)
