"""Grading a number with proof, exactly or within a tolerance: a given number, or a derivative at a point."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import RealValues, exactly, precision
from mnemosyne.calculus.decide import equal
from mnemosyne.calculus.equality import (
    AGREED,
    DEEP,
    MOST_EXTRA,
    PRECISIONS,
    At,
    compare_at,
    extra_bits,
    missing_value,
)
from mnemosyne.calculus.even_powers import with_plain_even_powers
from mnemosyne.calculus.evidence import to_float
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, diagnose
from mnemosyne.calculus.misconceptions.orders import diagnose_place, ordinal
from mnemosyne.calculus.prepared_question import PreparedQuestion, values_at
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.restrictions import SIGNS
from mnemosyne.calculus.translate import to_graph
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import Node, Symbol, postorder, symbols
from mnemosyne.expressions.units import read_number, without_unit
from mnemosyne.verdict import CHAIN_RULE, CORRECT_ANSWER, TOO_LARGE, Certainty, Evidence, Problem, Verdict, Word

SHOWN_DIGITS = 1e-3  # relative: an answer this close to an exact number is asked to be exact
_NO_NUMBER = {
    At.NO_VALUE: "This is not a real number.",
    At.ZERO_DIVISOR: "This divides by zero, or by something that cannot be distinguished from zero.",
    At.VAGUE: "The checker cannot tell whether this is a real number.",
}
_NO_VALUE = "The function has no value"  # ln x has none at -1, although 1/x has one
_PERHAPS_NO_VALUE = "The checker cannot tell whether the function has a value"  # √((e^x − e)²) has one at 1
# An answer beyond the limit by no more than this fraction of it counts as within: 2.71 for 2.72 ± 0.01.
AT_THE_EDGE = 1e-30


@dataclass(frozen=True, slots=True)
class Target:
    """The number asked for: the `node` of a graph at the point of `sample`, within a `tolerance`.

    `shown` is its text.
    """

    node: NodeId
    sample: RealValues
    shown: str
    tolerance: str

    @property
    def constant(self) -> NodeId:
        """The node with the values of the point in place of the names."""
        graph, node = self.sample.graph, self.node
        for name, value in self.sample.point.items():
            assert isinstance(value, Fraction)
            node = graph.replaced(node, graph.symbol(name), graph.number(value))
        return node


def grade_number(problem: Problem, typed: str) -> Verdict:
    """Return the verdict on a number; the answer may be any formula without symbols."""
    graph = Graph()
    expected = read_printed(problem.f)
    target = Target(to_graph(graph, expected), RealValues(graph, {}), to_line(expected), problem.tolerance)
    bare = without_unit(typed, problem.unit)
    if bare.rstrip().endswith("%"):
        return _per_cent(target, bare.rstrip(" %\\"), typed)
    tree = read_number(typed, problem.unit)
    verdict = _graded(target, tree, typed, {})
    if verdict.word is Word.INCORRECT:
        foreseen = [
            (to_graph(graph, read_printed(text, frozenset())), feedback_text) for text, feedback_text in problem.wrong
        ]
        feedback = _foreseen(target, to_graph(graph, tree), foreseen)
        verdict = replace(verdict, message=feedback) if feedback else verdict
    if verdict.word is Word.INCORRECT and problem.unit == "%" and bare == typed and _is_part_of_one(target, tree):
        message = "Give the number as a percentage, not as a fraction of 1."
        return Verdict(Word.UNREADABLE, message, read_as=verdict.read_as, span=(0, len(typed)))
    return verdict


def _per_cent(target: Target, number: str, typed: str) -> Verdict:
    """Return the verdict on a percentage where another unit or none is expected.

    It is unreadable, never incorrect: the message says what to type.
    """
    answer = to_graph(target.sample.graph, read(number, names=frozenset()))
    hundredth = target.sample.graph.quotient(answer, target.sample.graph.number(100))
    message = (
        "Give a decimal, not a percentage." if _is_right(target, hundredth) else "Type the number alone, without %."
    )
    return Verdict(Word.UNREADABLE, message, span=(len(number), len(typed)))


def _is_part_of_one(target: Target, tree: Node) -> bool:
    """Whether 0.25 was typed for 25 %."""
    graph = target.sample.graph
    return _is_right(target, graph.product(to_graph(graph, tree), graph.number(100)))


def grade_derivative_at(problem: Problem, question: PreparedQuestion, typed: str) -> Verdict:
    """Return the verdict on the derivative's value at the problem's point."""
    tree = read(typed, question.names)
    point = values_at(problem)
    missing = sorted(question.inputs - point.keys())
    if missing:
        raise ReadingError(f"Give {missing[0]} a value in `at`.", (0, 1))
    sample = RealValues(question.graph, point)
    place = ", ".join(f"{name} = {text}" for name, text in problem.at)
    too_large = next((name for name, value in sorted(point.items()) if not _is_float(value)), None)
    if too_large is not None:
        raise ReadingError(f"The value of {too_large} is too large to compute with.", (0, 1))
    if not _ball(sample, question.f).is_finite():
        fault = _NO_VALUE if _missing(sample, question.f) is At.NO_VALUE else _PERHAPS_NO_VALUE
        return Verdict(Word.UNDECIDED, f"{fault} at {place}.", read_as=to_line(tree))
    *lower_derivatives, derivative = _derivatives(question)
    jumping = next((order for order, node in enumerate(lower_derivatives) if _may_jump(sample, node)), None)
    if jumping is not None:
        name = f"The {ordinal(jumping)} derivative" if jumping else "The function"
        message = f"{name} may jump at {place}; if it does, it has no derivative there."
        return Verdict(Word.UNDECIDED, message, read_as=to_line(tree))
    target = Target(derivative, sample, "", problem.tolerance or "0.1%")
    if symbols(tree):
        return _not_a_number(question, tree)
    verdict = _graded(target, tree, typed, {name: float(value) for name, value in point.items()})
    if verdict.word is not Word.INCORRECT:
        return verdict
    answer = question.node_of(tree)
    foreseen = [(question.node_of(tree), feedback_text) for tree, feedback_text in question.foreseen]
    feedback = _foreseen(target, answer, foreseen)
    if feedback:
        return replace(verdict, message=feedback)
    finding = mistake_at(question, answer, sample)
    return replace(verdict, message=finding.message, misconception=finding.id) if finding else verdict


def _derivatives(question: PreparedQuestion) -> list[NodeId]:
    """Return f and its derivatives up to the order asked for, in a form that has values at zeros of even powers too."""
    f = question.f if question.gradient else with_plain_even_powers(question.graph, question.f)
    if f == question.f:
        return [*question.lower_derivatives, question.derivative]
    derivatives = [f]
    for _ in range(question.order):
        derivatives.append(question.tidy.tidied(question.calculus.derivative(derivatives[-1])))
    return derivatives


def _not_a_number(question: PreparedQuestion, tree: Node) -> Verdict:
    """Return the verdict on a formula where a number is asked for: only the right one is an answer to be marked.

    Another formula may well have the right value at the point, as 6x has that of 3x² at 2.
    """
    if _is_the_formula(question, tree):
        message = "The formula is right: now put in the values and give a number."
        return Verdict(Word.INCORRECT, message, "right-at-a-point", read_as=to_line(tree))
    symbol = next(node for node in postorder(tree) if isinstance(node, Symbol))
    message = f"Put in the value of {symbol.name}: the answer is a number."
    return Verdict(Word.UNREADABLE, message, read_as=to_line(tree), span=symbol.span)


def _is_float(value: Fraction) -> bool:
    """Whether a value can be shown in the evidence: 1e999 cannot."""
    return abs(value) <= sys.float_info.max


def _may_jump(sample: RealValues, node: NodeId) -> bool:
    """Whether the point may be at a jump of a sign or step in a node, on whose side the node's value depends.

    The derivative does not show it: that of sign and step is 0 wherever it has a value.
    """
    graph = sample.graph
    with precision(PRECISIONS[0]):
        jumps = any(
            graph.payload[part] in SIGNS and bool(sample.value(graph.operands[part][0]).contains(0))
            for part in graph.reachable([node])
            if graph.op[part] is Op.CALL
        )
    return jumps and not _is_the_same_for_all_signs(sample, node)


def _is_the_same_for_all_signs(sample: RealValues, node: NodeId) -> bool:
    """Whether a node has one value whatever the signs in it are that a point leaves open, as x²·sign(x) has at 0."""
    more = extra_bits(sample.graph, node)
    with precision(DEEP + min(more, MOST_EXTRA)):
        value = RealValues(sample.graph, sample.point).value(node)
        return more <= MOST_EXTRA and bool(value.rad() <= arb(2) ** -(AGREED + more) * arb(1).max(abs(value)))


def _foreseen(target: Target, answer: NodeId, foreseen: Iterable[tuple[NodeId, str]]) -> str:
    """Return the author's message for a wrong number; empty if the author did not foresee it."""
    return next((feedback for node, feedback in foreseen if _is_right(replace(target, node=node), answer)), "")


