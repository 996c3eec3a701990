"""A program on a pseudo-terminal of 80×24, for the benchmarks: how long until it shows a text, and its memory."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

SIZE = (24, 80)
_CONTROLS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
_KEPT = 4096  # bytes: a text and the colours between its words


PROGRAM = str(Path(sys.executable).with_name("mnemosyne"))


def as_installed() -> dict[str, str]:
    """Return the environment without a ban on compiled modules: an installed program has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Terminal:
    """Starts the program at once; at the end, ends it and all that it started."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._own_end, program_end = pty.openpty()
        fcntl.ioctl(program_end, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self._start = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=program_end,
            stdout=program_end,
            stderr=program_end,
            env={**as_installed(), "TERM": "xterm-256color", **environment},
            start_new_session=True,
        )
        os.close(program_end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)  # without a controlling terminal it would not learn of the end
        self._process.wait()
        os.close(self._own_end)

    @property
    def pid(self) -> int:
        return self._process.pid

    def seconds_until(self, text: str, most: float = 60) -> float:
        """Return the seconds from the program's start until the text has been painted."""
        output, text_bytes = b"", text.encode()
        while text_bytes not in _CONTROLS.sub(b"", output):
            if time.perf_counter() - self._start > most:
                raise TimeoutError(f"{text!r} did not show; what did: {output[-500:]!r}")
            if select.select([self._own_end], [], [], 0.5)[0]:
                output = output[-_KEPT:] + os.read(self._own_end, 65536)
        return time.perf_counter() - self._start

    @property
    def screen(self) -> int:
        """Return the file descriptor from which all that is painted is read."""
        return self._own_end

    def type(self, keys: str) -> None:
        """Press keys, as bytes of the terminal."""
        os.write(self._own_end, keys.encode())


BARE_LINE = "one line is painted"


def bare_app(before: str = "") -> list[str]:
    """Return the command of a Textual app that paints one line, after the imports `before`: what libraries cost."""
    return [sys.executable, "-c", before + _BARE]


_BARE = f"""
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("{BARE_LINE}")

Bare().run()
"""


def two_cards(folder: Path) -> dict[str, str]:
    """Return the environment of a program with a home in the folder, and cards that ask for sin(x²) and cos(x²)."""
    topic = folder / "cards" / "one"
    topic.mkdir(parents=True)
    rows = "".join(f"  - {{id: {id_}, kind: derivative, f: {id_}(x^2)}}\n" for id_ in ("sin", "cos"))
    (topic / "first.yaml").write_text(f"cards:\n{rows}", encoding="utf-8")
    return {"MNEMOSYNE_HOME": f"{folder}/home", "MNEMOSYNE_CARDS": f"{folder}/cards"}


def seconds(command: Sequence[str], environment: Mapping[str, str], *texts: str) -> list[float]:
    """Return the seconds from the start of the program until it shows each text, one after another."""
    with Terminal(command, environment) as terminal:
        return [terminal.seconds_until(text) for text in texts]


def print_line(name: str, samples: Sequence[float]) -> None:
    """Print one line: the median, the best and the worst."""
    print(f"{name:32} median {statistics.median(samples):.3f} s   {min(samples):.3f} to {max(samples):.3f} s")


def mebibytes(pid: int) -> float:
    """Return the resident memory of a process, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
