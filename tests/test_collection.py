"""The collection: card files, deck and checker wired together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hand_clock import HandClock

from mnemosyne.cards.question import make_question
from mnemosyne.collection import Collection
from mnemosyne.collection.load import waiting_now
from mnemosyne.collection.today import overview_of
from mnemosyne.errors import InputError
from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import WaitingCounts
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.settings import Settings
from mnemosyne.verdict import Word

DECK = """defaults: {tags: [first]}
cards:
  - {id: formula, kind: derivative, f: sin(x^2)}
  - {id: number, kind: numeric, ask: Two?, answer: 2}
  - {id: option, kind: choice, ask: Which?, options: [{text: this, right: true}, {text: that, why: No.}]}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""


@pytest.fixture
def deck_file(tmp_path):
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "lesson.md").write_text("# Small\n", encoding="utf-8")
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return topic / "deck.yaml"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def collection(tmp_path, deck_file, clock):
    settings = Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",), new_per_day=3)
    with Collection(settings, clock) as collection:
        collection.sync()
        yield collection


@pytest.mark.parametrize(
    ("card", "answer", "word", "expected"),
    [
        ("formula", "2x cos(x^2)", Word.CORRECT, "2*x*cos(x^2)"),
        ("formula", "cos(x^2)", Word.INCORRECT, "2*x*cos(x^2)"),
        ("formula", "cos(", Word.UNREADABLE, None),
        ("number", "4/2", Word.CORRECT, "2"),
        ("number", "3", Word.INCORRECT, "2"),
        ("option", "this", Word.CORRECT, "this"),
        ("option", "that", Word.INCORRECT, "this"),
        ("option", "7", Word.UNREADABLE, None),
        ("word", "CHAIN", Word.CORRECT, "The chain rule."),
        ("word", "rope", Word.INCORRECT, "The chain rule."),
    ],
)
def test_every_kind_is_judged(collection, card, answer, word, expected):
    verdict = collection.judge(make_question(collection.repository.card(card), 1), answer)
    assert (verdict.word, verdict.expected if word is not Word.UNREADABLE else None) == (word, expected)


def test_files_that_have_not_changed_are_not_read_again(collection, deck_file):
    assert collection.sync_if_changed() is None
    deck_file.write_text(DECK.replace("Two?", "Twice one?"), encoding="utf-8")
    assert collection.sync_if_changed().changed == ("number",)


def test_an_edit_keeps_history(collection, deck_file):
    session = collection.session()
    session.give_up()
    graded = session.grade(4)
    deck_file.write_text(DECK.replace("sin(x^2)", "sin(x^3)"), encoding="utf-8")
    collection.sync_if_changed()
    assert collection.repository.memory(graded.card_id) == graded.after


def test_what_is_waiting_is_within_the_daily_limits(collection, clock):
    assert waiting_now(collection) == WaitingCounts(due=0, new=3, drills=0)
    session = collection.session()
    session.give_up()
    session.grade(1)
    overview = overview_of(collection)
    assert overview.waiting == waiting_now(collection) == WaitingCounts(due=0, new=2, drills=1)
    assert (overview.streak, overview.topics[0].cards) == (1, 4)
    clock.moment += timedelta(days=1)
    assert waiting_now(collection) == WaitingCounts(due=1, new=3, drills=0)


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (Scope(tag="frist"), "no card has the tag frist; did you mean first?"),
        (Scope(topic="large"), "no card has the topic large; choose from: small"),
    ],
)
def test_a_scope_that_names_nothing_is_refused(collection, scope, message):
    with pytest.raises(InputError) as caught:
        collection.session(SessionPlan(scope))
    assert str(caught.value) == message


def test_a_broken_card_leaves_the_decks_version(collection, deck_file):
    deck_file.write_text(DECK.replace("f: sin(x^2)", "f: sin("), encoding="utf-8")
    collection.sync()
    (problem,) = collection.problems
    assert (
        str(problem) == f"{deck_file}:3:42: f cannot be read: This ( is never closed. (column 4)" or problem.line == 3
    )
    assert collection.repository.card("formula").content.f == "sin(x^2)"


def test_the_lesson_is_the_topics_own(collection):
    assert collection.lesson("small") == "# Small\n"
    assert collection.lesson("large") == ""
