"""Misconceptions about products and quotients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.misconception import (
    AtNode,
    Misconception,
    WrongDerivative,
    WrongDerivatives,
    as_wrong_derivative,
)
from mnemosyne.calculus.misconceptions.site import Site, varies

Factors = list[NodeId]
OF_QUOTIENTS = frozenset({Op.QUOTIENT})
# What may be wrong in a term of the product or quotient rule.
MISSING_SLOPE = "is missing the derivative of {factor}."
MISSING_FACTOR = "is missing the factor {factor}."
FACTOR_LEFT = "has {factor} in place of its derivative."


class WrongTerms(NamedTuple):
    """The terms u′v and uv′, one of them `wrong` in a `part`."""

    first: NodeId
    second: NodeId
    wrong: str
    part: NodeId


def varying_factors(site: Site) -> tuple[Factors, Factors, Factors]:
    """Return the varying factors of a product, their derivatives, and the constant factors."""
    varying: Factors = []
    derivatives: Factors = []
    constants: Factors = []
    for operand, derivative in zip(site.operands, site.derivatives, strict=True):
        if derivative == site.graph.zero:
            constants.append(operand)
        else:
            varying.append(operand)
            derivatives.append(derivative)
    return varying, derivatives, constants


def _in_groups(mistake: Callable[[Graph, Factors, Factors], Iterator[NodeId | WrongDerivative]]) -> AtNode:
    """Return the rule for a mistake at all factors of a product, or at adjacent ones with the rest right."""

    def rule(site: Site) -> WrongDerivatives:
        graph = site.graph
        factors, derivatives, constants = varying_factors(site)
        for first, last in combinations(range(len(factors) + 1), 2):
            if last - first < 2:
                continue
            rest = graph.product(*factors[:first], *factors[last:])
            group = graph.product(*factors[first:last])
            right = graph.product(site.calculus.derivative(rest), group)
            for value in mistake(graph, factors[first:last], derivatives[first:last]):
                wrong = as_wrong_derivative(value)
                of_all = graph.product(*constants, graph.sum(right, graph.product(rest, wrong.value)))
                yield wrong._replace(value=of_all)

    return AtNode(rule, frozenset({Op.PRODUCT}))


def _as_product(graph: Graph, _: Factors, derivatives: Factors) -> Iterator[NodeId]:
    """Yield u′v′."""
    yield graph.product(*derivatives)


def _half(graph: Graph, factors: Factors, derivatives: Factors) -> Iterator[NodeId]:
    """Yield u′v or uv′ alone; for more factors, one term alone or all but one."""
    terms = [graph.product(*factors[:i], d, *factors[i + 1 :]) for i, d in enumerate(derivatives)]
    yield from terms
    if len(terms) > 2:
        yield from (graph.sum(*terms[:i], *terms[i + 1 :]) for i in range(len(terms)))


def _as_sum(graph: Graph, _: Factors, derivatives: Factors) -> Iterator[NodeId]:
    """Yield u′ + v′."""
    yield graph.sum(*derivatives)


def _own(graph: Graph, factors: Factors, derivatives: Factors) -> Iterator[NodeId]:
    """Yield uu′ + vv′."""
    yield graph.sum(*(graph.product(u, du) for u, du in zip(factors, derivatives, strict=True)))


def _minus(graph: Graph, factors: Factors, derivatives: Factors) -> Iterator[NodeId]:
    """Yield u′v − uv′ and its negative."""
    if len(factors) == 2:
        first, second = graph.product(derivatives[0], factors[1]), graph.product(factors[0], derivatives[1])
        yield graph.sum(first, graph.negation(second))
        yield graph.sum(second, graph.negation(first))


def _with_wrong_factors(graph: Graph, u: NodeId, v: NodeId, du: NodeId, dv: NodeId) -> Iterator[WrongTerms]:
    """Yield u′v and uv′ with one of them wrong: a factor or a derivative is missing, or a factor is left as it is."""
    right = graph.product(du, v), graph.product(u, dv)
    for i, (factor, partner, slope) in enumerate(((u, v, du), (v, u, dv))):
        wrong_terms = [(slope, MISSING_FACTOR, partner)]
        if not (graph.op[factor] is Op.SYMBOL and graph.operands[factor]):  # along a graph that is a missing factor
            wrong_terms.append((partner, MISSING_SLOPE, factor))
        if not _is_exponential(graph, factor):  # left as it is, it is missing its logarithm or inner derivative
            wrong_terms.append((graph.product(u, v), FACTOR_LEFT, factor))
        for term, wrong, part in wrong_terms:
            yield WrongTerms(term if i == 0 else right[0], right[1] if i == 0 else term, wrong, part)


def _is_exponential(graph: Graph, node: NodeId) -> bool:
    """Return whether a node is aᵍ with a constant a."""
    if graph.op[node] is Op.POWER:
        return not any(graph.op[part] is Op.SYMBOL for part in graph.reachable(graph.operands[node][:1]))
    return graph.payload[node] == "exp"


def _one_term_wrong(graph: Graph, factors: Factors, derivatives: Factors) -> Iterator[NodeId | WrongDerivative]:
    """Yield u′v + u, u′v + v′, u′v + uv and the like."""
    if len(factors) == 2:
        for terms in _with_wrong_factors(graph, *factors, *derivatives):
            message = "In the product rule for {seen}, one term " + terms.wrong
            yield WrongDerivative(graph.sum(terms.first, terms.second), message, {"factor": terms.part})


def quotient_term_wrong(site: Site) -> WrongDerivatives:
    """Yield (u′v − u)/v², (u′ − uv′)/v², (uv − uv′)/v² and the like."""
    parts = quotient(site)
    if parts is None or parts[2] == site.graph.zero:
        return
    graph = site.graph
    square = graph.power(parts[1], graph.number(2))
    for terms in _with_wrong_factors(graph, *parts):
        above = graph.sum(terms.first, graph.negation(terms.second))
        message = "In the quotient rule for {part}, one term of the numerator " + terms.wrong
        yield WrongDerivative(graph.quotient(above, square), message, {"factor": terms.part})


def half_of_exponential(site: Site) -> WrongDerivatives:
    """Yield (gʰ)′ = gʰ·h′·ln g: only one factor of h·ln g differentiated."""
    if all(varies(site.calculus, operand) for operand in site.operands):
        graph = site.graph
        log = site.calculus.log_of_base(site.operands[0])
        message = "In {part} the base varies too: the rule for exponentials alone is not enough."
        yield WrongDerivative(graph.product(site.node, log, site.derivatives[1]), message)


def half_of_quotient(site: Site) -> WrongDerivatives:
    """Yield u′/v or −uv′/v² alone, and u′/v²."""
    parts = quotient(site)
    if parts is None:
        return
    graph = site.graph
    u, v, du, dv = parts
    if du == graph.zero:
        return
    square = graph.power(v, graph.number(2))
    yield WrongDerivative(graph.quotient(du, v), "In {part} the denominator varies too: use the quotient rule.")
    message = "The quotient rule for {part} has two terms in the numerator: v times u′, minus u times v′."
    for above in (graph.product(u, dv), graph.negation(graph.product(u, dv)), du):
        yield WrongDerivative(graph.quotient(above, square), message)


def quotient(site: Site) -> tuple[NodeId, NodeId, NodeId, NodeId] | None:
    """Return u, v, u′, v′ of a quotient with a varying denominator."""
    (u, v), (du, dv) = site.operands, site.derivatives
    return None if dv == site.graph.zero else (u, v, du, dv)


def quotient_order(site: Site) -> WrongDerivatives:
    """Yield (uv′ − u′v)/v²."""
    parts = quotient(site)
    if parts:
        wrong = site.graph.negation(site.true)
        constant = parts[2] == site.graph.zero
        yield WrongDerivative(wrong, "(1/v)′ has a minus sign in front: check {part}." if constant else "")


def quotient_denominator(site: Site) -> WrongDerivatives:
    """Yield a quotient rule with its denominator not squared, left out, or cubed, or under one term only."""
    parts = quotient(site)
    if parts is None:
        return
    graph = site.graph
    u, v, du, dv = parts
    yield graph.product(site.true, v)
    yield graph.product(site.true, v, v)
    yield graph.quotient(site.true, v)
    if du != graph.zero:
        first, second = graph.product(du, v), graph.product(graph.number(-1), u, dv)
        square = graph.power(v, graph.number(2))
        message = "In the quotient rule for {part}, divide both terms by the square of the denominator."
        for undivided, divided in ((first, second), (du, second), (second, first)):
            yield WrongDerivative(graph.sum(undivided, graph.quotient(divided, square)), message)


def quotient_sum(site: Site) -> WrongDerivatives:
    """Yield (u′v + uv′)/v², and the same without the square."""
    parts = quotient(site)
    if parts and parts[2] != site.graph.zero:
        graph = site.graph
        u, v, du, dv = parts
        above = graph.sum(graph.product(du, v), graph.product(u, dv))
        yield graph.quotient(above, graph.power(v, graph.number(2)))
        yield graph.quotient(above, v)


def quotient_termwise(site: Site) -> WrongDerivatives:
    """Yield u′/v′, and c/v′ for a constant u = c."""
    parts = quotient(site)
    if parts:
        u, v, du, dv = parts
        constant = du == site.graph.zero
        if not constant:
            yield site.graph.quotient(du, dv)
            return
        message = "The derivative of {part} is not {above} over the derivative of {below}."
        for above in (u, site.graph.negation(u)):
            yield WrongDerivative(site.graph.quotient(above, dv), message, {"above": u, "below": v})


def quotient_wrong_square(site: Site) -> WrongDerivatives:
    """Yield the right numerator divided by u²."""
    parts = quotient(site)
    if parts and parts[2] != site.graph.zero:
        graph = site.graph
        u, v, du, dv = parts
        above = graph.sum(graph.product(du, v), graph.negation(graph.product(u, dv)))
        yield graph.quotient(above, graph.power(u, graph.number(2)))


PRODUCTS = (
    Misconception(
        "product-rule-as-product",
        "derivatives of the factors multiplied",
        "{seen} is a product: (uv)′ is a sum of two terms, not u′v′.",
        "slip-products",
        (_in_groups(_as_product),),
    ),
    Misconception(
        "quotient-order",
        "terms of the quotient rule swapped",
        "In the quotient rule for {part}, u′v comes first, and uv′ is subtracted from it.",
        "slip-quotients",
        (AtNode(quotient_order, OF_QUOTIENTS),),
    ),
    Misconception(
        "quotient-denominator",
        "denominator not squared",
        "For {part}, divide by the square of the denominator.",
        "slip-quotients",
        (AtNode(quotient_denominator, OF_QUOTIENTS),),
    ),
    Misconception(
        "product-rule-half",
        "term of the product rule missing",
        "In {seen}, (uv)′ has two terms: differentiate each factor once.",
        "slip-products",
        (_in_groups(_half), AtNode(half_of_exponential, frozenset({Op.POWER})), AtNode(half_of_quotient, OF_QUOTIENTS)),
    ),
)
TERMS = (
    Misconception(
        "product-term-wrong",
        "term of the product rule with a wrong factor",
        "Check the factors of both terms in the product rule for {seen}.",
        "slip-products",
        (_in_groups(_one_term_wrong),),
    ),
    Misconception(
        "quotient-term-wrong",
        "term of the quotient rule with a wrong factor",
        "Check the factors of both terms in the quotient rule for {part}.",
        "slip-quotients",
        (AtNode(quotient_term_wrong, OF_QUOTIENTS),),
    ),
)
QUOTIENT_SUM = Misconception(
    "quotient-sum",
    "plus in the quotient rule",
    "In the quotient rule for {part}, subtract uv′; don't add it.",
    "slip-quotients",
    (AtNode(quotient_sum, OF_QUOTIENTS),),
)
OTHER_RULES = (
    Misconception(
        "product-as-sum",
        "derivatives of the factors added",
        "{seen} is a product: in each term of its derivative, one factor stays as it is.",
        "slip-products",
        (_in_groups(_as_sum),),
    ),
    Misconception(
        "product-own-derivatives",
        "each factor multiplied by its own derivative",
        "{seen} is a product: multiply the derivative of each factor by the other factor.",
        "slip-products",
        (_in_groups(_own),),
    ),
    Misconception(
        "product-rule-minus",
        "minus in the product rule",
        "In the product rule for {seen}, add the two terms; don't subtract.",
        "slip-products",
        (_in_groups(_minus),),
    ),
    Misconception(
        "quotient-termwise",
        "numerator and denominator differentiated separately",
        "The derivative of the quotient {part} is not the quotient of the derivatives.",
        "slip-quotients",
        (AtNode(quotient_termwise, OF_QUOTIENTS),),
    ),
    Misconception(
        "quotient-wrong-square",
        "divided by the wrong square",
        "The quotient rule for {part} squares the denominator, not the numerator.",
        "slip-quotients",
        (AtNode(quotient_wrong_square, OF_QUOTIENTS),),
    ),
)
