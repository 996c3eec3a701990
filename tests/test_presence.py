"""Sessions know of each other as long as they run, and one that was killed hinders nobody."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mnemosyne import presence
from mnemosyne.presence import Presence, has_sessions

STAY = "import sys; from pathlib import Path; from mnemosyne.presence import Presence; "
STAY += "session = Presence(Path(sys.argv[1])); print(session.alone, flush=True); sys.stdin.read()"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a deck."""
    return tmp_path / "deck.sqlite"


def test_the_first_session_is_alone_and_the_second_is_not(path: Path):
    first, second, third = Presence(path), Presence(path), Presence(path)
    assert [session.alone for session in (first, second, third)] == [True, False, False]
    first.leave()
    assert has_sessions(path), "the second is still there"
    second.leave()
    third.leave()
    assert not has_sessions(path)


def test_asking_for_others_leaves_no_lock(path: Path):
    assert not has_sessions(path)
    assert not has_sessions(path)
    session = Presence(path)
    assert has_sessions(path)
    session.leave()
    session.leave()
    assert not has_sessions(path)


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX systems have such signals")
def test_a_session_that_was_killed_or_stopped_blocks_no_other(path: Path):
    command = [sys.executable, "-c", STAY, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        os.kill(process.pid, signal.SIGSTOP)
        assert has_sessions(path)
        visitor = Presence(path)
        assert not visitor.alone, "it came in at once, though the other process is stopped"
        visitor.leave()
        process.kill()
    assert not has_sessions(path)


def test_the_lock_file_is_private_to_its_owner(path: Path):
    Presence(path).leave()
    (lock,) = path.parent.iterdir()
    assert lock.name == path.name + ".lock"
    if os.name == "posix":
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_without_locks_every_session_seems_alone(path: Path, monkeypatch: pytest.MonkeyPatch):
    def unsupported(_: int) -> bool:
        raise OSError("no locks here")

    monkeypatch.setattr(presence, "_enter", unsupported)
    assert Presence(path).alone
    assert Presence(path).alone
    assert Presence(path.parent / "nowhere" / "deck.sqlite").alone


def test_a_lock_that_is_not_shared_is_held_by_one_session_at_a_time(path: Path):
    first, second = Presence(path, shared=False), Presence(path, shared=False)
    assert (first.alone, second.alone) == (True, False)
    second.leave()
    assert not Presence(path, shared=False).alone, "a session that was refused has nothing to release"
    first.leave()
    assert Presence(path, shared=False).alone


@pytest.mark.skipif(sys.platform == "win32", reason="there, each session locks a byte of its own")
def test_a_session_that_starts_while_another_asks_for_others_still_gets_its_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    glance = Presence(path, shared=False)  # the whole lock, as it is held for an instant
    monkeypatch.setattr(presence.time, "sleep", lambda _: glance.leave())
    session = Presence(path)
    assert not session.alone
    assert has_sessions(path)
    session.leave()
    assert not has_sessions(path)


def test_of_many_sessions_one_has_the_whole_lock_at_any_time(path: Path):
    """Threads lock as processes do, since each opens the file itself."""
    inside, most, lock = 0, 0, threading.Lock()
    start = threading.Barrier(8)

    def come_and_go() -> int:
        nonlocal inside, most
        start.wait()
        times = 0
        for _ in range(200):
            session = Presence(path, shared=False)
            if session.alone:
                with lock:
                    inside, most, times = inside + 1, max(most, inside + 1), times + 1
                with lock:
                    inside -= 1
            session.leave()
        return times

    with ThreadPoolExecutor(8) as pool:
        had = sum(future.result() for future in [pool.submit(come_and_go) for _ in range(8)])
    assert (most, had > 0) == (1, True)


def test_of_many_sessions_at_once_each_has_its_lock(path: Path):
    start = threading.Barrier(8)

    def come() -> Presence:
        start.wait()
        return Presence(path)

    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            sessions = [future.result() for future in [pool.submit(come) for _ in range(8)]]
        assert sum(session.alone for session in sessions) <= 1
        for session in sessions:
            assert has_sessions(path), "a session that still runs has no lock"
            session.leave()
        assert not has_sessions(path)
