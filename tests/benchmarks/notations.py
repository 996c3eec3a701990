"""How many right answers are read as meant, whatever the notation: python tests/benchmarks/notations.py [ANSWERS]

Each of 300 random answers is written 100 times, in styles that are drawn at every node of its tree.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "expressions"))

from notations import STYLES, Writer
from readings import outcome, right_answers

WRITTEN = 100  # texts for each answer
MOST_SHOWN = 10


def main(answers: int) -> int:
    """Print the counts; return 1 if a text was read as something else."""
    writer, words, messages = Writer(seed=0), Counter[str](), Counter[str]()
    for tree in right_answers(answers):
        for _ in range(WRITTEN):
            read = outcome(tree, writer.write(tree))
            words[read.word] += 1
            if read.word == "refused":
                messages[read.detail] += 1
            elif read.word == "other":
                print(f"{read.text!r} is read as {read.detail}")
    total = words.total()
    print(f"{total:,} texts of {answers} right answers in {len(writer.used)} of {STYLES} styles")
    for word in ("same", "refused", "other"):
        print(f"{word:8} {words[word]:7,}  {words[word] / total:8.3%}")
    for message, count in messages.most_common(MOST_SHOWN):
        print(f"{count:7,}  {message}")
    return 1 if words["other"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
