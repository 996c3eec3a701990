"""A card's history: what follows from what happened, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.history import Entry, History, mended, retold
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DAY = date(2024, 1, 15)
NEW = Memory()
ONCE = sm2.review(NEW, 4, DAY)
TWICE = sm2.review(ONCE, 5, date(2024, 1, 16))

REVIEW = Entry(1, DAY, 4, False, NEW, ONCE)
DRILL = Entry(2, DAY, 5, True, ONCE, ONCE)
AGAIN = Entry(3, date(2024, 1, 16), 5, False, ONCE, TWICE)
RESET = Entry(1, date(2024, 1, 17), None, False, TWICE, NEW)


def test_a_card_without_events_is_new():
    assert mended(History("a", None, ())) == History("a", NEW, ())


def test_what_is_right_stays_as_it_is():
    history = History("a", NEW, (REVIEW, DRILL, AGAIN, RESET))
    assert mended(history) == history
    assert mended(History("a", TWICE, (REVIEW, DRILL, AGAIN))).memory == TWICE


def test_what_was_known_before_and_after_follows_from_what_happened():
    broken = (
        replace(REVIEW, after=Memory(9, 130, 9, 9, DAY, DAY)),
        replace(DRILL, before=None, after=NEW),
        replace(AGAIN, before=TWICE),
        replace(RESET, before=ONCE, after=ONCE),
    )
    assert tuple(retold(broken)) == (REVIEW, DRILL, AGAIN, RESET)


def test_another_grade_gives_another_schedule_from_there_on():
    after = sm2.review(NEW, 1, DAY)
    first, second = retold((replace(REVIEW, quality=1), AGAIN))
    assert first == replace(REVIEW, quality=1, after=after)
    assert second == replace(AGAIN, before=after, after=sm2.review(after, 5, date(2024, 1, 16)))


def test_a_day_that_cannot_be_read_gives_a_card_to_begin_again():
    assert mended(History("a", ONCE, (replace(REVIEW, day=None),))).memory == NEW


entries = st.lists(
    st.builds(
        Entry,
        st.just(1),
        st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        st.none() | st.integers(0, 5),
        st.booleans(),
        st.none(),
        st.none(),
    ),
    max_size=20,
)


@given(entries)
def test_mending_is_done_once(found: list[Entry]):
    once = mended(History("a", None, tuple(found)))
    assert mended(once) == once
    assert [(entry.day, entry.quality, entry.drill) for entry in once.entries] == [
        (entry.day, entry.quality, entry.drill) for entry in found
    ]


@given(entries)
def test_without_resets_and_drills_it_is_the_fold_of_sm2(found: list[Entry]):
    reviews = [replace(entry, drill=False) for entry in found if entry.quality is not None]
    folded = sm2.fold((entry.quality, entry.day) for entry in reviews)
    assert mended(History("a", None, tuple(reviews))).memory == folded
