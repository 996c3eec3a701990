"""The editor on a real pseudo-terminal, wherever one is opened: working, missing, failing, killed, destructive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
from pseudo_terminal import PseudoTerminal

# What the editor does is in a file beside it. It sets the terminal as editors do, and restores it unless it is killed.
EDITOR = """#!/bin/sh
stty raw -echo
printf 'EDITING %s\\r\\n' "$*"
. "{folder}/mode"
stty sane
"""
FAILED = "The editor my-editor ended"  # the part that is on one line of the notice
KILLED = "The editor my-editor was"
MODES = {
    "stty sane; exit 3": FAILED,
    "kill -9 $$": KILLED,
    "read -r key < /dev/null": "",  # ends at once, without a fault
}
EDIT_CARD = "\x1b[20~"  # F9, where letters are an answer
# From home: keys that lead to each place where an editor is opened, what is then shown, and the key that opens it.
WALK: dict[str, tuple[tuple[tuple[str, str], ...], str]] = {
    "browse": ((("b", "cos(x³)"),), "e"),
    "card": ((("\r", "Not reviewed yet."),), "e"),
    "settings": ((("\x1b", "cos(x³)"), ("\x1b", "2 new"), (",", "day_start")), "o"),
    "asking": ((("\x1b", "2 new"), ("\r", "sin(x²)")), EDIT_CARD),
    "judged": ((("2x cos(x^2)", "cos(x²)"), ("\r", "Correct")), "e"),
}


@pytest.fixture
def start(tmp_path, cards) -> Iterator[Callable[..., PseudoTerminal]]:
    """Return a function that starts the program."""
    started: list[PseudoTerminal] = []

    def run(*arguments: str, **environment: str) -> PseudoTerminal:
        started.append(PseudoTerminal(tmp_path / "home", cards, *arguments, **environment))
        return started[-1]

    yield run
    for terminal in started:
        terminal.close()


def walk(app: PseudoTerminal) -> Iterator[tuple[str, str]]:
    """Go from place to place; at each yield its name, and the key that opens the editor there."""
    app.wait_for("2 new")
    for place, (steps, key) in WALK.items():
        for keys, screen_text in steps:
            app.press(keys)
            app.wait_for(screen_text)
        yield place, key


@pytest.fixture
def editor(tmp_path) -> Callable[[str], None]:
    """Return a function that tells the editor what to do next."""
    (tmp_path / "my-editor").write_text(EDITOR.format(folder=tmp_path), encoding="utf-8")
    (tmp_path / "my-editor").chmod(0o700)
    return lambda mode: (tmp_path / "mode").write_text(f"{mode}\n", encoding="utf-8") and None


def leave(app: PseudoTerminal) -> None:
    """Quit from wherever one is."""
    app.press("\x11")
    assert app.wait_for_end() == 0
    assert app.restored


@pytest.mark.thorough
def test_without_an_editor_it_says_so_wherever_one_is_opened_and_continues(start):
    app = start(EDITOR="no-such-editor")
    for _, key in walk(app):
        app.press(key)
        app.wait_for("EDITOR names no-such-editor")
    assert app.written.count(b"\x1b[?1049h") == 1, "the editor was not given the terminal"
    leave(app)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PATH": "/no/such/folder"}, "No editor is set, and none was found"),
        ({"VISUAL": "'unbalanced"}, "VISUAL lacks a quotation mark"),
    ],
)
def test_where_the_editor_cannot_be_run_it_says_why(start, environment, message):
    app = start("review", **environment)
    app.wait_for("sin(x²)")
    app.press(EDIT_CARD)
    app.wait_for(message)
    assert app.written.count(b"\x1b[?1049h") == 1, "the editor was not given the terminal"
    leave(app)


@pytest.mark.thorough
def test_however_the_editor_ends_the_interface_comes_back(start, editor, tmp_path):
    app = start(EDITOR=f"'{tmp_path}/my-editor' --an-option")
    times = 1
    for _, key in walk(app):
        for mode, message in [*MODES.items(), *MODES.items()]:
            editor(mode)
            app.press(key)
            app.wait_for("EDITING --an-option /")
            app.wait_for("\x1b[?1049h")
            if message:
                app.wait_for(message)
            times += 1
            assert app.written.count(b"\x1b[?1049h") == times
    leave(app)


BROKEN = {  # what is written where, and a word of the problem; a line of the notice may end after it
    "browse": ("", "empty;"),
    "card": ("nothing", "mapping;"),
    "asking": ("cards: [", "closed;"),
    "judged": ("\\377\\376", "UTF-8"),
}


@pytest.mark.thorough
def test_what_makes_an_edited_file_unusable_is_said_and_the_interface_continues(start, editor, tmp_path, cards):
    deck = cards / "small" / "deck.yaml"
    whole = deck.read_text(encoding="utf-8")
    app = start(EDITOR=f"'{tmp_path}/my-editor'")
    for place, key in walk(app):
        if place in BROKEN:
            content, problem = BROKEN[place]
            editor(f"printf '{content}' > '{deck}'")
            app.press(key)
            app.wait_for("EDITING /")
            app.wait_for("\x1b[?1049h")
            app.wait_for("deck.yaml", problem)
            deck.write_text(whole, encoding="utf-8")
    leave(app)


@pytest.mark.thorough
def test_the_interrupt_key_is_for_the_editor_alone(start, editor, tmp_path):
    app = start("review", EDITOR=f"{tmp_path}/my-editor")
    app.wait_for("sin(x²)")
    editor("trap 'echo INTERRUPTED; exit 0' INT; stty sane; echo WAITING; while :; do sleep 0.1; done")
    app.press("2x", EDIT_CARD)
    app.wait_for("WAITING")
    app.press("\x03")
    app.wait_for("INTERRUPTED")
    app.wait_for("\x1b[?1049h", "2x")
    app.press(" cos(x^2)", "\r")
    app.wait_for("Correct")
    leave(app)


@pytest.mark.thorough
def test_a_default_editor_opens_at_the_card(start, tmp_path):
    folder: Path = tmp_path / "bin"
    folder.mkdir()
    (folder / "nano").write_text('#!/bin/sh\necho "NANO $*"\n', encoding="utf-8")
    (folder / "nano").chmod(0o700)
    app = start("review", PATH=str(folder))
    app.wait_for("sin(x²)")
    app.press(EDIT_CARD)
    app.wait_for(f"NANO +2 {tmp_path}/cards/small/deck.yaml")
    app.wait_for("\x1b[?1049h")
    leave(app)
