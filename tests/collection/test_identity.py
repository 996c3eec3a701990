"""Who owns an id: decks of others take nothing that is the learner's, and a conflict is reported at the newer card."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.collection import Collection
from mnemosyne.collection.browsing import find_cards
from mnemosyne.collection.today import today_of
from mnemosyne.review.query import Query
from mnemosyne.settings import Settings

CARD = "  - {id: %s, kind: recall, ask: %s, answer: A.}\n"


class Place:
    """A learner's own cards beside those of all his devices and bundled ones, and a collection over them."""

    def __init__(self, folder: Path) -> None:
        self.own, self.shared, self.bundled = folder / "own", folder / "topics", folder / "bundled"
        self.own.mkdir()
        settings = Settings(folder / "data", folder / "config.toml", (self.own, self.shared, self.bundled))
        self.collection = Collection(settings, HandClock())

    def write(self, path: Path, *cards: tuple[str, str], more: str = "") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = "".join(CARD % card for card in cards)
        path.write_text(f"cards:\n{rows.replace('kind:', f'{more}kind:')}", encoding="utf-8")
        return path

    def problems(self) -> list[str]:
        """Return what a sync says is wrong."""
        self.collection.sync()
        return [str(problem) for problem in self.collection.problems]

    def counts(self) -> int:
        """Return how many cards are waiting, all of which are new."""
        return today_of(self.collection).overview.waiting.new

    def asks(self, card_id: str) -> str:
        return str(self.collection.repository.card(card_id).content.ask)  # type: ignore[union-attr]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    place.write(place.bundled / "chain-rule" / "basics.yaml", ("outer", "Bundled?"), ("inner", "Also?"))
    (place.bundled / "chain-rule" / "topic.yaml").write_text("id: chain-rule\ntitle: The chain rule\n")
    (place.bundled / "chain-rule" / "lesson.md").write_text("# The chain rule\n")
    place.write(place.own / "mine" / "cards.yaml", ("one", "One?"), ("two", "Two?"))
    assert place.problems() == []
    yield place
    place.collection.close()


@pytest.mark.parametrize("topic", ["aaa", "zzz"])
def test_a_strangers_deck_takes_no_id_of_an_own_card_whatever_its_folder_is_called(place: Place, topic: str) -> None:
    stranger = place.write(place.own / topic / "deck.yaml", ("one", "Stranger?"), ("three", "Three?"))
    own_file = place.own / "mine" / "cards.yaml"
    for _ in range(2):
        assert place.problems() == [
            f"{stranger}:2:10: the id one is already used in {own_file}:2; give one of the two another id"
        ]
        assert (place.asks("one"), place.asks("three")) == ("One?", "Three?")


def test_a_strangers_deck_takes_no_bundled_id_unless_it_says_that_it_replaces_that_card(place: Place) -> None:
    stranger = place.write(place.own / "strange" / "deck.yaml", ("outer", "Stranger?"))
    bundled = place.bundled / "chain-rule" / "basics.yaml"
    assert place.problems() == [
        f"{stranger}:2:10: the id outer is already used in {bundled}:2; "
        "give it another id, or write replaces: outer to replace that card"
    ]
    assert place.asks("outer") == "Bundled?"
    place.write(stranger, ("outer", "Mine?"), more="replaces: outer, ")
    for _ in range(2):
        assert place.problems() == []
        assert (place.asks("outer"), place.asks("inner")) == ("Mine?", "Also?")
    shutil.rmtree(stranger.parent)
    assert place.problems() == []
    assert place.asks("outer") == "Bundled?"


def test_replaces_names_the_cards_own_id(place: Place) -> None:
    file = place.write(place.own / "strange" / "deck.yaml", ("three", "Three?"), more="replaces: outer, ")
    assert place.problems() == [
        f"{file}:2:27: `replaces` must repeat the card's own id, three: the history is kept under that id; "
        "write replaces: three, or leave it out"
    ]
    assert (place.asks("outer"), place.asks("three")) == ("Bundled?", "Three?")


