"""A program on a pseudo-terminal: what is typed reaches it as keys do, and every byte that it writes is kept."""

from __future__ import annotations

import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path

from patience import PATIENCE

from mnemosyne.tui.type_ahead import REACTION

QUIET = 0.2  # seconds without a byte, after which somebody watching has read what there is
LEFT = b"\x1b[?1049l"  # the alternate screen


class PseudoTerminal:
    """The program with a terminal of its own, which is the controlling one of its session unless told otherwise."""

    def __init__(
        self,
        home: Path,
        cards: Path,
        *arguments: str,
        program: tuple[str, ...] = ("-m", "mnemosyne"),
        controlling: bool = True,
        **environment: str,
    ):
        self._master, slave = pty.openpty()
        self._slave = slave
        self.resize(24, 80)
        self.before = termios.tcgetattr(slave)
        places = {"MNEMOSYNE_HOME": str(home), "MNEMOSYNE_CARDS": str(cards), "TERM": "xterm-256color"}
        inherited = {name: value for name, value in os.environ.items() if name not in ("VISUAL", "EDITOR")}
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=inherited | places | environment,
            start_new_session=True,
            # What a terminal emulator does:
            preexec_fn=(lambda: ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,  # noqa: PLW1509
        )
        self.written = b""
        self._seen = 0

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size; a signal tells the program."""
        ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> None:
        """Read what the program writes within that many seconds, at least once."""
        end = time.monotonic() + seconds
        while select.select([self._master], [], [], max(0.0, end - time.monotonic()))[0]:
            try:
                self.written += os.read(self._master, 1 << 16)
            except OSError:
                return  # the other end is closed

    def wait_for(self, *texts: str) -> None:
        """Wait until the program has written all the texts, in any order, since the last call, and take them in."""
        end = time.monotonic() + PATIENCE
        while min(places := [self.written.find(text.encode(), self._seen) for text in texts]) < 0:
            assert time.monotonic() < end, f"{texts} did not show:\n{self.written[self._seen :][-3000:]!r}"
            assert self.process.poll() is None, f"it ended before {texts}:\n{self.written[-3000:]!r}"
            self.read(0.05)
        self._seen = max(place + len(text.encode()) for place, text in zip(places, texts, strict=True))
        self.read(REACTION)

    def press(self, *keys: str) -> None:
        """Press the keys as somebody does who reads first: each once nothing more comes and all has been seen."""
        for key in keys:
            end, length = time.monotonic() + PATIENCE, -1
            while length < len(self.written):
                assert time.monotonic() < end, f"its output never pauses:\n{self.written[-3000:]!r}"
                length = len(self.written)
                self.read(QUIET)
            self._seen = length
            self.type(key)

    def type(self, *texts: str, pause: float = 0.0) -> None:
        """Type the texts at once, whatever is shown, each in one burst, with a pause in seconds after each."""
        for text in texts:
            os.write(self._master, text.encode())
            self.read(pause)

    def signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.process.pid, number)

    def close_terminal(self) -> None:
        """Close the terminal under the program; the system signals that only to a session whose terminal it is."""
        os.close(self._master)
        os.close(self._slave)
        self._master, self._slave = pty.openpty()  # what is read and closed from here on

    def wait_for_end(self) -> int:
        """Wait for the program's end; return its status as a shell reports it."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end:\n{self.written[-3000:]!r}"
            self.read(0.05)
        self.read(0.05)
        status = self.process.returncode
        return status if status >= 0 else 128 - status

    @property
    def restored(self) -> bool:
        """Return whether the terminal is as it was: main screen, no reports, a cursor, and its attributes."""
        modes = (b"?1049", b"?1000", b"?1003", b"?1004", b"?2004")
        off = all(self.written.rfind(b"\x1b[%sl" % mode) > self.written.rfind(b"\x1b[%sh" % mode) for mode in modes)
        cursor = self.written.rfind(b"\x1b[?25h") > self.written.rfind(b"\x1b[?25l")
        return off and cursor and termios.tcgetattr(self._slave) == self.before

    @property
    def main_screen(self) -> str:
        """Return what is on the main screen after the interface has left it."""
        left = self.written.rpartition(LEFT)[2].decode().replace("\r\n", "\n")
        return re.sub(r"\x1b\[[?<0-9;]*[a-z]|\x1b\]22;default\x07", "", left).strip()

    def close(self) -> None:
        """End the program in any case."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)
