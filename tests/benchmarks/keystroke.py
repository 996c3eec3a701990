"""How soon a typed key appears: python tests/benchmarks/keystroke.py [--keys N].

The real app on a pseudo-terminal of 80×24, an answer already on the line; then keys are pressed one by one, each after
the last one's frames are out. A sample ends with the last byte of what the key changes, the live reading included.
Prints the median, the 95th percentile and the worst in milliseconds, and the same of the processor time that the
app's process took (Linux only), which other programs disturb less. First those of a bare Textual app with an Input and
nothing else: what the library costs on this machine at this moment.
"""

from __future__ import annotations

import argparse
import os
import re
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from terminal import PROGRAM, Terminal

BARE = """
from textual.app import App
from textual.widgets import Input

class Bare(App):
    CSS = "Input { margin: 5; }"

    def compose(self):
        yield Input(placeholder="type here")

Bare().run()
"""
CARDS = """cards:
  - {id: one, kind: derivative, f: sin(x^2)}
  - {id: two, kind: steps, f: sin(x^2)}
"""
HUNDRED = "2x cos(x^2) e^(sin(x^2)) + (3x^2 - 4x + 1)/(2 sqrt(x^3 + 2x)) - ln(x^2 + 1) tan(x/2) + x cosh(3x) + 1"
DEEP = "1/(1 + " * 12 + "x" + ")" * 12
FIELDS = "x^2 + 3x/(1 + x); cos(u)/(1 + u^2); (2x + 3)/(1 + x)^2; cos(x^2 + 3x/(1 + x)) (2x + 3)/(1 + x)^2"
ANSWERS = {
    "100 characters": ("one", HUNDRED),
    "2,000 characters": ("one", " + ".join([HUNDRED] * 19)),
    "fractions, 12 deep": ("one", DEEP),
    "four fields": ("two", FIELDS),
}
LEFT, RIGHT, BACKSPACE = "\x1b[D", "\x1b[C", "\x7f"
SESSION = (1, 2)  # lines of the session, which change by themselves every second
_ROWS = re.compile(rb"\x1b\[(\d+);\d+H")
_WARM_UP = 6  # seconds in which the checker gets ready
_PATIENCE = 2  # seconds for the first frame
_QUIET = 0.04  # seconds without a byte: the frames are out


class Sample(NamedTuple):
    """Seconds from a key to the end of its last frame, and of work in the app's process until it is quiet."""

    until_painted: float
    processor: float


def main() -> None:
    """Type on each of several answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=280)
    keys = parser.parse_args().keys
    with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
        print(f"{'':20} {'':13} median  p95  worst")
        print_line("a bare Input", samples([sys.executable, "-c", BARE], {}, "type here", HUNDRED, keys))
        for name, (card, answer) in ANSWERS.items():
            print_line(name, samples([PROGRAM, "review"], places(Path(folder), card), "sin(x²)", answer, keys))


def pressed() -> Iterator[str]:
    """Yield keys without end; each round types something new, since repeated text is read faster, and deletes it."""
    for number in count(2):
        typed = [*"*(x^", *str(number), ")"]
        yield from (*typed, LEFT, RIGHT, *[BACKSPACE] * len(typed))


def places(folder: Path, card: str) -> dict[str, str]:
    """Return a home and a deck with one card."""
    topic = folder / card / "cards" / "one"
    topic.mkdir(parents=True, exist_ok=True)
    lines = CARDS.splitlines()
    (topic / "first.yaml").write_text("\n".join([lines[0], *(line for line in lines if f"id: {card}" in line)]) + "\n")
    return {"MNEMOSYNE_HOME": f"{folder}/{card}/home", "MNEMOSYNE_CARDS": f"{folder}/{card}/cards"}


def samples(command: list[str], places: dict[str, str], awaited_text: str, answer: str, keys: int) -> list[Sample]:
    """Return a sample for each key, once the program shows a text and has come to rest."""
    with Terminal(command, places) as terminal:
        terminal.seconds_until(awaited_text)
        time.sleep(_WARM_UP)
        paint(terminal, f"\x1b[200~{answer}\x1b[201~")
        return [paint(terminal, key) for key in islice(pressed(), keys)]


def paint(terminal: Terminal, key: str) -> Sample:
    """Press the key, and wait until everything that it changes is painted."""
    processor_start, start, end = processor_seconds(terminal.pid), time.perf_counter(), 0.0
    terminal.type(key)
    while select.select([terminal.screen], [], [], _QUIET if end else _PATIENCE)[0]:
        rows = [int(row) for row in _ROWS.findall(os.read(terminal.screen, 1 << 20))]
        if any(row not in SESSION for row in rows):
            end = time.perf_counter()
    if not end:
        raise TimeoutError(f"{key!r} changed nothing")
    return Sample(end - start, processor_seconds(terminal.pid) - processor_start)


def processor_seconds(pid: int) -> float:
    """Return the processor seconds of all threads of the process so far."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


def print_line(name: str, measurements: list[Sample]) -> None:
    """Print one line of figures."""
    until, processor = (figures(column) for column in zip(*measurements, strict=True))
    print(f"{name:20} until painted {until}   processor {processor}")


def figures(seconds: tuple[float, ...]) -> str:
    """Return median, 95th percentile and worst in milliseconds."""
    ordered = sorted(1000 * duration for duration in seconds)
    return f"{statistics.median(ordered):5.1f} {ordered[int(0.95 * len(ordered))]:6.1f} {ordered[-1]:6.1f} ms"


if __name__ == "__main__":
    main()
