"""A backlog: when more is due than a usual day holds, and how much of it is proposed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.backlog import Backlog, backlog_of, backlog_sentence, days_to_clear
from mnemosyne.review.final_round import share_of_day


@pytest.mark.parametrize(
    ("due", "days", "expected"),
    [
        (60, [], None),
        (61, [], Backlog(61, 40, 20)),
        (214, [20, 25, 30], Backlog(214, 40, 20)),
        (150, [80, 90, 100], None),  # less than twice a usual day
        (181, [80, 90, 100], Backlog(181, 90, 45)),
        (250, [87], Backlog(250, 80, 40)),  # as a round number
        (61, [1, 1, 500], Backlog(61, 40, 20)),  # one long day does not make the usual day long
    ],
)
def test_it_is_a_backlog_above_sixty_and_above_twice_a_usual_day(due: int, days: list[int], expected: object) -> None:
    assert backlog_of(due, days) == expected


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_days_with_limits_from_what_is_due_ask_about_the_same_number_and_all_cards(due: list[int]) -> None:
    backlog, loads = 0, []
    for day, count in enumerate(due):
        backlog += count
        load = min(backlog, share_of_day(backlog + sum(due[day + 1 :]), 0, len(due) - day))
        loads.append(load)
        backlog -= load
    assert backlog == 0
    if sum(due[1:]) == 0:
        assert max(loads) - min(loads) <= 1
    room = max(1, *loads)
    assert days_to_clear(due, 0, room) is not None


@pytest.mark.parametrize(
    ("due", "done_today", "per_day", "until", "sentence"),
    [
        ([40, 5, 5], 0, 40, None, ""),
        ([140, 0, 0, 0], 0, 40, None, "140 cards are due: at 40 a day it takes 4 days to catch up."),
        ([60, 30, 30, 0], 20, 40, None, "60 cards are due: at 40 a day it takes 4 days to catch up."),
        ([1, 0], 5, 5, None, "1 card is due: at 5 a day it takes 2 days to catch up."),
        ([90, 50, 50], 0, 40, None, "90 cards are due: at 40 a day it takes more than 3 days to catch up."),
        (
            [90, 0, 0],
            0,
            30,
            date(2026, 12, 3),
            "90 cards are due, spread until 3 Dec 2026: at 30 a day it takes 3 days to catch up.",
        ),
    ],
)
def test_the_sentence_says_how_long_it_takes(
    due: list[int], done_today: int, per_day: int, until: date | None, sentence: str
) -> None:
    assert backlog_sentence(due, done_today, per_day, until) == sentence


def test_a_backlog_is_spread_so_that_a_day_has_about_the_proposed_number() -> None:
    assert Backlog(214, 40, 20).days == 6
    assert Backlog(61, 80, 40).days == 2
