"""Fits and the days of a spread in the deck: they come back as they were stored, and what cannot be any is ignored."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, text

from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit
from mnemosyne.store.engine import writing
from mnemosyne.store.rows import attempts_in, readable_rows
from mnemosyne.store.schedule import CatchUp, catch_up_of, count_tested, fits, store_catch_up, store_fit

FIRST = Fit(1000, DEFAULT_WEIGHTS, 0.36, 0.34, date(2024, 3, 1))
SECOND = Fit(2000, tuple(weight * 1.01 for weight in DEFAULT_WEIGHTS), 0.31, 0.32, date(2024, 3, 9))


def test_fits_come_back_as_they_were_stored(deck: Engine):
    assert (fits(deck), count_tested(deck)) == ((), 0)
    for new_fit in (SECOND, FIRST, FIRST):
        store_fit(deck, new_fit)
    assert fits(deck) == (FIRST, SECOND)


@pytest.mark.parametrize(
    "weights", ["", "[]", "[1, 2]", "{}", f"[{', '.join(['1e999'] * 21)}]", "['a']", f"[9e9{', 1' * 20}]"]
)
def test_what_cannot_be_weights_is_left_out(deck: Engine, weights: str):
    store_fit(deck, FIRST)
    store_fit(deck, SECOND)
    with writing(deck) as connection:
        connection.execute(text("UPDATE fit SET weights = :weights WHERE answers = 2000"), {"weights": weights})
    assert fits(deck) == (FIRST,)


@pytest.mark.parametrize("day", ["'zzz'", "''", "'20240309'", "x'ff'", "7"])
def test_what_cannot_be_the_last_day_of_a_spread_is_ignored(deck: Engine, day: str):
    spread = CatchUp(date(2024, 3, 9), by_learner=True)
    store_catch_up(deck, spread)
    assert catch_up_of(deck) == spread
    with writing(deck) as connection:
        connection.execute(text(f"UPDATE schedule SET catch_up_until = {day}"))
    assert catch_up_of(deck) is None


@pytest.mark.parametrize(("stored", "are"), [("[]", True), ("{}", False), ("null", False), ("[{}]", False)])
def test_attempts_are_a_list_of_attempts(stored: str, are: bool):
    assert bool([*readable_rows(attempts_in, [stored])]) == are
