"""How fast `mnemosyne --version` answers, against importing Typer: python tests/benchmarks/startup.py [--runs N].

Whole processes, in turns; prints the median of each in milliseconds, and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from terminal import as_installed

COMMANDS = {
    'python -c "import typer"': ["-c", "import typer"],
    "mnemosyne --version": ["-m", "mnemosyne", "--version"],
    "mnemosyne --help": ["-m", "mnemosyne", "--help"],
}


def main() -> None:
    """Time all, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    samples: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(parser.parse_args().runs):
        for name, arguments in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=as_installed())
            samples[name].append(1000 * (time.perf_counter() - start))
    medians = {name: statistics.median(times) for name, times in samples.items()}
    base = next(iter(medians.values()))
    for name, median in medians.items():
        print(f"{name:28} median {median:6.0f} ms   {median / base:.2f} times")


if __name__ == "__main__":
    main()
