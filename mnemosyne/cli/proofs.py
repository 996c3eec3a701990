"""What a card claims, as questions to the checker: its own derivative in every variant, its stated number in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mnemosyne.calculus.verdict import Asks, Problem, Verdict, Word
from mnemosyne.cards.card import Backprop, Card, Derivative, Numeric, Steps
from mnemosyne.cards.question import gradient
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import variants
from mnemosyne.deckfiles.problems import Problem as Fault
from mnemosyne.expressions.line import to_line


@dataclass(frozen=True, slots=True)
class Claim:
    """One variant of a card: `answer` is graded for `problem`, and `wanted` is the only word that proves the card."""

    card: Card
    problem: Problem
    answer: str
    wanted: tuple[Word, ...]
    shown: str


def claims(card: Card) -> Iterator[Claim]:
    """What has to hold for the card to be a good one."""
    content = card.content
    if isinstance(content, Derivative):
        for values in variants(content.where, content.unlike):
            f = to_line(formula(content.f, values))
            # An answer of 0 is incorrect exactly where the derivative exists and is not zero: a question worth asking.
            yield Claim(card, Problem(f, content.variable), "0", (Word.INCORRECT,), f)
    elif isinstance(content, Steps):
        for values in variants(content.where, content.unlike):
            f = to_line(formula(content.f, values))
            # The whole function is no u, and refused as such only where there is one inside it.
            yield Claim(card, Problem(f, content.variable, Asks.INNER), f, (Word.INCORRECT,), f)
            yield Claim(card, Problem(f, content.variable), "0", (Word.INCORRECT,), f)
    elif isinstance(content, Backprop):
        for values in variants(content.where, content.unlike):
            graph = gradient(content, values)
            asked = Problem(graph.of, graph.by, Asks.GRADIENT, graph.tolerance, 0, graph.lines, graph.at)
            yield Claim(card, asked, "0", (Word.INCORRECT,), f"{content.of} by {content.by}")
    elif isinstance(content, Numeric):
        for values in variants(content.where, content.unlike):
            answer = to_line(formula(content.answer, values))
            problem = Problem(answer, asks=Asks.NUMBER, tolerance=content.tolerance)
            yield Claim(card, problem, answer, (Word.CORRECT,), answer)


_SAID = {
    Word.CORRECT: "the derivative of {} is zero everywhere",
    Word.UNDECIDED: "the derivative of {} could not be worked out",
    Word.UNREADABLE: "{} is not a real number",
    Word.INCORRECT: "{} is not a number that can be graded",
}


def refuted(found: Iterable[Claim], verdicts: Iterable[Verdict]) -> Iterator[Fault]:
    """A fault for each card that has a claim which does not hold; the first one is told."""
    told: set[str] = set()
    for claim, verdict in zip(found, verdicts, strict=True):
        if verdict.word not in claim.wanted and claim.card.id not in told:
            told.add(claim.card.id)
            source = claim.card.source
            what = f"{claim.card.id}: {_SAID[verdict.word].format(claim.shown)}"
            yield Fault(Path(source.path), source.line, 1, what, "mend f, answer or where")
