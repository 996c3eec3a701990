"""Answers, Enter and more text in bursts on a pseudo-terminal: only what came before Enter is judged.

The log of reviews decides, and an editor that leaves a trace if it is opened: neither knows anything of the
interface.
"""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_size import sample_size

pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
from pseudo_terminal import PseudoTerminal

CARDS = 6
LETTERS = "ueflqnjkgGhsxyz"
JUNK = LETTERS + "0123456789,?/b ()^+-*"
PAUSES = (0, 0, 0.002, 0.02, 0.1)  # seconds
LATE = 0.15  # seconds between two pieces, after which the next one might not belong to the burst any more


def pieces(text: str, chance: random.Random) -> Iterator[str]:
    """Cut a text into pieces of one to four characters, or leave it whole."""
    size = len(text) if chance.random() < 0.5 else 0
    while text:
        length = size or chance.randint(1, 4)
        yield text[:length]
        text = text[length:]


def typed(app: PseudoTerminal, text: str, chance: random.Random) -> None:
    """Type a text with pauses of up to a tenth of a second."""
    for piece in pieces(text, chance):
        app.type(piece, pause=chance.choice(PAUSES))


def typed_too_early(app: PseudoTerminal, chance: random.Random) -> str:
    """Press Enter and type on, or not, before the verdict can be seen; return what was typed.

    It begins with a word that occurs nowhere else, which comes with Enter. If this process has to wait for a
    processor, the rest is not typed: it would no longer be too early.
    """
    early = "".join(chance.choices(LETTERS, k=6)) if chance.random() < 0.9 else ""
    app.type("\r" + early)
    for piece in pieces("".join(chance.choices(JUNK, k=chance.randint(0, 8))), chance) if early else ():
        typed_at = time.monotonic()
        app.read(chance.choice(PAUSES))
        if time.monotonic() - typed_at > LATE:
            break
        app.type(piece)
        early += piece
    return early


@pytest.mark.thorough
@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(1, 3)))
def test_what_was_typed_before_enter_is_judged_and_nothing_else_happens(tmp_path, start_piped, seed):
    bursts(tmp_path, start_piped, seed, CARDS)


def bursts(tmp_path: Path, start_piped: Callable, seed: int, cards: int) -> None:
    """Do one session of that many cards: each is answered rightly, with keys that come too early before and after."""
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
        app.wait_for("sin(2x)")
        for n in range(2, cards + 2):
            answer = f"{n}cos({n}x)" + "+0" * chance.randint(0, 2)
            typed(app, answer[len(ahead) :], chance)
            early = typed_too_early(app, chance)
            expected.append((f"card-{n}", answer))
            # What was ignored is reported once no more of it is expected. A frame may cut the line near its end.
            app.wait_for("Correct", early[:4])
            following = f"{n + 1}cos({n + 1}x)"
            ahead = following[: chance.randint(0, 3)] if n <= cards else ""
            typed(app, "\r" + ahead, chance)
            app.wait_for(f"sin({n + 1}x)" if n <= cards else "Session finished")
            time.sleep(chance.choice([0, 0.02]))
        app.type("\x11")
        assert app.wait_for_end() == 0
    finally:
        app.close()
    _, out, _ = start_piped(tmp_path / "home", "export", "reviews", "--format", "csv").leave()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["card_id"], row["answer"]) for row in rows] == expected
    assert {row["quality"] for row in rows} <= {"4", "5"}
    assert not (tmp_path / "opened").exists()
