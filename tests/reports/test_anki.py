"""The log as Anki's `revlog`: its own ids, its own words for a review, and rows that its table accepts."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import answers, items

from mnemosyne.reports.anki import REVLOG, AnkiReview, RevlogIds, Type, logged
from mnemosyne.reports.card_number import CardNumbers, card_number
from mnemosyne.reports.csv_lines import csv_lines
from mnemosyne.review.record import Review

DAY = date(2026, 3, 10)
NOW = datetime(2027, 6, 1, tzinfo=UTC)
# The table as Anki creates it (rslib/src/storage/schema11.sql).
SCHEMA = """CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
    ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
    time integer NOT NULL, type integer NOT NULL)"""


def exported(reviews: list[Review]) -> Iterator[AnkiReview]:
    """Return the reviews, numbered as in a log."""
    numbered = [replace(review, number=number) for number, review in enumerate(reviews, 1)]
    ids = RevlogIds(((review.number, review.answered_at) for review in numbered), NOW)
    return logged(numbered, ids, CardNumbers({review.card_id for review in reviews}))


def test_a_review_as_a_row(make_review):
    assert "".join(csv_lines(REVLOG, exported([make_review(5)]))) == (
        f"id,cid,usn,ease,ivl,lastIvl,factor,time,type\n1773126000123,{card_number('square')},-1,4,1,0,2600,12345,0\n"
    )


def test_time_is_capped_as_anki_does(make_review):
    row = next(exported([make_review(duration=timedelta(minutes=5))]))
    assert dict(zip([c.name for c in REVLOG], [c.value(row) for c in REVLOG], strict=True))["time"] == 60_000


def test_types_follow_a_card_through_its_life(make_review):
    new = make_review(4)
    failed = make_review(1, new.after)
    drill = make_review(4, failed.after, drill=True)
    again = make_review(4, failed.after)
    passed = make_review(4, again.after)
    rows = list(exported([new, failed, drill, again, passed]))
    assert [row.type for row in rows] == [Type.LEARN, Type.REVIEW, Type.FILTERED, Type.RELEARN, Type.REVIEW]


def test_a_drill_has_no_factor_and_changes_no_interval(make_review):
    drill = make_review(5, make_review(1).after, drill=True)
    values = {column.name: column.value(next(exported([drill]))) for column in REVLOG}
    assert (values["factor"], values["ivl"], values["lastIvl"]) == (0, 1, 1)


def ids_of(moments: list[datetime], now: datetime = NOW) -> list[int]:
    ids = RevlogIds(enumerate(moments, 1), now)
    return [ids[number] for number in range(1, len(moments) + 1)]


def milliseconds_after(*offsets: int) -> list[datetime]:
    return [datetime(2026, 3, 10, 7, tzinfo=UTC) + timedelta(milliseconds=offset) for offset in offsets]


def test_a_row_has_the_moment_of_its_answer_or_the_next_free_one():
    first_id = ids_of(milliseconds_after(0))[0]
    assert first_id == 1773126000000
    assert ids_of(milliseconds_after(0, 0, 1, 7, 7, 20)) == [first_id + ms for ms in (0, 1, 2, 7, 8, 20)]


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(days=1000)])
def test_reviews_from_a_clock_that_ran_ahead_follow_the_one_before_even_once_their_day_has_come(now):
    ahead = [NOW + timedelta(days=400), NOW + timedelta(days=401)]
    before, after = milliseconds_after(0, 5000, 10_000), milliseconds_after(20_000, 30_000, 40_000)
    first_id = 1773126000000
    assert ids_of([*before, *ahead, *after], now) == [
        *(first_id + ms for ms in (0, 5000, 10_000)),
        first_id + 10_001,
        first_id + 10_002,
        *(first_id + ms for ms in (20_000, 30_000, 40_000)),
    ]


def test_a_review_from_a_clock_that_was_behind_follows_the_one_before():
    moments = [*milliseconds_after(0, 5000), datetime(2001, 1, 1, tzinfo=UTC), *milliseconds_after(9000)]
    assert ids_of(moments) == [1773126000000 + ms for ms in (0, 5000, 5001, 9000)]


def test_a_log_entirely_in_the_future_has_ids_of_the_past():
    assert ids_of([NOW + timedelta(days=9), NOW + timedelta(days=9)]) == [1_700_000_000_001, 1_700_000_000_002]


@given(st.lists(st.integers(-50, 50)), st.integers(-20, 60), st.integers(0, 50))
def test_ids_are_past_unique_in_order_and_as_many_as_possible_are_the_answers_moments(offsets, ahead, cut):
    """This holds with any clock; what is exported first keeps its ids if the clock was right then and stays right."""
    now = milliseconds_after(1000 * ahead)[0]
    moments = milliseconds_after(*(1000 * offset for offset in offsets))
    right = [offset for offset in offsets if offset <= ahead]
    ids = ids_of(moments, now)
    assert ids == sorted(set(ids))
    assert all(id_ <= 1773126000000 + 1000 * ahead + len(ids) for id_ in ids)
    near = range(len(ids))  # equal moments are told apart by milliseconds
    exact_count = sum(id_ - 1773126000000 - 1000 * offset in near for id_, offset in zip(ids, offsets, strict=True))
    assert exact_count >= longest_increasing(right)
    later = milliseconds_after(*(1000 * offset for offset in sorted(right)))
    assert ids_of(later, now)[:cut] == ids_of(later[:cut], now)


def longest_increasing(offsets: list[int]) -> int:
    longest = [0] * len(offsets)
    for place, offset in enumerate(offsets):
        longest[place] = 1 + max((longest[i] for i in range(place) if offsets[i] < offset), default=0)
    return max(longest, default=0)


def test_ankis_table_accepts_a_year():
    reviews = list(answers(items(40), DAY, 365))
    heads, *rows = csv.reader(csv_lines(REVLOG, exported(reviews)))
    with sqlite3.connect(":memory:") as anki:
        anki.execute(SCHEMA)
        assert [row[1] for row in anki.execute("PRAGMA table_info(revlog)")] == heads
        anki.executemany(f"INSERT INTO revlog VALUES ({','.join('?' * len(heads))})", rows)
        assert anki.execute("SELECT count(*), count(DISTINCT cid) FROM revlog").fetchone() == (len(reviews), 40)
        assert anki.execute("SELECT min(ease), max(ease), min(type), max(type) FROM revlog").fetchone() == (1, 4, 0, 3)
        assert anki.execute("SELECT min(factor) FROM revlog WHERE type <> 3").fetchone()[0] >= 1300
    anki.close()


@pytest.mark.parametrize("card_id", ["square", "", "ü", "\ud800"])
def test_a_cards_number_is_the_same_everywhere_and_exact_as_a_float(card_id):
    assert card_number(card_id) == int(float(card_number(card_id))) < 1_700_000_000_001  # a moment in the past


def test_numbers_do_not_change_between_versions():
    assert card_number("direction") == 1159172530545


@given(st.sets(st.text(max_size=2), max_size=12), st.integers(12, 20), st.randoms(use_true_random=False))
def test_no_two_cards_of_a_deck_have_the_same_number(card_ids, latest, random):
    """With so few numbers that many would be the same; in whatever order the ids come."""

    def number(card_id: str) -> int:
        return 1 + sum(map(ord, card_id)) % latest

    numbers = CardNumbers(card_ids, number, latest)
    number_of = {card_id: numbers[card_id] for card_id in card_ids}
    assert len(set(number_of.values())) == len(card_ids)
    assert all(1 <= value <= latest for value in number_of.values())
    for card_id in card_ids:
        first = min(candidate for candidate in card_ids if number(candidate) == number(card_id))
        assert (number_of[card_id] == number(card_id)) is (card_id == first)
    shuffled = random.sample(sorted(card_ids), len(card_ids))
    assert {card_id: CardNumbers(shuffled, number, latest)[card_id] for card_id in card_ids} == number_of


def test_the_second_of_two_cards_with_one_number_gets_the_next_free_one():
    numbers = CardNumbers(["c", "b", "a", "z"], {"a": 9, "b": 9, "c": 9, "z": 1}.__getitem__, 9)
    assert {card_id: numbers[card_id] for card_id in "abcz"} == {"a": 9, "b": 2, "c": 3, "z": 1}
