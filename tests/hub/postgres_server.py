"""A PostgreSQL of the tests' own: on a Unix socket in a temporary folder, so that it needs no port."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ordinary_user import public_parent

from mnemosyne.hub_address import HubAddress, read_hub_address

TEACHER = "teacher"  # may create roles, and owns the databases; not a superuser
SUPERUSER = "admin"
USUAL = Path("/usr/lib/postgresql")  # where Debian keeps each version, outside the PATH
UNPRIVILEGED = ("postgres", "nobody")
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=80")


@dataclass
class PostgresServer:
    """A server: started, killed and started again on the same data. Passwords are asked for, as on a real one."""

    programs: Path
    folder: Path
    settings: tuple[str, ...] = QUICK
    passwords: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=count)

    def create(self) -> None:
        """Make the data of a new server with its two administrators."""
        self._run("initdb", "-D", self.data, "--no-sync", "--auth=trust", "-U", SUPERUSER, "-E", "UTF8", "--no-locale")
        rules = f"local all {SUPERUSER},{TEACHER} trust\nlocal all all scram-sha-256\n"
        (self.data / "pg_hba.conf").write_text(rules)

    @property
    def data(self) -> Path:
        """The folder of the data."""
        return self.folder / "data"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [part for setting in (*self.settings, "listen_addresses=", "log_min_messages=fatal",
                   f"unix_socket_directories={self.folder}") for part in ("-c", setting)]  # fmt: skip
        command = [str(self.programs / "postgres"), "-D", str(self.data), *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_unprivileged()
            )
        while not self._answers():
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())

    def kill(self) -> None:
        """Kill all of it at once, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def restart(self) -> None:
        """Kill the server and start it again."""
        self.kill()
        self.start()

    def new_database(self) -> HubAddress:
        """Make an empty database that the teacher owns."""
        name = f"class{next(self.numbers)}"
        with psycopg.connect(self.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} owner {TEACHER}")
        return self.address(TEACHER, name)

    def address(self, user: str, database: str) -> HubAddress:
        """Return the address of a database for a role."""
        return read_hub_address(f"postgresql+psycopg://{user}@/{database}?host={self.folder}")

    def conninfo(self, user: str, database: str) -> str:
        """Return libpq's connection parameters; a learner's password is the one that he was invited with."""
        password = f" password={self.passwords[user]}" if user in self.passwords else ""
        return f"host={self.folder} user={user} dbname={database}{password}"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.conninfo(SUPERUSER, "postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self.programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, **_unprivileged())


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    user, group = _ids()
    return {"user": user, "group": group, "extra_groups": [], "cwd": "/"}


def _ids() -> tuple[int, int]:
    """Return the user and group ids of a user without rights."""
    import pwd  # imported here: Windows has none

    entry = next(entry for name in UNPRIVILEGED for entry in pwd.getpwall() if entry.pw_name == name)
    return entry.pw_uid, entry.pw_gid


def programs() -> Path | None:
    """Return the folder of PostgreSQL's newest programs; None without PostgreSQL 15 or newer."""
    versions = sorted((path for path in USUAL.glob("*/bin") if (path / "initdb").exists()), key=_version)
    if versions and _version(versions[-1]) >= 15:
        return versions[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


@contextmanager
def running_server(*settings: str) -> Iterator[PostgresServer]:
    """Yield a running server, and end it; the test is skipped where there is none."""
    folder = programs()
    if folder is None:
        pytest.skip("needs PostgreSQL 15")
    place = Path(tempfile.mkdtemp(prefix="hub", dir=public_parent()))
    if os.geteuid() == 0:
        os.chown(place, *_ids())
    server = PostgresServer(folder, place, settings or QUICK)
    try:
        server.create()
        server.start()
        with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute(f"create role {TEACHER} login createrole createdb")
        yield server
    finally:
        server.kill()
        shutil.rmtree(place, ignore_errors=True)