def _is_the_formula(question: PreparedQuestion, tree: Node) -> bool:
    return equal(question, question.node_of(tree))


def _graded(target: Target, tree: Node, typed: str, at: dict[str, float]) -> Verdict:
    answer = to_graph(target.sample.graph, tree)
    line = to_line(tree)
    missing = _missing(target.sample, answer)
    if missing is At.TOO_LARGE:
        return Verdict(Word.UNDECIDED, TOO_LARGE, expected=target.shown or None, read_as=line)
    if missing is not None:
        return Verdict(Word.UNREADABLE, _NO_NUMBER[missing], read_as=line, span=(0, len(typed)))
    right, own = _ball(target.sample, target.node), _ball(target.sample, answer)
    outcome, certainty = _compared(target, answer)
    match outcome:
        case At.SAME:
            word, message = Word.CORRECT, "Correct."
        case At.DIFFERENT:
            word, message = Word.INCORRECT, _message(_float(right), _float(own), target.tolerance)
        case _:
            word, message = Word.UNDECIDED, "The checker could not tell whether the two numbers are equal."
    expected_text = target.shown or _text(right)
    shown_values = _evidence(right, own, at)
    return Verdict(word, message, certainty=certainty, expected=expected_text, read_as=line, evidence=shown_values)


def _float(ball: arb) -> float | None:
    """Return a value as a float; None if it is missing, too large to print, or too small, which is not 0."""
    value = to_float(ball)
    return None if value == 0 and not ball.contains(0) else value


