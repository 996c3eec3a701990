"""The rows of the log: every field of a record, with its unit."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from mnemosyne.reports.column import REVIEWS, LoggedReview, json_lines, record
from mnemosyne.reports.csv_lines import CsvStyle, csv_lines
from mnemosyne.review.record import Attempt, Review

SQUARE = '{"kind":"derivative","f":"x^2","by":"x"}'


def test_a_review_as_a_row(make_review):
    first = make_review(4)
    review = make_review(3, first.after, first.after.due, number=2, misconception="sign-flipped")
    row = record(REVIEWS, LoggedReview(replace(review, exercise=SQUARE, fields="1011"), "chain-rule", ("one", "two")))
    assert row == {
        "number": 2, "card_id": "square", "topic": "chain-rule", "tags": ["one", "two"],
        "answered_at": "2026-03-10T07:00:00.123Z", "utc_offset": 60,
        "study_day": "2026-03-11", "drill": False, "practice": False, "seed": 7,
        "exercise": SQUARE, "answer": "2x", "fields": "1011", "verdict": "correct",
        "misconception": "sign-flipped", "proposed": 4, "quality": 3, "hints": 1, "attempts": 2,
        "answers": [{"answer": "2x", "verdict": "correct", "misconception": None}], "seconds": 12.346,
        "repetitions_before": 1, "ease_before": 2.5, "interval_before": 1, "lapses_before": 0,
        "due_before": "2026-03-11", "repetitions_after": 2, "ease_after": 2.36, "interval_after": 6, "lapses_after": 0,
        "due_after": "2026-03-17",
    }  # fmt: skip


def test_a_new_card_was_due_on_no_day(make_review):
    assert record(REVIEWS, LoggedReview(make_review(), ""))["due_before"] is None


@pytest.mark.parametrize("hours", [-11, 0, 14])
def test_what_is_not_typed_is_the_same_in_csv(make_review, hours):
    review = LoggedReview(make_review(offset=timedelta(hours=hours), verdict=None), "chain-rule", ("one",))
    (row,) = csv.DictReader(csv_lines(REVIEWS, [review]))
    assert json.loads(row.pop("answers")) == record(REVIEWS, review)["answers"]
    facts = {name: str(value) for name, value in record(REVIEWS, review).items() if value is not None}
    del facts["answers"]
    assert {name: value for name, value in row.items() if value} == {
        **facts, "drill": "false", "practice": "false", "tags": "one",
    }  # fmt: skip


def test_nothing_that_is_recorded_is_left_out():
    names = {column.name for column in REVIEWS}
    renamed = {"offset": "utc_offset", "duration": "seconds", "before": "due_before", "after": "due_after"}
    assert {renamed.get(field.name, field.name) for field in fields(Review)} <= names


FIRST = Attempt("=cos(x^2), 2x", "incorrect", "missing-inner-derivative", links=2)
LAST = Attempt('"2x"', "incorrect", None, links=2, fields=3, right_fields=1)


def test_every_answer_is_exported(make_review):
    answers = {"answers": (FIRST, LAST), "attempts": 2, "answer": LAST.answer, "verdict": "incorrect"}
    logged = LoggedReview(make_review(misconception="missing-inner-derivative", **answers), "")
    expected = [
        {"answer": "=cos(x^2), 2x", "verdict": "incorrect", "misconception": "missing-inner-derivative"},
        {"answer": '"2x"', "verdict": "incorrect", "misconception": None},
    ]
    assert record(REVIEWS, logged)["answers"] == expected
    (line,) = json_lines(REVIEWS, [logged])
    assert json.loads(line)["answers"] == expected
    for style in (CsvStyle(), CsvStyle(formula_guard=False)):
        (row,) = csv.DictReader(csv_lines(REVIEWS, [logged], style))
        assert json.loads(row["answers"]) == expected


@pytest.mark.parametrize(
    ("verdict", "misconception", "expected"),
    [("incorrect", "sign-flipped", "sign-flipped"), ("correct", "trig-sign", None)],
)
def test_for_a_log_that_kept_only_the_last_answer_that_one_is_exported(make_review, verdict, misconception, expected):
    logged = LoggedReview(make_review(verdict=verdict, misconception=misconception), "")
    assert record(REVIEWS, logged)["answers"] == [{"answer": "2x", "verdict": verdict, "misconception": expected}]


def test_a_revealed_card_has_no_answer(make_review):
    logged = LoggedReview(make_review(attempts=0, answer="", verdict=None), "")
    assert record(REVIEWS, logged)["answers"] == []
