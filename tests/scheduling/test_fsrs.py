"""FSRS-6 agrees with the packages `fsrs` and `fsrs-rs-python`, on published examples and random histories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs as py_fsrs
import fsrs_rs_python as rust_fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters, FsrsState

BEGIN = datetime(2024, 1, 15, 12, tzinfo=UTC)
ratings = st.integers(1, 4)
histories = st.lists(st.tuples(st.one_of(st.just(0), st.integers(0, 30), st.integers(1, 2000)), ratings), min_size=1)
# Within the bounds, but not at them: there the packages apply bounds of their own.
weights = st.tuples(*(st.floats(low + 0.05 * (high - low), high - 0.05 * (high - low)) for low, high in fsrs.BOUNDS))


def fold(parameters: fsrs.Weights, history: list[tuple[int, int]]) -> list[FsrsState]:
    (_, first), *rest = history
    states = [fsrs.first_state(parameters, first)]
    for days, rating in rest:
        states.append(fsrs.next_state(parameters, states[-1], days, rating))
    return states


def folded_by_package(parameters: fsrs.Weights, history: list[tuple[int, int]]) -> list[FsrsState]:
    """Fold with every review at the same hour, so that the package counts our days; the same day is a minute later."""
    scheduler = py_fsrs.Scheduler(parameters, enable_fuzzing=False, learning_steps=(), relearning_steps=())
    card, moment, states = py_fsrs.Card(card_id=1, due=BEGIN), BEGIN, []
    for index, (days, rating) in enumerate(history):
        moment += timedelta(days=days if index else 0)
        card, _ = scheduler.review_card(card, py_fsrs.Rating(rating), moment)
        states.append(FsrsState(card.stability, card.difficulty))
    return states


@given(histories, st.just(DEFAULT_WEIGHTS) | weights)
def test_states_agree_with_the_package_fsrs(history: list[tuple[int, int]], parameters: fsrs.Weights):
    for own_state, package_state in zip(fold(parameters, history), folded_by_package(parameters, history), strict=True):
        assert own_state == pytest.approx(package_state, rel=1e-6)


def test_states_agree_with_the_package_fsrs_rs_python():
    """To 1e-5: the package computes with 32 bits, so that a single step of its own differs by up to 4e-6."""
    random, package = Random(6), rust_fsrs.FSRS(list(DEFAULT_WEIGHTS))
    for _ in range(500):
        days = [0, *(random.choice((0, random.randint(1, 30), random.randint(1, 2000))) for _ in range(20))]
        history = [(passed, random.randint(1, 4)) for passed in days[: random.randint(1, 21)]]
        item = rust_fsrs.FSRSItem([rust_fsrs.FSRSReview(rating, passed) for passed, rating in history])
        states = package.historical_memory_states(item)
        for own_state, package_state in zip(fold(DEFAULT_WEIGHTS, history), states, strict=True):
            assert own_state == pytest.approx((package_state.stability, package_state.difficulty), rel=1e-5)


@pytest.mark.parametrize(("rating", "days"), [(fsrs.EASY, (8, 66, 397, 1875)), (fsrs.GOOD, (2, 11, 46, 163, 497))])
def test_intervals_of_a_card_that_always_gets_the_same_rating(rating: int, days: tuple[int, ...]):
    """Each review is on the day on which the card is due."""
    state, intervals = fsrs.first_state(DEFAULT_WEIGHTS, rating), []
    while len(intervals) < len(days):
        intervals.append(fsrs.interval(FsrsParameters(), state.stability))
        state = fsrs.next_state(DEFAULT_WEIGHTS, state, intervals[-1], rating)
    assert tuple(intervals) == days


@pytest.mark.parametrize(
    ("quality", "proposed", "rating"),
    [
        *((0, None, 1), (1, 1, 1), (2, 5, 1), (3, 3, 2), (4, 4, 3), (4, 5, 3)),
        *((5, 5, 3), (5, None, 3), (5, 4, 4), (5, 0, 4)),  # easy is only a proposed grade that the learner raised
    ],
)
def test_ratings_of_qualities(quality: int, proposed: int | None, rating: int):
    assert fsrs.rating_of(quality, proposed) == rating


@given(st.floats(0.01, 30_000), st.floats(0.7, 0.97), weights)
def test_intervals_and_retrievability_agree_with_the_package_fsrs(stability, retention, parameters):
    scheduler = py_fsrs.Scheduler(parameters, desired_retention=retention, enable_fuzzing=False)
    assert fsrs.interval(FsrsParameters(parameters, retention), stability) == scheduler._next_interval(
        stability=stability
    )
    card = py_fsrs.Card(card_id=1, stability=stability, difficulty=5, last_review=BEGIN)
    package_recall = scheduler.get_card_retrievability(card, BEGIN + timedelta(days=17))
    assert fsrs.retrievability(parameters, stability, 17) == pytest.approx(package_recall, rel=1e-9)
