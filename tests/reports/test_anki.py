"""The log as Anki's `revlog`: its own ids, its own words for a review, and rows that its table takes."""

from __future__ import annotations

import csv
import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import answers, items

from mnemosyne.reports.anki import REVLOG, Type, logged
from mnemosyne.reports.card_number import card_number
from mnemosyne.reports.csv_lines import csv_lines

DAY = date(2026, 3, 10)
# The table as Anki makes it (rslib/src/storage/schema11.sql).
SCHEMA = """CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
    ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
    time integer NOT NULL, type integer NOT NULL)"""


def test_a_review_as_a_row(make_review):
    assert "".join(csv_lines(REVLOG, logged([make_review(5)]))) == (
        f"id,cid,usn,ease,ivl,lastIvl,factor,time,type\n1773126000123,{card_number('square')},-1,4,1,0,2600,12345,0\n"
    )


def test_time_is_capped_as_anki_does(make_review):
    row = next(logged([make_review(duration=timedelta(minutes=5))]))
    assert dict(zip([c.name for c in REVLOG], [c.value(row) for c in REVLOG], strict=True))["time"] == 60_000


def test_types_follow_a_card_through_its_life(make_review):
    new = make_review(4)
    failed = make_review(1, new.after)
    drill = make_review(4, failed.after, drill=True)
    again = make_review(4, failed.after)
    passed = make_review(4, again.after)
    rows = list(logged([new, failed, drill, again, passed]))
    assert [row.type for row in rows] == [Type.LEARN, Type.REVIEW, Type.FILTERED, Type.RELEARN, Type.REVIEW]


def test_a_drill_has_no_factor_and_changes_no_interval(make_review):
    drill = make_review(5, make_review(1).after, drill=True)
    values = {column.name: column.value(next(logged([drill]))) for column in REVLOG}
    assert (values["factor"], values["ivl"], values["lastIvl"]) == (0, 1, 1)


@given(st.lists(st.integers(0, 6)))
def test_no_two_rows_have_the_same_id_and_none_is_moved_without_need(make_review, offsets):
    """Also where the clock was set back."""
    begun = make_review().answered_at
    reviews = [make_review(answered_at=begun + timedelta(milliseconds=ms)) for ms in offsets]
    ids = [row.id - 1773126000123 for row in logged(reviews)]
    assert len(set(ids)) == len(ids)
    taken = set()
    for wanted, got in zip(offsets, ids, strict=True):
        assert got == next(id_ for id_ in range(wanted, wanted + len(ids)) if id_ not in taken)
        taken.add(got)


def test_ankis_table_takes_a_year():
    reviews = list(answers(items(40), DAY, 365))
    heads, *rows = csv.reader(csv_lines(REVLOG, logged(reviews)))
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
    assert card_number(card_id) == int(float(card_number(card_id))) < 1_700_000_000_001  # a moment that is past


def test_numbers_do_not_change_between_versions():
    assert card_number("direction") == 1159172530545
