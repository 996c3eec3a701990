"""The program read from and written to line by line, over pipes, with a small deck of its own."""

from __future__ import annotations

import csv
import io
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patience import PATIENCE
from program import Program, Run

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^3)}
"""


class PipedProgram:
    """The program as a process that is read from and written to line by line."""

    def __init__(self, home: Path, cards: Path, *arguments: str) -> None:
        environment = {**os.environ, "MNEMOSYNE_HOME": str(home), "MNEMOSYNE_CARDS": str(cards)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mnemosyne", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # so that nothing is left in a buffer while the pipe is watched
            env=environment,
        )

    def read_until(self, end: str) -> str:
        """Return what the program prints up to and with `end`."""
        stdout = self._process.stdout
        assert stdout is not None
        output = b""
        while not output.endswith(end.encode()):
            assert select.select([stdout], [], [], PATIENCE)[0], f"it waits after: {output.decode()}"
            letter = stdout.read(1)
            assert letter, f"it ended with: {output.decode()}{self.err()}"
            output += letter
        return output.decode()

    def type_line(self, line: str, end: str) -> str:
        """Type a line; return what the program prints in reply, up to and with `end`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        return self.read_until(end)

    def err(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().decode()

    def leave(self) -> tuple[int, str, str]:
        """End the program's input; return its status, and the rest of what it prints."""
        out, err = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, out.decode(), err.decode()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path / "cards"


@pytest.fixture
def start_piped(cards: Path) -> Iterator[Callable[..., PipedProgram]]:
    """Return a function that starts the program with its data in a folder."""
    programs: list[PipedProgram] = []

    def start(home: Path, *arguments: str) -> PipedProgram:
        programs.append(PipedProgram(home, cards, *arguments))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


@pytest.fixture
def command(cards: Path) -> Callable[..., Run]:
    """Return a function that runs a command in the tests' own process, over any home."""

    def run(home: Path, *arguments: object) -> Run:
        return Program(home)(*arguments, MNEMOSYNE_CARDS=str(cards))

    return run


@pytest.fixture
def graded(command: Callable[..., Run]) -> Callable[[Path], list[tuple[str, str]]]:
    """Return a function that reads the cards and qualities in the log of a home."""

    def read(home: Path) -> list[tuple[str, str]]:
        out = command(home, "export", "reviews", "--format", "csv").out
        return [(row["card_id"], row["quality"]) for row in csv.DictReader(io.StringIO(out))]

    return read
