"""The editor: its command line, and what is said where there is none; the journeys open one from a review."""

from __future__ import annotations

from pathlib import Path

import pytest

from mnemosyne.errors import InputError
from mnemosyne.tui.editor import command, edit


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"EDITOR": "nano"}, ["nano", "+7", "a.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, ["emacs", "-nw", "+7", "a.yaml"]),
        ({"EDITOR": "/usr/bin/code"}, ["/usr/bin/code", "--wait", "-g", "a.yaml:7"]),
    ],
)
def test_the_editor_opens_at_the_line(environment, words):
    assert command(environment, Path("a.yaml"), 7) == words


def test_without_an_editor_the_learner_is_told():
    with pytest.raises(InputError, match="no editor is set") as raised:
        command({}, Path("a.yaml"), 7)
    assert raised.value.hint == "export EDITOR, such as EDITOR=nano"


def test_an_editor_that_is_not_there_is_told(monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    with pytest.raises(InputError, match="the editor no-such-editor cannot be started: No such file"):
        edit(Path("a.yaml"), 7)
