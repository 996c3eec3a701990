"""SM-2 as a specification: examples, the published histories, and random ones against an independent reference."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from folds import fold_history
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Sm2Scheduler, intervals

SM2 = Sm2Scheduler()

DAY = date(2024, 1, 15)
HISTORIES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "sm2-vectors.json").read_text(encoding="utf-8"))[
    "histories"
]

qualities = st.integers(0, 5)


def on_time(history: list[int], first: date = DAY) -> list[Memory]:
    """Return the states after each review, every one done on the day it is due."""
    states = []
    memory = Memory()
    for quality in history:
        memory = sm2.review(memory, quality, memory.due or first)
        states.append(memory)
    return states


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: "".join(map(str, history["q"])))
def test_agrees_with_the_published_histories(history: dict[str, Any]) -> None:
    states = [[m.repetitions, f"{m.ease // 100}.{m.ease % 100:02}", m.interval] for m in on_time(history["q"])]
    assert states == history["states"]


def test_there_are_published_histories() -> None:
    assert len(HISTORIES) == 12


def test_a_new_card_answered_well_comes_back_tomorrow() -> None:
    after = sm2.review(Memory(), 4, DAY)
    assert after == Memory(
        repetitions=1, ease=250, interval=1, lapses=0, due=date(2024, 1, 16), reviewed=date(2024, 1, 15)
    )


def test_after_a_lapse_the_card_comes_back_tomorrow_and_keeps_its_ease() -> None:
    before = Memory(repetitions=4, ease=212, interval=40, lapses=1, due=DAY, reviewed=date(2023, 12, 6))
    assert sm2.review(before, 2, DAY) == Memory(0, 212, 1, 2, due=date(2024, 1, 16), reviewed=DAY)


@pytest.mark.parametrize(("quality", "ease"), [(0, 250), (1, 250), (2, 250), (3, 236), (4, 250), (5, 260)])
def test_ease_changes_only_with_a_pass(quality: int, ease: int) -> None:
    assert sm2.review(Memory(), quality, DAY).ease == ease


def test_ease_never_falls_below_1_3() -> None:
    assert [memory.ease for memory in on_time([3] * 10)][-3:] == [138, 130, 130]


def test_the_interval_is_the_exact_ceiling_of_the_product() -> None:
    # 50 days times 1.1 is 55 days; with floats 50 * 1.1 is 55.00000000000001, and its ceiling 56.
    assert math.ceil(50 * 1.1) == 56
    assert sm2.interval_after(3, 50, 110) == 55


def test_an_interval_is_at_most_a_hundred_years() -> None:
    before = Memory(repetitions=9, ease=300, interval=36_499, due=DAY, reviewed=DAY)
    after = sm2.review(before, 5, DAY)
    assert (after.interval, after.due) == (36_500, DAY + timedelta(days=36_500))


def test_a_due_date_past_the_last_date_is_the_last_date() -> None:
    after = sm2.review(Memory(3, 250, 400), 4, date(9999, 6, 1))
    assert (after.interval, after.due) == (1000, date.max)


def test_due_counts_from_the_day_of_the_review_not_from_the_old_due_date() -> None:
    before = Memory(2, 250, 6, 0, due=date(2024, 1, 1), reviewed=date(2023, 12, 26))
    late, early = sm2.review(before, 4, date(2024, 3, 1)), sm2.review(before, 4, date(2023, 12, 28))
    assert (late.interval, late.due) == (15, date(2024, 3, 16))
    assert (early.interval, early.due) == (15, date(2024, 1, 12))


def test_29_february_is_a_day_like_any_other() -> None:
    assert sm2.review(Memory(), 5, date(2024, 2, 28)).due == date(2024, 2, 29)
    assert sm2.review(Memory(1, 250, 1), 5, date(2024, 2, 23)).due == date(2024, 2, 29)
    assert sm2.review(Memory(), 5, date(2023, 2, 28)).due == date(2023, 3, 1)


@pytest.mark.parametrize("quality", [-1, 6, 42])
def test_a_quality_outside_0_to_5_is_an_error(quality: int) -> None:
    with pytest.raises(ValueError, match=f"^quality must be 0 to 5, not {quality}$"):
        sm2.review(Memory(), quality, DAY)


def test_the_six_intervals_of_a_card() -> None:
    third = Memory(2, 250, 6, 0, due=DAY, reviewed=date(2024, 1, 9))
    assert intervals(SM2, "a", Memory(), DAY) == (1, 1, 1, 1, 1, 1)
    assert intervals(SM2, "a", third, DAY) == (1, 1, 1, 15, 15, 16)


def test_the_schedule_is_a_fold_of_the_log() -> None:
    log = [(4, date(2024, 1, 1)), (1, date(2024, 1, 3)), (5, date(2024, 1, 4))]
    first, second, third = log
    assert fold_history(log) == Memory(1, 260, 1, 1, due=date(2024, 1, 5), reviewed=date(2024, 1, 4))
    assert fold_history([third], start=fold_history([first, second])) == fold_history(log)
    assert fold_history([]) == Memory()


def reference(history: list[int]) -> list[tuple[int, Fraction, int, int]]:
    """Compute SM-2 once more, from its text, in fractions: repetitions, ease factor, interval, lapses."""
    ease, interval, repetitions, lapses = Fraction("2.5"), 0, 0, 0
    states = []
    for q in history:
        if q < 3:
            repetitions, interval, lapses = 0, 1, lapses + 1
        else:
            ease = max(
                Fraction("1.3"), ease + (Fraction("0.1") - (5 - q) * (Fraction("0.08") + (5 - q) * Fraction("0.02")))
            )
            repetitions += 1
            interval = {1: 1, 2: 6}.get(repetitions) or min(36_500, math.ceil(interval * ease))
        states.append((repetitions, ease, interval, lapses))
    return states


@given(st.lists(qualities, max_size=60))
def test_agrees_with_a_reference_in_fractions(history: list[int]) -> None:
    states = [(m.repetitions, Fraction(m.ease, 100), m.interval, m.lapses) for m in on_time(history)]
    assert states == reference(history)


memories = st.builds(
    Memory,
    repetitions=st.integers(0, 40),
    ease=st.integers(130, 400),
    interval=st.integers(1, 36_500),
    lapses=st.integers(0, 40),
    due=st.dates(),
    reviewed=st.dates(),
)


@given(memories, qualities, st.dates())
def test_no_state_is_before_its_own_review(memory: Memory, quality: int, day: date) -> None:
    after = sm2.review(memory, quality, day)
    assert after.reviewed == day
    assert after.due is not None
    assert after.due > day or day == date.max
    assert 1 <= after.interval <= 36_500
    assert 130 <= after.ease <= 410


@given(memories, st.dates())
def test_a_better_quality_never_comes_back_sooner(memory: Memory, day: date) -> None:
    days = intervals(SM2, "a", memory, day)
    assert list(days) == sorted(days)
    assert days == tuple(sm2.review(memory, quality, day).interval for quality in range(6))


def test_a_pass_is_3_and_a_card_is_drilled_below_4() -> None:
    assert (sm2.PASS, sm2.DRILL_BELOW, list(sm2.QUALITIES)) == (3, 4, [0, 1, 2, 3, 4, 5])


@given(st.lists(st.tuples(qualities, st.dates()), max_size=30), st.integers(0, 30))
def test_a_fold_may_be_split_anywhere(log: list[tuple[int, date]], cut: int) -> None:
    assert fold_history(log[cut:], start=fold_history(log[:cut])) == fold_history(log)
