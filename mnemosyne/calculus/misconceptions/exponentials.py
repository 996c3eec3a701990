"""Misconceptions about exponentials aᵍ and logarithms."""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.misconceptions.links import is_log_of_multiple
from mnemosyne.calculus.misconceptions.misconception import (
    AtLink,
    AtNode,
    Misconception,
    OfOuterDerivative,
    WrongDerivative,
    WrongDerivatives,
)
from mnemosyne.calculus.misconceptions.site import EXPONENTIAL, Composition, Site, varies

LOGARITHM = frozenset({"ln"})
WITH_A_BASE = frozenset({EXPONENTIAL, "log"})
EXPONENTIALS_OF_ANY_BASE = frozenset({EXPONENTIAL, "exp"})
LOG_BASE_DROPPED = "The derivative of {outer} has ln {base} in the denominator."
LOG_BASE_TURNED = "In the derivative of {outer}, divide by ln {base}; don't multiply by it."


def power_rule(place: Composition) -> WrongDerivatives:
    """Yield g·aᵍ⁻¹, and aᵍ⁻¹ alone."""
    base = place.base()
    if base is None:
        return
    graph = place.graph
    lowered = graph.power(base, graph.sum(place.inner, graph.number(-1)))
    yield graph.product(place.inner, lowered)
    yield WrongDerivative(lowered, "{part} is an exponential: its exponent stays as it is.")


def power_rule_without_chain(place: Composition) -> WrongDerivatives:
    """Yield g·aᵍ⁻¹ alone, since g was taken for a constant exponent; for g = nh also n·a⁽ⁿ⁻¹⁾ʰ."""
    base, graph = place.base(), place.graph
    if base is None:
        return
    yield next(power_rule(place))
    n = graph.rational(graph.operands[place.inner][0]) if graph.op[place.inner] is Op.PRODUCT else None
    if n is not None and n > 1:
        lowered = graph.product(graph.number(n - 1), *graph.operands[place.inner][1:])
        yield graph.product(graph.number(n), graph.power(base, lowered))


def power_rule_on_varying_exponent(site: Site) -> WrongDerivatives:
    """Yield (gʰ)′ = h·gʰ⁻¹·g′."""
    if all(varies(site.calculus, operand) for operand in site.operands):
        base, exponent = site.operands
        local = site.graph.product(site.calculus.outer_power(base, exponent), site.derivatives[0])
        yield WrongDerivative(local, "In {part} the exponent varies too: the power rule alone is not enough.")


def log_base(place: Composition) -> NodeId | None:
    """Return the constant base of a logarithm other than the natural one."""
    return place.operands[1] if place.name == "log" and place.operands[0] == place.inner else None


def base_log_dropped(place: Composition) -> WrongDerivatives:
    """Yield aᵍ without ln a; 1/g without 1/ln a."""
    graph, base, of_log = place.graph, place.base(), log_base(place)
    if base is not None and base != graph.constant("e"):
        yield WrongDerivative(place.node, parts={"base": base})
    if of_log is not None:
        yield WrongDerivative(graph.quotient(graph.one, place.inner), LOG_BASE_DROPPED, {"base": of_log})


def base_log_divided(place: Composition) -> WrongDerivatives:
    """Yield aᵍ/ln a; ln a/g."""
    graph, base, of_log = place.graph, place.base(), log_base(place)
    if base is not None and base != graph.constant("e"):
        yield WrongDerivative(graph.quotient(place.node, graph.call("ln", base)), parts={"base": base})
    if of_log is not None:
        turned = graph.quotient(graph.call("ln", of_log), place.inner)
        yield WrongDerivative(turned, LOG_BASE_TURNED, {"base": of_log})


def base_log_alone(place: Composition) -> WrongDerivatives:
    """Yield (aᵍ)′ = ln a: the exponential itself is lost."""
    base = place.base()
    if base is not None and base != place.graph.constant("e"):
        log = place.graph.call("ln", base)
        yield WrongDerivative(
            log, "The derivative of {outer} keeps {outer} as a factor, next to ln {base}.", {"base": base}
        )