def test_a_card_that_replaces_nothing_is_accepted_with_a_remark(place: Place) -> None:
    file = place.write(place.own / "strange" / "deck.yaml", ("out-er", "Mine?"), more="replaces: out-er, ")
    for _ in range(2):
        assert place.problems() == [
            f"{file}:2:28: no other card has the id out-er, so none is replaced; "
            "correct the id, or leave `replaces` out"
        ]
        assert (place.asks("out-er"), place.asks("outer")) == ("Mine?", "Bundled?")
    place.collection.settings = replace(place.collection.settings, card_folders=(place.own,))
    assert place.problems() == [], "bundled decks are not checked for this"


def test_an_older_override_still_works_and_a_message_says_how_to_declare_it(place: Place) -> None:
    own_file = place.own / "mine" / "cards.yaml"
    place.write(place.bundled / "chain-rule" / "more.yaml", ("one", "Bundled too?"))
    bundled = place.bundled / "chain-rule" / "more.yaml"
    for _ in range(2):
        assert place.problems() == [
            f"{own_file}:2:1: the id one is also used by {bundled}:2; "
            "write replaces: one if your card is to replace that one, or give yours another id"
        ]
        assert place.asks("one") == "One?"
    place.write(own_file, ("one", "One?"), ("two", "Two?"), more="")
    own_file.write_text(own_file.read_text().replace("id: one,", "id: one, replaces: one,"))
    assert place.problems() == []
    assert place.asks("one") == "One?"


@pytest.mark.parametrize("name", ["cards (conflicted copy).yaml", "cards 2.yaml", "copy of cards.yaml", "zcards.yaml"])
def test_a_copy_of_a_file_is_the_one_with_the_problems(place: Place, name: str) -> None:
    own_file = place.own / "mine" / "cards.yaml"
    copy = own_file.with_name(name)
    shutil.copy(own_file, copy)
    for _ in range(2):
        assert place.problems() == [
            f"{copy}:{line}:10: the id {id_} is already used in {own_file}:{line}; give one of the two another id"
            for line, id_ in ((2, "one"), (3, "two"))
        ]
        assert place.collection.repository.card("one").source.path == str(own_file)
    own_file.write_text("cards: [", encoding="utf-8")
    assert f"{copy}:2:10: the id one is already used in {own_file}; give one of the two another id" in place.problems()
    assert place.collection.repository.card("one").source.path == str(own_file), "a mistake in the file frees no id"
    own_file.unlink()
    assert place.problems() == []
    assert place.collection.repository.card("one").source.path == str(copy), (
        "once the file is gone, its cards have moved"
    )


@pytest.mark.parametrize("topic", ["aaa", "zzz"])
def test_a_strangers_deck_takes_no_id_of_a_file_that_is_renamed(place: Place, topic: str) -> None:
    stranger = place.write(place.own / topic / "deck.yaml", ("one", "Stranger?"))
    assert len(place.problems()) == 1
    own_file = (place.own / "mine" / "cards.yaml").rename(place.own / "mine" / "renamed.yaml")
    for _ in range(2):
        assert place.problems() == [
            f"{stranger}:2:10: the id one is already used in {own_file}:2; give one of the two another id"
        ]
        assert (place.asks("one"), place.asks("two")) == ("One?", "Two?")
    own_file = own_file.rename(place.own / "mine" / "again.yaml")
    own_file.write_text("cards: [", encoding="utf-8")
    place.problems()
    assert place.asks("one") == "One?", "a mistake in the file frees no id"
    own_file.unlink()
    assert place.problems() == []
    assert place.asks("one") == "Stranger?", "no other card has the id"


def test_a_folder_that_claims_to_be_an_own_topic_or_a_bundled_one_replaces_neither(place: Place) -> None:
    (place.own / "mine" / "topic.yaml").write_text("id: mine\ntitle: Mine\n")
    for topic in ("chain-rule", "mine"):
        place.write(place.own / f"aaa-{topic}" / "deck.yaml", (f"new-{topic}", "New?"))
        (place.own / f"aaa-{topic}" / "topic.yaml").write_text(f"id: {topic}\ntitle: Taken\n")
        (place.own / f"aaa-{topic}" / "lesson.md").write_text("# Taken\n")
    for _ in range(2):
        assert place.problems() == [
            f"{place.own / f'aaa-{topic}' / 'topic.yaml'}: the topic {topic} is already described by "
            f"{owner / 'topic.yaml'}; give it another id; "
            "a folder of that name without a topic.yaml adds cards to the topic"
            for topic, owner in (("chain-rule", place.bundled / "chain-rule"), ("mine", place.own / "mine"))
        ]
        assert place.collection.lesson("chain-rule") == "# The chain rule\n"
        assert place.collection.lesson("mine") == ""
        titles = {topic.id: topic.title for topic in today_of(place.collection).topics}
        assert (titles["chain-rule"], titles["mine"]) == ("The chain rule", "Mine")


