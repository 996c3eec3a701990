"""The forecast: the cards that sessions ask on the coming days, if every answer is graded 4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hand_clock import HandClock

from mnemosyne.collection import Collection
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.today import overview_of
from mnemosyne.settings import Settings

CARDS, DAYS = 30, 14
TOPICS = ("chains", "limits")


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """Return a collection of thirty cards in two topics, of which four are learned a day.

    At most one of them is from the second topic.
    """
    for place, topic in enumerate(TOPICS):
        (tmp_path / "cards" / topic).mkdir(parents=True)
        cards = (
            f"  - {{id: c{number:02}, kind: recall, ask: Say {number}., answer: It.}}"
            for number in range(place, CARDS, len(TOPICS))
        )
        (tmp_path / "cards" / topic / "deck.yaml").write_text("\n".join(["cards:", *cards, ""]), encoding="utf-8")
    where = Settings(
        tmp_path / "data",
        tmp_path / "config.toml",
        (tmp_path / "cards",),
        backups=False,
        new_per_day=4,
        topics={"limits": {"new_per_day": 1}},
    )
    with Collection(where, HandClock()) as new_collection:
        new_collection.sync()
        yield new_collection


def day_of(collection: Collection, qualities: Iterator[int]) -> tuple[int, int]:
    """Answer all that a day asks; return how many of the cards were seen before, and how many were new."""
    session, due, new = collection.session(), 0, 0
    while session.question is not None:
        is_new = collection.repository.memory(session.question.card.id).new
        if not session.drilling:
            due, new = due + (not is_new), new + is_new
        session.reveal()
        session.grade(next(qualities))
    collection.clock.turn(days=1)
    return due, new


@pytest.mark.thorough
@pytest.mark.parametrize("scheduler", ["sm2", "fsrs"])
@pytest.mark.parametrize("seed", range(3))
def test_the_coming_days_ask_what_was_forecast(collection: Collection, scheduler: str, seed: int):
    collection.settings = replace(collection.settings, scheduler=scheduler)
    random = Random(seed)
    for _ in range(4 * seed):
        day_of(collection, iter(lambda: random.choice((1, 3, 4, 5)), None))
    collection.follow_scheduler()
    forecast = overview_of(collection)
    assert progress_of(collection).forecast[:DAYS] == forecast.forecast
    by_topic = [progress_of(collection, topic).forecast for topic in TOPICS]
    assert tuple(map(sum, zip(*by_topic, strict=True))) == progress_of(collection).forecast
    asked_per_day = [day_of(collection, iter(lambda: 4, None)) for _ in range(DAYS)]
    assert asked_per_day == [*zip(forecast.forecast, forecast.coming_new, strict=True)]


def test_a_first_day_forecasts_the_reviews_of_cards_still_to_be_learned(collection: Collection):
    """SM-2 asks a card after 1 day, and after 6 more: what is learned today is asked tomorrow and a week from today."""
    overview = overview_of(collection)
    assert overview.coming_new == (4, 4, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
    assert overview.forecast == (0, 4, 4, 4, 4, 1, 1, 5, 5, 5, 5, 2, 2, 2)