def another_log_of_base(place: Composition) -> WrongDerivatives:
    """Yield aᵍ and 1/g with a logarithm other than ln a, or with a itself in its place."""
    graph, base, of_log = place.graph, place.base(), log_base(place)
    if base is not None and base != graph.constant("e"):
        message = "The derivative of {outer} has the factor ln {base}, not {wrong}."
        for wrong in (*_other_logs(place, base), graph.call("ln", place.inner), base):
            yield WrongDerivative(graph.product(place.node, wrong), message, {"base": base, "wrong": wrong})
    if of_log is not None:
        message = "The derivative of {outer} has ln {base} in the denominator, not {wrong}."
        for wrong in (*_other_logs(place, of_log), of_log):
            value = graph.quotient(graph.one, graph.product(place.inner, wrong))
            yield WrongDerivative(value, message, {"base": of_log, "wrong": wrong})


def _other_logs(place: Composition, base: NodeId) -> Iterator[NodeId]:
    """Yield log₁₀ a and log₂ a."""
    for familiar in map(place.graph.number, (10, 2)):
        if familiar != base:
            yield place.graph.call("log", base, familiar)


def log_of_inner_derivative(place: Composition) -> WrongDerivatives:
    """Yield (ln g)′ = ln g′."""
    yield place.graph.call("ln", place.d)


def log_not_inverted(place: Composition) -> WrongDerivatives:
    """Yield (ln g)′ = 1/g′ or 1/x."""
    graph = place.graph
    right = {"reciprocal": graph.quotient(graph.one, place.inner)}
    yield WrongDerivative(graph.quotient(graph.one, place.d), parts=right)
    yield WrongDerivative(graph.quotient(graph.one, place.x), parts=right)


def log_constant_kept(place: Composition) -> WrongDerivatives:
    """Yield (ln cx)′ = c/x or 1/(cx)."""
    if is_log_of_multiple(place):
        graph = place.graph
        yield graph.quotient(place.d, place.x)
        yield graph.quotient(graph.one, graph.product(place.d, place.x))


EXPONENTIALS = (
    Misconception(
        "power-rule-on-exponential",
        "power rule on an exponential",
        "In {part} the variable is in the exponent: that is an exponential, not a power.",
        "slip-exponentials",
        (
            OfOuterDerivative(power_rule, EXPONENTIALS_OF_ANY_BASE),
            AtLink(power_rule_without_chain, EXPONENTIALS_OF_ANY_BASE),
            AtNode(power_rule_on_varying_exponent, frozenset({Op.POWER})),
        ),
    ),
    Misconception(
        "exponential-base-log-dropped",
        "logarithm of the base missing",
        "The derivative of {outer} has the factor ln {base}.",
        "slip-exponentials",
        (OfOuterDerivative(base_log_dropped, WITH_A_BASE), OfOuterDerivative(base_log_alone, WITH_A_BASE)),
        careless=True,
    ),
    Misconception(
        "log-of-inner-derivative",
        "logarithm of the inner derivative",
        "Differentiate the logarithm at {inner}; don't take the logarithm of the derivative of {inner}.",
        "slip-logarithms",
        (AtLink(log_of_inner_derivative, LOGARITHM),),
    ),
    Misconception(
        "log-not-inverted",
        "argument of the logarithm not inverted",
        "The derivative of {part} is {reciprocal}, times the derivative of {inner}.",
        "slip-logarithms",
        (AtLink(log_not_inverted, LOGARITHM),),
    ),
)
BASES_AND_CONSTANTS = (
    Misconception(
        "exponential-base-log-divided",
        "divided by the logarithm of the base",
        "In the derivative of {outer}, multiply by ln {base}; don't divide by it.",
        "slip-exponentials",
        (OfOuterDerivative(base_log_divided, WITH_A_BASE),),
    ),
    Misconception(
        "base-log-wrong",
        "wrong logarithm of the base",
        "The derivative of {outer} contains the natural logarithm of the base.",
        "slip-exponentials",
        (OfOuterDerivative(another_log_of_base, WITH_A_BASE),),
    ),
    Misconception(
        "log-constant-kept",
        "constant factor inside a logarithm not cancelled",
        "In {part} the constant factor cancels with the inner derivative.",
        "slip-logarithms",
        (AtLink(log_constant_kept, LOGARITHM),),
    ),
)
