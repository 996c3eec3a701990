"""The log as a stream, and as the schedulers see it: in its own order, without what was undone, in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from review_rows import review_rows
from sqlalchemy import Engine, insert

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scored_log import LoggedAnswer
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import bulk_changes, log, tables
from mnemosyne.store.engine import writing
from mnemosyne.store.log import exercise_answers_after, logged_answers
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards


@pytest.fixture
def stored(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable, day: date
) -> list[Review]:
    """Store three cards of two topics graded on three days, a drill among them; one grade is undone."""
    sync_cards(deck, [make_card("a"), make_card("b", 1), make_card("c", 2, topic="limits")], {})
    first = [repository.record(make_review(id_, 3, day)) for id_ in "abc"]
    drill = repository.record(make_review("b", 5, day, before=first[1].after, drill=True))
    repository.undo(repository.record(make_review("a", 0, plus_days(day, 1), before=first[0].after)))
    # The clock was set back: the log keeps the order in which things happened.
    back = repository.record(make_review("c", 4, plus_days(day, -1), before=first[2].after))
    last = repository.record(make_review("a", 4, plus_days(day, 2), before=first[0].after))
    return [*first, drill, back, last]


def test_the_whole_log_comes_in_its_own_order(deck: Engine, stored: list[Review]):
    assert list(log.read_reviews(deck)) == stored


@pytest.mark.parametrize(
    ("since", "until", "places"),
    [
        (0, None, [0, 1, 2, 3, 5]),
        (None, 0, [0, 1, 2, 3, 4]),
        (0, 0, [0, 1, 2, 3]),
        (1, 2, [5]),
        (3, None, []),
        (1, -1, []),
    ],
)
def test_both_ends_of_a_period_are_included(
    deck: Engine, stored: list[Review], day: date, since, until, places: list[int]
):
    bounds = {name: plus_days(day, ahead) for name, ahead in (("since", since), ("until", until)) if ahead is not None}
    assert list(log.read_reviews(deck, **bounds)) == [stored[place] for place in places]
    assert log.count_reviews(deck, **bounds) == len(places)


def test_the_log_of_one_topic(deck: Engine, stored: list[Review], day: date):
    assert list(log.read_reviews(deck, topic="limits")) == [stored[2], stored[4]]
    assert list(log.read_reviews(deck, topic="limits", since=day)) == [stored[2]]
    assert list(log.read_reviews(deck, topic="nothing")) == []
    assert [log.count_reviews(deck, topic=topic) for topic in (None, "limits", "nothing")] == [6, 2, 0]


def test_every_card_has_its_memory_also_when_it_is_missing(deck: Engine, stored: list[Review], make_card: Callable):
    sync_cards(deck, [make_card("b"), make_card("new", 1)], {})
    memories = {"a": stored[5].after, "b": stored[1].after, "c": stored[4].after, "new": Memory()}
    assert dict(log.memories(deck)) == memories


def test_a_stream_sees_the_deck_as_it_was_when_it_began(
    deck: Engine, repository: SqlRepository, stored: list[Review], make_review: Callable, day: date
):
    stream = log.read_reviews(deck)
    assert next(stream) == stored[0]
    repository.record(make_review("b", 4, plus_days(day, 3), before=stored[1].after))
    assert list(stream) == stored[1:]


def test_a_stream_that_is_left_early_holds_nothing_open(deck: Engine, repository: SqlRepository, stored: list[Review]):
    stream = log.read_reviews(deck)
    next(stream)
    stream.close()
    assert deck.pool.checkedout() == 0


@pytest.mark.thorough
def test_a_long_log_takes_little_memory(deck: Engine, make_card: Callable, make_review: Callable):
    sync_cards(deck, [make_card("a")], {})
    rows = list(review_rows([make_review("a", 4, answer="x" * 200)] * 20_000))
    with writing(deck) as connection:
        connection.execute(insert(tables.review), rows)
    del rows
    tracemalloc.start()
    assert sum(1 for _ in log.read_reviews(deck)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20, "20,000 reviews held at once would take some 30 MiB"


FIRST, SECOND = date(2026, 3, 10), date(2026, 3, 11)


def test_answers_come_in_the_logs_order(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sync_cards(deck, [make_card("a"), make_card("b")], {})
    once = repository.record(make_review("a", 3, FIRST))
    repository.record(make_review("a", 4, FIRST, once.after, drill=True))
    repository.record(make_review("b", 5, FIRST, proposed=None))
    repository.record(make_review("a", 5, FIRST, once.after, practice=True))
    undone = repository.record(make_review("a", 2, SECOND, once.after))
    repository.undo(undone)
    bulk_changes.reset_in_deck(deck, ["a"], datetime(2026, 3, 11, 9, tzinfo=UTC), SECOND)
    repository.record(make_review("a", 4, SECOND, Memory()))
    first, second = FIRST.toordinal(), SECOND.toordinal()
    assert list(logged_answers(deck)) == [
        LoggedAnswer("a", first, 3, 4, interval=0),
        LoggedAnswer("a", first, 4, 4, drill=True, interval=1),
        LoggedAnswer("b", first, 5, None, interval=0),
        LoggedAnswer("a", second, None),
        LoggedAnswer("a", second, 4, 4, interval=0),
    ]


def test_answers_to_exercises_come_in_parts_with_what_concerns_skills(
    deck: Engine, repository: SqlRepository, make_card: Callable, make_review: Callable
):
    sine = Exercise(ExerciseKind.STEPS, "sin(x^2)", "x")
    sync_cards(deck, [make_card("a"), make_card("b"), make_card("c")], {})
    facts = {"hints": 1, "misconception": "trig-sign", "duration": timedelta(seconds=12.5)}
    once = repository.record(make_review("a", 1, FIRST, exercise=sine.text, fields="1011", **facts))
    repository.record(make_review("a", 4, FIRST, once.after, drill=True, exercise=sine.text))
    repository.record(make_review("a", 5, FIRST, once.after, practice=True, exercise=sine.text))
    repository.record(make_review("b", 5, FIRST))
    repository.record(make_review("c", 5, FIRST, exercise='{"kind":"of-later-days","f":"x","by":"x"}'))
    undone = repository.record(make_review("a", 2, SECOND, once.after, exercise=sine.text))
    assert len(exercise_answers_after(deck, "", 10)[0]) == 3
    repository.undo(undone)
    answers = exercise_answers_after(deck, "", 10)[0]
    day, fields = FIRST.toordinal(), (True, False, True, True)
    assert [(answer.quality, answer.drill) for answer in answers] == [(1, False), (4, True)]
    first = answers[0]
    assert first == ExerciseAnswer(
        first.event_id, "a", day, sine, 1, 4, hints=1, misconception="trig-sign", right_fields=fields, seconds=12.5
    )
    assert exercise_answers_after(deck, "", 1) == (answers[:1], first.event_id)
    assert exercise_answers_after(deck, first.event_id, 3) == (answers[1:], None)
