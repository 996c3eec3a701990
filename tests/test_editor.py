"""The editor: which one, how it is told the line, what is said where it cannot be started or fails."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.editor import editor_command, open_in_editor, run_editor
from mnemosyne.errors import InputError

CARD = Path("/cards/a b.yaml")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are made as POSIX has them")


@pytest.fixture
def programs(tmp_path):
    """Return a function that makes programs in a folder of the PATH, each with these lines of shell."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(*names: str, script: str = "exit 0") -> Path:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o700)
        return folder

    return make


def words(folder: Path, **environment: str) -> list[str]:
    command = editor_command(CARD, 7, {"PATH": str(folder), **environment})
    return [word.replace(f"{folder}/", "") for word in command.words]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"EDITOR": "nano"}, ["nano", "+7", "/cards/a b.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, ["emacs", "-nw", "+7", "/cards/a b.yaml"]),
        ({"EDITOR": "nano", "VISUAL": " "}, ["nano", "+7", "/cards/a b.yaml"]),
        ({"EDITOR": "code"}, ["code", "--wait", "-g", "/cards/a b.yaml:7"]),
        ({"EDITOR": "code --wait"}, ["code", "--wait", "-g", "/cards/a b.yaml:7"]),
        ({"EDITOR": "hx"}, ["hx", "/cards/a b.yaml:7"]),
        ({"EDITOR": "subl -n"}, ["subl", "-n", "--wait", "/cards/a b.yaml:7"]),
        ({"EDITOR": "mine --fast 'a b'"}, ["mine", "--fast", "a b", "/cards/a b.yaml"]),
        ({"EDITOR": "{}/my editor"}, ["my editor", "/cards/a b.yaml"]),
        ({"EDITOR": "'{}/my editor' -x"}, ["my editor", "-x", "/cards/a b.yaml"]),
        ({}, ["sensible-editor", "+7", "/cards/a b.yaml"]),
    ],
)
def test_the_editor_opens_at_the_line_if_it_knows_how(programs, environment, expected):
    folder = programs("nano", "emacs", "code", "hx", "subl", "mine", "my editor", "sensible-editor", "vi")
    assert words(folder, **{name: value.format(folder) for name, value in environment.items()}) == expected


@pytest.mark.parametrize(("there", "first"), [(("nano", "vi"), "nano"), (("vi",), "vi")])
def test_without_a_set_editor_the_first_one_found_is_used(programs, there, first):
    assert words(programs(*there))[0] == first


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "no editor is set, and none was found; set one, for example: export EDITOR=nano"),
        ({"EDITOR": "no-such -x"}, "EDITOR names no-such, which does not exist; set EDITOR to another, such as nano"),
        ({"VISUAL": "/no/such"}, "VISUAL names /no/such, which does not exist; set VISUAL to another, such as nano"),
        ({"EDITOR": "folder/"}, "EDITOR names folder/, which does not exist; set EDITOR to another, such as nano"),
        ({"EDITOR": "./"}, "EDITOR names ./, which cannot be run; set EDITOR to another, such as nano"),
        ({"EDITOR": "vi 'x"}, "EDITOR lacks a quotation mark: vi 'x; add it to EDITOR"),
    ],
)
def test_what_cannot_be_started_is_reported_before_anything_is_done(programs, environment, message):
    with pytest.raises(InputError) as raised:
        editor_command(CARD, 7, {"PATH": str(programs()), **environment})
    assert str(raised.value) == message


def test_a_file_that_may_not_be_run_is_no_editor(programs):
    folder = programs("mine")
    (folder / "mine").chmod(stat.S_IRUSR)
    if os.access(folder / "mine", os.X_OK):
        pytest.skip("this user may run any file")
    with pytest.raises(InputError, match="EDITOR names mine, which does not exist"):
        words(folder, EDITOR="mine")


