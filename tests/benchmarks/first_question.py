"""How soon the first question shows, against a bare Textual app: python tests/benchmarks/first_question.py [--runs N].

The bare app imports sqlmodel and paints one line: what the libraries cost on this machine at this moment. The two take
turns on a pseudo-terminal of 80×24; prints the median of each in seconds, and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from terminal import PROGRAM, Terminal

BARE = """
import sqlmodel
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("one line is painted")

Bare().run()
"""
CARD = "cards:\n  - {id: first, kind: derivative, f: sin(x^2)}\n  - {id: second, kind: derivative, f: cos(x^2)}\n"
QUESTION = "sin(x²)"


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
        begin = [PROGRAM, "review"]
        seconds(begin, QUESTION, places)  # the deck is made at the very first start only
        bare, ours = [], []
        for _ in range(runs):
            bare.append(seconds([sys.executable, "-c", BARE], "one line is painted", {}))
            ours.append(seconds(begin, QUESTION, places))
    told("bare Textual app with sqlmodel", bare)
    told("first question", ours)
    print(f"ratio of the medians {statistics.median(ours) / statistics.median(bare):.2f}")


def seconds(command: list[str], text: str, environment: dict[str, str]) -> float:
    """From the start of the program until it shows the text."""
    with Terminal(command, environment) as terminal:
        return terminal.seconds_until(text)


def told(name: str, samples: list[float]) -> None:
    """One line: the median, the best and the worst."""
    print(f"{name:32} median {statistics.median(samples):.3f} s   {min(samples):.3f} to {max(samples):.3f} s")


if __name__ == "__main__":
    main()
