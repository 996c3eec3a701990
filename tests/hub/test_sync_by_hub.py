"""`mnemosyne sync` and sessions with `sync.hub`: from the line that a learner is given to his history on a laptop."""

from __future__ import annotations

import json
import random
import shlex
from pathlib import Path

import pytest
from patience import PATIENCE
from program import Program
from school import School

from mnemosyne.collection import syncing

PLAIN = ("review", "--plain", "--limit", "1")
ANSWERS = ":show\n1\n:quit\n"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the end of a session wait for the hub as long as a slow machine needs."""
    monkeypatch.setattr(syncing, "HUB_PATIENCE", PATIENCE)


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Program, Program]:
    """Return two machines of one learner."""
    return Program(tmp_path / "laptop"), Program(tmp_path / "desktop")


@pytest.fixture
def hub(school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address that a new learner is given, with the password where his line puts it."""
    name = f"ada{random.getrandbits(40):x}"
    words = shlex.split(Program(tmp_path / "teacher")("class", "add", "--hub", str(school.hub), name).out)
    entry, address = words[3], words[-1]
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"{entry}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    return address


def test_what_was_reviewed_on_one_machine_is_on_the_other(machines, hub: str):
    laptop, desktop = machines
    for machine in machines:
        assert machine("config", "set", "sync.hub", hub).status == 0
    assert laptop(*PLAIN, stdin=ANSWERS).err == ""
    synced = json.loads(desktop("sync", "--json").out)
    assert (sum(synced["reviews"].values()), synced["events"], synced["faults"]) == (1, 1, [])
    assert json.loads(desktop("sync", "--json").out)["events"] == 0
    assert "nothing new, and nothing to send\n" in laptop("sync").out
    assert desktop("doctor").status == 0


def test_a_folder_that_cannot_be_used_keeps_nothing_from_the_hub(machines, hub: str, tmp_path: Path):
    laptop, desktop = machines
    folder = tmp_path / "a-file"
    folder.write_text("")
    assert laptop(*PLAIN, stdin=ANSWERS).status == 0
    for name, value in (("sync.hub", hub), ("sync.folder", str(folder))):
        assert laptop("config", "set", name, value).status == 0
    synced = laptop("sync")
    assert (synced.status, synced.out) == (2, "1 sent\n")
    assert synced.err == (
        f"mnemosyne: {folder}: the folder cannot be synced (Not a directory); allow writing there, or give another "
        "folder\n"
    )
    assert json.loads(laptop("sync", "--json").out)["sent"] == 0
    desktop("config", "set", "sync.hub", hub)
    assert "1 review from" in desktop("sync").out


@pytest.mark.thorough
def test_a_hub_that_is_away_delays_no_session_and_is_reported_once(machines, hub: str, school: School):
    laptop, _ = machines
    laptop("config", "set", "sync.hub", hub)
    school.server.kill()
    try:
        session = laptop(*PLAIN, stdin=ANSWERS)
        failed = laptop("sync")
    finally:
        school.server.start()
    sentence = f"mnemosyne: the hub {hub} cannot be reached; the next session exchanges what was missed\n"
    assert (session.status, session.err) == (0, sentence)
    assert (failed.status, failed.out, failed.err) == (2, "", sentence)
    assert "1 sent" in laptop("sync").out


def test_a_password_in_the_settings_is_refused(machines):
    laptop, _ = machines
    refused = laptop("config", "set", "sync.hub", "postgresql+psycopg://ada:secret@host/class")
    assert refused.status == 2
    assert "sync.hub must not contain a password: put it into ~/.pgpass, or into PGPASSWORD" in refused.err
    assert laptop("config", "get", "sync.hub").out == "unset\n"
