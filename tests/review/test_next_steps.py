"""Why nothing is left, and what can be done then: every reason and every offer, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mnemosyne.review.next_steps import NextStepKind, RemainingCards, next_steps
from mnemosyne.review.query import CardStatus, Query, Term
from mnemosyne.review.session_plan import Practice, SessionPlan

EXAM = "Take an exam: functions that no card has, built from what you have met"
NOTHING = RemainingCards(
    cards=40, due=0, new=0, buried=0, suspended=0, seen=0, mistaken=0, coming=(0, 0, 0, 0), next_due=None,
    due_room=200, new_room=10, reviews_per_day=200, new_per_day=10,
)  # fmt: skip
REVIEW = SessionPlan()


@pytest.mark.parametrize(
    ("plan", "changes", "reasons"),
    [
        (REVIEW, {"cards": 0}, ["There are no cards here. `mnemosyne cards new` writes one."]),
        (
            REVIEW,
            {"new": 30, "new_room": 0},
            ["Today's limit on new cards (10) has been reached: 30 new cards are left."],
        ),
        (REVIEW, {"new": 1, "new_room": 0}, ["Today's limit on new cards (10) has been reached: 1 new card is left."]),
        (REVIEW, {"due": 7, "due_room": 0}, ["Today's limit on reviews (200) has been reached: 7 more are due."]),
        (
            REVIEW,
            {"due": 7, "due_held": 7, "new": 1, "new_held": 1},
            [
                "Topic limits leave 7 due cards for another day.",
                "Topic limits leave 1 new card for another day.",
            ],
        ),
        (
            REVIEW,
            {"new": 30, "new_held": 12, "new_room": 0},
            [
                "Topic limits leave 12 new cards for another day.",
                "Today's limit on new cards (10) has been reached: 18 new cards are left.",
            ],
        ),
        (REVIEW, {"due": 1, "round_held": 1}, ["1 due card is waiting for its turn in the final round."]),
        (REVIEW, {"due": 1, "skills_held": 1}, ["1 due card is waiting: you still remember its skills."]),
        (REVIEW, {"due": 4, "skills_held": 4}, ["4 due cards are waiting: you still remember their skills."]),
        (
            REVIEW,
            {"due": 5, "round_held": 3, "early": 4, "due_room": 0},
            [
                "Today's limit on reviews (200) has been reached: 6 more are due.",
                "3 due cards are waiting for their turn in the final round.",
            ],
        ),
        (REVIEW, {"buried": 3}, ["3 cards are buried until tomorrow."]),
        (REVIEW, {"buried": 1, "suspended": 1}, ["1 card is buried until tomorrow.", "1 card is suspended."]),
        (SessionPlan(limit=5), {"due": 4}, ["This session was limited to 5 cards: 4 more are waiting."]),
        (REVIEW, {"next_due": 1}, ["The next card is due tomorrow."]),
        (REVIEW, {"next_due": 6}, ["The next card is due in 6 days."]),
        (REVIEW, {}, ["Every card has been asked."]),
        (REVIEW, {"new": 30, "next_due": 1}, ["10 cards are waiting."]),
        (REVIEW, {"due": 1}, ["1 card is waiting."]),
        (
            SessionPlan(practice=Practice(ids=("a", "b"))),
            {},
            ["Practised 2 cards. Practice changes no schedule."],
        ),
        (SessionPlan(practice=Practice(ids=())), {}, ["No card has been reviewed yet."]),
        (SessionPlan(practice=Practice(Query((Term(CardStatus.LEECH),)), ids=())), {}, ["No card matches."]),
        (
            SessionPlan(practice=Practice(mistakes=7, ids=())),
            {},
            ["No card was answered wrongly in the last 7 days."],
        ),
        (
            SessionPlan(practice=Practice(mistakes=1, ids=())),
            {},
            ["No card was answered wrongly in the last day."],
        ),
        (SessionPlan(practice=Practice(ahead=1, ids=())), {}, ["No card comes due within 1 day."]),
    ],
)
def test_the_reasons(plan: SessionPlan, changes: dict, reasons: list[str]):
    assert list(next_steps(plan, replace(NOTHING, **changes)).reasons) == reasons


def test_a_session_that_ran_out_of_time_says_so():
    plan = SessionPlan(time=timedelta(minutes=20))
    steps = next_steps(plan, replace(NOTHING, due=4), time_is_up=True)
    assert list(steps.reasons) == ["This session's time is up (20 minutes)."]


def test_every_offer_begins_its_session():
    steps = next_steps(
        SessionPlan(limit=4), replace(NOTHING, new=12, new_room=0, coming=(0, 3, 5, 9), mistaken=2, seen=20)
    )
    assert [(offer.kind, offer.label, offer.plan) for offer in steps.offers] == [
        (NextStepKind.MORE_NEW, "Learn 10 more new cards", SessionPlan(new=10)),
        (NextStepKind.AHEAD, "Study ahead: 3 cards due within 3 days", SessionPlan(new=0, ahead=3)),
        (
            NextStepKind.MISTAKES,
            "Practise 2 cards with mistakes in the last 7 days",
            SessionPlan(practice=Practice(mistakes=7)),
        ),
        (NextStepKind.PRACTISE, "Practise all 20 cards seen so far", SessionPlan(practice=Practice())),
        (NextStepKind.EXAM, EXAM, SessionPlan(practice=Practice(exam=True))),
    ]


def test_one_card_is_singular():
    steps = next_steps(REVIEW, replace(NOTHING, new=1, new_room=0, coming=(1, 1, 1, 1), mistaken=1, seen=1))
    assert [offer.label for offer in steps.offers] == [
        "Learn 1 more new card",
        "Study ahead: 1 card due tomorrow",
        "Practise 1 card with mistakes in the last 7 days",
        "Practise 1 card seen so far",
        EXAM,
    ]


def test_a_session_that_was_limited_can_continue():
    steps = next_steps(SessionPlan(limit=1), replace(NOTHING, due=2, new=30))
    assert [(offer.label, offer.plan) for offer in steps.offers] == [("Go on with 12 cards that are waiting", REVIEW)]
    steps = next_steps(SessionPlan(limit=1), replace(NOTHING, due=1))
    assert [offer.label for offer in steps.offers] == ["Go on with 1 card that is waiting"]


def test_where_nothing_can_be_done_nothing_is_offered():
    assert next_steps(REVIEW, NOTHING).offers == ()
