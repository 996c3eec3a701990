"""The name of a wrong answer's mistake, whatever was asked for."""

from __future__ import annotations

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.constants import (
    CONSTANT_ADDED,
    constant_added,
)
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, diagnose, right_but_for_constant
from mnemosyne.calculus.misconceptions.misconception import WrongDerivative
from mnemosyne.calculus.misconceptions.orders import diagnose_order, diagnose_place
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.verdict import Asks


def mistake_in(question: Prepared, answer: NodeId) -> Diagnosis | None:
    """Return the mistake that a wrong formula shows, if any."""
    if question.asks is Asks.FORMULA:
        return _in_formula(question, answer)
    return diagnose(question, answer) if question.order == 1 else diagnose_order(question, answer)


def mistake_at(question: Prepared, answer: NodeId, at: RealValues) -> Diagnosis | None:
    """Return the mistake that a wrong number shows, which was asked for at a point and may be rounded."""
    first = diagnose(question, answer, at) if question.order == 1 else None
    return first or (None if question.gradient else diagnose_place(question, answer, at))


def _in_formula(question: Prepared, answer: NodeId) -> Diagnosis | None:
    """Return a sign, a constant factor or a constant term: what can be said of a formula without a rule behind it."""
    with precision(BITS):
        matching = Matching(question, answer)
        if not matching.possible or not question.inputs:
            return None
        constant = right_but_for_constant(matching)
        if constant is not None:
            return constant
        for value in constant_added(matching):
            assert isinstance(value, WrongDerivative)
            return Diagnosis(CONSTANT_ADDED.id, CONSTANT_ADDED.message.format(**value.parts))
    return None
