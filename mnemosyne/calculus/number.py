"""Grading a number: within a stated tolerance, with proof, or exactly."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import RealValues, exactly, precision
from mnemosyne.calculus.equality import PRECISIONS, At, compare_at
from mnemosyne.calculus.graph import Graph, NodeId
from mnemosyne.calculus.translate import to_graph
from mnemosyne.calculus.verdict import Evidence, Problem, Verdict, Word
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import symbols

SHOWN_DIGITS = 1e-3  # an answer this close to an exact number, relatively, is told to give it exactly


def grade_number(problem: Problem, typed: str) -> Verdict:
    """The verdict on a number; the answer may be any formula without symbols."""
    graph = Graph()
    expected_tree = read(problem.f)
    expected = to_graph(graph, expected_tree)
    tree = read(typed, names=frozenset())
    answer = to_graph(graph, tree)
    line = to_line(tree)
    wanted, given = _value(graph, expected), _value(graph, answer)
    if given is None:
        return Verdict(Word.UNREADABLE, "This is not a real number.", read_as=line, span=(0, len(typed)))
    match _compare(graph, expected, answer, problem.tolerance):
        case At.SAME:
            word, message = Word.CORRECT, "Correct."
        case At.DIFFERENT:
            word, message = Word.INCORRECT, _message(wanted, given, problem.tolerance)
        case _:
            word, message = Word.UNDECIDED, "The two numbers could not be told apart or matched."
    evidence = Evidence({}, given, wanted, None)
    return Verdict(word, message, expected=to_line(expected_tree), read_as=line, evidence=evidence)


def _message(wanted: float | None, given: float, tolerance: str) -> str:
    if wanted is not None and not tolerance and abs(given - wanted) <= SHOWN_DIGITS * abs(wanted):
        return "Close, but not exact: give the exact value."
    if wanted is not None and given == -wanted:
        return "The size is right, the sign is not."
    return f"Not within {tolerance} of the answer." if tolerance else "Not the number asked for."


def _value(graph: Graph, node: NodeId) -> float | None:
    with precision(PRECISIONS[0]):
        ball = RealValues(graph, {}).value(node)
    return float(ball.mid()) if ball.is_finite() and abs(ball) < arb(10) ** 300 else None


def _compare(graph: Graph, expected: NodeId, answer: NodeId, tolerance: str) -> At:
    if not tolerance:
        return compare_at(expected, answer, RealValues(graph, {}))
    relative, allowed = tolerance_of(tolerance)
    for bits in PRECISIONS:
        with precision(bits):
            values = RealValues(graph, {})
            wanted = values.value(expected)
            limit = exactly(allowed) * (abs(wanted) if relative else 1)
            off = abs(values.value(answer) - wanted)
            if off <= limit:
                return At.SAME
            if off > limit:
                return At.DIFFERENT
    return At.VAGUE


def tolerance_of(text: str) -> tuple[bool, Fraction]:
    """Whether a tolerance is relative, and its size: `1%` is (True, 1/100), `0.01` is (False, 1/100)."""
    stripped = text.strip()
    if stripped.endswith("%"):
        return True, Fraction(stripped[:-1].strip()) / 100
    return False, Fraction(stripped)


def is_number(text: str) -> bool:
    """Whether a text is a formula without symbols."""
    return not symbols(read(text))
