"""What topics are called: the title in topic.yaml, kept by each sync, whatever became of the file since."""

from __future__ import annotations

import json

import pytest

from mnemosyne.collection import Collection
from mnemosyne.collection.names import TITLES_NAME, topic_title, topic_titles
from mnemosyne.settings import Settings

CARD = "cards: [{id: a, kind: recall, ask: Why?, answer: So.}]\n"


@pytest.fixture
def collection(tmp_path):
    """Return a collection of two topics, one of which has no topic.yaml."""
    for name in ("chains", "two-parts"):
        (tmp_path / "cards" / name).mkdir(parents=True)
        (tmp_path / "cards" / name / "deck.yaml").write_text(CARD.replace("id: a", f"id: {name}"), encoding="utf-8")
    (tmp_path / "cards" / "chains" / "topic.yaml").write_text("id: chains\ntitle: All chains\n", encoding="utf-8")
    collection = Collection(Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",)))
    collection.sync()
    yield collection
    collection.close()


def test_a_title_is_that_of_the_file_or_the_id_in_words(collection):
    assert topic_titles(collection) == {"chains": "All chains", "two-parts": "Two parts"}
    assert topic_title(collection, "gone-since") == "Gone since"


@pytest.mark.parametrize(
    "damage", ["", "[", "[1]", '{"chains": 1}', pytest.param("[" * 100_000, id="deep"), "\x00\xff"]
)
def test_a_damaged_file_is_written_again(collection, damage):
    path = collection.settings.data_dir / TITLES_NAME
    path.write_text(damage, encoding="latin-1")
    assert topic_titles(collection)["chains"] == "All chains"
    assert json.loads(path.read_text(encoding="utf-8"))["chains"] == "All chains"


def test_titles_that_cannot_be_kept_are_still_shown(collection):
    path = collection.settings.data_dir / TITLES_NAME
    path.unlink()
    path.mkdir()
    assert topic_titles(collection)["chains"] == "All chains"
