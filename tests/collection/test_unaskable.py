"""One card that cannot be asked is a problem with its place, and everything else continues without it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from sample_size import sample

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.card_json import to_json
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.collection import Collection, doctor, export_streams
from mnemosyne.collection.practising import next_steps_of
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.sync_input import deck_cards
from mnemosyne.collection.today import today_of
from mnemosyne.reports.column import CARDS


@pytest.fixture
def message(collection: Collection, tmp_path: Path) -> str:
    """Make the deck's first card one that an older program might have stored; return what is said of it."""
    collection.sync()
    path = tmp_path / "cards" / "chains" / "deck.yaml"
    broken = Card("one", "chains", Backprop((("z", "w*"),), "z", "w"), source=Source(str(path), 2))
    with closing(sqlite3.connect(collection.settings.deck_path)) as deck, deck:
        deck.execute("UPDATE card SET content = ? WHERE id = 'one'", (to_json(broken),))
    return f"{path}:2: one cannot be asked: Something is missing after “*”."


def test_home_counts_and_a_session_asks_the_others(collection, message):
    assert today_of(collection).overview.topics[0].new == 2
    with collection:
        session = collection.session()
        assert session.question.card.id == "two"
        session.reveal()
        session.grade(5)
        assert session.question is None


def test_lists_and_exports_say_why(collection, message):
    from mnemosyne.collection.browsing import rows
    from mnemosyne.rich_text.plain_lines import text_on_one_line

    assert [text_on_one_line(row.text) for row in rows(collection, ["one", "two"])] == [message, "Say it."]
    text = next(column for column in CARDS if column.name == "text")
    assert [text.value(card) for card in export_streams.card_stream(collection, None).items] == [message, "Say it."]


def test_statistics_count_it(collection, message):
    assert progress_of(collection).cards.total == 2


def test_the_doctor_names_it(collection, message, quick):
    cards = next(finding for finding in doctor.examine(collection, doctor.RepairPlan()) if finding.check == "cards")
    place, _, fault = message.partition(": ")
    assert (cards.fine, cards.message) == (False, f"sessions leave out cards that cannot be asked: {place}:1: {fault}")


def test_a_sync_accepts_the_others_and_keeps_the_problem(collection):
    loaded = collection.load()
    broken = replace(loaded.cards[0], content=Backprop((("z", "w*"),), "z", "w"))
    sound_cards, problems = deck_cards([broken, loaded.cards[1]])
    assert [card.id for card in sound_cards] == ["two"]
    assert [str(problem) for problem in problems] == [
        f"{broken.source.path}:2:1: one cannot be asked: Something is missing after “*”."
    ]


MANY = 8  # as many that cannot be asked
COLUMNS = ("content", "path", "line", "buried_until", "ease", "due")  # in what a card is read from
READ = ("content", "path", "line", "ease", "repetitions", "interval", "lapses", "due")


@pytest.mark.sampled
@pytest.mark.parametrize(("column", "unreadable"), sample([*product(COLUMNS, (0, 3, 7))], 3))
def test_the_doctor_names_every_card_that_cannot_be_asked_past_one_that_cannot_be_read(
    collection, tmp_path, quick, column, unreadable
):
    path = tmp_path / "cards" / "chains" / "deck.yaml"
    rows = (f"  - {{id: card-{n}, kind: recall, ask: Say {n}., answer: Yes.}}\n" for n in range(MANY))
    path.write_text("cards:\n" + "".join(rows), encoding="utf-8")
    collection.sync()
    with closing(sqlite3.connect(collection.settings.deck_path)) as deck, deck:
        for n in range(MANY):
            content = Backprop((("z", "w*"),), "z", "w")
            broken = Card(f"card-{n}", "chains", content, source=Source(str(path), n + 2))
            deck.execute("UPDATE card SET content = ? WHERE id = ?", (to_json(broken), broken.id))
        deck.execute("PRAGMA ignore_check_constraints = 1")
        deck.execute(f"UPDATE card SET {column} = x'ff' WHERE id = ?", (f"card-{unreadable}",))
    cards = next(finding for finding in doctor.examine(collection, doctor.RepairPlan()) if finding.check == "cards")
    numbers = (n for n in range(MANY) if n != unreadable)
    faults = (f"{path}:{n + 2}:1: card-{n} cannot be asked: Something is missing after “*”." for n in numbers)
    assert (cards.fine, cards.message) == (False, f"sessions leave out cards that cannot be asked: {', '.join(faults)}")


@pytest.mark.sampled
@pytest.mark.parametrize(("column", "value"), sample([*product(READ, ("x'ff'", "'abc'", "-7", "1e300"))], 4))
def test_a_session_and_what_it_offers_at_its_end_go_on_past_a_card_that_cannot_be_read(
    collection, grade, column, value
):
    grade("one", 0)
    with closing(sqlite3.connect(collection.settings.deck_path)) as deck, deck:
        deck.execute("PRAGMA ignore_check_constraints = 1")
        deck.execute(f"UPDATE card SET {column} = {value} WHERE id = 'one'")
    session = collection.session()
    while session.question is not None:
        session.reveal()
        session.grade(4)
    assert next_steps_of(collection, session.plan).reasons
    assert today_of(collection)
    assert progress_of(collection, "chains").cards.new == 0
