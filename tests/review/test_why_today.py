"""Why a card is asked today, word for word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from mnemosyne.review.queue import PlannedQueue
from mnemosyne.review.rules import Rules, TopicLimits
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.review.why_today import AskedCard, why_today
from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.memory import FsrsMemory, Memory

DAY = date(2026, 11, 28)
PLANNED = PlannedQueue(("a",))
LIMITED = PlannedQueue(("a",), limited=True)
IN_ROUND = PlannedQueue(("a",), {"a": date(2026, 12, 10)})
BY_FSRS = Rules(fsrs=FsrsParameters())


def memory(interval: int, ago: int, **more: Any) -> Memory:
    reviewed = DAY - timedelta(days=ago)
    return Memory(3, 250, interval, 0, reviewed + timedelta(days=interval), reviewed, **more)


def fsrs(interval: int, ago: int) -> Memory:
    reviewed = DAY - timedelta(days=ago)
    return memory(interval, ago, fsrs=FsrsMemory(float(interval), 5.0, reviewed, 1, reviewed))


@pytest.mark.parametrize(
    ("asked_card", "planned", "rules", "reason"),
    [
        (AskedCard("a", Memory()), PLANNED, Rules(), "new card"),
        (AskedCard("a", memory(6, 6)), PLANNED, Rules(), "due today · interval 6 d · recall 90 %"),
        (AskedCard("a", memory(6, 9)), PLANNED, Rules(), "due since 25 Nov 2026 · interval 6 d · recall 85 %"),
        (
            AskedCard("a", memory(6, 9)),
            LIMITED,
            Rules(),
            "due since 25 Nov 2026; the most overdue come first · interval 6 d · recall 85 %",
        ),
        (
            AskedCard("a", fsrs(10, 10)),
            LIMITED,
            BY_FSRS,
            "due today; cards with the lowest recall come first · interval 10 d · recall 90 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            IN_ROUND,
            Rules(),
            "final round for the exam on 10 Dec 2026 · interval 40 d · recall 95 %",
        ),
        (
            AskedCard("a", memory(1_200, 900)),
            PLANNED,
            Rules(),
            "studied ahead, due on 24 Sep 2027 · interval 1,200 d · recall 92 %",
        ),
        (
            AskedCard("a", memory(6, -9)),
            PLANNED,
            Rules(),
            "due: its last review is dated in the future · interval 6 d · recall 100 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            PlannedQueue(("a",), for_skills={"a": ("ln", "links-3")}),
            BY_FSRS,
            "for the skills logarithm and three links · interval 40 d · recall 95 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            PlannedQueue(("a",), for_skills={"a": ("order", "arcosh", "product")}),
            BY_FSRS,
            "for second and higher derivatives and 2 more skills · interval 40 d · recall 95 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            PlannedQueue(("a",), for_skills={"a": ("order",)}),
            BY_FSRS,
            "for the skill second and higher derivatives · interval 40 d · recall 95 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            PlannedQueue(("a",), for_skills={"a": ()}),
            BY_FSRS,
            "its own recall is low · interval 40 d · recall 95 %",
        ),
        (
            AskedCard("a", memory(40, 20)),
            PlannedQueue(("a",), ahead_for_skills=frozenset("a")),
            BY_FSRS,
            "studied ahead, for skills that will need practice soon · interval 40 d · recall 95 %",
        ),
        (AskedCard("a", memory(1, 0), drill=True), PLANNED, Rules(), "again today, until its grade is 4 or 5"),
        (
            AskedCard("a", memory(6, 2), practice=True),
            PLANNED,
            Rules(),
            "your choice, schedule unchanged · interval 6 d · recall 97 %",
        ),
    ],
)
def test_every_reason(asked_card: AskedCard, planned: PlannedQueue, rules: Rules, reason: str) -> None:
    assert why_today(asked_card, planned, rules, DAY) == reason


def test_a_session_gives_the_reason_for_each_question(
    make_learner: Callable[..., Any], make_due: Callable[..., None]
) -> None:
    learner = make_learner("a", "b", "c")
    today = learner.clock.today()
    make_due(learner.repository, today, "a")
    learner.repository.places["b"].memory = Memory(
        3, 250, 40, 0, today + timedelta(days=10), today - timedelta(days=30)
    )
    exam = today + timedelta(days=1)
    session = learner.start(Rules(shuffle=False, topics={"chain-rule": TopicLimits(exam=exam)}))
    assert learner.asked_id == "a"
    assert session.why_today == "due today · interval 6 d · recall 90 %", "it was reviewed since the round started"
    learner.do(3)
    assert learner.asked_id == "b"
    assert session.why_today == "final round for the exam on 16 Jan 2024 · interval 40 d · recall 92 %"
    learner.do(5)
    assert (learner.asked_id, session.why_today) == ("c", "new card")
    learner.do(5)
    assert (learner.asked_id, session.why_today) == ("a", "again today, until its grade is 4 or 5")
    learner.do(5)
    assert (learner.asked_id, session.why_today) == (None, "")
    session = learner.start(plan=SessionPlan(practice=Practice(ids=("c",))))
    assert session.why_today == "your choice, schedule unchanged · interval 1 d · recall 100 %"
