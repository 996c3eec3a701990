"""How soon the first question appears against a bare Textual app: python tests/benchmarks/first_question.py [--runs N].

The bare app imports sqlmodel and paints one line: what the libraries cost on this machine at this moment. The two take
turns on a pseudo-terminal of 80×24; prints the median of each in seconds, and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from terminal import BARE_LINE, PROGRAM, bare_app, print_line, seconds, two_cards

QUESTION = "sin(x²)"


def main() -> None:
    """Time both, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        places = two_cards(Path(folder))
        begin = [PROGRAM, "review"]
        seconds(begin, places, QUESTION)  # the deck is created only at the very first start
        bare, our_times = [], []
        for _ in range(runs):
            bare += seconds(bare_app("import sqlmodel\n"), {}, BARE_LINE)
            our_times += seconds(begin, places, QUESTION)
    print_line("bare Textual app with sqlmodel", bare)
    print_line("first question", our_times)
    print(f"ratio of the medians {statistics.median(our_times) / statistics.median(bare):.2f}")


if __name__ == "__main__":
    main()
