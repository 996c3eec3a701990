"""How many right answers are proved: python tests/benchmarks/rewritten.py [PAIRS] [SEED].

The derivatives of random functions, of textbook functions with parameters and of the deck's cards, each
rewritten by a formula book's identities, are judged as answers, with the app's deadline. Prints how many are
proved, compared, undecided and refused, processor times (of the proof alone, and of the whole check), each
answer that is refused or undecided, and the rules that occur most often in what is not proved. Wrong answers
that the misconceptions give to some of the functions must not be proved unless they happen to be right.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "calculus" / "proof"))

from compositions import function
from deadline import verdict_in_time
from identities import RULES
from rewriting import TEMPLATES, rewritten
from test_rewritten import NAMES, agrees, wrong_answers

from mnemosyne.calculus.check import prepare
from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.cards.kinds.derivative import Derivative, ExpectsDerivative
from mnemosyne.cards.question import make_question
from mnemosyne.checker.child import collect_garbage, collect_rarely
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node
from mnemosyne.settings import bundled_cards
from mnemosyne.verdict import Certainty, Problem, Word

LONGEST = 1500  # letters of an answer
SHARES = (0.1, 0.2, 0.35)  # of an answer's nodes that are rewritten
EVERY = 20  # one question in so many is given all wrong answers too


def main(pairs: int = 10_000, seed: int = 1) -> None:
    """Rewrite and judge that many answers, and report the outcome."""
    collect_rarely()  # as the checker's process does
    source = random.Random(seed)
    counts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    times: dict[str, list[float]] = {"proof": [], "check": []}
    for question in questions(source):
        answer, used = rewritten(source, to_tree(question.graph, question.derivative), RULES, source.choice(SHARES))
        if used and len(to_line(answer)) < LONGEST:
            counts["pairs"] += 1
            proved = _judged(question, answer, counts, times)
            rules.update(() if proved else set(used))
            if counts["pairs"] % EVERY == 0:
                _try_wrong_answers(source, question, counts)
        if counts["pairs"] == pairs:
            break
    for name, count in sorted(counts.items()):
        print(f"{count:8,}  {name}")
    for name, values in times.items():
        values.sort()
        print(f"{name}: median {_at(values, 0.5):.2f} ms, p99 {_at(values, 0.99):.2f} ms, longest {values[-1]:.1f} ms")
    print("rules in what is not proved:", ", ".join(f"{rule} {count}" for rule, count in rules.most_common(12)))


def questions(source: random.Random) -> Iterator[PreparedQuestion]:
    """Yield random functions, textbook ones and the deck's, by turns, as far as their points are known."""
    deck = list(of_the_deck())
    while True:
        seed = source.randrange(10**6)
        makers: tuple[Callable[[], PreparedQuestion], ...] = (
            lambda seed=seed: PreparedQuestion(function(source), seed=seed),
            lambda seed=seed: PreparedQuestion(read(source.choice(TEMPLATES), NAMES), seed=seed),
            lambda: prepare(source.choice(deck)),
        )
        for make in makers:
            question = make()
            if question.samples:
                yield question


def of_the_deck() -> Iterator[Problem]:
    """Yield every derivative that the bundled cards ask for, in three variants."""
    for card in load_folders([bundled_cards()]).cards:
        for seed in range(3) if isinstance(card.content, Derivative) else ():
            expected = make_question(card, seed).expected
            assert isinstance(expected, ExpectsDerivative)
            yield Problem(expected.line, expected.variable)


def _judged(question: PreparedQuestion, answer: Node, counts: Counter[str], times: dict[str, list[float]]) -> bool:
    """Return whether the answer is proved; keep the times of the proof alone and of the whole check."""
    prover = Prover(question.graph)
    prover.proves_equal(question.derivative, question.f)
    node = to_graph(question.graph, answer)
    began = time.process_time()
    prover.proves_equal(question.derivative, node)
    times["proof"].append((time.process_time() - began) * 1000)
    collect_garbage()
    began = time.process_time()
    verdict = verdict_in_time(lambda: judge_tree(Task(question), answer, explained=False))
    times["check"].append((time.process_time() - began) * 1000)
    outcome = verdict.certainty or ("undecided" if verdict.word is Word.UNDECIDED else "refused")
    counts[outcome] += 1
    if verdict.word is not Word.CORRECT:
        print(outcome, to_line(question.tree), "|", to_line(answer))
    return verdict.certainty is Certainty.PROVED


def _try_wrong_answers(source: random.Random, question: PreparedQuestion, counts: Counter[str]) -> None:
    prover = Prover(question.graph)
    for wrong in wrong_answers(question):
        counts["answers of misconceptions"] += 1
        if prover.proves_equal(question.derivative, wrong):
            right = agrees(source, question, wrong)
            counts["answers of misconceptions proved, and right" if right else "PROVED THOUGH WRONG"] += 1


def _at(values: list[float], share: float) -> float:
    return values[int(len(values) * share)]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
