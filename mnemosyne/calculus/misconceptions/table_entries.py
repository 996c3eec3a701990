"""Misconceptions about signs and about the table of derivatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mnemosyne.calculus.derivative import OUTER_DERIVATIVES
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.misconception import (
    Answer,
    AtNode,
    Misconception,
    OfAnswer,
    OfOuterDerivative,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import Composition, Site, around, varies

SIGNED = frozenset(
    ("sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot", "sinh", "cosh", "tanh", "sech")
)
RECIPROCALS = {
    "arcsin": "csc",
    "arccos": "sec",
    "arctan": "cot",
    "arsinh": "csch",
    "arcosh": "sech",
    "artanh": "coth",
}


def inner_sign_lost(site: Site) -> WrongDerivatives:
    """Yield u′ for (−u)′, and 3u′ for (−3u)′."""
    if site.op is Op.NEGATION:
        yield site.calculus.derivative(site.operands[0])
    value = site.graph.rational(site.operands[0]) if site.op is Op.PRODUCT else None
    if value is not None and value < 0:
        yield site.graph.negation(site.true)


def whole_sign_lost(answer: Answer) -> WrongDerivatives:
    """Yield −f′; for a quotient this is the wrong order in the numerator."""
    node = around(answer.calculus, answer.f)
    if answer.graph.op[node] is Op.QUOTIENT and varies(answer.calculus, answer.graph.operands[node][0]):
        return
    yield WrongDerivative(answer.graph.negation(answer.derivative), parts={"part": answer.f})


def trig_sign(place: Composition) -> WrongDerivatives:
    """Yield (cos)′ = sin and the like."""
    yield place.graph.negation(place.slope(place.inner))


def wrong_table_entry(place: Composition) -> WrongDerivatives:
    """Yield another function, or the derivative of another function, in place of F′."""
    wrong_slopes = _wrong_slopes(place)
    if place.is_bare and place.outermost:  # the function itself and its second derivative are other misconceptions
        right_by_chance = (place.node, place.calculus.derivative(place.true))
        wrong_slopes = (slope for slope in wrong_slopes if slope not in right_by_chance)
    yield from wrong_slopes


def _wrong_slopes(place: Composition) -> Iterator[NodeId]:
    graph, u = place.graph, place.inner
    for names, power in TABLE_ERRORS.get(place.name, ()):
        wrong = graph.power(graph.product(*(graph.call(name, u) for name in names)), graph.number(power))
        yield wrong
        yield graph.negation(wrong)
    for name in DERIVATIVES_OF_OTHERS.get(place.name, ()):
        yield OUTER_DERIVATIVES[name](graph, u)
        yield graph.negation(OUTER_DERIVATIVES[name](graph, u))
    if place.name in ("arcsin", "arccos"):
        yield graph.quotient(graph.one, graph.sum(graph.one, graph.negation(_square(graph, u))))


# F: the functions (multiplied) and the power that are mistaken for its derivative.
TABLE_ERRORS: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    "sin": ((("tan",), 1), (("sin",), 1)),
    "cos": ((("tan",), 1), (("cos",), 1)),
    "tan": ((("sec",), 1), (("cot",), 1), (("tan",), 2), (("csc",), 2), (("sec", "tan"), 1)),
    "cot": ((("csc",), 1), (("tan",), 1), (("cot",), 2), (("sec",), 2), (("csc", "cot"), 1)),
    "sec": ((("tan",), 2), (("sec",), 2), (("tan",), 1), (("csc", "cot"), 1), (("sec",), 1)),
    "csc": ((("cot",), 2), (("csc",), 2), (("cot",), 1), (("sec", "tan"), 1), (("csc",), 1)),
    "ln": ((("ln",), 1), (("ln",), -1), (("exp",), 1)),
    "sinh": ((("sinh",), 1), (("cos",), 1)),
    "cosh": ((("cosh",), 1), (("sin",), 1)),
    "tanh": ((("sech",), 1), (("tanh",), 2)),
    "arcsin": ((("cos",), -1), (("arccos",), 1)),
    "arccos": ((("sin",), -1), (("arcsin",), 1)),
    "arctan": ((("sec",), 2), (("arcsec",), 2), (("sec",), -2)),
    "sigmoid": ((("sigmoid",), 1),),
    "arsinh": ((("cosh",), -1),),
    "arcosh": ((("sinh",), -1),),
    "artanh": ((("sech",), -2), (("sech",), 2)),
    "abs": ((("abs",), 1),),
}
# F: the functions whose derivatives are mistaken for its own.
DERIVATIVES_OF_OTHERS: Mapping[str, tuple[str, ...]] = {
    "sin": ("arcsin",),
    "cos": ("arccos",),
    "tan": ("arctan",),
    "arcsin": ("arctan", "arsinh", "arcosh"),
    "arccos": ("arctan", "arsinh"),
    "arctan": ("arcsin", "arsinh", "artanh"),
    "arsinh": ("arcsin", "arcosh", "arctan"),
    "arcosh": ("arsinh", "arcsin"),
    "artanh": ("arctan", "arcsin"),
    "tanh": ("tan", "coth"),
    "sec": ("csc",),
    "csc": ("sec",),
}


def _square(graph: Graph, node: NodeId) -> NodeId:
    return graph.power(node, graph.number(2))


def inverse_as_reciprocal(place: Composition) -> WrongDerivatives:
    """Yield sin⁻¹ taken as 1/sin: the derivative of csc in place of that of arcsin, or csc itself."""
    reciprocal = RECIPROCALS[place.name]
    yield OUTER_DERIVATIVES[reciprocal](place.graph, place.inner)
    yield place.graph.call(reciprocal, place.inner)


def inverse_square_dropped(place: Composition) -> WrongDerivatives:
    """Yield 1/√(1 − g), 1/(1 + g); and 1/√(1 − cx²) for g = cx, 1/√(1 − x²/c) for g = x/c."""
    graph = place.graph
    arguments = [place.inner]
    if graph.op[place.inner] is Op.PRODUCT:
        first, *other_factors = graph.operands[place.inner]
        arguments.append(graph.product(first, _square(graph, graph.product(*other_factors))))
    elif graph.op[place.inner] is Op.QUOTIENT:
        above, below = graph.operands[place.inner]
        arguments.append(graph.quotient(_square(graph, above), below))
    for argument in arguments:
        yield _inverse_slope(graph, place.name, argument)


def _inverse_slope(graph: Graph, name: str, square: NodeId) -> NodeId:
    """Return the derivative of an inverse function with `square` in place of u²."""
    if name == "arctan":
        return graph.quotient(graph.one, graph.sum(graph.one, square))
    slope = graph.quotient(graph.one, graph.call("sqrt", graph.sum(graph.one, graph.negation(square))))
    return graph.negation(slope) if name == "arccos" else slope


def degrees(place: Composition) -> WrongDerivatives:
    """Yield F′(g)·π/180."""
    graph = place.graph
    yield graph.product(place.slope(place.inner), graph.constant("pi"), graph.number(Fraction(1, 180)))


SIGNS = (
    Misconception(
        "sign-flipped",
        "wrong sign",
        "Right except for the sign: check {part}.",
        "slip-table",
        (AtNode(inner_sign_lost, frozenset({Op.NEGATION, Op.PRODUCT})), OfAnswer(whole_sign_lost)),
        careless=True,
    ),
    Misconception(
        "trig-sign",
        "wrong sign in a trigonometric derivative",
        "Check the sign of the derivative of {outer}.",
        "slip-table",
        (OfOuterDerivative(trig_sign, SIGNED),),
        careless=True,
    ),
)
TABLE = (
    Misconception(
        "wrong-table-entry",
        "wrong derivative from the table",
        "Check the derivative of {outer}.",
        "slip-table",
        (OfOuterDerivative(wrong_table_entry, frozenset({*TABLE_ERRORS, *DERIVATIVES_OF_OTHERS})),),
    ),
)
INVERSES_AND_DEGREES = (
    Misconception(
        "inverse-as-reciprocal",
        "inverse function taken for a reciprocal",
        "{part} is an inverse function, not a reciprocal.",
        "slip-table",
        (OfOuterDerivative(inverse_as_reciprocal, frozenset(RECIPROCALS)),),
    ),
    Misconception(
        "inverse-trig-square-dropped",
        "square missing in an inverse trigonometric derivative",
        "The derivative of {outer} contains the square of {inner}.",
        "slip-table",
        (OfOuterDerivative(inverse_square_dropped, frozenset({"arcsin", "arccos", "arctan"})),),
    ),
    Misconception(
        "degrees",
        "degrees instead of radians",
        "That is the derivative for angles in degrees; here angles are in radians.",
        "slip-table",
        (OfOuterDerivative(degrees, frozenset({"sin", "cos", "tan"})),),
    ),
)