def test_what_is_not_read_is_reported(place: Place, tmp_path: Path) -> None:
    outside = place.write(place.own / "loose.yaml", ("loose", "Loose?"))
    place.write(place.own / "deep" / "deeper" / "deck.yaml", ("deep", "Deep?"))
    place.write(place.own / "deepest" / "a" / "b" / "c" / "deck.yaml", ("deepest", "Deepest?"))
    place.write(place.own / "SHOUTED" / "DECK.YAML", ("shouted", "Shouted?"))
    place.write(place.own / "SHOUTED" / "old" / "deck.yaml", ("old", "Old?"))
    (place.own / "empty").mkdir()
    (place.own / "empty" / "topic.yaml").write_text("id: empty\ntitle: Empty\n")
    (place.own / "notes").mkdir()
    (place.own / "notes" / "lesson.md").write_text("# Notes\n")
    (place.own / "chain-rule").mkdir()
    (place.own / "chain-rule" / "lesson.md").write_text("# My own lesson\n")
    place.write(tmp_path / "elsewhere" / "deck.yaml", ("elsewhere", "Elsewhere?"))
    (place.own / "link").symlink_to(tmp_path / "elsewhere")
    (place.own / "nowhere").symlink_to(tmp_path / "nothing")
    (place.own / "loop").symlink_to("loop")
    assert place.problems() == [
        f"{place.own / 'chain-rule'}: this topic has no cards; write one, or remove the folder",
        f"{place.own / 'deep'}: its topics are nested too deeply to be found; move them up, beside this folder",
        f"{place.own / 'deepest'}: its topics are nested too deeply to be found; move them up, beside this folder",
        f"{place.own / 'link'}: this link leads out of the folder, to {tmp_path / 'elsewhere'}, and is not followed; "
        "copy its target here, or remove the link",
        f"{place.own / 'loop'}: this link leads nowhere: loop cannot be read; correct it, or remove it",
        f"{outside}: this card file is outside a topic; move it into a topic's folder",
        f"{place.own / 'notes'}: this topic has no cards; write one, or remove the folder",
        f"{place.own / 'nowhere'}: this link leads nowhere: {tmp_path / 'nothing'} cannot be read; "
        "correct it, or remove it",
        f"{place.own / 'SHOUTED' / 'old'}: folders inside a topic are not read; "
        "move its card files into the topic's folder",
        f"{place.own / 'empty'}: this topic has no cards; write one, or remove the folder",
    ]
    assert place.asks("shouted") == "Shouted?"


def test_a_link_in_a_topic_that_leads_out_of_it_is_reported(place: Place, tmp_path: Path) -> None:
    """Card files, the topic's own file and lessons; a link to another file of the topic is reported too."""
    topic = place.own / "mine"
    real = place.write(topic / "deck.yaml", ("inside", "Inside?"))
    outside = place.write(tmp_path / "elsewhere" / "deck.yaml", ("outside", "Outside?"))
    (topic / "linked.yaml").symlink_to(outside)
    (topic / "lesson.md").symlink_to(tmp_path / "elsewhere" / "lesson.md")
    (topic / "topic.YML").symlink_to(topic / "topic.YML")
    (topic / "notes.txt").symlink_to(outside)
    assert place.problems() == [
        f"{topic / 'lesson.md'}: this link leads nowhere: {tmp_path / 'elsewhere' / 'lesson.md'} cannot be read; "
        "correct it, or remove it",
        f"{topic / 'linked.yaml'}: this link leads out of the folder, to {outside}, and is not followed; "
        "copy its target here, or remove the link",
        f"{topic / 'topic.YML'}: this link leads nowhere: {topic / 'topic.YML'} cannot be read; "
        "correct it, or remove it",
    ]
    (topic / "linked.yaml").unlink()
    (topic / "linked.yaml").symlink_to(real)
    (topic / "lesson.md").unlink()
    (topic / "topic.YML").unlink()
    assert [problem for problem in place.problems() if "this link" in problem] == [
        f"{topic / 'linked.yaml'}: this link leads to deck.yaml, which is read under that name; remove the link"
    ]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have such permissions")
