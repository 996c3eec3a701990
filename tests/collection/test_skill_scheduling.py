"""Skills that schedule, in a collection: the setting, the log's word on it, the cards of the day, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hand_clock import HandClock
from skilled_learner import COMPOSITIONS, skilled_log
from synthetic import fill

from mnemosyne.collection import Collection
from mnemosyne.collection.asked_today import asked_today
from mnemosyne.collection.evaluating import losses_from, start_losses
from mnemosyne.collection.overview import waiting_now
from mnemosyne.collection.skill_scheduling import own_memory_of
from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings

CARDS = 80
FIXED = ("card-1", "card-5")
GONE = 120  # study days since the last answer
BY_SKILLS = {"scheduler": "fsrs", "skills": True}


def reviews(log: Sequence[ExerciseAnswer], today: date) -> Iterator[Review]:
    """Yield the reviews of a log whose last study day is `GONE` days before today."""
    memories: dict[str, Memory] = {}
    for number, answer in enumerate(log):
        day = plus_days(today, answer.day - log[-1].day - GONE)
        before = memories.get(answer.card_id, Memory())
        after = before if answer.drill else sm2.review(before, answer.quality, day)
        memories[answer.card_id] = after
        yield Review(
            card_id=answer.card_id,
            answered_at=datetime.combine(day, time(9), UTC) + timedelta(seconds=number),
            offset=timedelta(),
            study_day=day,
            drill=answer.drill,
            seed=1,
            answer="x",
            verdict="incorrect" if answer.quality < sm2.PASS else "correct",
            misconception=answer.misconception,
            proposed=4,
            quality=answer.quality,
            hints=0,
            attempts=1,
            duration=timedelta(seconds=30),
            before=before,
            after=after,
            exercise=answer.exercise.text,
        )


def collection_of(folder: Path, theta: float, **settings: object) -> Collection:
    """Return the collection of someone whose memory of cards is to this share their own."""
    cards = folder / "cards" / "small"
    cards.mkdir(parents=True)
    lines = ["cards:"]
    for number in range(CARDS):
        f = COMPOSITIONS[number % len(COMPOSITIONS)].f
        where = f if f"card-{number}" in FIXED else f"a*({f}), where: {{a: 2..9}}"
        lines.append(f"  - {{id: card-{number}, kind: derivative, f: {where}}}")
    (cards / "deck.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Collection(
        Settings(folder / "data", folder / "config.toml", (folder / "cards",), backups=False), HandClock()
    )
    assert made.sync_if_changed() is not None
    assert made.problems == ()
    fill(made.deck, reviews(skilled_log(theta, 500, most_cards=CARDS), made.clock.today()))
    made.settings = replace(made.settings, **settings)
    made.follow_scheduler()
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Someone whose memory is for the most part that of skills."""
    with collection_of(tmp_path_factory.mktemp("skills"), 0.3) as collection:
        yield collection


@pytest.fixture
def collection(made: Collection) -> Collection:
    """The same, as the settings are by default."""
    made.settings = replace(made.settings, scheduler="sm2", skills=False)
    made.follow_scheduler()
    return made


def set_to(collection: Collection, **settings: object) -> None:
    collection.settings = replace(collection.settings, **settings)
    collection.follow_scheduler()


@pytest.mark.parametrize("settings", [{"skills": True}, {"scheduler": "fsrs"}])
def test_skills_schedule_only_with_fsrs_and_where_they_are_asked_to(collection: Collection, settings: dict):
    set_to(collection, **settings)
    assert collection.rules.skills is None


def test_the_day_asks_what_skills_need_and_due_dates_stay(collection: Collection):
    set_to(collection, scheduler="fsrs")
    due = {*collection.repository.due(collection.clock.today(), Scope())}
    before = {card_id: collection.repository.memory(card_id) for card_id in due}
    assert waiting_now(collection).due == len(due)
    set_to(collection, skills=True)
    of_skills = collection.rules.skills
    assert of_skills is not None
    assert len(of_skills.cards) == CARDS - len(FIXED)
    assert 0 < len(of_skills.asked) < len(due - {*FIXED})
    assert waiting_now(collection).due == len(of_skills.asked) + len(due & {*FIXED})
    assert {card_id: collection.repository.memory(card_id) for card_id in due} == before
    assert asked_today(collection, of_skills.asked[0]).startswith("Asked today: its skills are due · interval ")
    for card_id in due - {*FIXED, *of_skills.asked}:
        assert asked_today(collection, card_id) == "Due, but waiting: you still remember its skills."
    set_to(collection, skills=False)
    assert waiting_now(collection).due == len(due)


def test_where_memory_is_of_cards_the_log_keeps_the_gate_shut(tmp_path: Path):
    with collection_of(tmp_path, 1.0, **BY_SKILLS) as collection:
        assert collection.rules.skills is None
        own = own_memory_of(collection.deck, DEFAULT_WEIGHTS, collection.clock.today())
        assert own.answers > 200
        assert not own.skills_schedule


def test_a_process_says_the_same_of_the_log_as_is_decided_here(collection: Collection):
    own = own_memory_of(collection.deck, DEFAULT_WEIGHTS, collection.clock.today())
    with start_losses(collection) as evaluation:
        assert losses_from(collection, evaluation.results()).own_memory == own
    assert own.skills_schedule


def test_a_session_begun_again_goes_on_with_what_is_left(tmp_path: Path):
    with collection_of(tmp_path, 0.3, **BY_SKILLS) as collection:
        asked = collection.rules.skills
        waits = waiting_now(collection).due
        session = collection.session()
        assert session.progress.left == waits
        session.give_up()
        session.grade(4)
        assert waiting_now(collection).due == waits - 1
        with Collection(collection.settings, collection.clock) as again:
            again.follow_scheduler()
            assert again.rules.skills == asked
            assert waiting_now(again).due == waits - 1
