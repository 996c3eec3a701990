"""However the program ends, on a real pseudo-terminal: the terminal as it was, one line that says why, a status."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from patience import PATIENCE
from program import Run
from sample_size import sample

from mnemosyne.cli.entry import run

pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
from pseudo_terminal import PseudoTerminal

# The program with a bug planted in one place, and otherwise unchanged.
WITH_A_BUG = """
import sys
from mnemosyne.__main__ import main
from mnemosyne.tui import app
from mnemosyne.tui.screens import home
from mnemosyne.tui.widgets import day_overview

def fail(*arguments):
    secret = "a local variable"
    raise {error}

{plant}
main()
"""
PLACES = {
    "start": "app.MnemosyneApp.on_mount = fail",
    "style sheet": "app.MnemosyneApp.CSS = 'Screen { no-such-property: 1; }'",
    "compose": "home.HomeScreen.compose = fail",
    "drawing": "day_overview.DayOverview.draw = fail",
    "worker": "home._today = fail",
    "timer": "home.HomeScreen.on_show = lambda self: self.set_timer(0.01, fail) and None",
    "key": "home.HomeScreen.action_stats = fail",
}
DIVISION = "ZeroDivisionError('no such thing')"


@pytest.fixture
def terminal(tmp_path, cards) -> Iterator[Callable[..., PseudoTerminal]]:
    """Return a function that starts the program on a terminal."""
    started: list[PseudoTerminal] = []

    def start(*arguments: str, **environment: str) -> PseudoTerminal:
        started.append(PseudoTerminal(tmp_path / "home", cards, *arguments, **environment))
        return started[-1]

    yield start
    for app in started:
        app.close()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("name", "arguments"),
    sample(
        [
            ("SIGTERM", ()),
            ("SIGHUP", ()),
            ("SIGINT", ("review",)),
            ("SIGHUP", ("review",)),
            ("SIGTERM", ("cards", "preview")),
            ("SIGINT", ()),
        ],
        1,
    ),
)
def test_a_signal_restores_the_terminal(terminal, name, arguments):
    number = getattr(signal, name)
    app = terminal(*arguments)
    app.wait_for("2 new" if not arguments else "first" if arguments[0] == "cards" else "left")
    app.signal(number)
    assert app.wait_for_end() == 128 + number
    assert app.restored
    assert app.main_screen == ("mnemosyne: interrupted; everything graded so far is kept" if name == "SIGINT" else "")


# The program, to which a signal is sent while it imports a module.
SIGNALLED = """
import os
import sys

class Sender:
    def find_spec(self, name, path, target=None):
        if name == "{module}":
            os.kill(os.getpid(), {number})

