"""Rules for every test: what is drawn at random, the size of the terminal, and what may be missing.

Hypothesis draws the same examples in every run, unless HYPOTHESIS_PROFILE=random asks for new ones and for
more, as .ci/run does; `--hypothesis-seed` repeats those. No example has a time limit.

Decks and homes are made on a disk in memory where there is one: tests make tens of thousands of commits, and
each would wait some milliseconds for a real disk. TMPDIR names another folder.

With CI=true, a missing component is a failure instead of a skip: a test that cannot run without a component
skips with a reason that begins with `needs`. Tests marked `torch` are excepted: PyTorch is never a default
dependency, and .ci/run runs them separately with it.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from bundled_deck import bundled_cards_built_once
from hypothesis import settings
from new_decks import new_decks_copied
from ordinary_user import public_parent
from sample_size import THOROUGH
from shared_statements import statements_compiled_once
from warm_children import WarmChildren

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("random", deadline=None, print_blob=True, database=None, max_examples=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
for _size in ("COLUMNS", "LINES"):
    os.environ.pop(_size, None)  # pytest-xdist sets them in its workers, and a program in a terminal would use them
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process that a test starts would compile anew
_TESTS = Path(__file__).parent
_WAITING = {"tui", "journeys", "web"}  # folders of tests that start terminals
_MEMORY_DISK = Path("/dev/shm")
_ENOUGH = 2 << 30  # bytes
_NOBODY = 65534  # the id of that user


def _use_memory_disk() -> None:
    """Make temporary files in memory, if there is room and programs may be run from there."""
    with suppress(OSError):
        runs_programs = not os.statvfs(_MEMORY_DISK).f_flag & os.ST_NOEXEC
        writable = os.access(_MEMORY_DISK, os.W_OK | os.X_OK)
        if runs_programs and writable and shutil.disk_usage(_MEMORY_DISK).free >= _ENOUGH:
            os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY_DISK)


if "TMPDIR" not in os.environ and hasattr(os, "ST_NOEXEC"):
    _use_memory_disk()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore it
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup ignores it, and so would the processes of tests


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Return three workers for two processors: tests of terminals wait, and each worker has to collect all tests."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else ((os.cpu_count() or 1) * 3 + 1) // 2


def _leave_out_thorough_tests(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only .ci/run runs, unless `-m thorough` or its name asks for it.

    Where pictures are updated, all tests run: the pictures of a test that is left out would be deleted as
    superfluous.
    """
    asked_for = "thorough" in config.option.markexpr or any("::" in argument for argument in config.args)
    if THOROUGH or asked_for or config.getoption("update_snapshots", default=False):
        return
    thorough = {item for item in items if item.get_closest_marker("thorough")}
    config.hook.pytest_deselected(items=[item for item in items if item in thorough])
    items[:] = [item for item in items if item not in thorough]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out thorough tests, and distribute the modules that wait for a terminal among those that compute.

    Each worker begins with a part of the list: a processor would be idle while all workers are at tests that
    wait.
    """
    _leave_out_thorough_tests(config, items)
    if not hasattr(config, "workerinput"):
        return
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    kinds: dict[bool, list[Path]] = {}
    for path in modules:
        kinds.setdefault(path.relative_to(_TESTS).parts[0] in _WAITING, []).append(path)
    placed = [(number / len(kind), path) for kind in kinds.values() for number, path in enumerate(kind)]
    items[:] = [item for _, path in sorted(placed) for item in modules[path]]


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session):
    """Collect without the garbage collector, and exempt what was collected from it: all of that stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _bundled_cards() -> Iterator[None]:
    """Build the bundled cards once."""
    with bundled_cards_built_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_statements() -> Iterator[None]:
    """Compile each statement of the store once."""
    with statements_compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _new_decks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make new decks by copying one; .ci/run, which tries more, makes each by the migrations."""
    if THOROUGH:
        yield
        return
    with new_decks_copied(tmp_path_factory.mktemp("new")):
        yield


@pytest.fixture(scope="session")
def _children() -> Iterator[WarmChildren]:
    """Yield the checker's children that are kept for the next test."""
    children = WarmChildren()
    yield children
    children.close()


@pytest.fixture
def warm_children(_children: WarmChildren, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let checkers take a child that is already running, and leave it for the next test."""
    monkeypatch.setattr("mnemosyne.checker.client.ChildProcess", _children)


@pytest.fixture(scope="module")
def warm_children_of_module(_children: WarmChildren) -> Iterator[None]:
    """Do the same for all the examples of a property."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mnemosyne.checker.client.ChildProcess", _children)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip for lack of a component into a failure where CI=true."""
    report = yield
    if report.skipped and call.excinfo is not None and os.environ.get("CI") == "true":
        reason = str(call.excinfo.value).removeprefix("Skipped: ")
        if reason.startswith("needs") and item.get_closest_marker("torch") is None:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: with CI=true nothing may be missing, but this test {reason}"
    return report


@dataclass
class Disk:
    """A small disk of its own, mounted at `folder`."""

    folder: Path

    def fill(self) -> None:
        """Leave not one block free."""
        with (self.folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(b"x" * 4096)

    def free(self) -> None:
        """Free the space again."""
        (self.folder / "filler").unlink()

    def write_protect(self) -> None:
        """Make the disk read-only; refused while a file is open for writing."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)

    def take_away(self) -> None:
        """Detach the disk, whatever is open on it."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """Yield a disk of two megabytes in memory, where this system and this user can mount one."""
    disk = Disk(tmp_path / "disk")
    disk.folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk.folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("only a user who may mount a disk can fill one")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk.folder)], capture_output=True, check=False)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Yield a folder where an ordinary user may do anything, while the test runs as one (root may write anywhere)."""
    with tempfile.TemporaryDirectory(dir=public_parent()) as name:
        folder = Path(name)
        folder.chmod(0o777)
        ordinary = os.geteuid() != 0
        if not ordinary:
            os.seteuid(_NOBODY)
        try:
            yield folder
        finally:
            if not ordinary:
                os.seteuid(0)
            folder.chmod(0o777)
