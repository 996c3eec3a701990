"""The learner's own editor, opened at a line: $VISUAL, else $EDITOR."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from mnemosyne.cards.card import Source
from mnemosyne.errors import InputError

_WITH_GOTO = ("code", "codium", "cursor")  # editors that take -g path:line instead of +line path


def command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The command that opens the file at the line; InputError if no editor is set."""
    words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    if not words:
        raise InputError("no editor is set", "export EDITOR, such as EDITOR=nano")
    if Path(words[0]).stem in _WITH_GOTO:
        return [*words, "--wait", "-g", f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def edit(path: Path, line: int) -> None:
    """Open the file in the editor and wait; InputError if it cannot be started."""
    words = command(os.environ, path, line)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise InputError(f"the editor {words[0]} cannot be started: {error.strerror}", "set EDITOR") from None


async def edit_within(app: App[None], source: Source) -> None:
    """Give the terminal to the editor until it is left; InputError if there is none, or no terminal to give."""
    try:
        with app.suspend():
            edit(Path(source.path), source.line)
    except SuspendNotSupported:
        raise InputError("an editor cannot be opened here", "edit the file beside the app") from None
