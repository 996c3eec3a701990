"""What is said of one card: its interval, recall and why it comes back then, under each scheduler."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from learner import IDS, Learner

from mnemosyne.collection import browsing
from mnemosyne.collection.browsing import asked_today
from mnemosyne.review.query import parse_query
from mnemosyne.text import calendar_day
from mnemosyne.tui import browse_tasks, wording


@pytest.fixture
def graded(tmp_path: Path) -> Learner:
    """Return a learner with four cards that were graded good on two days; two days have passed since."""
    learner = Learner(tmp_path)
    for action in [4, 4, 4, 4, "tomorrow", 4, 4, 4, 4]:
        learner.does(action)
    learner.clock.moment += timedelta(days=2)
    yield learner
    learner.collection.close()


def details(learner: Learner) -> tuple[str, str]:
    (row,) = browsing.rows(learner.collection, ["square"])
    return wording.memory(row, learner.clock.today()), wording.why_then(row)


def test_details_under_sm2_and_under_fsrs(graded: Learner):
    today = graded.clock.today()
    due = calendar_day(today + timedelta(days=4))
    assert details(graded) == (
        f"due {due} · 6 days · ease 2.50 · recall 97 %",
        "Under SM-2, it comes back 6 days after its last review.",
    )
    graded.collection.settings = replace(graded.collection.settings, scheduler="fsrs")
    graded.collection.follow_scheduler()
    (row,) = browsing.rows(graded.collection, ["square"])
    days = row.listed.interval
    due = calendar_day(today + timedelta(days=days - 2))
    assert details(graded) == (
        f"due {due} · {days} days · ease 2.50 · recall {round(100 * row.listed.recall)} %",
        f"Under FSRS, its recall falls to 90 % within {days} days of its last review; "
        "it is due when its recall is about 90 %.",
    )
    events = browse_tasks.logged_card(graded.collection, row).events
    assert events[-1].after.interval == days


def test_cards_are_found_by_their_recall(graded: Learner):
    """Under SM-2 recall is 0.9 after a full interval, so 0.9^(1/3) after two days of six."""
    ids = ("square", "sine", "word", "thought")
    assert browsing.find_cards(graded.collection, parse_query("r<0.97")) == ids
    assert browsing.find_cards(graded.collection, parse_query("r<0.96")) == ()
    assert browsing.find_cards(graded.collection, parse_query("r=0.965")) == ids
    graded.does("reset square")
    assert browsing.find_cards(graded.collection, parse_query("r<1")) == ("sine", "word")
    assert browsing.find_cards(graded.collection, parse_query("-r<1")) == ("square", "thought")


def asked_today_with(learner: Learner, card_id: str = "square", **settings: object) -> str:
    learner.collection.settings = replace(learner.collection.settings, **settings)
    return asked_today(learner.collection, card_id)


def test_a_card_says_whether_it_is_asked_today_and_why(graded: Learner):
    today, clock = graded.clock.today(), graded.clock
    assert asked_today_with(graded) == "", "it is due in four days"
    clock.moment += timedelta(days=4)
    assert asked_today_with(graded) == "Asked today: due today · interval 6 d · recall 90 %."
    clock.moment += timedelta(days=2)
    due = calendar_day(today + timedelta(days=4))
    assert asked_today_with(graded) == f"Asked today: due since {due} · interval 6 d · recall 87 %."
    limited = "Waiting for another day: today's limits leave no room for it."
    assert asked_today_with(graded, reviews_per_day=0) == limited
    by_id = sorted(asked_today_with(graded, card_id, reviews_per_day=1) for card_id in IDS)
    first = f"Asked today: due since {due}; the most overdue come first · interval 6 d · recall 87 %."
    assert by_id == [first, limited, limited, limited]
    clock.moment += timedelta(days=40)
    exam = {"small": {"exam": clock.today() + timedelta(days=4)}}
    by_id = sorted(asked_today_with(graded, card_id, reviews_per_day=9, topics=exam) for card_id in IDS)
    first = f"Asked today: final round for the exam on {calendar_day(exam['small']['exam'])}"
    assert by_id == [
        f"{first} · interval 6 d · recall 43 %.",
        *["Due, but waiting for its turn in the final round."] * 3,
    ]
