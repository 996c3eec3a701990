"""When a bug reaches the top: one line for the user, and a traceback in the log of the home in use."""

from __future__ import annotations

import os

import pytest

from mnemosyne.cli.entry import BUG, run
from mnemosyne.cli.locations import Locations


@pytest.fixture(autouse=True)
def bug(monkeypatch, tmp_path):
    """Make opening a collection fail as no program should; restore the umask of the process."""

    def fail(place):
        raise ZeroDivisionError("no such thing")

    monkeypatch.setattr(Locations, "open_collection", fail)
    monkeypatch.setenv("MNEMOSYNE_HOME", str(tmp_path / "usual"))
    umask = os.umask(0o077)
    yield
    os.umask(umask)


@pytest.mark.parametrize(
    ("options", "folder"), [([], "usual"), (["--home", "{}/other"], "other"), (["--home={}/other"], "other")]
)
def test_a_bug_is_logged_where_the_learner_keeps_his_data(options, folder, tmp_path, capsys):
    arguments = [option.format(tmp_path) for option in options]
    assert run([*arguments, "due"]) == BUG
    log = tmp_path / folder / "checker.log"
    message = f"this is a bug: ZeroDivisionError: no such thing; please report it with the end of {log}"
    assert capsys.readouterr().err == f"mnemosyne: {message}\n"
    assert log.read_text().startswith("mnemosyne ")
    assert log.read_text().endswith("ZeroDivisionError: no such thing\n\n")
    assert [path.name for path in tmp_path.iterdir()] == [folder]


def test_a_bug_without_a_place_for_its_log_is_still_one_line(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert run([f"--home={tmp_path}/file", "due"]) == BUG
    assert capsys.readouterr().err == "mnemosyne: this is a bug: ZeroDivisionError: no such thing\n"
