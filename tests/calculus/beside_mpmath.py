"""Pairs of questions and answers, and whether mpmath contradicts the checker's comparison of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import mpmath
from breaks import spoilt
from compositions import equal_form, function, value, wrong_form

from mnemosyne.calculus.decide import Comparison, Equality
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.tree import Node

POINTS = 50
LARGEST = 10**10  # mpmath loses a small difference of larger values
FAR_APART = mpmath.mpf(10) ** -25  # relative: less may be mpmath's own error


def pair(source: random.Random) -> tuple[PreparedQuestion, Node]:
    """Return a question and an answer to it."""
    if source.random() < 0.3:
        case = spoilt(source, source.choice(("", "", "a", "ab")))
        question = PreparedQuestion(case.f, seed=source.randrange(10**6))
        right = to_tree(question.graph, question.derivative)
        return question, case.wrong(right) if source.random() < 0.5 else equal_form(source, right)
    question = PreparedQuestion(function(source), seed=source.randrange(10**6))
    right = to_tree(question.graph, question.derivative)
    return question, (equal_form if source.random() < 0.5 else wrong_form)(source, right)


def contradiction(outcome: Comparison, question: PreparedQuestion, answer: Node, source: random.Random) -> str | None:
    """Return how mpmath contradicts an outcome, None if it does not."""
    right = to_tree(question.graph, question.derivative)
    if outcome.equality is Equality.EQUAL:
        for point in _points(question, source):
            if value(question.tree, point) is not None and _differ(right, answer, point):
                return f"apart at {_point_text(point)}"
    elif outcome.equality is Equality.DIFFERENT and outcome.at is not None:
        first, second = value(right, outcome.at), value(answer, outcome.at)
        is_comparable = first is not None and second is not None and abs(first) < LARGEST
        if is_comparable and mpmath.almosteq(first, second, 10**-60, 10**-60):
            return f"the same at {_point_text(outcome.at)}"
    return None


def _points(question: PreparedQuestion, source: random.Random) -> Iterator[dict[str, Fraction]]:
    """Yield random real points: near and far, of both signs."""
    for _ in range(POINTS):
        yield {name: Fraction(_real(source)) for name in question.inputs}


def _real(source: random.Random) -> float:
    if source.random() < 0.5:
        return source.uniform(-8, 8)
    return source.choice((-1, 1)) * 10 ** source.uniform(-5, 8)


def _differ(right: Node, answer: Node, point: dict[str, Fraction]) -> bool:
    first, second = value(right, point), value(answer, point)
    if first is None or second is None:
        return False
    return bool(abs(first - second) > FAR_APART * max(abs(first), abs(second), 1))


def _point_text(point: object) -> str:
    return ", ".join(f"{name} = {float(place):.6g}" for name, place in dict(point).items())  # type: ignore[call-overload]
