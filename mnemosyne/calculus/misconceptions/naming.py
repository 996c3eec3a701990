"""The name of a wrong answer's mistake, whatever was asked for."""

from __future__ import annotations

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.constants import (
    CONSTANT_ADDED,
    CONSTANT_FACTOR,
    constant_added,
    constant_factor,
)
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, diagnose
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
    """A sign, a constant factor or a constant term: what can be said of a formula without a rule behind it."""
    with precision(BITS):
        matching = Matching(question, answer)
        if not matching.possible or not question.inputs:
            return None
        if matching.agrees(question.graph.negation(question.derivative)):
            return Diagnosis("sign-flipped", "Right except for the sign.")
        for entry, rule in ((CONSTANT_FACTOR, constant_factor), (CONSTANT_ADDED, constant_added)):
            for value in rule(matching):
                assert isinstance(value, WrongDerivative)
                return Diagnosis(entry.id, entry.message.format(**value.parts))
    return None
