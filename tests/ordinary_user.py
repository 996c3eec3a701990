"""Where an ordinary user may work while the tests run as root, to whom every folder is open."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

_ENTERED = stat.S_IXOTH  # the permission of others to pass through a folder


def entered_by_all(folder: Path) -> bool:
    """Return whether a user without rights may reach a folder; its own permissions are checked too."""
    return all(path.is_dir() and path.stat().st_mode & _ENTERED for path in (folder, *folder.parents))


def public_parent() -> Path:
    """Return a parent for temporary folders that an ordinary user may reach: TMPDIR, unless only root may enter it."""
    usual = Path(tempfile.gettempdir()).resolve()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return usual
    for folder in (usual, Path("/dev/shm"), Path("/tmp"), Path("/var/tmp")):
        if entered_by_all(folder):
            return folder
    pytest.skip("needs a folder for temporary files that an ordinary user may enter")
