"""How often the checker is wrong or undecided: python tests/benchmarks/accuracy.py [FUNCTIONS] [SEED].

For each random function of depth 1 to 6 one answer equal to its derivative in another form and one with one thing
changed, both judged by mpmath too. Every check has the app's deadline. Prints the counts and each doubtful case; where
a difference cancels beyond mpmath's 80 digits, as in 1 - sigmoid(9999), it is mpmath that errs.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))

from compositions import equal_form, function, wrong_form
from deadline import verdict_in_time
from judge import agree

from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Word


def main(functions: int = 10_000, seed: int = 1) -> None:
    """Judge twice as many answers as functions and report the outcome."""
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    while counts["functions"] < functions:
        question = PreparedQuestion(function(source), seed=source.randrange(10**6))
        if question.samples:
            counts["functions"] += 1
            _grade(question, source, counts)
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    print(f"{time.perf_counter() - began:.0f} s")


def _grade(question: PreparedQuestion, source: random.Random, counts: Counter[str]) -> None:
    right = to_tree(question.graph, question.derivative)
    equal, wrong = equal_form(source, right), wrong_form(source, right)
    word = verdict_in_time(lambda: judge_tree(Task(question), equal, explained=False)).word
    counts[f"equal: {word}"] += 1
    if word in (Word.INCORRECT, Word.UNREADABLE):
        print(f"{word} though right:", to_line(question.tree), "|", to_line(equal))
    truth = agree(question, right, wrong)
    word = verdict_in_time(lambda: judge_tree(Task(question), wrong, explained=False)).word
    counts[f"changed, mpmath says {_TRUTH[truth]}: {word}"] += 1
    if word is Word.CORRECT and truth is False:
        print("taken though wrong:", to_line(question.tree), "|", to_line(wrong))


_TRUTH = {True: "equal", False: "different", None: "nothing"}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
