"""Misconceptions in whole answers: not the derivative asked for, or that of another function."""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.misconception import (
    Answer,
    AtLink,
    AtNode,
    Factor,
    Inner,
    Misconception,
    OfAnswer,
    OfOuterDerivative,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import POWER, Composition, Site, composition, contributing, varies

INTEGRATED_PART = "{part} was integrated: differentiate it."
SMALL_NUMBERS = range(-5, 6)  # values of x at which the derivative is compared with a number
LARGEST_READ = 40  # nodes: misreadings of larger functions are not tried


def integrated(answer: Answer) -> WrongDerivatives:
    """Yield the answer if it is ∫f."""
    if answer.same_values(answer.calculus.derivative(answer.answer), answer.f):
        yield WrongDerivative(answer.answer)


def integrated_power(place: Composition) -> Iterator[WrongDerivative]:
    """Yield gⁿ⁺¹/(n + 1), and ln g for 1/g."""
    graph, n = place.graph, place.exponent()
    value = graph.rational(n) if n is not None else None
    if value == -1:
        yield WrongDerivative(graph.call("ln", place.inner), INTEGRATED_PART)
    elif value is not None:
        raised = graph.power(place.inner, graph.number(value + 1))
        yield WrongDerivative(graph.quotient(raised, graph.number(value + 1)), INTEGRATED_PART)


def integrated_whole(place: Composition) -> WrongDerivatives:
    """Yield gⁿ⁺¹/(n + 1), for a power that is the whole function, and the same divided by a constant g′."""
    if not place.outermost:
        return
    for wrong in integrated_power(place):
        yield wrong
        if place.graph.rational(place.d) not in (None, 1):
            yield wrong._replace(value=place.graph.quotient(wrong.value, place.d))


def not_differentiated(answer: Answer) -> WrongDerivatives:
    """Yield f itself."""
    yield WrongDerivative(answer.f)


def term_left(site: Site) -> WrongDerivatives:
    """Yield one varying term left as it is, beside the derivatives of the others."""
    for i, term in enumerate(site.operands):
        if varies(site.calculus, term) and not _is_its_own_outer_derivative(site.calculus, term):
            other_derivatives = site.derivatives[:i] + site.derivatives[i + 1 :]
            yield WrongDerivative(
                site.graph.sum(term, *other_derivatives),
                "{term} is left as it is: differentiate it too.",
                {"term": term},
            )


def _is_its_own_outer_derivative(calculus: Calculus, term: NodeId) -> bool:
    """Whether the term is an e^g: leaving it unchanged means forgetting the inner derivative."""
    place = composition(calculus, term)
    return place is not None and not place.is_bare and place.slope(place.inner) == term


def differentiated_twice(answer: Answer) -> WrongDerivatives:
    """Yield f″."""
    yield WrongDerivative(answer.calculus.derivative(answer.derivative))


def value_at_a_point(answer: Answer) -> WrongDerivatives:
    """Yield f′ at small integers, for an answer without variables."""
    graph = answer.graph
    symbols = graph.reachable([answer.answer])
    if answer.derivative in symbols or any(graph.op[node] is Op.SYMBOL for node in symbols):
        return
    if answer.calculus.variable not in graph.reachable([answer.derivative]):
        return
    if answer.agreements(answer.derivative):
        return  # it is right on a whole piece: 1 for the derivative of |x|
    for x in map(graph.number, SMALL_NUMBERS):
        yield WrongDerivative(graph.replaced(answer.derivative, answer.calculus.variable, x))


def by_another_name(answer: Answer) -> WrongDerivatives:
    """Yield ∂f/∂a for another input a of the question, or for another node of its graph."""
    graph = answer.graph
    for symbol in (*answer.inputs, *_named_nodes(answer)):
        if symbol != answer.calculus.variable:
            by_other = Calculus(graph, str(graph.payload[symbol])).derivative(answer.f)
            if symbol in answer.inputs or graph.op[by_other] not in (
                Op.SYMBOL,
                Op.NUMBER,
            ):  # the answer q to a question about p·q proves nothing
                yield WrongDerivative(by_other, parts={"other": symbol})


def at_input(answer: Answer) -> WrongDerivatives:
    """Yield dy/du with an input for u, such as cos(x) for y = sin(u)."""
    graph, u = answer.graph, answer.calculus.variable
    for name in answer.inputs if graph.operands[u] else ():
        message = "The derivative with respect to {x} is a formula in {x}: put {x} where you have {other}."
        yield WrongDerivative(graph.replaced(answer.derivative, u, name), message, {"other": name})


def _named_nodes(answer: Answer) -> list[NodeId]:
    graph = answer.graph
    below = graph.reachable(graph.operands[answer.f])
    return [node for node in below if graph.op[node] is Op.SYMBOL and graph.operands[node]]


def power_of_outer_derivative(place: Composition) -> WrongDerivatives:
    """Yield F′(u)ⁿ·g′ for g = uⁿ: cos²(x)·2x for cos(x²)."""
    graph = place.graph
    if place.op is Op.CALL and graph.op[place.inner] is Op.POWER:
        base, exponent = graph.operands[place.inner]
        message = "In {part} the exponent belongs to {base} alone, not to the function around it."
        yield WrongDerivative(place.linked(graph.power(place.slope(base), exponent)), message, {"base": base})


def misread(answer: Answer) -> WrongDerivatives:
    """Yield the derivatives of functions one misreading away from f."""
    nodes = contributing(answer.calculus, answer.tidy, answer.f)
    if len(nodes) > LARGEST_READ:
        return
    for node in nodes:
        for variant in dict.fromkeys(_one_step_from(answer.graph, node)):
            if variant == node:
                continue
            function = answer.graph.replaced(answer.f, node, variant)
            yield WrongDerivative(answer.calculus.derivative(function), parts={"misread": function, "part": node})


def _one_step_from(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    """Yield the node with a sign, a reciprocal, a factor, an exponent or the base of a logarithm misread."""
    operands = graph.operands[node]
    match graph.op[node]:
        case Op.NEGATION:
            yield operands[0]
        case Op.SUM:
            for i in sorted(range(len(operands)), key=lambda i: not graph.negative(operands[i])):
                yield graph.sum(*operands[:i], graph.negation(operands[i]), *operands[i + 1 :])
        case Op.PRODUCT:
            for i, factor in enumerate(operands):
                yield graph.product(*operands[:i], *operands[i + 1 :])
                if graph.rational(factor) is not None:
                    yield graph.negation(node)
        case Op.QUOTIENT:
            yield graph.quotient(operands[1], operands[0])
            yield operands[1]
        case Op.POWER:
            yield from _other_powers(graph, *operands)
        case Op.CALL:
            yield from _other_calls(graph, str(graph.payload[node]), operands)


def _other_powers(graph: Graph, base: NodeId, exponent: NodeId) -> Iterator[NodeId]:
    """Yield the base alone, the negated exponent, and F(uⁿ) for F(u)ⁿ."""
    yield base
    yield graph.power(base, graph.negation(exponent))
    if graph.op[base] is Op.CALL and len(graph.operands[base]) == 1:
        yield graph.call(str(graph.payload[base]), graph.power(graph.operands[base][0], exponent))


def _other_calls(graph: Graph, name: str, arguments: tuple[NodeId, ...]) -> Iterator[NodeId]:
    """Yield a logarithm with base and argument swapped, and F(u)ⁿ for F(uⁿ)."""
    if name == "log":
        yield graph.call(name, *reversed(arguments))
    elif len(arguments) == 1 and graph.op[arguments[0]] is Op.POWER:
        base, exponent = graph.operands[arguments[0]]
        yield graph.power(graph.call(name, base), exponent)


WHOLE_ANSWERS = (
    Misconception(
        "integrated",
        "integrated instead of differentiated",
        "That is an antiderivative: the question asks for the derivative.",
        "slip-table",
        (
            OfOuterDerivative(integrated_power, frozenset({POWER})),
            AtLink(integrated_whole, frozenset({POWER}), inner=Inner.LOST),
            OfAnswer(integrated, last=True),
        ),
    ),
    Misconception(
        "not-differentiated",
        "not differentiated at all",
        "That is the function itself: the question asks for its derivative.",
        "what-happens",
        (OfAnswer(not_differentiated), AtNode(term_left, frozenset({Op.SUM}))),
    ),
    Misconception(
        "differentiated-twice",
        "differentiated twice",
        "That is the second derivative: differentiate only once.",
        "what-happens",
        (OfAnswer(differentiated_twice),),
    ),
    Misconception(
        "right-at-a-point",
        "number given where a formula is needed",
        "That is the derivative's value at one point: the question asks for a formula in {x}.",
        "formally",
        (OfAnswer(value_at_a_point),),
    ),
    Misconception(
        "domain-narrowed",
        "right only on part of the domain",
        "Right on part of the domain only.",
        "formally",
        (),
        careless=True,
    ),
)
WRONG_VARIABLE = Misconception(
    "wrong-variable",
    "differentiated with respect to another variable",
    "That is the derivative with respect to {other}: the question asks for the one with respect to {x}.",
    "formally",
    (OfAnswer(by_another_name),),
)
FUNCTION_MISREAD = Misconception(
    "function-misread",
    "another function differentiated",
    "That is the derivative of {misread}: check {part} in the question.",
    "what-happens",
    (AtLink(power_of_outer_derivative, mistaken=Factor.OUTER), OfAnswer(misread, last=True)),
    careless=True,
)
