"""Nested functions against mpmath's difference quotients: python tests/benchmarks/nested.py [ANSWERS] [SEED].

Kinks within kinks with other symbols, branches of inverse functions, symbols for exponents, removable gaps,
narrow domains, sizes from 10⁻³⁰⁰ to 10³⁰⁰, logarithms; each with forms of its derivative, right and nearly
right ones. Every answer that is accepted and contradicted is printed. A refused one that nothing contradicts
may differ on a narrow piece.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

from deadline import verdict_in_time
from difference_quotients import compared
from near_forms import near_form
from nested_functions import nested
from plain_formulas import Formula, text

from mnemosyne.calculus.check import check
from mnemosyne.errors import ReadingError
from mnemosyne.verdict import Problem, Word

FORMS = 3  # of each derivative
LONGEST = 1_900  # characters


def main(answers: int = 3_000, seed: int = 1) -> None:
    """Judge that many answers and report the counts."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    while counts.total() < answers:
        kind, f, slope = nested(source)
        for _ in range(FORMS):
            answer = near_form(source, slope)
            if len(text(answer)) <= LONGEST:
                counts[f"{kind}: {_judged(source, f, answer)}"] += 1
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")


def _judged(source: random.Random, f: Formula, answer: Formula) -> str:
    """Return the word on an answer, and what mpmath says."""
    try:
        verdict = verdict_in_time(lambda: check(Problem(text(f)), text(answer), explained=False))
    except ReadingError:
        return "no function"
    if verdict.word not in (Word.CORRECT, Word.INCORRECT):
        return verdict.word
    finding = compared(source, f, answer)
    if verdict.word is Word.CORRECT and finding.at is not None:
        print("TAKEN though wrong:", text(f), "|", text(answer), "|", dict(finding.at))
        return "correct, contradicted"
    return verdict.word if finding.at is not None or verdict.word is Word.CORRECT else "incorrect, not seen"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
