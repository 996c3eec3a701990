"""How fast answers are graded: python tests/benchmarks/batch.py.

Right and wrong answers to the functions of the bundled deck, in a random order, through `mnemosyne grade --batch`.
Prints the median and the 99th percentile of the time that each verdict took, and the time of the whole process for each
answer.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

from terminal import as_installed

import mnemosyne
from mnemosyne.cards.kinds.derivative import Derivative, ExpectsDerivative
from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.settings import bundled_cards

VARIANTS = 20  # of each card


def main() -> None:
    """Grade a batch and report the times."""
    lines = [json.dumps(answer) for answer in answers()]
    random.Random(1).shuffle(lines)
    start = time.perf_counter()
    command = [sys.executable, "-m", "mnemosyne", "grade", "--batch", "-"]
    process = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, check=True, env=as_installed()
    )
    whole = time.perf_counter() - start
    verdicts = [json.loads(line) for line in process.stdout.splitlines()]
    times = sorted(verdict["elapsed_ms"] for verdict in verdicts)
    print(f"{len(times):,} answers: {dict(Counter(verdict['verdict'] for verdict in verdicts))}")
    print(f"a verdict        median {statistics.median(times):.2f} ms   p99 {times[len(times) * 99 // 100]:.2f} ms")
    print(f"whole process    {whole:.2f} s, {1000 * whole / len(times):.2f} ms for each answer")


def answers() -> Iterator[dict[str, str]]:
    """Yield answers to every derivative of the deck in some variants: right, without the innermost factor, negated."""
    for card in load_folders([bundled_cards()]).cards:
        for seed in range(VARIANTS) if isinstance(card.content, Derivative) else ():
            expected = make_question(card, seed).expected
            assert isinstance(expected, ExpectsDerivative)
            explained = mnemosyne.explain(expected.line, expected.variable)
            factors = [f"({link.derivative})" for link in explained.links]
            right = explained.derivative
            for typed in (right, right, "*".join(factors[:-1]) or "1", f"-({right})"):
                yield {"f": expected.line, "var": expected.variable, "answer": typed}


if __name__ == "__main__":
    main()
