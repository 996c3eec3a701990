"""Sessions know of each other for as long as they live, and a dead one is in nobody's way."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mnemosyne.store import presence
from mnemosyne.store.presence import Presence, others

STAY = "import sys; from pathlib import Path; from mnemosyne.store.presence import Presence; "
STAY += "sign = Presence(Path(sys.argv[1])); print(sign.alone, flush=True); sys.stdin.read()"


def test_the_first_is_alone_and_the_second_is_not(path: Path):
    first, second, third = Presence(path), Presence(path), Presence(path)
    assert [sign.alone for sign in (first, second, third)] == [True, False, False]
    first.leave()
    assert others(path), "the second is still there"
    second.leave()
    third.leave()
    assert not others(path)


def test_looking_leaves_no_sign(path: Path):
    assert not others(path)
    assert not others(path)
    sign = Presence(path)
    assert others(path)
    sign.leave()
    sign.leave()
    assert not others(path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are of POSIX systems")
def test_a_session_that_was_killed_or_stopped_is_in_nobodys_way(path: Path):
    command = [sys.executable, "-c", STAY, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        os.kill(process.pid, signal.SIGSTOP)
        assert others(path)
        visitor = Presence(path)
        assert not visitor.alone, "it came in at once, though the other one sleeps"
        visitor.leave()
        process.kill()
    assert not others(path)


def test_the_sign_is_private_to_its_owner(path: Path):
    Presence(path).leave()
    (lock,) = path.parent.iterdir()
    assert lock.name == path.name + ".lock"
    if os.name == "posix":
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_where_there_are_no_locks_everybody_is_alone(path: Path, monkeypatch: pytest.MonkeyPatch):
    def unsupported(_: int) -> bool:
        raise OSError("no locks here")

    monkeypatch.setattr(presence, "_enter", unsupported)
    assert Presence(path).alone
    assert Presence(path).alone
    assert Presence(path.parent / "nowhere" / "deck.sqlite").alone
