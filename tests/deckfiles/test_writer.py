"""Two programs that add cards to one file at once: no card is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mnemosyne.deckfiles import writer
from mnemosyne.deckfiles.loader import load_file
from mnemosyne.deckfiles.writer import add_card


@pytest.mark.parametrize("content", [None, "cards:\n  - {id: zero, kind: recall, ask: A?, answer: B}\n"])
def test_a_card_that_another_program_adds_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "cards.yaml"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(writer, "load_file", load_file)
        add_card(path, "small", recall("first"))
        return load_file(*arguments, **options)

    monkeypatch.setattr(writer, "load_file", meanwhile)
    line = add_card(path, "small", recall("second"))
    cards = load_file(path).cards
    assert [card.id for card in cards][-2:] == ["first", "second"]
    assert line == cards[-1].source.line
    assert list(tmp_path.iterdir()) == [path], "no draft is left"


def test_a_file_removed_meanwhile_is_made_again_with_the_new_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cards.yaml"
    add_card(path, "small", recall("first"))
    remove: Callable[[], None] = path.unlink

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        monkeypatch.setattr(writer, "load_file", load_file)
        remove()
        return load_file(*arguments, **options)

    monkeypatch.setattr(writer, "load_file", meanwhile)
    add_card(path, "small", recall("second"))
    assert [card.id for card in load_file(path).cards] == ["second"]


def recall(card_id: str) -> dict[str, str]:
    return {"id": card_id, "kind": "recall", "ask": f"{card_id}?", "answer": "A"}
