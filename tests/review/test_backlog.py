"""A backlog: when more is due than a usual day holds, and how much of it is proposed."""

from __future__ import annotations

import pytest

from mnemosyne.review.backlog import Backlog, backlog_of


@pytest.mark.parametrize(
    ("due", "days", "expected"),
    [
        (60, [], None),
        (61, [], Backlog(61, 40, 20)),
        (214, [20, 25, 30], Backlog(214, 40, 20)),
        (150, [80, 90, 100], None),  # less than twice a usual day
        (181, [80, 90, 100], Backlog(181, 90, 45)),
        (250, [87], Backlog(250, 80, 40)),  # in round figures
        (61, [1, 1, 500], Backlog(61, 40, 20)),  # one long day makes no usual one
    ],
)
def test_it_is_a_backlog_above_sixty_and_above_twice_a_usual_day(due: int, days: list[int], expected: object) -> None:
    assert backlog_of(due, days) == expected
