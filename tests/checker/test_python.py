"""Starting Python: nothing in the working folder, and nothing named by an empty path entry, becomes a module."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mnemosyne
from mnemosyne.checker.python import environment, start_python

PACKAGE_PARENT = Path(mnemosyne.__file__).resolve().parents[1]  # the checkout, or where it is installed
PRINTS_PATH = "import os, sys; print(sys.path, os.getcwd(), sys.flags.safe_path, sep='\\n')"


@pytest.mark.parametrize("search_path", ["", os.pathsep, f"{os.pathsep}/somewhere", f"/somewhere{os.pathsep}"])
def test_the_working_folder_is_not_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search_path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", search_path)
    with start_python(["-c", PRINTS_PATH], stdin=subprocess.DEVNULL) as process:
        output, _ = process.communicate()
    path, folder, safe = output.decode().splitlines()
    assert str(tmp_path) not in [os.path.realpath(entry) for entry in ast.literal_eval(path)]
    assert "" not in ast.literal_eval(path)
    assert (Path(folder), safe) == (PACKAGE_PARENT, "True")


def test_relative_path_entries_mean_the_same_folders_for_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    variables = {"PYTHONPATH": os.pathsep.join(["vendor", "", str(tmp_path / "more")]), "OTHER": "kept"}
    assert environment(variables) == {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "vendor"), str(tmp_path / "more"), str(PACKAGE_PARENT)]),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "OTHER": "kept",
    }


def test_on_windows_ctrl_c_is_not_passed_on_to_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import subprocess; subprocess.CREATE_NEW_PROCESS_GROUP = 0x200; subprocess.CREATE_NO_WINDOW = 0x8000000;"
        "from mnemosyne.checker import python; print(hex(python.OWN_GROUP))"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout == "0x8000200\n"
