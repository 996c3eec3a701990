"""The program under test: a command line run inside the tests' own process, or as a process of its own.

Inside is a hundred times cheaper, and the rule; a process is for what only a process has: its start, signals,
closed pipes, the locale, the working folder, the environment before Python runs.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from patience import PATIENCE


@dataclass(frozen=True)
class Run:
    """How a command ended: its exit status, and what it wrote on standard output and standard error."""

    status: int
    out: str
    err: str


def run_inside(arguments: tuple[str, ...], stdin: bytes, environment: Mapping[str, str]) -> Run:
    """Run a command line in this process; afterwards environment, umask and standard streams are as before."""
    from mnemosyne.cli.entry import run

    _build_commands_once()
    input_stream = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    umask = os.umask(0o022)
    try:
        with patch.dict(os.environ, environment), patch.multiple(sys, stdin=input_stream, stdout=stdout, stderr=stderr):
            status = run(arguments)
    finally:
        os.umask(umask)
    return Run(status, _written(stdout), _written(stderr))


@cache
def _build_commands_once() -> None:
    """Let Typer build its commands once: a process has one command line, and the tests have thousands."""
    import typer

    typer.main.get_command = cache(typer.main.get_command)


def _written(stream: io.TextIOWrapper) -> str:
    """Return what was written on a stream in memory."""
    stream.flush()
    return stream.buffer.getvalue().decode()


def run_process(arguments: tuple[str, ...], stdin: bytes, environment: Mapping[str, str]) -> Run:
    """Run a command line as a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "mnemosyne", *arguments],
        input=stdin,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **environment},
    )
    return Run(process.returncode, process.stdout.decode(), process.stderr.decode())


class Program:
    """The program over one home; `runner` says whether it runs inside or as a process."""

    def __init__(self, home: Path, runner=run_inside) -> None:
        self._home = home
        self._runner = runner

    def __call__(self, *arguments: object, stdin: str | bytes = b"", **environment: str) -> Run:
        """Run `mnemosyne ARGUMENTS` with `stdin` as standard input and further environment variables."""
        text = stdin.encode() if isinstance(stdin, str) else stdin
        return self._runner(tuple(map(str, arguments)), text, {"MNEMOSYNE_HOME": str(self._home), **environment})
