"""How soon home shows its first frame, against a bare Textual app: python tests/benchmarks/home.py [--runs N].

The bare app paints one line: what Textual costs on this machine at this moment. The two take turns on a pseudo-terminal
of 80×24, home over a deck that is there already; prints the median of each in seconds, and their ratio. Also how soon
the counts of the day are there, which come after the frame.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from terminal import BARE_LINE, PROGRAM, bare_app, print_line, seconds, two_cards

FRAME, COUNTS = "Enter start", "2 new"  # the keys at the bottom, and what is waiting


def main() -> None:
    """Time both, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        places = two_cards(Path(folder))
        seconds([PROGRAM], places, COUNTS)  # the deck is created only at the very first start
        bare, frames, counts = [], [], []
        for _ in range(runs):
            bare += seconds(bare_app(), {}, BARE_LINE)
            frame, full = seconds([PROGRAM], places, FRAME, COUNTS)
            frames.append(frame)
            counts.append(full)
    print_line("bare Textual app", bare)
    print_line("home's first frame", frames)
    print_line("home with the day's counts", counts)
    print(f"ratio of the medians, first frame to bare app {statistics.median(frames) / statistics.median(bare):.2f}")


if __name__ == "__main__":
    main()
