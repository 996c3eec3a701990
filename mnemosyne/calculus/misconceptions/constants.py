"""Misconceptions about constants: factors, terms, and constants mistaken for variables."""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.calculus.derivative import OUTER_DERIVATIVES
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.misconceptions.misconception import (
    Answer,
    AtNode,
    Misconception,
    OfAnswer,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.products import varying_factors
from mnemosyne.calculus.misconceptions.site import Site, varies


def constant_kept(site: Site) -> WrongDerivatives:
    """Yield u + c differentiated as u′ + c, or as u′ + 1."""
    graph = site.graph
    for operand in site.operands:
        if not varies(site.calculus, operand):
            yield WrongDerivative(graph.sum(site.true, operand), parts={"constant": operand})
            yield WrongDerivative(graph.sum(site.true, graph.one), parts={"constant": operand})


def term_missing(site: Site) -> WrongDerivatives:
    """Yield a varying term differentiated as a constant."""
    for i, term in enumerate(site.operands):
        if varies(site.calculus, term):
            other_derivatives = [d for j, d in enumerate(site.derivatives) if j != i]
            yield _missing(site.graph.sum(site.graph.zero, *other_derivatives), term, site.x)


def taken_for_a_constant(answer: Answer) -> WrongDerivatives:
    """Yield 0 for a varying function."""
    yield _missing(answer.graph.zero, answer.f, answer.calculus.variable)


def _missing(value: NodeId, term: NodeId, x: NodeId) -> WrongDerivative:
    return WrongDerivative(value, "The derivative of {x} is 1, not 0." if term == x else "", {"term": term})


def multiple_dropped(site: Site) -> WrongDerivatives:
    """Yield (k·u)′ = u′, (u/k)′ = u′ and (k/v)′ = (1/v)′; at the k·x of a link this is a
    missing inner derivative instead.
    """
    if site.inner_multiple:
        return
    if site.op is Op.PRODUCT:
        yield from _dropped_from_product(site)
    if site.op is Op.QUOTIENT and site.derivatives[1] == site.graph.zero != site.derivatives[0]:
        yield site.derivatives[0]
    if site.op is Op.QUOTIENT and site.derivatives[0] == site.graph.zero != site.derivatives[1]:
        yield site.calculus.derivative(site.graph.quotient(site.graph.one, site.operands[1]))


def _dropped_from_product(site: Site) -> WrongDerivatives:
    graph = site.graph
    factors, derivatives, constants = varying_factors(site)
    if not constants or not factors:
        return
    yield site.calculus.derivative(graph.product(*factors))
    if len(factors) > 1:  # dropped from one term of the product rule
        for i, d in enumerate(derivatives):
            term = graph.product(*factors[:i], d, *factors[i + 1 :])
            yield graph.sum(site.true, term, graph.negation(graph.product(*constants, term)))


def constant_as_variable(site: Site) -> WrongDerivatives:
    """Yield (π²)′ = 2π, (ln 5)′ = 1/5, and u + v for (uv)′ with a parameter u: a constant differentiated
    as if it varied.
    """
    graph = site.graph
    if site.op is not Op.PRODUCT and not varies(site.calculus, site.node):
        yield from _own_slopes(site, site.node)
    if site.op is Op.PRODUCT and varies(site.calculus, site.node):
        for i, factor in enumerate(site.operands):
            for slope in _own_slopes(site, factor):
                rest = graph.product(*site.operands[:i], *site.operands[i + 1 :])
                own = graph.product(slope, rest)
                added = graph.sum(site.true, own)
                as_product = graph.product(slope, site.calculus.derivative(rest))
                yield WrongDerivative(added, parts={"part": factor})
                yield WrongDerivative(as_product, parts={"part": factor})


def _own_slopes(site: Site, factor: NodeId) -> list[NodeId]:
    """Return the derivatives that a constant factor would have as a variable."""
    graph = site.graph
    if varies(site.calculus, factor):
        return []
    if graph.op[factor] is Op.POWER:
        return [site.calculus.outer_power(*graph.operands[factor])]
    if graph.op[factor] is Op.CALL and len(graph.operands[factor]) == 1:
        return [OUTER_DERIVATIVES[str(graph.payload[factor])](graph, graph.operands[factor][0])]
    return [graph.one] if graph.op[factor] in (Op.SYMBOL, Op.CONSTANT) else []


def constant_factor(answer: Answer) -> WrongDerivatives:
    """Yield c·f′."""
    ratio = answer.ratio()
    if ratio is not None:
        size = abs(ratio)
        sign = ", and its sign is wrong" if ratio < 0 else ""
        factor = f"too large by a factor of {size}" if size > 1 else f"too small by a factor of {1 / size}"
        if size == 1:
            return
        yield WrongDerivative(answer.answer, parts={"how": factor + sign})


def positive_factor(answer: Answer) -> WrongDerivatives:
    """Yield c·f′ for a positive c; with a wrong sign too, two mistakes may say more."""
    ratio = answer.ratio()
    if ratio is not None and ratio > 0:
        yield from constant_factor(answer)


def constant_added(answer: Answer) -> WrongDerivatives:
    """Yield f′ + c."""
    difference = answer.difference()
    if difference is not None:
        yield WrongDerivative(answer.answer, parts={"how": _off(difference)})


def _off(difference: Fraction) -> str:
    return f"{abs(difference)} too {'large' if difference > 0 else 'small'}"


CONSTANT_FACTOR = Misconception(
    "constant-factor",
    "right up to a constant factor",
    "Your answer is {how}.",
    "slip-constants",
    (OfAnswer(positive_factor, last=True),),
    careless=True,
)
CONSTANT_ADDED = Misconception(
    "constant-added",
    "right up to an added constant",
    "Your answer is {how}.",
    "slip-constants",
    (OfAnswer(constant_added, last=True),),
    careless=True,
)
CONSTANT_KEPT = Misconception(
    "constant-kept",
    "derivative of a constant not zero",
    "The derivative of a constant is zero: check {constant}.",
    "slip-constants",
    (AtNode(constant_kept, frozenset({Op.SUM})),),
    careless=True,
)
MULTIPLES = (
    Misconception(
        "constant-multiple-dropped",
        "constant multiple dropped",
        "The constant factor of {part} stays.",
        "slip-constants",
        (AtNode(multiple_dropped, frozenset({Op.PRODUCT, Op.QUOTIENT})),),
        careless=True,
    ),
    Misconception(
        "constant-as-variable",
        "constant treated as a variable",
        "{part} is a constant: it does not change with {x}.",
        "slip-constants",
        (AtNode(constant_as_variable, frozenset({Op.POWER, Op.CALL, Op.PRODUCT})),),
    ),
    Misconception(
        "term-missing",
        "derivative of a term missing",
        "{term} is not a constant: its derivative is not zero.",
        "slip-constants",
        (AtNode(term_missing, frozenset({Op.SUM})), OfAnswer(taken_for_a_constant)),
    ),
)
