"""`mnemosyne serve` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from patience import PATIENCE

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^3)}
"""


def small_deck(folder: Path) -> Path:
    """Write a folder of one topic with two cards."""
    topic = folder / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return folder / "cards"


class Served:
    """A server over a home and a deck of two cards, on a port that was free."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.home = folder / "home"
        self.cards = small_deck(folder)
        places = ["--home", str(self.home), "--cards", str(self.cards)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mnemosyne", *places, "serve", "--port", "0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,  # what `communicate` reads later would lack what is still in a buffer
            env={name: value for name, value in os.environ.items() if name != "TERM"},
        )
        assert self.process.stdout is not None
        self.first_line = self.process.stdout.readline().decode()
        self.address = self.first_line.split()[-1]
        self.origin = self.address.partition("/?")[0]

    def end(self, number: int = signal.SIGINT) -> tuple[int, str, str]:
        """Send a signal; return the status and all that the server printed."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, self.first_line + out.decode(), err.decode()