def _text(ball: arb) -> str | None:
    """Return a value with six digits; None if it is missing or too large to print."""
    value = to_float(ball)
    if value is None:
        return None
    return f"{value:.6g}" if _float(ball) is not None else str(ball.str(6, radius=False))


def _evidence(right: arb, own: arb, at: dict[str, float]) -> Evidence | None:
    """Return the two values; None if one is too small to print, or the right one too large."""
    expected, actual = _float(right), _float(own)
    too_large = actual is None and not abs(own) < 1
    if expected is None or (actual is None and not too_large):
        return None
    label = CHAIN_RULE if at else CORRECT_ANSWER
    return Evidence(at, actual, expected, None, too_large=too_large, right_label=label)


def _ball(sample: RealValues, node: NodeId) -> arb:
    """Return the value of a node, with as many bits as needed to see that it has one; not finite if it has none."""
    ball = arb("nan")
    for bits in PRECISIONS:
        with precision(bits):
            ball = RealValues(sample.graph, sample.point).value(node)
        if ball.is_finite():
            break
    return ball


def _missing(sample: RealValues, node: NodeId) -> At | None:
    """Return how a node lacks a value, with as many bits as needed to tell; None if it has one."""
    missing: At | None = None
    for bits in PRECISIONS:
        with precision(bits):
            missing = missing_value(RealValues(sample.graph, sample.point), node)
        if missing not in (At.VAGUE, At.ZERO_DIVISOR):
            return missing
    return missing


def _message(expected: float | None, actual: float | None, tolerance: str) -> str:
    if expected is None or actual is None:
        return f"Not within {tolerance} of the answer." if tolerance else "That is not the right number."
    if not tolerance and abs(actual - expected) <= SHOWN_DIGITS * abs(expected):
        return "Close, but not exact: give the exact value."
    if actual == -expected:
        return "Right except for the sign."
    return f"Not within {tolerance} of the answer." if tolerance else "That is not the right number."


def _is_right(target: Target, answer: NodeId) -> bool:
    return _compared(target, answer)[0] is At.SAME


def _compared(target: Target, answer: NodeId) -> tuple[At, Certainty | None]:
    """Return how a number compares, and how a right one is known to be so: within a tolerance its ball is a proof."""
    within = _within_tolerance(target, answer) if target.tolerance else At.VAGUE
    if within is not At.VAGUE:
        return within, Certainty.PROVED if within is At.SAME else None
    sample = target.sample
    more = max(extra_bits(sample.graph, node) for node in (target.node, answer))
    outcome = compare_at(target.node, target.node, answer, sample, more)
    if outcome is At.DIFFERENT and not target.tolerance:
        return outcome, None
    if outcome is not At.SAME and not _ball(sample, target.node).is_finite():
        return At.VAGUE, None
    if Prover(sample.graph).proves_equal(target.constant, answer):
        return At.SAME, Certainty.PROVED
    return (At.SAME, Certainty.COMPARED) if outcome is At.SAME else (At.VAGUE, None)


def _within_tolerance(target: Target, answer: NodeId) -> At:
    """Return whether an answer is within the tolerance; VAGUE if the right number is 0 because its terms cancel."""
    sample = target.sample
    relative, allowed = tolerance_of(target.tolerance)
    for bits in PRECISIONS:
        with precision(bits):
            values = RealValues(sample.graph, sample.point)
            expected_value = values.value(target.node)
            limit = exactly(allowed) * (abs(expected_value) if relative else 1)
            off = abs(values.value(answer) - expected_value)
            if off <= limit:
                return At.SAME
            if off > limit:
                return At.DIFFERENT
            if bits == PRECISIONS[-1] and (off - limit).rad() < AT_THE_EDGE * limit:
                return At.SAME
    return At.VAGUE


def tolerance_of(text: str) -> tuple[bool, Fraction]:
    """Return whether a tolerance is relative, and its size: `1%` is (True, 1/100), `0.01` is (False, 1/100)."""
    stripped = text.strip()
    if stripped.endswith("%"):
        return True, Fraction(stripped[:-1].strip()) / 100
    return False, Fraction(stripped)


def mistake_at(question: PreparedQuestion, answer: NodeId, at: RealValues) -> Diagnosis | None:
    """Return the mistake that a wrong number shows, asked for at a point and possibly rounded; None if unknown."""
    first = diagnose(question, answer, at) if question.order == 1 else None
    return first or (None if question.gradient else diagnose_place(question, answer, at))
