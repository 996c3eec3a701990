"""Fuzz as a specification: how far an interval is moved, from what, and what is left as SM-2 has it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling import fuzz, sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Sm2Scheduler, intervals

MONDAY = date(2024, 1, 15)
SUNDAY = date(2024, 1, 21)
ONCE = Memory(1, 250, 1, 0, due=date(2024, 1, 16), reviewed=MONDAY)
THRICE = Memory(3, 250, 40, 0, due=date(2024, 2, 24), reviewed=MONDAY)

card_ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
memories = st.builds(
    Memory,
    repetitions=st.integers(0, 40),
    ease=st.integers(130, 400),
    interval=st.integers(1, sm2.MAXIMUM_INTERVAL),
    lapses=st.integers(0, 40),
    due=days,
    reviewed=days,
)


def of_many(interval: int) -> Counter[int]:
    """Return what becomes of an interval, for a thousand cards."""
    return Counter(fuzz.fuzzed_interval(interval, f"card-{number}", MONDAY) for number in range(1000))


@pytest.mark.parametrize(
    ("interval", "least", "most"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (3, 2, 4),
        (6, 5, 7),
        (39, 38, 40),
        (40, 38, 42),
        (100, 95, 105),
        (36_500, 34_675, 36_500),
    ],
)
def test_from_3_days_on_fuzz_is_5_percent_and_at_least_a_day(interval: int, least: int, most: int) -> None:
    fuzzed_intervals = of_many(interval)
    assert least <= min(fuzzed_intervals) <= max(fuzzed_intervals) <= most
    assert max(fuzzed_intervals) - min(fuzzed_intervals) >= (most - least) * 0.95


def test_each_number_of_days_is_about_as_likely() -> None:
    assert set(of_many(6)) == {5, 6, 7}
    assert min(of_many(6).values()) > 250
    assert set(of_many(100)) == set(range(95, 106))
    assert min(of_many(100).values()) > 50


def test_the_fuzz_of_a_card_and_a_day_never_changes() -> None:
    """The doctor compares it with logs of years ago."""
    assert [fuzz.fuzzed_interval(100, card_id, MONDAY) for card_id in ("square", "sine", "word")] == [104, 97, 100]
    assert [fuzz.fuzzed_interval(100, "square", MONDAY + timedelta(days=later)) for later in (1, 2, 3)] == [99, 97, 97]


def test_the_due_date_follows_the_interval_and_the_rest_is_as_in_sm2() -> None:
    exact = sm2.review(THRICE, 4, SUNDAY)
    fuzzed = fuzz.review_with_fuzz("square", THRICE, 4, SUNDAY)
    assert exact == Memory(4, 250, 100, 0, due=date(2024, 4, 30), reviewed=SUNDAY)
    assert fuzzed == replace(exact, interval=104, due=date(2024, 5, 4))


def test_the_next_review_counts_from_the_interval_that_was_moved() -> None:
    card_id = next(f"card-{number}" for number in range(9) if fuzz.fuzzed_interval(6, f"card-{number}", MONDAY) == 7)
    twice = fuzz.review_with_fuzz(card_id, ONCE, 4, date(2024, 1, 16))
    assert twice == Memory(2, 250, 7, 0, due=date(2024, 1, 23), reviewed=date(2024, 1, 16))
    assert sm2.review(twice, 4, date(2024, 1, 23)).interval == 18  # the ceiling of 7 times 2.5; of 6 it is 15


def test_cards_learned_on_one_day_come_back_on_different_days() -> None:
    together = [Memory() for _ in range(30)]
    for quality in (4, 4, 4, 4):
        together = [
            fuzz.review_with_fuzz(f"card-{number}", memory, quality, memory.due or MONDAY)
            for number, memory in enumerate(together)
        ]
    assert len({memory.due for memory in together}) >= 10
    assert max(Counter(memory.due for memory in together).values()) <= 6


def test_a_quality_outside_0_to_5_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^quality must be 0 to 5, not 6$"):
        fuzz.review_with_fuzz("square", THRICE, 6, SUNDAY)


@given(card_ids, days, st.integers(1, sm2.MAXIMUM_INTERVAL))
def test_an_interval_stays_within_its_bounds(card_id: str, before: date, interval: int) -> None:
    moved = fuzz.fuzzed_interval(interval, card_id, before)
    assert moved == fuzz.fuzzed_interval(interval, card_id, before)
    assert abs(moved - interval) <= max(1, interval * 0.05)
    assert min(interval, 2) <= moved <= sm2.MAXIMUM_INTERVAL


@given(card_ids, days, st.integers(1, sm2.MAXIMUM_INTERVAL - 1))
def test_a_longer_interval_never_becomes_the_shorter_one(card_id: str, before: date, interval: int) -> None:
    assert fuzz.fuzzed_interval(interval, card_id, before) <= fuzz.fuzzed_interval(interval + 1, card_id, before)


@given(card_ids, memories, st.integers(0, 5), days)
def test_only_interval_and_due_differ_from_sm2(card_id: str, memory: Memory, quality: int, day: date) -> None:
    exact, fuzzed = sm2.review(memory, quality, day), fuzz.review_with_fuzz(card_id, memory, quality, day)
    assert replace(fuzzed, interval=exact.interval, due=exact.due) == exact
    assert fuzzed.due == day + timedelta(days=fuzzed.interval)
    assert quality >= sm2.PASS or fuzzed == exact


@given(card_ids, memories, days, days)
def test_a_better_quality_never_comes_back_sooner_and_the_day_of_grading_changes_nothing(
    card_id: str, memory: Memory, day: date, later: date
) -> None:
    shown_intervals = intervals(Sm2Scheduler(fuzz=True), card_id, memory, day)
    assert list(shown_intervals) == sorted(shown_intervals)
    assert shown_intervals == tuple(
        fuzz.review_with_fuzz(card_id, memory, quality, later).interval for quality in range(6)
    )


@given(card_ids, st.lists(st.tuples(st.integers(0, 5), days), max_size=60))
def test_no_passed_review_brings_a_card_back_sooner_than_the_one_before(
    card_id: str, log: list[tuple[int, date]]
) -> None:
    memory = Memory()
    for quality, day in log:
        after = fuzz.review_with_fuzz(card_id, memory, quality, day)
        assert quality < sm2.PASS or after.interval >= memory.interval or memory.interval > 30_000
        memory = after
