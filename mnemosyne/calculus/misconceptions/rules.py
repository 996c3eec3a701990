"""The slips at sums, products, quotients and constants: what each puts where the rule's derivative belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import NodeId, Op

Rule = Callable[[Calculus, NodeId], Iterator[NodeId]]


def _parts(calculus: Calculus, node: NodeId) -> tuple[tuple[NodeId, ...], tuple[NodeId, ...]]:
    """The operands of a node and their derivatives."""
    operands = calculus.graph.operands[node]
    return operands, tuple(calculus.derivative(operand) for operand in operands)


def _varying(calculus: Calculus, node: NodeId) -> tuple[list[NodeId], list[NodeId], list[NodeId]]:
    """The factors of a product that vary, their derivatives, and the constant factors."""
    operands, derivatives = _parts(calculus, node)
    zero = calculus.graph.zero
    varying = [i for i, derivative in enumerate(derivatives) if derivative != zero]
    constants = [operand for operand, derivative in zip(operands, derivatives, strict=True) if derivative == zero]
    return [operands[i] for i in varying], [derivatives[i] for i in varying], constants


def inner_sign_lost(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """1 − x² differentiated as 1 + x²."""
    graph = calculus.graph
    if graph.op[node] is Op.NEGATION:
        yield calculus.derivative(graph.operands[node][0])
    first = graph.operands[node][0] if graph.op[node] is Op.PRODUCT else None
    value = graph.rational(first) if first is not None else None
    if value is not None and value < 0:
        yield graph.negation(calculus.derivative(node))


def constant_kept(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """u + c differentiated as u′ + c, or as u′ + 1."""
    graph = calculus.graph
    if graph.op[node] is not Op.SUM:
        return
    operands, derivatives = _parts(calculus, node)
    true = calculus.derivative(node)
    for operand, derivative in zip(operands, derivatives, strict=True):
        if derivative == graph.zero:
            yield graph.sum(true, operand)
            yield graph.sum(true, graph.one)


def product_as_product(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """u′v′."""
    if calculus.graph.op[node] is Op.PRODUCT:
        factors, derivatives, constants = _varying(calculus, node)
        if len(factors) > 1:
            yield calculus.graph.product(*constants, *derivatives)


def product_half(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """u′v or uv′ alone."""
    graph = calculus.graph
    if graph.op[node] is not Op.PRODUCT:
        return
    factors, derivatives, constants = _varying(calculus, node)
    if len(factors) > 1:
        for i, derivative in enumerate(derivatives):
            yield graph.product(*constants, *factors[:i], derivative, *factors[i + 1 :])


def product_as_sum(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """u′ + v′."""
    if calculus.graph.op[node] is Op.PRODUCT:
        factors, derivatives, constants = _varying(calculus, node)
        if len(factors) > 1:
            yield calculus.graph.product(*constants, calculus.graph.sum(*derivatives))


def product_own(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """uu′ + vv′."""
    graph = calculus.graph
    if graph.op[node] is Op.PRODUCT:
        factors, derivatives, constants = _varying(calculus, node)
        if len(factors) > 1:
            own = (graph.product(u, du) for u, du in zip(factors, derivatives, strict=True))
            yield graph.product(*constants, graph.sum(*own))


def constant_multiple_dropped(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """(k·u)′ = u′."""
    graph = calculus.graph
    if graph.op[node] is Op.PRODUCT:
        factors, _, constants = _varying(calculus, node)
        if constants and factors:
            yield calculus.derivative(graph.product(*factors))


def constant_as_variable(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """(π²)′ = 2π: a constant power differentiated by its base."""
    graph = calculus.graph
    if graph.op[node] is Op.POWER and calculus.derivative(node) == graph.zero:
        yield calculus.outer_power(*graph.operands[node])


def _quotient(calculus: Calculus, node: NodeId) -> tuple[NodeId, NodeId, NodeId, NodeId] | None:
    """u, v, u′, v′ of a quotient in which both vary."""
    graph = calculus.graph
    if graph.op[node] is not Op.QUOTIENT:
        return None
    (u, v), (du, dv) = _parts(calculus, node)
    return None if dv == graph.zero else (u, v, du, dv)


def quotient_order(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """(uv′ − u′v)/v²."""
    if _quotient(calculus, node):
        yield calculus.graph.negation(calculus.derivative(node))


def quotient_denominator(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """The denominator not squared, or left out."""
    parts = _quotient(calculus, node)
    if parts:
        true = calculus.derivative(node)
        yield calculus.graph.product(true, parts[1])
        yield calculus.graph.product(true, parts[1], parts[1])


def quotient_termwise(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """u′/v′."""
    parts = _quotient(calculus, node)
    if parts:
        yield calculus.graph.quotient(parts[2], parts[3])


def quotient_wrong_square(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """Divided by u²."""
    parts = _quotient(calculus, node)
    if parts:
        graph = calculus.graph
        u, v, du, dv = parts
        above = graph.sum(graph.product(du, v), graph.negation(graph.product(u, dv)))
        yield graph.quotient(above, graph.product(u, u))


AT_A_NODE: dict[str, Rule] = {
    "sign-flipped": inner_sign_lost,
    "constant-kept": constant_kept,
    "product-rule-as-product": product_as_product,
    "product-rule-half": product_half,
    "quotient-order": quotient_order,
    "quotient-denominator": quotient_denominator,
    "constant-multiple-dropped": constant_multiple_dropped,
    "constant-as-variable": constant_as_variable,
    "product-as-sum": product_as_sum,
    "product-own-derivatives": product_own,
    "quotient-termwise": quotient_termwise,
    "quotient-wrong-square": quotient_wrong_square,
}
