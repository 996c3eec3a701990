"""Misconceptions at one link F(g) of a chain: which factor is missing or misplaced."""

from __future__ import annotations

from mnemosyne.calculus.expression_graph import Op
from mnemosyne.calculus.misconceptions.misconception import (
    AtLink,
    AtNode,
    Factor,
    Inner,
    Misconception,
    OfAnswer,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import EXPONENTIAL, Composition, Site, composition, varies
from mnemosyne.calculus.misconceptions.whole_answers import at_input


def has_a_mistake_of_its_own(place: Composition) -> bool:
    """Return whether F is a power, a root or a logarithm, for which F(g′) is a misconception of its own."""
    return place.exponent() is not None or place.name in ("ln", "sqrt", "cbrt")


def is_log_of_multiple(place: Composition) -> bool:
    """Return whether F is ln and g a multiple of x, whose constant factor cancels."""
    graph = place.graph
    if place.name != "ln" or graph.rational(place.d) is None:
        return False
    return graph.replaced(place.inner, place.x, graph.zero) == graph.zero


def missing_inner(place: Composition) -> WrongDerivatives:
    """Yield F′(g) without g′, and −F′(g) too if g′ is −k."""
    yield place.slope(place.inner)
    slope = place.graph.rational(place.d)
    if slope is not None and slope < 0:
        message = "In {part}, the minus sign of the derivative of {inner} is there, but its number is missing."
        yield WrongDerivative(place.graph.negation(place.slope(place.inner)), message)


def link_left_out(place: Composition) -> WrongDerivatives:
    """Yield g′ without F′(g), in the middle of a chain."""
    if not place.outermost:
        message = "The link {part} is left out: the derivative of {outer} is missing as a factor."
        yield WrongDerivative(place.d, message)


def outer_at_x(place: Composition) -> WrongDerivatives:
    """Yield F′(x)·g′; (ln cx)′ = c/x is a misconception of its own."""
    if not is_log_of_multiple(place):
        yield place.slope(place.x)


def inner_derivative_inside(place: Composition) -> WrongDerivatives:
    """Yield F′(g′) and F′(g′)·g′."""
    if not has_a_mistake_of_its_own(place):
        yield place.slope(place.d)
    if place.name != "ln":  # there it would be 1, whatever g is
        yield place.linked(place.slope(place.d))


def swapped(place: Composition) -> WrongDerivatives:
    """Yield g′(F)·F′; if g′ does not contain x, that is the outer derivative at x."""
    graph = place.graph
    if graph.contains(place.d, place.x):
        yield graph.product(graph.replaced(place.d, place.x, place.outer(place.x)), place.slope(place.x))


def outer_not_differentiated(place: Composition) -> WrongDerivatives:
    """Yield F(g)·g′; for aᵍ that is the missing ln a."""
    if place.base() is None:
        yield place.node


def added(place: Composition) -> WrongDerivatives:
    """Yield F′(g) + g′, and F′(x) + g′."""
    yield place.graph.sum(place.slope(place.inner), place.d)
    message = "Evaluate the outer derivative at {inner}, and multiply the factors of {part}; don't add them."
    yield WrongDerivative(place.graph.sum(place.slope(place.x), place.d), message)


def inner_twice(place: Composition) -> WrongDerivatives:
    """Yield F′(g)·g′²."""
    if not is_log_of_multiple(place) and place.graph.rational(place.d) != -1:
        yield place.graph.product(place.slope(place.inner), place.d, place.d)


def divided_by_inner_derivative(place: Composition) -> WrongDerivatives:
    """Yield F′(g)/g′."""
    if place.graph.rational(place.d) != -1:
        yield place.graph.quotient(place.slope(place.inner), place.d)


def without_chain(place: Composition) -> WrongDerivatives:
    """Yield F′(x)·g + F(x)·g′."""
    graph = place.graph
    yield graph.sum(graph.product(place.slope(place.x), place.inner), graph.product(place.outer(place.x), place.d))


def no_chain(place: Composition) -> WrongDerivatives:
    """Yield F′(x)."""
    yield place.slope(place.x)


def inner_derivative_only(place: Composition) -> WrongDerivatives:
    """Yield g′ as the whole answer, or in place of the derivative."""
    if place.outermost:
        yield WrongDerivative(place.d, whole=True)
    message = "For {part} you have the derivative of {inner} alone: multiply by the derivative of {outer} too."
    yield WrongDerivative(place.d, message)


def innermost_derivative_only(place: Composition) -> WrongDerivatives:
    """Yield the derivative of the inner function of g as the whole answer."""
    within = composition(place.calculus, place.inner)
    if place.outermost and within is not None and not within.is_bare:
        message = "This is the derivative of {within} alone: every function around it contributes a factor too."
        yield WrongDerivative(within.d, message, {"within": within.inner}, whole=True)


def inner_replaced(place: Composition) -> WrongDerivatives:
    """Yield F(g′); for a power, a root or a logarithm that is a misconception of its own."""
    if not has_a_mistake_of_its_own(place):
        yield place.outer(place.d)


def inner_left(place: Composition) -> WrongDerivatives:
    """Yield F′(g)·g, and if g is a sum, one term of g not differentiated."""
    graph = place.graph
    yield graph.product(place.slope(place.inner), place.inner)
    for wrong in _terms_left(place):
        yield WrongDerivative(graph.product(place.slope(place.inner), wrong.value), wrong.message, wrong.parts)


def _terms_left(place: Composition) -> list[WrongDerivative]:
    graph = place.graph
    if graph.op[place.inner] is not Op.SUM:
        return []
    terms = graph.operands[place.inner]
    derivatives = [place.calculus.derivative(term) for term in terms]
    message = "Multiply by the derivative of {inner}: differentiate {term} too."
    return [
        WrongDerivative(graph.sum(*derivatives[:i], term, *derivatives[i + 1 :]), message, {"term": term})
        for i, term in enumerate(terms)
        if derivatives[i] != graph.zero
    ]


def argument_cut_short(place: Composition) -> WrongDerivatives:
    """Yield F′(h)·g′ or F′(h)·h′ where g is c·h or h + c."""
    graph = place.graph
    if graph.op[place.inner] not in (Op.PRODUCT, Op.SUM):
        return
    operands = graph.operands[place.inner]
    nonnumeric = [operand for operand in operands if graph.rational(operand) is None]
    if len(nonnumeric) == len(operands):
        return
    product = graph.op[place.inner] is Op.PRODUCT
    rest = graph.product(*nonnumeric) if product else graph.sum(*nonnumeric)
    yield graph.product(place.slope(rest), place.calculus.derivative(rest))
    if product and rest != place.x:  # at the bare variable this is the outer derivative at x
        yield place.linked(place.slope(rest))


def bracket_around_inner_derivative(place: Composition) -> WrongDerivatives:
    """Yield F′(g)·u′ + v′ for g = u + v."""
    graph = place.graph
    if graph.op[place.d] is not Op.SUM:
        return
    terms = graph.operands[place.d]
    for i, term in enumerate(terms):
        yield graph.sum(graph.product(place.slope(place.inner), term), *terms[:i], *terms[i + 1 :])


def bracket_around_exponent(place: Composition) -> WrongDerivatives:
    """Yield e⁵x for e^(5x), with and without the inner derivative."""
    graph = place.graph
    base = place.base()
    if base is None or graph.op[place.inner] is not Op.PRODUCT:
        return
    first, *other_factors = graph.operands[place.inner]
    broken = graph.product(graph.power(base, first), *other_factors)
    message = "Keep the parentheses: {part} has all of {inner} in the exponent."
    yield WrongDerivative(broken, message)
    yield WrongDerivative(place.linked(broken), message)


def bracket_around_lowered_exponent(site: Site) -> WrongDerivatives:
    """Yield n·gⁿ·g′ − 1 and n·gⁿ − g′ for n·gⁿ⁻¹·g′ with a symbolic n."""
    graph, (base, exponent) = site.graph, site.operands
    d = site.calculus.derivative(base)
    if d == graph.zero or graph.rational(exponent) is not None or varies(site.calculus, exponent):
        return
    kept = graph.product(exponent, site.node)
    message = "Keep the parentheses: in the derivative of {part} the exponent is all of {exponent} − 1."
    for value in dict.fromkeys(
        (graph.sum(graph.product(kept, d), graph.number(-1)), graph.sum(kept, graph.negation(d)))
    ):
        yield WrongDerivative(value, message, {"exponent": exponent})


def bracket_around_term(site: Site) -> WrongDerivatives:
    """Yield a sum in which the inner derivative of one term multiplies the whole sum."""
    graph = site.graph
    for term in site.operands:
        place = composition(site.calculus, term)
        if place is None or place.is_bare:
            continue
        rest = site.calculus.derivative(site.node, {term: place.slope(place.inner)})
        parts = {"inner": place.inner, "part": term}
        message = "The derivative of {inner} belongs to {part} only, not to the whole sum."
        yield WrongDerivative(graph.product(rest, place.d), message, parts)


MISSING_INNER = Misconception(
    "missing-inner-derivative",
    "inner derivative missing",
    "In {part} the inner function is {inner}; multiply by its derivative too.",
    "pitfall-stopped-early",
    (
        AtLink(missing_inner, inner=Inner.LOST, mistaken=Factor.INNER),
        AtLink(link_left_out, everywhere=False, mistaken=Factor.OUTER),
    ),
)
LINKS = (
    MISSING_INNER,
    Misconception(
        "outer-at-x",
        "outer derivative evaluated at x",
        "Evaluate the outer derivative at {inner}, not at {x}.",
        "pitfall-evaluated-at-x",
        (AtLink(outer_at_x, inner=Inner.BESIDE, mistaken=Factor.OUTER), OfAnswer(at_input)),
    ),
    Misconception(
        "inner-derivative-inside",
        "inner derivative put inside",
        "In {part}, keep {inner} inside; its derivative multiplies from outside.",
        "pitfall-outer-inner",
        (AtLink(inner_derivative_inside),),
    ),
    Misconception(
        "swapped-inside-outside",
        "inside and outside confused",
        "In {part} the inner function is {inner}: start from the outside, and keep {inner} inside.",
        "pitfall-outer-inner",
        (AtLink(swapped),),
    ),
    Misconception(
        "outer-not-differentiated",
        "outer function not differentiated",
        "Only {inner} was differentiated: differentiate the outer function of {part} too.",
        "pitfall-outer-inner",
        (AtLink(outer_not_differentiated, inner=Inner.BESIDE, mistaken=Factor.OUTER),),
    ),
    Misconception(
        "added-not-multiplied",
        "derivatives of the links added, not multiplied",
        "Multiply the factors of {part}; don't add them.",
        "what-happens",
        (AtLink(added),),
    ),
    Misconception(
        "inner-derivative-twice",
        "inner derivative squared",
        "The derivative of {inner} appears twice; it should appear once.",
        "pitfall-stopped-early",
        (AtLink(inner_twice, mistaken=Factor.INNER),),
    ),
    Misconception(
        "divided-by-inner-derivative",
        "divided by the inner derivative",
        "Multiply by the derivative of {inner}; don't divide by it.",
        "what-happens",
        (AtLink(divided_by_inner_derivative, mistaken=Factor.INNER),),
    ),
    Misconception(
        "derivatives-without-chain",
        "product rule on a composition",
        "{part} is one function inside another, not a product: use the chain rule.",
        "formally",
        (AtLink(without_chain),),
    ),
)
LEFT_AND_LOST = (
    Misconception(
        "no-chain-at-all",
        "no chain rule at all",
        "{part} was treated as if {inner} were just {x}.",
        "what-happens",
        (AtLink(no_chain, inner=Inner.LOST),),
    ),
    Misconception(
        "inner-derivative-only",
        "inner derivative only",
        "This is the derivative of {inner} alone: multiply by the derivative of {outer} too.",
        "what-happens",
        (AtLink(inner_derivative_only, mistaken=Factor.OUTER), AtLink(innermost_derivative_only)),
    ),
    Misconception(
        "inner-replaced-by-its-derivative",
        "inner function replaced by its derivative",
        "In {part} the derivative of {inner} was put inside, and {outer} was not differentiated.",
        "pitfall-outer-inner",
        (AtLink(inner_replaced),),
    ),
    Misconception(
        "inner-left-in-place",
        "inner function used in place of its derivative",
        "Multiply by the derivative of {inner}, not by {inner} itself.",
        "pitfall-stopped-early",
        (AtLink(inner_left, mistaken=Factor.INNER),),
    ),
    Misconception(
        "lost-bracket",
        "parentheses lost",
        "Keep the parentheses: the outer derivative of {part} multiplies the whole derivative of {inner}.",
        "slip-products",
        (
            AtLink(bracket_around_inner_derivative),
            AtLink(bracket_around_exponent, frozenset({EXPONENTIAL, "exp"})),
            AtNode(bracket_around_term, frozenset({Op.SUM})),
            AtNode(bracket_around_lowered_exponent, frozenset({Op.POWER})),
        ),
    ),
    Misconception(
        "inner-factor-dropped",
        "part of the argument dropped",
        "In {part}, keep the whole of {inner} inside the outer derivative.",
        "slip-constants",
        (AtLink(argument_cut_short),),
    ),
)
