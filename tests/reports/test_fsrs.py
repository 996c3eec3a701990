"""The log for FSRS: the columns of fsrs-optimizer, read and rescheduled by the `fsrs` package itself."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta

import fsrs
import pytest
from synthetic import answers, items

from mnemosyne.reports.card_number import CardNumbers, card_number
from mnemosyne.reports.csv_lines import csv_lines
from mnemosyne.reports.fsrs_reviews import FSRS, FsrsPhase, rated

DAY = date(2026, 3, 10)


def states_of(reviews):
    return rated(reviews, CardNumbers({review.card_id for review in reviews}))


def exported(reviews):
    return list(csv.DictReader(csv_lines(FSRS, states_of(reviews))))


def test_a_review_as_a_row(make_review):
    assert "".join(csv_lines(FSRS, states_of([make_review(4)]))) == (
        "card_id,review_time,review_rating,review_state,review_duration\n"
        f"{card_number('square')},1773126000123,3,0,12345\n"
    )


@pytest.mark.parametrize(("quality", "rating"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3), (5, 3)])
def test_qualities_become_ratings(make_review, quality, rating):
    """5 is good, as in the scheduler, and easy only where the learner raised the proposed grade to it."""
    assert exported([make_review(quality, proposed=5)])[0]["review_rating"] == str(rating)
    raised = exported([make_review(quality, proposed=max(0, quality - 1))])[0]["review_rating"]
    assert raised == ("4" if quality == 5 else str(rating))


def test_states_follow_a_card_through_its_life(make_review):
    """New; a drill of the first day; passed; failed; a drill of that; the review after the lapse; a good one."""
    new = make_review(3)
    learning = make_review(4, new.after, drill=True)
    passed = make_review(4, new.after, DAY + timedelta(days=1))
    failed = make_review(1, passed.after, DAY + timedelta(days=7))
    drill = make_review(4, failed.after, DAY + timedelta(days=7), drill=True)
    after = make_review(4, failed.after, DAY + timedelta(days=8))
    good = make_review(4, after.after, DAY + timedelta(days=9))
    states = [row.state for row in states_of([new, learning, passed, failed, drill, after, good])]
    assert states == [
        FsrsPhase.NEW,
        FsrsPhase.LEARNING,
        FsrsPhase.REVIEW,
        FsrsPhase.REVIEW,
        FsrsPhase.RELEARNING,
        FsrsPhase.RELEARNING,
        FsrsPhase.REVIEW,
    ]


def test_a_drill_of_another_card_that_is_new_today_learns_and_one_of_an_old_card_relearns(make_review):
    old = make_review(3, make_review(4).after, card_id="old")
    new = make_review(1, card_id="new")
    drills = [make_review(4, review.after, drill=True, card_id=review.card_id) for review in (old, new)]
    assert [row.state for row in states_of([old, new, *drills])][2:] == [FsrsPhase.RELEARNING, FsrsPhase.LEARNING]


def test_a_year_fits_the_types_of_the_fsrs_package_and_is_rescheduled_from_them():
    reviews = list(answers(items(40), DAY, 365))
    logs: dict[int, list[fsrs.ReviewLog]] = {}
    for row in exported(reviews):
        log = fsrs.ReviewLog(
            card_id=int(row["card_id"]),
            rating=fsrs.Rating(int(row["review_rating"])),
            review_datetime=datetime.fromtimestamp(int(row["review_time"]) / 1000, UTC),
            review_duration=int(row["review_duration"]),
        )
        assert int(row["review_state"]) in {0, *fsrs.State}
        logs.setdefault(log.card_id, []).append(log)
    assert logs.keys() == {card_number(review.card_id) for review in reviews}
    assert sum(map(len, logs.values())) == len(reviews)
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    for card_id, history in logs.items():
        card = scheduler.reschedule_card(fsrs.Card(card_id=card_id), history)
        assert card.due > card.last_review == history[-1].review_datetime
        assert card.state in set(fsrs.State)