sys.meta_path.insert(0, Sender())
from mnemosyne.__main__ import main
main()
"""


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("name", "module", "arguments"),
    sample(
        [
            ("SIGINT", "mnemosyne.cli.entry", ()),
            ("SIGTERM", "mnemosyne.tui.app", ("review",)),
            *(
                (name, module, arguments)
                for name in ("SIGTERM", "SIGHUP", "SIGINT")
                for module, arguments in (
                    ("mnemosyne.cli.start", ("review",)),
                    ("textual.app", ()),
                    ("mnemosyne.collection", ("review",)),
                    ("mnemosyne.store.engine", ("review", "--plain")),
                    ("mnemosyne.checker.client", ("grade", "x^2", "2x")),
                )
            ),
        ],
        1,
    ),
)
def test_a_signal_while_the_program_is_imported_ends_it_without_a_traceback(terminal, name, module, arguments):
    number = getattr(signal, name)
    app = terminal(*arguments, program=("-c", SIGNALLED.format(module=module, number=int(number))))
    assert app.wait_for_end() == 128 + number
    assert b"Traceback" not in app.written
    assert b"1049h" not in app.written or app.restored


@pytest.mark.thorough
def test_a_signal_in_the_middle_of_an_answer_keeps_what_was_graded(terminal, start_piped, graded, tmp_path):
    app = terminal("review")
    app.wait_for("sin(x²)")
    app.press("2x cos(x^2)", "\r")
    app.wait_for("Correct")
    app.press("\r")
    app.wait_for("cos(x³)")
    app.press("-3x^2 s")
    app.signal(signal.SIGTERM)
    assert app.wait_for_end() == 143
    assert app.restored
    assert graded(tmp_path / "home") == [("first", "5")]


@pytest.mark.sampled
@pytest.mark.parametrize("arguments", sample([("review",), (), ("cards", "preview")], 1))
def test_a_terminal_that_is_gone_without_a_signal_ends_the_interface(terminal, graded, tmp_path, arguments):
    app = terminal(*arguments, controlling=False)
    app.wait_for("2 new" if not arguments else "first" if arguments[0] == "cards" else "sin(x²)")
    if arguments == ("review",):
        app.press("2x cos(x^2)", "\r")
        app.wait_for("Correct")
        app.press("\r")
        app.wait_for("cos(x³)")
    app.close_terminal()
    assert app.wait_for_end() == 129
    assert arguments != ("review",) or graded(tmp_path / "home") == [("first", "5")]


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("place", "error"),
    sample(
        [
            ("worker", "OSError(5, 'no such disk')"),
            *((place, "ZeroDivisionError('no such thing')") for place in PLACES),
        ],
        1,
    ),
)
def test_a_bug_is_one_line_with_its_log_and_no_local_variables(terminal, tmp_path, place, error):
    program = tmp_path / "bug.py"
    program.write_text(WITH_A_BUG.format(error=error, plant=PLACES[place]), encoding="utf-8")
    app = terminal(program=(str(program),))
    if place == "key":
        app.wait_for("2 new")
        app.press("s")
    assert app.wait_for_end() == 70
    log = tmp_path / "home" / "checker.log"
    message = "".join(app.main_screen.splitlines())
    if place != "style sheet":
        assert message == f"mnemosyne: this is a bug: {error_in_message(error)}; please report it with the end of {log}"
        assert app.restored
    assert message.startswith("mnemosyne: this is a bug: ")
    assert message.endswith(f"; please report it with the end of {log}")
    assert b"a local variable" not in app.written
    assert log.read_text(encoding="utf-8").startswith("mnemosyne \nTraceback (most recent call last):\n")


def error_in_message(error: str) -> str:
    return "ZeroDivisionError: no such thing" if "Zero" in error else "OSError: [Errno 5] no such disk"


@pytest.fixture
def too_long(request, tmp_path) -> str:
    """Write a setting whose value is far too long; return what is said of it."""
    path = tmp_path / "home" / "config.toml"
    path.parent.mkdir()
    path.write_text(f"new_per_day = {request.param * 5000}", encoding="utf-8")
    return f"mnemosyne: {path}: a number in it is too long, or a list too deep; write name = value, one per line"


@pytest.mark.parametrize("too_long", ["9"], indirect=True)
def test_far_too_long_a_value_of_a_setting_is_one_line_on_a_terminal(terminal, too_long):
    app = terminal()
    assert app.wait_for_end() == 2
    assert app.main_screen == too_long


@pytest.mark.parametrize("too_long", ["9", "["], indirect=True)
@pytest.mark.parametrize("line", ["review --plain", "due", "config get"])
def test_far_too_long_a_value_of_a_setting_is_one_line(command, tmp_path, too_long, line):
    assert command(tmp_path / "home", *line.split()) == Run(2, "", f"{too_long}\n")


@pytest.mark.thorough
def test_a_dumb_terminal_gets_the_plain_session_with_a_remark(terminal):
    for arguments in ((), ("review",)):
        app = terminal(*arguments, TERM="dumb")
        app.wait_for(
            "mnemosyne: TERM is dumb, so this is a plain (line-by-line) session; :help lists its commands", "> "
        )
        app.type(":quit\n")
        assert app.wait_for_end() == 0
        assert b"\x1b" not in app.written


@pytest.mark.parametrize("line", ["stats", "review --plain", "export cards --format csv", "doctor", "learn", ""])
def test_a_closed_stream_is_no_bug(warm_children, command, cards, tmp_path, monkeypatch, line):
    (cards / "small" / "lesson.md").write_text("# One\n", encoding="utf-8")
    errors, umask = io.StringIO(), os.umask(0o022)
    with monkeypatch.context() as streams:
        streams.setenv("MNEMOSYNE_HOME", str(tmp_path / "home"))
        streams.setenv("MNEMOSYNE_CARDS", str(cards))
        streams.setattr(sys, "stdin", io.StringIO(":quit\n"))
        streams.setattr(sys, "stdout", None)  # what Python makes of a closed stream
        streams.setattr(sys, "stderr", errors)
        status = run(line.split())
        sys.stdout.close()  # which was put there instead
    os.umask(umask)
    refused = (2, "mnemosyne: not a terminal; use mnemosyne review --plain\n")
    assert (status, errors.getvalue()) == ((0, "") if line else refused)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("closing", "line"), [(">&- 2>&- <&-", "review --plain"), (">&-", "export cards --format csv")]
)
def test_a_process_with_closed_streams_ends_well(tmp_path, cards, closing, line):
    environment = {**os.environ, "MNEMOSYNE_HOME": str(tmp_path / "home"), "MNEMOSYNE_CARDS": str(cards)}
    process = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m mnemosyne {line} {closing}"],
        check=False, input=b":quit\n", capture_output=True, env=environment, timeout=PATIENCE,
    )  # fmt: skip
    assert (process.returncode, process.stdout, process.stderr) == (0, b"", b"")
    assert (tmp_path / "home" / "deck.sqlite").read_bytes().startswith(b"SQLite format 3")
    log = tmp_path / "home" / "checker.log"
    assert not log.exists() or b"Traceback" not in log.read_bytes()


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["review --plain", "export cards --format csv", "learn"])
def test_a_reader_that_closes_the_pipe_is_no_bug(tmp_path, cards, command):
    environment = {**os.environ, "MNEMOSYNE_HOME": str(tmp_path / "home"), "MNEMOSYNE_CARDS": str(cards)}
    (cards / "small" / "lesson.md").write_text("# One\n", encoding="utf-8")
    line = f"(yes | {sys.executable} -m mnemosyne {command}; echo $? >&2) | true"
    process = subprocess.run(["sh", "-c", line], check=False, capture_output=True, env=environment, timeout=PATIENCE)
    assert process.stderr.split()[-1] in (b"0", b"141"), process.stderr
    assert b"bug" not in process.stderr
