"""Answers, Enter and more text in bursts on a pseudo-terminal: what stood before Enter is judged, nothing else done.

An oracle that knows nothing of the interface: the log of reviews, and an editor that leaves a trace if it is opened.
"""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_size import sample_size

pytest.importorskip("pty", reason="a pseudo-terminal is a thing of POSIX")
from pseudo_terminal import PseudoTerminal

CARDS = 6
JUNK = "ueflqn0123456789jkgGh,?/sb xyz()^+-*"
QUIET = 0.6  # seconds without a key, after which what is typed is no part of a burst


def typed(app: PseudoTerminal, text: str, chance: random.Random) -> None:
    """Type a text in one piece, or in pieces with pauses of up to a tenth of a second."""
    if chance.random() < 0.5:
        app.type(text)
        return
    while text:
        size = chance.randint(1, 4)
        app.type(text[:size], pause=chance.choice([0, 0, 0.002, 0.02, 0.1]))
        text = text[size:]


def junk(chance: random.Random) -> str:
    return "".join(chance.choices(JUNK, k=chance.randint(0, 12)))


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(1, 3)))
def test_what_stood_before_enter_is_judged_and_nothing_else_happens(tmp_path, talk, seed):
    bursts(tmp_path, talk, seed, CARDS)


def bursts(tmp_path: Path, talk: Callable, seed: int, cards: int) -> None:
    """One session of so many cards: each is answered rightly, with keys that come too early before and after."""
    chance = random.Random(seed)
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True, exist_ok=True)
    deck = [f"  - {{id: card-{n}, kind: derivative, f: 'sin({n}x)'}}" for n in range(2, cards + 2)]
    (topic / "deck.yaml").write_text("cards:\n" + "\n".join(deck) + "\n", encoding="utf-8")
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\ntouch '{tmp_path}/opened'\n", encoding="utf-8")
    editor.chmod(0o700)
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text(f"new_per_day = {cards}\nshuffle = false\n", encoding="utf-8")
    app = PseudoTerminal(tmp_path / "home", tmp_path / "cards", "review", EDITOR=str(editor))
    expected: list[tuple[str, str]] = []
    ahead = ""
    try:
        app.see("sin(2x)")
        for n in range(2, cards + 2):
            answer = f"{n}cos({n}x)" + "+0" * chance.randint(0, 2)
            typed(app, answer[len(ahead) :] + "\r" + junk(chance), chance)
            expected.append((f"card-{n}", answer))
            app.see("Correct")
            app.read(QUIET)
            following = f"{n + 1}cos({n + 1}x)"
            ahead = following[: chance.randint(0, 3)] if n <= cards else ""
            typed(app, "\r" + ahead, chance)
            app.see(f"sin({n + 1}x)" if n <= cards else "Session finished")
            time.sleep(chance.choice([0, 0.02]))
        app.type("\x11")
        assert app.ended() == 0
    finally:
        app.close()
    _, out, _ = talk(tmp_path / "home", "export", "reviews", "--format", "csv").leave()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["card_id"], row["answer"]) for row in rows] == expected
    assert {row["quality"] for row in rows} <= {"4", "5"}
    assert not (tmp_path / "opened").exists()
