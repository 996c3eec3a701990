"""The real app in a real terminal (tmux, 80×24): a morning's session, and one that is killed in the middle."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from patience import wait_until

from mnemosyne.tui.type_ahead import REACTION

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^3)}
"""
LESSON = "# The chain rule\n\n## Inside {#pitfall-stopped-early}\n\nEvery function gives a factor: `2*x*cos(x^2)`.\n"


class Terminal:
    """A tmux server of its own with the app in it."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("needs tmux")
        self._socket = str(folder / "tmux")
        self.editor = folder / "editor.sh"
        self._places = {
            "MNEMOSYNE_HOME": str(folder / "home"),
            "MNEMOSYNE_CARDS": str(folder / "cards"),
            "EDITOR": str(self.editor),
        }
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "base", "-x", "80", "-y", "24", "sleep 600")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-S", self._socket, *arguments]
        environment = {name: value for name, value in os.environ.items() if name != "TMUX"}
        process = subprocess.run(command, capture_output=True, text=True, check=True, env=environment | self._places)
        return process.stdout

    def start(self, *arguments: str, **environment: str) -> None:
        """Run the app in a window of its own, which closes when the app ends."""
        command = [sys.executable, "-m", "mnemosyne", *arguments]
        places = [f"{name}={value}" for name, value in (self._places | environment).items()]
        self._tmux("new-window", "-t", "base", "-n", "app", "env", *places, *command)

    def type(self, *keys: str) -> None:
        """Press keys, by tmux's names, or type texts."""
        self._tmux("send-keys", "-t", "base:app", "--", *keys)

    def wait_for(self, *texts: str) -> str:
        """Return the screen, once it shows all the texts and a learner can have seen them."""
        screen = ""

        def shows() -> bool:
            nonlocal screen
            screen = self._tmux("capture-pane", "-p", "-t", "base:app")
            return all(text in screen for text in texts)

        wait_until(shows, lambda: f"{texts} did not show:\n{screen}")
        time.sleep(REACTION)
        return screen

    def points_at(self, text: str, place: int) -> None:
        """Wait until the terminal's own cursor is at this place of a text on the screen."""
        answers = []

        def points() -> bool:
            lines = self._tmux("capture-pane", "-p", "-t", "base:app").splitlines()
            cursor = self._tmux("display-message", "-p", "-t", "base:app", "#{cursor_x},#{cursor_y}").strip()
            answers[:] = [f"{line.index(text) + place},{row}" for row, line in enumerate(lines) if text in line]
            answers.append(cursor)
            return answers[0] == cursor and len(answers) == 2

        wait_until(points, lambda: f"the cursor is not at {place} of {text!r}: {answers}")

    def resize(self, width: int, height: int) -> None:
        """Resize the app's window."""
        self._tmux("resize-window", "-t", "base:app", "-x", str(width), "-y", str(height))

    def colors(self) -> set[tuple[int, int, int]]:
        """Return the true colours on the screen."""
        screen = self._tmux("capture-pane", "-e", "-p", "-t", "base:app")
        return {tuple(map(int, channels)) for channels in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", screen)}

    def kill(self) -> None:
        """Kill the app, and wait until its window is closed."""
        pid = int(self._tmux("display-message", "-p", "-t", "base:app", "#{pane_pid}"))
        os.kill(pid, signal.SIGKILL)
        windows = ("list-windows", "-t", "base", "-F", "#{window_name}")
        wait_until(lambda: "app" not in self._tmux(*windows).split(), "the app is still running")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(tmp_path) -> Iterator[Terminal]:
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    (topic / "lesson.md").write_text(LESSON, encoding="utf-8")
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def test_a_morning(terminal):
    terminal.start()
    terminal.wait_for("Enter", "2 new")
    terminal.type("Enter")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.type("2x cos(x^2")
    terminal.wait_for("read as")
    terminal.type("Enter")
    terminal.wait_for("? This ( is never closed.")
    terminal.type(")", "Enter")
    terminal.wait_for("✓ Correct", "2x·cos(x²)", "Enter: grade 5", "▸ 5 ◂")
    terminal.type("Enter")
    terminal.wait_for("f(x) = cos(x³)", "1 done")
    terminal.type("-sin(x^3)", "Enter")
    terminal.wait_for("✗ Not quite: inner derivative missing.", "You have one more try.")
    terminal.type("*3x^2", "Enter")
    terminal.wait_for("Enter: grade 2")
    terminal.type("u")
    terminal.wait_for("Undone: grade 5 for", "f(x) = sin(x²)")
    terminal.wait_for("0 done")  # below the notice
    terminal.type("2x cos(x^2)", "Enter")
    terminal.wait_for("✓ Correct")
    terminal.type("4")
    terminal.wait_for("Enter: grade 2", "cos(x³)")
    terminal.type("4")
    terminal.wait_for("Session finished", "2 cards · 2 new")


def test_killed_in_the_middle_nothing_is_lost(terminal):
    terminal.start("review")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.type("2x cos(x^2)", "Enter")
    terminal.wait_for("✓ Correct")
    terminal.type("Enter")
    terminal.wait_for("f(x) = cos(x³)", "1 done")
    terminal.type("-sin(x^3)", "Enter")
    terminal.wait_for("You have one more try.")
    terminal.kill()
    terminal.start("review")
    terminal.wait_for("f(x) = cos(x³)", "1 left", "You have one more try.", "-sin(x^3)")
    terminal.type("u")
    terminal.wait_for("-sin(x^3)u")  # while an answer is typed, no letter is a command
    terminal.type("BSpace")
    terminal.wait_for("-sin(x^3) ")
    terminal.type("*3x^2", "Enter")
    terminal.wait_for("✓ Correct", "correct after a misconception")


def test_a_card_is_edited_in_the_middle_of_its_answer(terminal):
    terminal.editor.write_text('#!/bin/sh\nsed -i "s/sin(x^2)/sin(x^4)/" "$1"\n', encoding="utf-8")
    terminal.editor.chmod(0o700)
    terminal.start("review")
    terminal.wait_for("sin(x²)")
    terminal.type("4x^3")
    terminal.wait_for("read as  4x³")
    terminal.type("F9")
    terminal.wait_for("sin(x⁴)", "read as  4x³")
    terminal.type(" cos(x^4)")
    terminal.wait_for("4x³·cos(x⁴)")
    terminal.type("Enter")
    terminal.wait_for("✓ Correct")
    terminal.type("q")


@pytest.mark.thorough
def test_a_resize_in_the_middle_of_an_answer_keeps_it(terminal):
    terminal.start("review")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.type("2x cos(")
    terminal.wait_for("2x cos(")
    terminal.resize(60, 20)
    terminal.wait_for("2x cos(", "F1 help")
    terminal.resize(120, 40)
    terminal.wait_for("2x cos(", "F6 suspend")
    terminal.type("x^2)", "Enter")
    terminal.wait_for("✓ Correct", "▸ 5 ◂")


def test_without_colours_everything_is_still_said(terminal):
    terminal.start("review", NO_COLOR="1")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.type("cos(x^2)", "Enter")
    terminal.wait_for("✗ Not quite")
    terminal.type("x", "Enter")
    terminal.wait_for("✗ ", "Enter: grade 1", "▸ 1 ◂")
    assert all(red == green == blue for red, green, blue in terminal.colors())
    terminal.type("1")
    terminal.wait_for("cos(x³)")
    terminal.type("Escape")
    terminal.wait_for("1 to drill")
    terminal.type(",")
    terminal.wait_for("▸ day_start", "● due-first  ○ mixed")
    assert all(red == green == blue for red, green, blue in terminal.colors())


def test_a_setting_is_changed_and_the_file_edited_by_hand(terminal):
    terminal.editor.write_text('#!/bin/sh\necho "# by hand" >> "$1"\necho "theme = 1" >> "$1"\n', encoding="utf-8")
    terminal.editor.chmod(0o700)
    terminal.start()
    terminal.wait_for("2 new")
    terminal.type(",")
    terminal.wait_for("▸ day_start")
    terminal.type("j", "Enter")
    terminal.wait_for("Enter set")
    terminal.type("1", "Enter")
    terminal.wait_for("▸ new_per_day           1\n", "line 1 of the file")
    terminal.type("o")
    terminal.wait_for(
        "'mnemosyne", "▸ new_per_day           1\n"
    )  # the end of the fault's hint, wherever its line breaks
    terminal.type("Escape")
    terminal.wait_for("1 new")


@pytest.mark.thorough
def test_a_section_a_pause_and_hints_leave_the_answer_alone(terminal):
    terminal.start()
    terminal.wait_for("2 new", "Typos cost nothing")
    terminal.type("Enter")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.type("2x co")
    terminal.wait_for("f′(x) = ▊ 2x co")
    terminal.type("F4")
    terminal.wait_for("2x co", "Every function gives a factor: 2*x*cos(x^2).")
    terminal.type("s")
    terminal.wait_for("2x cos ", "Every function gives a factor")
    terminal.type("F4")
    terminal.type("F10")
    terminal.wait_for("Paused", "Press any key to continue.")
    terminal.type("x")
    terminal.wait_for("2x cos ", "f(x) = sin(x²)")
    terminal.type("F2")
    terminal.wait_for("Hint 1 of 3: The outer function is sin(u). What is u?")
    terminal.type("F2")
    terminal.wait_for("Hint 2 of 3: The inner function is u = x².")
    terminal.type("F2")
    terminal.wait_for("Hint 3 of 3:")
    terminal.type("(x^2)", "Enter")
    terminal.wait_for("✓ Correct", "Enter: grade 3 (correct after 3 hints")
    terminal.type("Escape")
    terminal.wait_for("resumes", "2 new")
    terminal.kill()
    terminal.start()
    terminal.wait_for("resumes", "2 new")
    terminal.type("Enter")
    terminal.wait_for("✓ Correct", "Enter: grade 3 (correct after 3 hints")


def test_the_terminals_own_cursor_is_at_the_caret(terminal):
    terminal.start("review")
    terminal.wait_for("f(x) = sin(x²)")
    terminal.points_at("type the derivative", 0)
    terminal.type("2x cos(x^2")
    terminal.points_at("2x cos(x^2", 10)
    terminal.type("Left", "Left", "Left")
    terminal.points_at("2x cos(x^2", 7)
    terminal.type("Home")
    terminal.points_at("2x cos(x^2", 0)
    terminal.resize(60, 20)
    terminal.points_at("2x cos(x^2", 0)
    terminal.type("End", "Enter")
    terminal.wait_for("? This ( is never closed.")
    terminal.points_at("2x cos(x^2", 10)