@pytest.mark.parametrize("path", ["", ".", "bin", "./bin:", ":"])
def test_no_editor_is_taken_from_the_current_folder(programs, monkeypatch, tmp_path, path):
    programs("nano", "vi", "sensible-editor", "mine")
    monkeypatch.chdir(tmp_path / "bin")
    for environment in ({}, {"EDITOR": "mine"}):
        with pytest.raises(InputError):
            editor_command(CARD, 7, {"PATH": path, **environment})


WINDOWS = {
    "PATH": ".",
    "PATHEXT": ".COM;.EXE;.BAT;.CMD",
}


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ('"{}\\vs code\\code.cmd" -n', ["-n", "--wait", "-g", "{path}:7"]),
        ("{}\\vs code\\code.cmd", ["--wait", "-g", "{path}:7"]),
        ("{}\\vs code\\code", ["--wait", "-g", "{path}:7"]),
        ("{}\\notepad.exe", ["{path}"]),
        ("{}\\notepad++.exe -multiInst", ["-multiInst", "-n7", "{path}"]),
    ],
)
def test_paths_of_windows_in_the_variable(monkeypatch, tmp_path, programs, variable, expected):
    """A POSIX file name may contain backslashes, so here a Windows path is a file that exists."""
    programs("x")
    monkeypatch.chdir(tmp_path)
    for name in ("C:\\vs code\\code.cmd", "C:\\notepad.exe", "C:\\notepad++.exe"):
        Path(name).write_text("", encoding="utf-8")
        Path(name).chmod(0o700)
    environment = {**WINDOWS, "EDITOR": variable.format("C:"), "PATHEXT": ".com;.exe;.bat;.cmd"}
    command = editor_command(CARD, 7, environment, windows=True)
    assert list(command.words[1:]) == [word.format(path=CARD) for word in expected]


@pytest.mark.parametrize("name", ["a&calc.yaml", "50%PATH%.yaml", 'a"b.yaml', "a^b.yaml"])
def test_a_batch_file_is_given_no_name_that_its_interpreter_would_run(monkeypatch, tmp_path, name):
    monkeypatch.chdir(tmp_path)
    Path("C:\\code.cmd").write_text("", encoding="utf-8")
    Path("C:\\code.cmd").chmod(0o700)
    with pytest.raises(InputError, match=r"rename the file, or set EDITOR to an \.exe"):
        editor_command(Path(f"/cards/{name}"), 7, {"EDITOR": "C:\\code.cmd"}, windows=True)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 0", ""),
        ("exit 3", "the editor mine ended with status 3; the file may not have been saved"),
        ("kill -9 $$", "the editor mine was killed by signal 9; what it had not saved is lost"),
    ],
)
def test_how_it_ended_is_reported(programs, script, message):
    folder = programs("mine", script=script)
    assert run_editor(editor_command(CARD, 7, {"PATH": str(folder), "EDITOR": "mine"})) == message


def test_a_program_that_the_system_cannot_run_is_reported_and_not_raised(programs):
    folder = programs("mine")
    (folder / "mine").write_bytes(b"\x7fELF no program")
    command = editor_command(CARD, 7, {"PATH": str(folder), "EDITOR": "mine"})
    assert run_editor(command) == "the editor mine could not be started: Exec format error"


def test_a_file_whose_name_looks_like_an_option_is_a_file(programs, monkeypatch, tmp_path):
    folder = programs("mine", script='echo x > "$1"')
    monkeypatch.chdir(tmp_path)
    open_in_editor(Path("-r.yaml"), 1, {"PATH": str(folder), "EDITOR": "mine"})
    assert (tmp_path / "-r.yaml").read_text(encoding="utf-8") == "x\n"


CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
BYTES = st.lists(st.integers(1, 255)).map(bytes).map(os.fsdecode)  # as the environment has what is not UTF-8


@given(st.text(CHARACTERS) | BYTES, st.booleans())
@example("a" * 300, False)
@example("\udcff", False)
def test_whatever_is_in_the_variable_it_is_a_command_or_one_error(variable, windows):
    try:
        command = editor_command(CARD, 7, {"PATH": "/bin", "EDITOR": variable}, windows=windows)
    except InputError:
        return
    assert Path(command.words[0]).is_absolute() or "/" in command.words[0]
