"""The learner's editor: $VISUAL, else $EDITOR, else one that is installed; run at a line of a file and waited for.

Everything that can be checked is checked before the editor runs, so the terminal is only handed over
to one that exists. Programs are looked up in the folders of PATH and never in the current one, which
may contain somebody else's.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mnemosyne.errors import InputError

WINDOWS: Final = sys.platform == "win32"
_VARIABLES: Final = ("VISUAL", "EDITOR")
_USUAL: Final = ("notepad",) if WINDOWS else ("sensible-editor", "nano", "vi")
_BATCH: Final = (".cmd", ".bat")
# characters that the command interpreter acts on in a batch file's arguments, even in quotes
_OBEYED: Final = frozenset('&|<>^%!"\n')

# How each editor is told the line; one not listed gets only the path.
_PLUS: Final = ("+{line}", "{path}")
_GOTO: Final = ("--wait", "-g", "{path}:{line}")
_SUFFIX: Final = ("{path}:{line}",)
_LINE: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "gvim", "nano", "pico", "micro", "joe", "jed", "ne", "mg"), _PLUS),
    **dict.fromkeys(("emacs", "emacsclient", "kak", "sensible-editor", "editor"), _PLUS),
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), _GOTO),
    **dict.fromkeys(("subl", "zed"), ("--wait", "{path}:{line}")),
    **dict.fromkeys(("hx", "helix"), _SUFFIX),
    "gedit": ("--wait", "+{line}", "{path}"),
    "kate": ("--block", "--line", "{line}", "{path}"),
    "mate": ("--wait", "--line", "{line}", "{path}"),
    "notepad++": ("-n{line}", "{path}"),
}


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """A command that opens a file: `words` are the program's path and its arguments, `name` is the program's name."""

    name: str
    words: tuple[str, ...]


def editor_command(path: Path, line: int, environment: Mapping[str, str], *, windows: bool = WINDOWS) -> EditorCommand:
    """Return the command that opens the file at the line, counted from 1; raise InputError if there
    is no usable editor.
    """
    name, program, arguments = _editor(environment, windows=windows)
    path = Path(os.path.abspath(path))  # noqa: PTH100 - a link stays one; a name is never taken for an option
    if program.lower().endswith(_BATCH) and _OBEYED & set(str(path)):
        raise InputError(f"{name} cannot safely open {path}", "rename the file, or set EDITOR to an .exe")
    words = [word.format(line=line, path=path) for word in _LINE.get(_stem(program), ("{path}",))]
    return EditorCommand(name, (program, *arguments, *(word for word in words if word not in arguments)))


def run_editor(command: EditorCommand) -> str:
    """Run the editor until it exits; return what went wrong, or an empty text. Never raises OSError.

    Meanwhile only the editor receives Ctrl+C, and the terminal's settings are restored, however the editor ends.
    """
    try:
        with _terminal_kept(), _interrupts_ignored():
            status = subprocess.run(command.words, check=False).returncode
    except OSError as error:
        return f"the editor {command.name} could not be started: {error.strerror}"
    if status < 0:
        return f"the editor {command.name} was killed by signal {-status}; what it had not saved is lost"
    return f"the editor {command.name} ended with status {status}; the file may not have been saved" if status else ""


def open_in_editor(path: Path, line: int, environment: Mapping[str, str]) -> None:
    """Open the file at the line and wait; raise InputError if there is no editor, or if it failed."""
    if fault := run_editor(editor_command(path, line, environment)):
        raise InputError(fault, "set VISUAL or EDITOR to another one if this happens again")


def _editor(environment: Mapping[str, str], *, windows: bool) -> tuple[str, str, list[str]]:
    """Return the name, path and arguments of the editor that is set, else of the first one found;
    raise InputError if none.
    """
    for variable in _VARIABLES:
        if value := environment.get(variable, "").strip():
            words = _words(variable, value, environment, windows=windows)
            program = _program(words[0], environment, windows=windows)
            if program is None:
                fault = "cannot be run" if "/" in words[0] and os.access(words[0], os.F_OK) else "does not exist"
                raise InputError(
                    f"{variable} names {words[0]}, which {fault}", f"set {variable} to another, such as nano"
                )
            return _file_name(program), program, words[1:]
    for name in _USUAL:
        if program := _program(name, environment, windows=windows):
            return name, program, []
    raise InputError("no editor is set, and none was found", "set one, for example: export EDITOR=nano")


def _words(variable: str, command: str, environment: Mapping[str, str], *, windows: bool) -> list[str]:
    """Return the words of a command; a command that is the path of a program is a single word, even with spaces."""
    if _program(command, environment, windows=windows):
        return [command]
    try:
        words = shlex.split(command, posix=not windows)
    except ValueError:
        raise InputError(f"{variable} lacks a quotation mark: {command}", f"add it to {variable}") from None
    return [word.strip('"') for word in words] if windows else words or [command]


def _program(name: str, environment: Mapping[str, str], *, windows: bool) -> str | None:
    """Return the path of a program: itself if it names a folder, else from PATH without relative
    entries; None if missing.
    """
    if "/" in name or (windows and "\\" in name):
        folders = [Path()]
    else:
        entries = environment.get("PATH", "").split(os.pathsep)
        folders = [Path(entry) for entry in entries if Path(entry).is_absolute()]
    endings = environment.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";") if windows else [""]
    if windows and name.lower().endswith(tuple(ending.lower() for ending in endings)):
        endings = [""]
    paths = (folder / f"{name}{ending}" for folder in folders for ending in endings)
    # Asked in this order, since `is_file` raises OSError for a name that is too long, or in a folder that is closed.
    return next((str(path) for path in paths if os.access(path, os.X_OK) and path.is_file()), None)


def _stem(program: str) -> str:
    """Return the editor's name without folder and extension."""
    return _file_name(program).lower().removesuffix(".exe").removesuffix(".cmd").removesuffix(".bat")


def _file_name(program: str) -> str:
    return program.replace("\\", "/").rpartition("/")[2]


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl+C, which the terminal sends to every program: only the editor should act on it."""
    try:
        before = signal.signal(signal.SIGINT, lambda *_: None)
    except ValueError:  # not on the main thread, where no signal arrives anyway
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Restore the terminal's settings, which a killed editor leaves changed."""
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    try:
        handle = sys.__stdin__.fileno() if sys.__stdin__ else 0
        before = termios.tcgetattr(handle)
    except (OSError, ValueError, termios.error):
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError, termios.error):
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
