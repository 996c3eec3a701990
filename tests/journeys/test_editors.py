"""The editor on a real pseudo-terminal, wherever one is opened: there, missing, failing, killed, destructive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="a pseudo-terminal is a thing of POSIX")
from pseudo_terminal import PseudoTerminal

# What the editor does is in a file beside it. It sets the terminal as editors do, and puts it back unless it is killed.
EDITOR = """#!/bin/sh
stty raw -echo
printf 'EDITING %s\\r\\n' "$*"
. "{folder}/mode"
stty sane
"""
FAILED = "the editor my-editor ended"  # as far as it stands on one line of the notice
KILLED = "the editor my-editor was"
MODES = {
    "stty sane; exit 3": FAILED,
    "kill -9 $$": KILLED,
    "read -r key < /dev/null": "",  # ends at once, and is fine
}
PLACES = {
    "asking": (("review",), "sin(x²)", (), "\x1b[20~"),
    "judged": (("review",), "sin(x²)", (("2x cos(x^2)\r", "Correct"),), "e"),
    "browse": ((), "2 new", (("b", "second"),), "e"),
    "card": ((), "2 new", (("b", "second"), ("\r", "No review yet.")), "e"),
    "settings": ((), "2 new", ((",", "day_start"),), "o"),
}


@pytest.fixture
def opened(tmp_path, cards) -> Iterator[Callable[..., PseudoTerminal]]:
    """Starts the program and goes to a place."""
    started: list[PseudoTerminal] = []

    def go(place: str, **environment: str) -> PseudoTerminal:
        arguments, first, steps, _ = PLACES[place]
        started.append(PseudoTerminal(tmp_path / "home", cards, *arguments, **environment))
        started[-1].see(first)
        for keys, shown in steps:
            started[-1].type(keys)
            started[-1].see(shown)
        return started[-1]

    yield go
    for one in started:
        one.close()


@pytest.fixture
def editor(tmp_path) -> Callable[[str], None]:
    """Says what the editor does next."""
    (tmp_path / "my-editor").write_text(EDITOR.format(folder=tmp_path), encoding="utf-8")
    (tmp_path / "my-editor").chmod(0o700)
    return lambda mode: (tmp_path / "mode").write_text(f"{mode}\n", encoding="utf-8") and None


def leave(app: PseudoTerminal) -> None:
    """Quit from wherever one is."""
    app.type("\x11")
    assert app.ended() == 0
    assert app.restored


@pytest.mark.parametrize(
    ("place", "environment", "told"),
    [
        *((place, {"EDITOR": "no-such-editor"}, "EDITOR names no-such-editor") for place in PLACES),
        ("judged", {"PATH": "/no/such/folder"}, "no editor is set, and none is found"),
        ("browse", {"VISUAL": "'unbalanced"}, "VISUAL has a quote"),
    ],
)
def test_without_an_editor_it_says_so_and_goes_on(opened, place, environment, told):
    app = opened(place, **environment)
    app.type(PLACES[place][3])
    app.see(told)
    assert app.written.count(b"\x1b[?1049h") == 1, "the terminal was never given away"
    leave(app)


@pytest.mark.parametrize("place", PLACES)
def test_however_the_editor_ends_the_interface_comes_back(opened, editor, place, tmp_path):
    app = opened(place, EDITOR=f"'{tmp_path}/my-editor' --an-option")
    for times, (mode, told) in enumerate([*MODES.items(), *MODES.items()], 2):
        editor(mode)
        app.type(PLACES[place][3])
        app.see("EDITING --an-option /")
        app.see("\x1b[?1049h")
        if told:
            app.see(told)
        assert app.written.count(b"\x1b[?1049h") == times
    leave(app)


@pytest.mark.parametrize(
    ("place", "broken"), [("asking", "cards: ["), ("judged", "\\377\\376"), ("browse", ""), ("card", "nothing")]
)
def test_a_broken_file_is_told_and_mended_again(opened, editor, place, tmp_path, broken):
    deck = tmp_path / "cards" / "small" / "deck.yaml"
    whole = deck.read_text(encoding="utf-8")
    app = opened(place, EDITOR=f"'{tmp_path}/my-editor'")
    editor(f"printf '{broken}' > '{deck}'")
    app.type(PLACES[place][3])
    app.see("EDITING /")
    app.see("\x1b[?1049h")
    app.read(0.3)
    assert app.process.poll() is None
    deck.write_text(whole, encoding="utf-8")
    leave(app)


def test_the_interrupt_key_is_the_editors_alone(opened, editor, tmp_path):
    app = opened("asking", EDITOR=f"{tmp_path}/my-editor")
    editor("trap 'echo INTERRUPTED; exit 0' INT; stty sane; echo WAITING; while :; do sleep 0.1; done")
    app.type("2x", "\x1b[20~")
    app.see("WAITING")
    app.type("\x03")
    app.see("INTERRUPTED")
    app.see("\x1b[?1049h", "2x")
    app.type(" cos(x^2)\r")
    app.see("Correct")
    leave(app)


def test_a_default_editor_opens_at_the_card(opened, tmp_path):
    folder: Path = tmp_path / "bin"
    folder.mkdir()
    (folder / "nano").write_text('#!/bin/sh\necho "NANO $*"\n', encoding="utf-8")
    (folder / "nano").chmod(0o700)
    app = opened("judged", PATH=str(folder))
    app.type("e")
    app.see(f"NANO +2 {tmp_path}/cards/small/deck.yaml")
    app.see("\x1b[?1049h")
    leave(app)
