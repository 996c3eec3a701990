"""An open deck whose file is moved, deleted or replaced is not written to until the file is back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from mnemosyne.errors import StoreError
from mnemosyne.store.engine import open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import sync_cards

pytestmark = pytest.mark.skipif(os.name == "nt", reason="an open file can neither be moved nor deleted on Windows")


@pytest.fixture
def cards(deck: Engine, make_card: Callable) -> None:
    sync_cards(deck, [make_card("a"), make_card("b", 1)], {})


def refusal(repository: SqlRepository, action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    return str(caught.value)


def test_a_deck_that_is_gone_is_refused_and_not_created_again(
    path: Path, cards: None, repository: SqlRepository, make_review: Callable
):
    repository.record(make_review("a", 4))
    away = path.rename(path.with_name("away"))
    message = f"{path}: the deck is no longer there (No such file or directory); put it back, then continue"
    for action in (
        lambda: repository.record(make_review("b", 4)),
        lambda: repository.memory("a"),
        lambda: repository.flag("a", flagged=True),
    ):
        assert refusal(repository, action) == message
    assert not path.exists()
    away.rename(path)
    assert repository.record(make_review("b", 4)).number == 2, "once it is back, it is written to again"


def test_a_deck_that_was_deleted_loses_nothing_silently(
    path: Path, cards: None, repository: SqlRepository, make_review: Callable
):
    path.unlink()
    assert "the deck is no longer there" in refusal(repository, lambda: repository.record(make_review("a", 4)))


def test_a_deck_that_was_replaced_is_neither_written_to_nor_is_the_other_file(
    path: Path, cards: None, repository: SqlRepository, make_review: Callable
):
    other_deck = path.with_name("other")
    open_deck(other_deck).dispose()
    own_deck = path.rename(path.with_name("mine"))
    content = other_deck.read_bytes()
    other_deck.rename(path)
    replaced = f"{path}: another file has taken the deck's place; quit, then run mnemosyne doctor"
    for _ in range(2):
        assert refusal(repository, lambda: repository.record(make_review("b", 5))) == replaced
    assert path.read_bytes() == content
    own_deck.replace(path)
    assert repository.record(make_review("b", 5)).number == 1
