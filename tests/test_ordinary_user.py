"""Tests that act as an ordinary user find a folder that such a user may enter, whatever TMPDIR says."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from ordinary_user import entered_by_all, public_parent


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="an ordinary user has only the folder that there is"
)
def test_a_temporary_folder_that_only_root_may_enter_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    private, below = tmp_path / "private", tmp_path / "private" / "below"
    below.mkdir(parents=True)
    private.chmod(0o700)
    below.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(below))
    assert not entered_by_all(below)
    assert public_parent() != below
    assert entered_by_all(public_parent())
