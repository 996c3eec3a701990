"""Slopes of curves: python tests/benchmarks/implicit.py [CURVES] [SEED].

Each curve has three right slopes that are equal on the curve only, and up to ten common mistakes. Prints how
many right answers were accepted, proved and refused, how many mistakes were refused and named, each that was
not, and the times.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

from curve_cases import curves, is_wrong, mistakes, rewritten_slopes

from mnemosyne.calculus.implicit import CurveQuestion, CurveTask
from mnemosyne.calculus.judgement import judge_text
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Verdict, Word

MOST_MISTAKES = 10


def main(count: int = 200, seed: int = 1) -> None:
    """Judge the answers to that many curves and report the outcome."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    times: list[float] = []
    for problem in curves(count, seed):
        question = CurveQuestion(problem)
        if len(question.samples) < 8:
            counts["curves with too few points"] += 1
            continue
        counts["curves"] += 1
        task = CurveTask(question)
        for answer in rewritten_slopes(question, source):
            verdict = _timed(task, answer, times)
            counts[f"right: {verdict.word} {verdict.certainty or ''}"] += 1
            _report(verdict.word is not Word.CORRECT, "right but", question, answer, verdict)
        for name, answer in list(mistakes(question))[:MOST_MISTAKES]:
            if answer and is_wrong(question, to_graph(question.graph, read_printed(answer, question.names))):
                verdict = _timed(task, answer, times)
                counts[f"mistake: {verdict.word}{', named' if verdict.misconception else ''}"] += 1
                _report(verdict.word is Word.CORRECT or not verdict.misconception, name, question, answer, verdict)
    for text, number in sorted(counts.items()):
        print(f"{number:8,}  {text}")
    times.sort()
    print(f"median {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms of the processor")


def _timed(task: CurveTask, answer: str, times: list[float]) -> Verdict:
    began = time.process_time()
    verdict = judge_text(task, answer, explained=False)
    times.append((time.process_time() - began) * 1000)
    return verdict


def _report(doubtful: bool, name: str, question: CurveQuestion, answer: str, verdict: Verdict) -> None:
    if doubtful:
        print(name, "|", to_line(question.tree), "|", answer, "|", verdict.word, verdict.misconception)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
