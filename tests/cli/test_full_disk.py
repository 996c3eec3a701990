"""Where nothing more can be written, each command names the file it could not write and leaves everything as it was."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROBE = """
import resource, sys
from mnemosyne.cli.entry import run
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
(home,) = sys.argv[1:]
for command in (
    ["config", "set", "fuzz", "on"],
    ["cards", "new", "--topic", "mine", "--f", "x^2", "--id", "new"],
    ["cards", "new-topic", "other"],
):
    print(run(["--home", home, *command]), file=sys.stderr, flush=True)
"""


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such limits")
def test_the_file_that_cannot_be_written_is_named(tmp_path):
    home = tmp_path / "home"
    (home / "cards" / "mine").mkdir(parents=True)
    cards = home / "cards" / "mine" / "cards.yaml"
    cards.write_text("cards:\n  - {id: one, kind: recall, ask: Why?, answer: So.}\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    command = [sys.executable, "-c", PROBE, str(home)]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    mend = "File too large; free some space or correct the permissions, then try again"
    assert process.stderr.splitlines() == [
        f"mnemosyne: {home}/config.toml: {mend}",
        "2",
        f"mnemosyne: {cards}: {mend}",
        "2",
        f"mnemosyne: {home}/cards/other/topic.yaml: {mend}",
        "2",
    ]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
