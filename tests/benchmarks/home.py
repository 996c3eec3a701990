"""How soon home shows its first frame, against a bare Textual app: python tests/benchmarks/home.py [--runs N].

The bare app paints one line: what Textual costs on this machine at this moment. The two take turns on a pseudo-terminal
of 80×24, home over a deck that is there already; prints the median of each in seconds, and their ratio. Also how soon
the counts of the day are there, which come after the frame.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from terminal import PROGRAM, Terminal

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("one line is painted")

Bare().run()
"""
CARD = "cards:\n  - {id: first, kind: derivative, f: sin(x^2)}\n  - {id: second, kind: derivative, f: cos(x^2)}\n"
FRAME, COUNTS = "Enter start", "2 new"  # the keys at the foot, and what waits


def main() -> None:
    """Time both, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        topic = Path(folder) / "cards" / "one"
        topic.mkdir(parents=True)
        (topic / "first.yaml").write_text(CARD, encoding="utf-8")
        places = {"MNEMOSYNE_HOME": f"{folder}/home", "MNEMOSYNE_CARDS": f"{folder}/cards"}
        seconds([PROGRAM], places, COUNTS)  # the deck is made at the very first start only
        bare, frames, counts = [], [], []
        for _ in range(runs):
            bare += seconds([sys.executable, "-c", BARE], {}, "one line is painted")
            frame, full = seconds([PROGRAM], places, FRAME, COUNTS)
            frames.append(frame)
            counts.append(full)
    told("bare Textual app", bare)
    told("home's first frame", frames)
    told("home with the day's counts", counts)
    print(f"ratio of the medians, first frame to bare app {statistics.median(frames) / statistics.median(bare):.2f}")


def seconds(command: list[str], environment: dict[str, str], *texts: str) -> list[float]:
    """From the start of the program until it shows each text, one after the other."""
    with Terminal(command, environment) as terminal:
        return [terminal.seconds_until(text) for text in texts]


def told(name: str, samples: list[float]) -> None:
    """One line: the median, the best and the worst."""
    print(f"{name:32} median {statistics.median(samples):.3f} s   {min(samples):.3f} to {max(samples):.3f} s")


if __name__ == "__main__":
    main()
