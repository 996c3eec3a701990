"""Random runs of three devices, and what a folder of 100,000 events costs: python tests/benchmarks/interleavings.py.

Further arguments: how many lives (10,000) and the first seed, or `--cost`. In turn the devices share one
folder, have copies of it that a program carries, and share one under FSRS. All of them must end in the fold of
the union. It stops after four minutes and prints how many lives there were; a failure names its seed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from devices import IN_MEMORY, Device
from interleaving import Interleaving, require_settled
from replicas import Replicas

from mnemosyne.review.log_event import EventKind, LogEvent, line_of, new_id
from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.scheduler import FsrsScheduler
from mnemosyne.store.carriers import EVENTS

STEPS = 60
MINUTES = 4
EVENTS_OF_A_FOLDER = 100_000
CARDS = 2_000


def life(folder: Path, seed: int) -> Interleaving:
    """Return one of the three kinds of lives, by its seed."""
    if seed % 3 == 0:
        return Interleaving(folder, seed)
    return Replicas(folder, seed) if seed % 3 == 1 else Interleaving(folder, seed, FsrsScheduler(FsrsParameters()))


def interleavings(many: int, first: int) -> None:
    """Run lives until there are enough, or the time is up."""
    start = time.monotonic()
    count = 0
    for seed in range(first, first + many):
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            try:
                require_settled(Path(folder), life(Path(folder), seed), STEPS)
            except BaseException:
                print(f"seed {seed} failed")
                raise
        count += 1
        if time.monotonic() - start > MINUTES * 60:
            break
    print(f"{count} interleavings of {STEPS} steps on 3 devices from seed {first}: all end in the fold of the union")


def events(count: int) -> Iterator[LogEvent]:
    """Yield reviews of another device, a thousand a study day."""
    draw, start = Random(0), datetime(2026, 1, 1, 9, tzinfo=UTC)
    for number in range(count):
        moment = start + timedelta(days=number // 1000, seconds=20 * (number % 1000))
        stamp = int(moment.timestamp() * 1_000_000)
        facts = {
            "offset": 0, "day": moment.date().isoformat(), "card": f"card-{number % CARDS}", "seed": number,
            "drill": False, "practice": False, "answer": "2x cos(x^2)", "verdict": "correct", "misconception": None,
            "proposed": 4, "quality": draw.choice((2, 3, 4, 4, 5)), "hints": 0, "attempts": 1,
            "duration": 12_000_000, "fuzzed": False, "exercise": None, "fields": None,
        }  # fmt: skip
        yield LogEvent(new_id(stamp, number), "laptop", EventKind.REVIEW, stamp, facts)


def cost() -> None:
    """Print what the first sync with a full folder costs, and one with twenty new events."""
    with TemporaryDirectory() as root:
        folder = Path(root) / "shared"
        (folder / EVENTS).mkdir(parents=True)
        path = folder / EVENTS / "laptop.jsonl"
        lines = [f"{line_of(event)}\n" for event in events(EVENTS_OF_A_FOLDER + 20)]
        path.write_text("".join(lines[:-20]), encoding="utf-8")
        device = Device(Path(root) / "deck.sqlite", cards=tuple(f"card-{number}" for number in range(CARDS)))
        for title in ("the first sync", "one with nothing new", "one with 20 new events"):
            if "20" in title:
                with path.open("a", encoding="utf-8") as file:
                    file.write("".join(lines[-20:]))
            wall, processor = time.perf_counter(), time.process_time()
            result = device.sync(folder)
            took = time.perf_counter() - wall, time.process_time() - processor
            print(f"{title}: {result.incoming.events} events, {took[0]:.2f} s, of it {took[1]:.2f} s of the processor")
        assert device.faults() == []
        device.engine.dispose()


if __name__ == "__main__":
    if "--cost" in sys.argv:
        cost()
    else:
        interleavings(*(int(text) for text in (*sys.argv[1:], *("10000", "0")[len(sys.argv) - 1 :])))
