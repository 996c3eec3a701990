"""Which file is edited for a card: for a bundled one a copy in the learner's own folder, which keeps its history."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.cards.card import Source
from mnemosyne.collection import Collection
from mnemosyne.collection.browsing import find_cards
from mnemosyne.collection.card_changes import place_to_edit
from mnemosyne.collection.learning_unit import current_unit
from mnemosyne.errors import DeckError, InputError
from mnemosyne.review.query import Query, parse_query
from mnemosyne.settings import Settings

EDITOR = {"EDITOR": sys.executable}  # a program that exists; nothing is opened
BUNDLED = """defaults: {tags: [basic], lesson: start, target: 20}
cards:
  - id: square  # a comment
    kind: derivative
    f: a x^2
    where: {a: 2..9}
    tags: [powers]
  - {id: exact, kind: numeric, ask: Two?, answer: 2, tolerance: 0.5, target: 12.5}
  - {id: choice, kind: choice, ask: "Is it: so?", options: [{text: yes, right: true}, {text: "2"}]}
"""


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    topic = tmp_path / "bundled" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(BUNDLED, encoding="utf-8")
    (topic / "lesson.md").write_text("# Start {#start}\n", encoding="utf-8")
    (tmp_path / "own").mkdir()
    settings = Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "own", tmp_path / "bundled"))
    with Collection(settings, HandClock()) as collection:
        collection.sync()
        yield collection


@pytest.mark.parametrize("card_id", ["square", "exact", "choice"])
def test_a_bundled_card_is_copied_with_its_content_and_its_history(
    collection: Collection, tmp_path: Path, card_id: str
) -> None:
    session = collection.session()
    while session.question is not None:
        session.give_up()
        session.grade(4)
    before, memory = collection.repository.card(card_id), collection.repository.memory(card_id)
    place = place_to_edit(collection, before, EDITOR)
    copy = tmp_path / "own" / "small" / "deck.yaml"
    assert (place.path, place.line) == (str(copy), 3)
    assert copy.read_text().splitlines()[2:4] == [f"  - id: {card_id}", f"    replaces: {card_id}"]
    assert (tmp_path / "bundled" / "small" / "deck.yaml").read_text() == BUNDLED
    after = collection.repository.card(card_id)
    assert collection.problems == ()
    assert after.source.path == str(copy)
    assert (after.content, set(after.tags), after.lesson, after.target) == (
        before.content, set(before.tags), before.lesson, before.target
    )  # fmt: skip
    assert collection.repository.memory(card_id) == memory
    assert place_to_edit(collection, after, EDITOR) == after.source, "the copy is edited where it is"


def test_a_copy_keeps_its_place_in_the_order_of_learning_and_its_unit(collection: Collection, tmp_path: Path) -> None:
    more = tmp_path / "bundled" / "small" / "more.yaml"
    more.write_text("cards:\n  - {id: last, kind: recall, ask: Last?, answer: Last.}\n", encoding="utf-8")
    collection.sync()
    order = find_cards(collection, Query())
    unit = find_cards(collection, parse_query("unit:1"))
    assert order[-1] == "last"
    assert unit == order[:-1]
    place_to_edit(collection, collection.repository.card(order[1]), EDITOR)
    for _ in range(2):
        collection.sync()
        assert find_cards(collection, Query()) == order
        assert find_cards(collection, parse_query("unit:1")) == find_cards(collection, parse_query("unit:deck")) == unit
        assert find_cards(collection, parse_query("unit:2")) == ("last",)
        current = current_unit(collection)
        assert current is not None
        assert (current.number, current.units, current.cards) == (1, 2, len(unit))


def test_a_card_of_all_devices_is_edited_where_it_is_and_a_bundled_one_in_an_own_copy(
    collection: Collection, tmp_path: Path
) -> None:
    own, bundled = collection.settings.card_folders
    shared = tmp_path / "sync" / "topics" / "small" / "shared.yaml"
    shared.parent.mkdir(parents=True)
    shared.write_text("cards:\n  - {id: ours, kind: recall, ask: Whose?, answer: Ours.}\n", encoding="utf-8")
    collection.settings = replace(collection.settings, card_folders=(own, shared.parents[1], bundled))
    collection.sync()
    assert place_to_edit(collection, collection.repository.card("ours"), EDITOR) == Source(str(shared), 2)
    copy = own / "small" / "deck.yaml"
    assert place_to_edit(collection, collection.repository.card("square"), EDITOR) == Source(str(copy), 3)
    assert collection.problems == ()


def test_further_copies_are_appended_after_the_first(collection: Collection, tmp_path: Path) -> None:
    lines = [
        place_to_edit(collection, collection.repository.card(id_), EDITOR).line for id_ in ("square", "exact", "choice")
    ]
    assert lines == sorted(set(lines))
    assert [collection.repository.card(id_).source.line for id_ in ("square", "exact", "choice")] == lines
    assert collection.problems == ()


def test_what_cannot_be_copied_is_one_line_and_changes_nothing(collection: Collection, tmp_path: Path) -> None:
    card = collection.repository.card("square")
    copy = tmp_path / "own" / "small" / "deck.yaml"
    copy.parent.mkdir()
    copy.write_text("cards: []\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        place_to_edit(collection, card, EDITOR)
    assert str(refused.value) == (
        f"{copy}: no card can be added to its list of cards; put `cards:` last, with a card on each `- ` below it"
    )
    assert copy.read_text() == "cards: []\n"
    copy.unlink()
    original = tmp_path / "bundled" / "small" / "deck.yaml"
    original.write_text("cards: []\n", encoding="utf-8")
    with pytest.raises(DeckError) as caught:
        place_to_edit(collection, card, EDITOR)
    assert str(caught.value) == f"{original}: the card square is no longer in it; run mnemosyne cards sync"


def test_a_card_of_the_learners_own_folder_is_edited_where_it_is(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "own" / "mine").mkdir()
    (tmp_path / "own" / "mine" / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A}\n")
    collection.sync()
    card = collection.repository.card("one")
    assert place_to_edit(collection, card, EDITOR) == card.source


def test_a_bundled_card_is_not_copied_where_no_editor_can_open_it(collection: Collection, tmp_path: Path) -> None:
    card = collection.repository.card("square")
    for environment, message in (
        ({"PATH": ""}, "no editor is set, and none was found; set one, for example: export EDITOR=nano"),
        ({"EDITOR": "/no/such"}, "EDITOR names /no/such, which does not exist; set EDITOR to another, such as nano"),
    ):
        with pytest.raises(InputError) as refused:
            place_to_edit(collection, card, environment)
        assert str(refused.value) == message
    assert list((tmp_path / "own").iterdir()) == []
    assert collection.repository.card("square") == card
