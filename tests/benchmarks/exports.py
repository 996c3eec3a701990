"""How long exports take and how large they are: python tests/benchmarks/exports.py [--cards N] [--days N] [--keep DIR].

Makes the deck of the `progress` benchmark (100,000 cards, over a million reviews), then runs the program once
for each format, into a file: how long it took, how large the file is, and its peak memory above the same export
of an empty deck. Run by hand: the figures depend on the machine. Needs a system that reports the memory of a
child (not Windows).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXPORTS = {
    "reviews": ("csv", "jsonl", "fsrs", "anki-revlog"),
    "cards": ("json", "csv"),
    "progress": ("csv", "json", "md", "html"),
}
DAYS = 3650
MAKE = """
import sys; sys.path[:0] = [sys.argv[1]]
from pathlib import Path
import progress
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import to_json
progress.CONTENT = to_json(Card("card", "topic", Derivative("sin(x^2)"), ("words",)))
with progress.collection(Path(sys.argv[2])) as learner:
    progress.make(learner, int(sys.argv[3]), int(sys.argv[4]))
"""


def main() -> None:
    """Make the decks, or take the one that was kept, and measure every format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--keep", type=Path, help="a folder for the deck, to use it again")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    empty = Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    try:
        # In a process of its own: a child's peak memory includes what its parent had when it was started.
        for folder, cards in ((root, options.cards), (empty, 1)):
            here = str(Path(__file__).parent)
            subprocess.run([sys.executable, "-c", MAKE, here, folder, str(cards), str(options.days)], check=True)
        for subject, formats in EXPORTS.items():
            for format_ in formats:
                print_line(subject, format_, root, empty)
    finally:
        shutil.rmtree(empty)
        if options.keep is None:
            shutil.rmtree(root)


def print_line(subject: str, format_: str, root: Path, empty: Path) -> None:
    """Print one line."""
    start = export(subject, format_, empty)[1]
    seconds, peak, size = export(subject, format_, root)
    name = f"{subject} {format_}"
    print(f"{name:24} {seconds:7.1f} s   {size:7.1f} MiB written   {peak - start:6.1f} MiB above {start:.0f} MiB")


def export(subject: str, format_: str, home: Path) -> tuple[float, float, float]:
    """Return the seconds, the peak memory in MiB, and the MiB written."""
    target = home / f"{subject}.{format_}"
    line = [sys.executable, "-m", "mnemosyne", "--home", home, "--cards", home / "cards", "export", subject]
    start = time.perf_counter()
    process = subprocess.Popen([*line, "--format", format_, "-o", target])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    size = target.stat().st_size / 2**20
    target.unlink()
    return seconds, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10), size


if __name__ == "__main__":
    main()
