"""The tally is what the log says, whatever is done to the deck: graded, drilled, undone, moved to another topic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import naive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size
from sqlalchemy import Engine, text

from mnemosyne.progress.figures import MisconceptionDay
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Rate
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import log
from mnemosyne.store.bulk_changes import reset_in_deck
from mnemosyne.store.engine import open_deck, reading
from mnemosyne.store.progress_figures import (
    FiguresRequest,
    figures,
    misconception_days,
    rebuild_tally,
    study_days,
    tally_differences,
)
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

FIRST = date(2024, 3, 1)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
IDS = "abcd"
TOPICS = ("chains", "limits")

steps = st.lists(
    st.tuples(
        st.sampled_from(["grade", "grade", "grade", "practise", "undo", "tomorrow", "reset", "move", "lose"]),
        st.integers(0, 3),  # which card
        st.integers(0, 5),  # the quality
        st.one_of(st.none(), st.integers(0, 5)),  # the proposed quality
        st.integers(0, 90),  # seconds
    ),
    max_size=40,
)


class Life:
    """A deck, and what a learner does with it."""

    def __init__(self, engine: Engine, make_card: Callable, make_review: Callable, make_repository: Callable) -> None:
        self.engine, self.make_card, self.make_review = engine, make_card, make_review
        self.repository: SqlRepository = make_repository(engine)
        self.day = FIRST
        self.topics = dict.fromkeys(IDS, TOPICS[0])
        self.present = set(IDS)
        self.sync()

    def sync(self) -> None:
        cards = [
            self.make_card(id_, n, topic=self.topics[id_], tags=("all", id_), links=n or None)
            for n, id_ in enumerate(IDS)
            if id_ in self.present
        ]
        sync_cards(self.engine, cards, {})

    def do(self, action: str, card_number: int, quality: int, proposed: int | None, seconds: int) -> None:
        id_ = IDS[card_number]
        if action == "grade":
            self.grade(id_, quality, proposed, seconds)
        elif action == "practise":
            self.practise(id_, quality, proposed, seconds)
        elif action == "undo" and (last := self.repository.last_event()):
            self.repository.undo(last)
        elif action == "reset":
            reset_in_deck(self.engine, [id_], NOON, self.day)
        elif action == "tomorrow":
            self.day = plus_days(self.day, 1 + seconds)
        elif action == "move" and id_ in self.present:
            self.topics[id_] = TOPICS[quality % 2]
            self.sync()
        elif action == "lose":
            self.present ^= {id_}
            self.sync()

    def grade(self, id_: str, quality: int, proposed: int | None, seconds: int) -> None:
        before = self.repository.memory(id_)
        drill = before.reviewed == self.day and quality % 2 == 0  # or a second review, as after a clock change
        after = before if drill else sm2.review(before, quality, self.day)
        more: dict[str, Any] = {"proposed": proposed, "duration": timedelta(seconds=seconds), "drill": drill}
        self.repository.record(self.make_review(id_, quality, self.day, before, after=after, **more))

    def practise(self, id_: str, quality: int, proposed: int | None, seconds: int) -> None:
        memory = self.repository.memory(id_)
        more: dict[str, Any] = {"proposed": proposed, "duration": timedelta(seconds=seconds), "practice": True}
        self.repository.record(self.make_review(id_, quality, self.day, memory, after=memory, **more))

    def logged(self, topic: str | None) -> list[Review]:
        return [review for review in log.read_reviews(self.engine) if topic in (None, self.topics[review.card_id])]


@pytest.fixture(scope="session")
def make_life(make_card: Callable, make_review: Callable, make_repository: Callable) -> Callable[[Engine], Life]:
    """Return a function that makes a learner's life with a deck."""
    return lambda engine: Life(engine, make_card, make_review, make_repository)


