"""A long session in the real app on a pseudo-terminal: python tests/benchmarks/soak.py [--answers N].

One card after another is revealed and graded; prints the time of an answer and the memory and open files of the app at
the beginning, along the way and at the end, which should be the same.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from terminal import PROGRAM, Terminal, mebibytes


def main() -> None:
    """Answer all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2000)
    answers = parser.parse_args().answers
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        home = write_cards(Path(folder), answers)
        places = {"MNEMOSYNE_HOME": str(home), "MNEMOSYNE_CARDS": f"{folder}/cards"}
        with Terminal([PROGRAM, "review"], places) as terminal:
            terminal.seconds_until("Card number 0?")
            took = [answer(terminal, number, answers) for number in range(answers)]
    tenth = answers // 10
    medians = (statistics.median(took[at : at + tenth]) for at in range(0, answers, tenth))
    print(f"{answers} answers, median of each tenth: {', '.join(f'{1000 * median:.0f} ms' for median in medians)}")


def write_cards(folder: Path, count: int) -> Path:
    """Write a deck with as many cards as there are answers to give, and settings that allow all as new today."""
    topic, home = folder / "cards" / "long", folder / "home"
    topic.mkdir(parents=True)
    home.mkdir()
    (home / "config.toml").write_text("new_per_day = 9999\n", encoding="utf-8")
    rows = (f"  - {{id: c{n}, kind: recall, ask: Card number {n}?, answer: Number {n}.}}\n" for n in range(count))
    (topic / "deck.yaml").write_text("cards:\n" + "".join(rows), encoding="utf-8")
    return home


def answer(terminal: Terminal, number: int, answers: int) -> float:
    """Reveal a card, grade it, and wait for the next; return the seconds that it took."""
    if number % (answers // 4) == 0 or number == answers - 1:
        print(f"after {number:5} answers: {mebibytes(terminal.pid):.1f} MiB, {open_files(terminal.pid)} files")
    began = time.perf_counter()
    terminal.type("\r")
    terminal.seconds_until(f"Number {number}.", most=3600)
    terminal.type("5")
    last = number == answers - 1
    terminal.seconds_until(f"{answers:,}" if last else f"Card number {number + 1}?", most=3600)
    return time.perf_counter() - began


def open_files(pid: int) -> int:
    """Return how many files a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


if __name__ == "__main__":
    main()