@pytest.mark.parametrize("name", ["own", "own/locked"])
@pytest.mark.parametrize("mode", [0, 0o444, 0o111])
def test_a_folder_that_cannot_be_read_is_reported_and_keeps_its_cards(
    public_folder: Path, name: str, mode: int
) -> None:
    place = Place(public_folder)
    place.write(place.own / "mine" / "cards.yaml", ("one", "One?"))
    place.write(place.own / "locked" / "deck.yaml", ("three", "Three?"))
    folder = place.own.parent / name
    assert place.problems() == []
    folder.chmod(mode)
    try:
        problems = place.problems()
        card_ids = find_cards(place.collection, Query())
    finally:
        folder.chmod(0o700)
    unread = [folder] if mode != 0o444 or name != "own" else [folder / "locked", folder / "mine"]
    assert problems == [
        f"{path}: it cannot be read: Permission denied; allow reading it, or remove it" for path in unread
    ]
    assert {"one", "three"} <= set(card_ids)
    assert place.problems() == []
    assert place.asks("three") == "Three?"
    place.collection.close()


def test_cards_of_all_devices_come_before_own_ones_where_both_are_new_and_after_bundled_ones(place: Place) -> None:
    own = place.write(place.own / "mine" / "more.yaml", ("new", "Own?"), ("only", "Only?"))
    shared = place.write(place.shared / "ours" / "deck.yaml", ("new", "Shared?"), ("outer", "Shared?"))
    for _ in range(2):
        assert place.problems() == [
            f"{shared}:3:10: the id outer is already used in {place.bundled / 'chain-rule' / 'basics.yaml'}:2; "
            "give it another id, or write replaces: outer to replace that card",
            f"{own}:2:10: the id new is already used in {shared}:2; "
            "give it another id, or write replaces: new to replace that card",
        ]
        assert [place.asks(card) for card in ("new", "only", "outer")] == ["Shared?", "Only?", "Bundled?"]


def test_cards_of_all_devices_take_no_id_that_the_deck_knows_as_an_own_one(place: Place) -> None:
    shared = place.write(
        place.shared / "ours" / "deck.yaml", ("one", "Shared?"), ("three", "Three?"), ("four", "Four?")
    )
    own_file = place.own / "mine" / "cards.yaml"
    for _ in range(2):
        assert place.problems() == [
            f"{own_file}:2:1: the id one is also used by {shared}:2; "
            "write replaces: one if your card is to replace that one, or give yours another id"
        ]
        assert (place.asks("one"), place.asks("three")) == ("One?", "Three?")
    place.write(place.own / "mine" / "later.yaml", ("three", "Own?"), more="replaces: three, ")
    assert (place.problems()[1:], place.asks("three")) == ([], "Own?")


def test_a_card_of_all_devices_replaces_a_bundled_one_where_it_says_so(place: Place) -> None:
    place.write(place.shared / "chain-rule" / "deck.yaml", ("outer", "Shared?"), more="replaces: outer, ")
    for _ in range(2):
        assert place.problems() == []
        assert (place.asks("outer"), place.asks("inner")) == ("Shared?", "Also?")


def test_cards_of_all_devices_stay_while_their_folder_is_away_and_go_with_their_files(place: Place) -> None:
    settings = place.collection.settings
    place.collection.settings = replace(settings, sync_folder=place.shared.parent)
    place.write(place.shared / "ours" / "deck.yaml", ("new", "Shared?"))
    assert place.problems() == []
    away = place.shared.rename(place.shared.with_name("unplugged"))
    for _ in range(2):
        report = place.collection.sync_if_changed()
        assert report is None or report.missing == ()
        assert place.counts() == 5
    away.rename(place.shared)
    assert place.problems() == []
    shutil.rmtree(place.shared / "ours")
    assert place.collection.sync().missing == ("new",)
    assert place.counts() == 4
