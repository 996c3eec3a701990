"""The preview shows cards as learners see them, follows its files, and finds a card by its number or its words."""

from __future__ import annotations

import asyncio
import os
import threading
from dataclasses import replace

import pytest
from textual.widgets import Static

from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.deckfiles.loader import load_folders, load_paths
from mnemosyne.tui.preview import LOOK_AGAIN, PreviewApp, found_at
from mnemosyne.tui.theme import DARK

DECK = """cards:
  - {id: one, kind: recall, ask: What is first?, answer: This.}
  - {id: two, kind: cloze, text: "The {{chain}} rule."}
  - {id: three, kind: recall, ask: What is third?, answer: That.}
"""


@pytest.fixture
def deck(tmp_path):
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "lesson.md").write_text("# Small {#start}\n", encoding="utf-8")
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return topic / "deck.yaml"


def app_of(paths, load=None):
    return PreviewApp(load or (lambda: load_paths(paths, [])), paths, lambda _: None, DARK.name)


def text_of(app, name):
    return str(app.query_one(name, Static).content)


async def wait_for_text(app, pilot, name, text):
    """Wait until a line shows a text; the app looks at the files twice a second."""
    for _ in range(int(240 / LOOK_AGAIN)):
        await pilot.pause(LOOK_AGAIN / 4)
        if text in text_of(app, name):
            return
    raise AssertionError(f"{text!r} does not show: {text_of(app, name)!r}")


def save(path, text):
    """Save a file with a modification time of its own: two saves within a tick of the clock would look alike."""
    path.write_text(text, encoding="utf-8")
    later = path.stat().st_mtime_ns + 10_000_000
    os.utime(path, ns=(later, later))


@pytest.mark.parametrize("path_kind", ["file", "topic", "folder"])
async def test_a_saved_file_shows_whichever_path_was_named(deck, path_kind):
    app = app_of([{"file": deck, "topic": deck.parent, "folder": deck.parent.parent}[path_kind]])
    async with app.run_test(notifications=True) as pilot:
        await wait_for_text(app, pilot, "#place", "1 of 3 · one · recall · deck.yaml:2")
        save(deck, DECK.replace("id: one", "id: renamed"))
        await wait_for_text(app, pilot, "#place", "1 of 3 · renamed · recall · deck.yaml:2")


async def test_a_saved_lesson_is_noticed(deck):
    save(deck, DECK.replace("answer: This.", "answer: This., lesson: start"))
    app = app_of([deck])
    async with app.run_test(notifications=True) as pilot:
        await wait_for_text(app, pilot, "#place", "1 of 3")
        assert text_of(app, "#faults") == ""
        save(deck.parent / "lesson.md", "# Small {#begin}\n")
        await wait_for_text(app, pilot, "#faults", "the lesson has no anchor start")


async def test_slash_finds_a_card_by_its_number_or_its_words(deck):
    app = app_of([deck])
    async with app.run_test(notifications=True) as pilot:
        await wait_for_text(app, pilot, "#place", "1 of 3")
        await pilot.press("slash", *"third", "enter")
        await wait_for_text(app, pilot, "#place", "3 of 3 · three")
        await pilot.press("slash", "2", "enter")
        await wait_for_text(app, pilot, "#place", "2 of 3 · two")
        await pilot.press("slash", "escape", "right")
        await wait_for_text(app, pilot, "#place", "3 of 3 · three")


async def test_a_card_that_cannot_be_asked_is_a_fault_among_the_others(deck):
    loaded = load_folders([deck.parent.parent])
    broken = replace(loaded.cards[0], content=Backprop((("z", "w*"),), "z", "w"))
    app = app_of([deck], lambda: replace(loaded, cards=(broken, *loaded.cards[1:])))
    async with app.run_test(notifications=True) as pilot:
        await wait_for_text(app, pilot, "#faults", f"✗ {deck}:2: one cannot be asked: Something is missing after “*”.")
        await pilot.press("right")
        await wait_for_text(app, pilot, "#place", "2 of 3 · two")
        assert text_of(app, "#faults") == ""


def test_a_search_continues_after_the_current_card(deck):
    cards = load_folders([deck.parent.parent]).cards
    assert [found_at(cards, "What", at) for at in range(3)] == [2, 2, 0]
    assert [found_at(cards, text, 0) for text in ("2", "9", "nothing", "THE ____")] == [1, None, None, 1]


@pytest.mark.parametrize("later", range(0, 8, 2))
async def test_the_author_may_leave_while_cards_are_read(deck, later):
    """In each round the cards arrive at another millisecond after the app began to end."""
    load_started, gate = threading.Event(), threading.Event()
    cards = load_paths([deck], [])

    def load():
        load_started.set()
        gate.wait(60)
        return cards

    app = app_of([deck], load)
    async with app.run_test():
        await asyncio.to_thread(load_started.wait, 60)
        asyncio.get_running_loop().call_later(later / 1000, gate.set)
    assert not app.is_running
