"""The slips at sums, products, quotients and constants: what each puts where the rule's derivative belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.graph import Graph, NodeId, Op

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


def _in_groups(slip: Callable[[Graph, list[NodeId], list[NodeId]], Iterator[NodeId]]) -> Rule:
    """A slip at the factors of a product, or at some neighbours among them while the rest is differentiated rightly."""

    def rule(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
        graph = calculus.graph
        if graph.op[node] is not Op.PRODUCT:
            return
        factors, derivatives, constants = _varying(calculus, node)
        for first, last in combinations(range(len(factors) + 1), 2):
            if last - first < 2:
                continue
            rest = graph.product(*factors[:first], *factors[last:])
            group = graph.product(*factors[first:last])
            for local in slip(graph, factors[first:last], derivatives[first:last]):
                right = graph.product(calculus.derivative(rest), group)
                yield graph.product(*constants, graph.sum(right, graph.product(rest, local)))

    return rule


def _as_product(graph: Graph, _: list[NodeId], derivatives: list[NodeId]) -> Iterator[NodeId]:
    """u′v′."""
    yield graph.product(*derivatives)


def _half(graph: Graph, factors: list[NodeId], derivatives: list[NodeId]) -> Iterator[NodeId]:
    """u′v or uv′ alone; of more factors, one term alone or one missing."""
    terms = [graph.product(*factors[:i], d, *factors[i + 1 :]) for i, d in enumerate(derivatives)]
    yield from terms
    if len(terms) > 2:
        yield from (graph.sum(*terms[:i], *terms[i + 1 :]) for i in range(len(terms)))


def _as_sum(graph: Graph, _: list[NodeId], derivatives: list[NodeId]) -> Iterator[NodeId]:
    """u′ + v′."""
    yield graph.sum(*derivatives)


def _own(graph: Graph, factors: list[NodeId], derivatives: list[NodeId]) -> Iterator[NodeId]:
    """uu′ + vv′."""
    yield graph.sum(*(graph.product(u, du) for u, du in zip(factors, derivatives, strict=True)))


def constant_multiple_dropped(calculus: Calculus, node: NodeId) -> Iterator[NodeId]:
    """(k·u)′ = u′."""
    graph = calculus.graph
    if graph.op[node] is Op.PRODUCT:
        factors, derivatives, constants = _varying(calculus, node)
        if constants and factors:
            yield calculus.derivative(graph.product(*factors))
        terms = [graph.product(*factors[:i], d, *factors[i + 1 :]) for i, d in enumerate(derivatives)]
        for term in terms if constants and len(terms) > 1 else ():  # dropped from one term of the product rule
            right = calculus.derivative(node)
            yield graph.sum(right, term, graph.negation(graph.product(*constants, term)))


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
    "product-rule-as-product": _in_groups(_as_product),
    "product-rule-half": _in_groups(_half),
    "quotient-order": quotient_order,
    "quotient-denominator": quotient_denominator,
    "constant-multiple-dropped": constant_multiple_dropped,
    "constant-as-variable": constant_as_variable,
    "product-as-sum": _in_groups(_as_sum),
    "product-own-derivatives": _in_groups(_own),
    "quotient-termwise": quotient_termwise,
    "quotient-wrong-square": quotient_wrong_square,
}
