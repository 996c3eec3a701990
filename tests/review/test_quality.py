"""From what happened to the quality that is proposed, row by row, with the reason that the learner reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.cards.card import Card
from mnemosyne.review.quality import duration_phrase, propose, target_time
from mnemosyne.review.record import GAVE_UP, Attempt

RIGHT = Attempt("2x cos(x^2)", "correct", None)
WRONG = Attempt("cos(x^2)", "incorrect", "missing-inner-derivative")
CARELESS = Attempt("-2x cos(x^2)", "incorrect", "sign-flipped")
UNNAMED = Attempt("7", "incorrect", None)
PARTLY = Attempt("x^2; cos(u); 7; 7", "incorrect", None, 2, 4, 2)
HARDLY = Attempt("x^2; 7; 7; 7", "incorrect", None, 2, 4, 1)
UNDECIDED = Attempt("x^x^x^x", "undecided", None)
GIVEN_UP = Attempt("", GAVE_UP, None)
REVEALED = Attempt("", None, None)

TARGET = timedelta(seconds=60)


@pytest.mark.parametrize(
    ("attempts", "hints", "seconds", "quality", "reason"),
    [
        ([RIGHT], 0, 12, 5, "correct in 12 s; target 1 min"),
        ([RIGHT], 0, 60, 5, "correct in 1 min; target 1 min"),
        ([RIGHT], 0, 60.001, 4, "correct in 1 min 1 s; target 1 min"),
        ([RIGHT], 0, 150, 4, "correct in 2 min 30 s; target 1 min"),
        ([RIGHT], 1, 12, 3, "correct after 1 hint"),
        ([RIGHT], 2, 150, 3, "correct after 2 hints"),
        ([CARELESS, RIGHT], 0, 12, 3, "correct after a careless mistake"),
        ([CARELESS, RIGHT], 1, 12, 3, "correct after a careless mistake and 1 hint"),
        ([WRONG, RIGHT], 0, 12, 2, "correct after a misconception"),
        ([WRONG, RIGHT], 2, 12, 2, "correct after a misconception and 2 hints"),
        ([UNNAMED, RIGHT], 0, 12, 2, "correct after an unnamed mistake"),
        ([UNNAMED, RIGHT], 1, 12, 2, "correct after an unnamed mistake and 1 hint"),
        ([UNNAMED, UNNAMED], 0, 12, 1, "incorrect on the second try"),
        ([UNNAMED, GIVEN_UP], 0, 12, 1, "incorrect, then given up"),
        ([UNNAMED], 0, 12, 1, "incorrect"),
        ([WRONG], 1, 12, 1, "incorrect"),
        ([CARELESS, WRONG], 0, 12, 1, "incorrect on the second try"),
        ([GIVEN_UP], 0, 12, 0, "given up"),
        ([GIVEN_UP], 3, 12, 0, "given up"),
        ([WRONG, GIVEN_UP], 0, 12, 1, "incorrect, then given up"),
        ([PARTLY, PARTLY], 0, 12, 2, "2 of 4 right on the second try"),
        ([WRONG, PARTLY], 0, 12, 2, "2 of 4 right on the second try"),
        ([PARTLY, HARDLY], 0, 12, 1, "1 of 4 right on the second try"),
        ([PARTLY, UNNAMED], 0, 12, 1, "incorrect on the second try"),
        ([PARTLY], 0, 12, 2, "2 of 4 right"),
        ([PARTLY, GIVEN_UP], 0, 12, 2, "2 of 4 right, then given up"),
        ([HARDLY, GIVEN_UP], 0, 12, 1, "1 of 4 right, then given up"),
        ([UNDECIDED], 0, 12, None, "compare the two answers and grade yourself"),
        ([WRONG, UNDECIDED], 0, 12, None, "compare the two answers and grade yourself"),
        ([REVEALED], 0, 12, None, "compare your answer with the one shown and grade yourself"),
    ],
)
def test_the_table(attempts: list[Attempt], hints: int, seconds: float, quality: int | None, reason: str) -> None:
    assert propose(attempts, hints, timedelta(seconds=seconds), TARGET) == (quality, reason)


@pytest.mark.parametrize("misconception", [entry.id for entry in CATALOGUE.values() if entry.careless])
def test_a_careless_mistake_costs_less_than_a_misconception(misconception: str) -> None:
    assert propose([Attempt("x", "incorrect", misconception), RIGHT], 0, TARGET, TARGET)[0] == 3


@pytest.mark.parametrize("misconception", ["outer-at-x", "quotient-order", "log-not-inverted", "no-such-id", None])
def test_any_other_misconception_costs_more(misconception: str | None) -> None:
    assert propose([Attempt("x", "incorrect", misconception), RIGHT], 0, TARGET, TARGET)[0] == 2


@given(
    st.integers(0, 3), st.timedeltas(timedelta(), timedelta(hours=1)), st.timedeltas(timedelta(), timedelta(hours=1))
)
def test_more_time_or_more_hints_never_raise_the_quality(hints: int, spent: timedelta, more: timedelta) -> None:
    quality, _ = propose([RIGHT], hints, spent, TARGET)
    slower, _ = propose([RIGHT], hints, spent + more, TARGET)
    helped, _ = propose([RIGHT], hints + 1, spent, TARGET)
    assert quality is not None
    assert slower is not None
    assert helped is not None
    assert slower <= quality
    assert helped <= quality


def test_the_target_time_is_the_cards_else_the_settings_else_depends_on_the_links(
    make_card: Callable[..., Card],
) -> None:
    plain, timed = make_card("plain"), make_card("timed", target=timedelta(seconds=20))
    setting = timedelta(seconds=40)
    assert target_time(timed, setting, 3) == timedelta(seconds=20)
    assert target_time(plain, setting, 3) == timedelta(seconds=40)
    assert [target_time(plain, None, links).seconds for links in (0, 1, 2, 6)] == [30, 45, 60, 120]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (0.2, "1 s"), (45, "45 s"), (59.5, "1 min"), (60, "1 min"), (65, "1 min 5 s"), (600, "10 min")],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration_phrase(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("options", "seconds", "expected"),
    [
        (2, 12, (4, "correct in 12 s; only 2 options")),
        (3, 12, (4, "correct in 12 s; only 3 options")),
        (3, 150, (4, "correct in 2 min 30 s; target 1 min")),
        (4, 12, (5, "correct in 12 s; target 1 min")),
    ],
)
def test_a_right_choice_among_few_options_may_be_a_guess(options: int, seconds: int, expected: tuple[int, str]) -> None:
    assert propose([RIGHT], 0, timedelta(seconds=seconds), TARGET, options) == expected


@given(st.integers(2, 9).flatmap(lambda count: st.tuples(st.just(count), st.integers(0, count - 1))))
def test_there_is_credit_for_half_of_the_fields_and_more(fields: tuple[int, int]) -> None:
    count, right = fields
    attempt = Attempt("a; b", "incorrect", None, 0, count, right)
    for attempts in ([attempt], [WRONG, attempt], [attempt, GIVEN_UP]):
        assert propose(attempts, 0, TARGET, TARGET)[0] == (2 if right >= count / 2 else 1)
