"""Misconceptions about powers gⁿ; roots and reciprocals are treated as powers."""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.misconception import (
    AtLink,
    Misconception,
    OfOuterDerivative,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import POWER, Composition

OF_POWERS = frozenset({POWER})


def _power(place: Composition, step: int) -> NodeId | None:
    """Return g to the exponent n + step."""
    n = place.exponent()
    if n is None:
        return None
    return place.graph.power(place.inner, place.graph.sum(n, place.graph.number(step)))


def not_reduced(place: Composition) -> WrongDerivatives:
    """Yield n·gⁿ; of a root other than √g also n·g⁻ⁿ, as 1/(3∛g) for ∛g."""
    graph, power, n = place.graph, _power(place, 0), place.exponent()
    if power is None or n is None:
        return
    yield graph.product(n, power)
    value = graph.rational(n)
    if value is not None and 0 < value < 1 and value != Fraction(1, 2):
        yield graph.product(n, graph.power(place.inner, graph.negation(n)))


def factor_dropped(place: Composition) -> WrongDerivatives:
    """Yield gⁿ⁻¹, and −gⁿ⁻¹ too for a negative n; nothing for n = −1."""
    power, n = _power(place, -1), place.exponent()
    if power is None or n is None:
        return
    value = place.graph.rational(n)
    if value == -1:
        return  # only a sign is lost
    yield power
    if value is not None and value < 0:
        yield place.graph.negation(power)


def lowered_twice(place: Composition) -> WrongDerivatives:
    """Yield n·gⁿ⁻²; not for the square of a composition, where this says nothing about the exponent."""
    power, n = _power(place, -2), place.exponent()
    if power is None or n is None:
        return
    value = place.graph.rational(n)
    if value != 2:
        yield place.graph.product(n, power)
        if value is not None and value > 3:
            message = "In {seen} the exponent goes down by one: it does not vanish when it moves to the front."
            yield WrongDerivative(place.graph.product(n, place.inner), message)
        if value is not None and value > 2 and not place.is_bare:
            yield WrongDerivative(n, "In {seen} the exponent goes down by one: the power of {inner} is missing.")
    elif place.is_bare:
        yield WrongDerivative(n, "({part})′ is 2{x}: the {x} is missing.")


def exponent_raised(place: Composition) -> WrongDerivatives:
    """Yield n·gⁿ⁺¹, and for a negative n also the power with the sign of the new exponent lost.

    Nothing for n = −1: nobody raises it to 0.
    """
    power, n = _power(place, 1), place.exponent()
    if power is None or n is None:
        return
    value = place.graph.rational(n)
    if value == -1:
        return
    if value is None or value > 0:
        yield place.graph.product(n, power)
        return
    message = "In {seen} the exponent is negative: when it goes down by one, it moves away from zero."
    yield WrongDerivative(place.graph.product(n, power), message)
    if value < -1:
        turned = place.graph.power(place.inner, place.graph.number(-value - 1))
        yield WrongDerivative(
            place.graph.product(n, turned), "In {seen} the exponent stays negative when it goes down by one."
        )


def power_of_derivative(place: Composition) -> WrongDerivatives:
    """Yield n·(g′)ⁿ⁻¹ or (g′)ⁿ."""
    n = place.exponent()
    if n is not None:
        yield place.slope(place.d)
        yield place.graph.power(place.d, n)


def root_of_derivative(place: Composition) -> WrongDerivatives:
    """Yield 1/(2√g′) or √g′."""
    yield place.slope(place.d)
    yield place.outer(place.d)


def termwise(place: Composition) -> WrongDerivatives:
    """Yield √u + √v differentiated for √(u + v), and √u + √v itself as the whole answer."""
    graph, exponent = place.graph, place.exponent()
    n = graph.rational(exponent) if exponent is not None else None
    if graph.op[place.inner] is not Op.SUM or n is None or n < 0:
        return
    terms = graph.operands[place.inner]
    kind, of = "root" if n < 1 else "power", "difference" if any(map(graph.negative, terms)) else "sum"
    message = f"{{part}} is the {kind} of a {of}, not a {of} of {kind}s."
    sums = [graph.sum(*(_to_the(graph, term, n) for term in terms))]
    if n.denominator == 1 and n.numerator % 2 == 0:
        sums.append(graph.sum(*(graph.power(term, graph.number(n)) for term in terms)))
    for wrong in sums:
        yield WrongDerivative(place.calculus.derivative(wrong), message)
        if place.outermost:
            yield WrongDerivative(wrong, message, whole=True)


def _to_the(graph: Graph, term: NodeId, n: Fraction) -> NodeId:
    """Return a term to a power, its sign kept in front; √(4x²) is √4·x."""
    operands, value = graph.operands[term], graph.rational(term)
    if value is not None and value < 0:
        return graph.negation(graph.power(graph.number(-value), graph.number(n)))
    match graph.op[term]:
        case Op.NEGATION:
            return graph.negation(_to_the(graph, operands[0], n))
        case Op.PRODUCT:
            return graph.product(*(_to_the(graph, factor, n) for factor in operands))
        case Op.POWER if (own := graph.rational(operands[1])) is not None:
            return graph.power(operands[0], graph.number(own * n))
    return graph.power(term, graph.number(n))


POWERS = (
    Misconception(
        "power-not-reduced",
        "exponent not lowered",
        "In {seen} the exponent goes down by one when it moves to the front.",
        "slip-powers",
        (OfOuterDerivative(not_reduced, OF_POWERS),),
        careless=True,
    ),
    Misconception(
        "power-factor-dropped",
        "exponent not moved to the front",
        "In {seen} the exponent moves to the front as a factor.",
        "slip-powers",
        (OfOuterDerivative(factor_dropped, OF_POWERS),),
        careless=True,
    ),
    Misconception(
        "power-lowered-twice",
        "exponent lowered twice",
        "In {seen} the exponent goes down by one, not by two.",
        "slip-powers",
        (OfOuterDerivative(lowered_twice, OF_POWERS),),
        careless=True,
    ),
    Misconception(
        "power-raised",
        "exponent raised",
        "In {seen} the exponent goes down, not up.",
        "slip-powers",
        (OfOuterDerivative(exponent_raised, OF_POWERS),),
        careless=True,
    ),
)
OF_DERIVATIVES = (
    Misconception(
        "power-of-derivative",
        "power of the derivative",
        "Differentiate the power first and keep {inner} inside; don't raise the derivative of {inner} to the power.",
        "slip-powers",
        (AtLink(power_of_derivative, OF_POWERS),),
    ),
    Misconception(
        "root-of-derivative",
        "root of the derivative",
        "Differentiate the root first and keep {inner} inside; don't take the root of the derivative of {inner}.",
        "slip-powers",
        (AtLink(root_of_derivative, frozenset({"sqrt", "cbrt"})),),
    ),
)
TERMWISE = Misconception(
    "power-termwise",
    "power or root of a sum taken term by term",
    "{part} is the power of a sum, not a sum of powers.",
    "slip-powers",
    (AtLink(termwise, OF_POWERS),),
)