@settings(max_examples=sample_size(8, 40), deadline=None)
@given(life=steps, since=st.integers(0, 200), days=st.integers(1, 400), topic=st.sampled_from([None, *TOPICS]))
def test_tally_and_figures_are_those_of_the_log(
    make_life: Callable[[Engine], Life], life: list[tuple], since: int, days: int, topic: str | None
):
    with TemporaryDirectory() as folder:
        engine = open_deck(Path(folder) / "deck.sqlite")
        learner = make_life(engine)
        for step in life:
            learner.do(*step)
        assert tally_differences(engine) == ()
        period = Period(plus_days(FIRST, since), plus_days(FIRST, since + days))
        with reading(engine) as connection:
            deck_figures = figures(connection, FiguresRequest(period, topic, 2))
        logged = learner.logged(topic)
        assert deck_figures.days == naive.days(logged)
        assert naive.as_counts(deck_figures.chosen) == naive.chosen_qualities(logged, period)
        assert set(deck_figures.misconceptions) == naive.misconceptions(logged, period)
        assert set(deck_figures.grouped.tags) == naive.groups(logged, period, lambda id_: ("all", id_))
        assert set(deck_figures.grouped.kinds) == naive.groups(logged, period, lambda _: ("recall",))
        links = {id_: [str(n)] if n else [] for n, id_ in enumerate(IDS)}
        assert set(deck_figures.grouped.links) == naive.groups(logged, period, links.__getitem__)
        engine.dispose()


def test_a_tally_that_differs_from_the_log_is_reported_and_rebuilt(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sync_cards(deck, [make_card("a")], {})
    repository.record(make_review("a", 2, duration=timedelta(seconds=1)))
    with deck.begin() as connection:
        connection.execute(text("UPDATE tally SET reviews = 2"))
    key = "study_day 2024-03-10, topic chain-rule, proposed 4, quality 2"
    rest = "first 1, young 0, mature 0, drills 0, practised 0, spent 1000000"
    assert tally_differences(deck) == (
        f"{key}: the log has reviews 1, {rest}",
        f"{key}: the tally has reviews 2, {rest}",
    )
    rebuild_tally(deck)
    assert tally_differences(deck) == ()


def test_an_undone_day_leaves_nothing_in_the_tally(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sync_cards(deck, [make_card("a")], {})
    repository.undo(repository.record(make_review("a", 2)))
    with deck.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM tally")).scalar() == 0


ALWAYS = Period(date.min, date.max)


@pytest.fixture(autouse=True)
def cards(deck: Engine, make_card: Callable) -> None:
    sync_cards(deck, [make_card(id_, n) for n, id_ in enumerate("abcdef")], {})


def test_a_new_deck(deck: Engine):
    assert study_days(deck, ALWAYS) == ()
    assert misconception_days(deck, ALWAYS) == ()


def test_what_was_done_on_each_study_day(deck: Engine, repository: SqlRepository, make_review: Callable, day: date):
    took = timedelta(seconds=30, microseconds=5)
    first = [
        repository.record(make_review(id_, quality, duration=took)) for id_, quality in (("a", 2), ("b", 3), ("c", 5))
    ]
    repository.record(make_review("a", 4, before=first[0].after, drill=True, duration=took))
    repository.undo(repository.record(make_review("d", 4, duration=took)))
    later = plus_days(day, 2)
    repository.record(make_review("a", 4, later, before=first[0].after, duration=took))
    first_day = Day(day, Activity(reviews=3, first=3, passed=2, drills=1, spent=4 * took))
    second_day = Day(later, Activity(reviews=1, first=0, passed=1, drills=0, spent=took), young=Rate(1, 1))
    assert study_days(deck, ALWAYS) == (first_day, second_day)
    assert study_days(deck, Period(plus_days(day, 1), date.max)) == (second_day,)
    assert study_days(deck, Period(date.min, plus_days(day, 1))) == (first_day,)
    assert study_days(deck, Period(later, later)) == (second_day,)


def test_the_misconceptions_that_were_named(deck: Engine, repository: SqlRepository, make_review: Callable, day: date):
    took = timedelta(seconds=9)
    misconceptions = ("b", "a", "b", None, "a", "c")
    for n, (id_, misconception) in enumerate(zip("abcdef", misconceptions, strict=True)):
        review = repository.record(make_review(id_, 2, plus_days(day, n), misconception=misconception, duration=took))
    repository.undo(review)
    last = repository.record(make_review("a", 2, plus_days(day, 4), drill=True, misconception="a", duration=took))
    assert last.drill
    expected = [
        MisconceptionDay("a", plus_days(day, 1), times=1, lapses=1, spent=took),
        MisconceptionDay("a", plus_days(day, 4), times=2, lapses=1, spent=2 * took),
        MisconceptionDay("b", day, times=1, lapses=1, spent=took),
        MisconceptionDay("b", plus_days(day, 2), times=1, lapses=1, spent=took),
    ]
    assert misconception_days(deck, ALWAYS) == tuple(expected)
    assert misconception_days(deck, Period(plus_days(day, 1), plus_days(day, 2))) == (expected[0], expected[3])
