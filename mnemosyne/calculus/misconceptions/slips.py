"""The slips at one composition F(g): what each puts where F′(g)·g′ belongs. The symbols are those of the lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from mnemosyne.calculus.graph import NodeId, Op
from mnemosyne.calculus.misconceptions.place import Place

Slip = Callable[[Place], Iterator[NodeId]]


def _is_power_root_or_log(p: Place) -> bool:
    return p.exponent() is not None or (p.op is Op.CALL and p.name in ("ln", "sqrt", "cbrt"))


def _is_log_of_multiple(p: Place) -> bool:
    """ln of a linear function, whose inner derivative is one number."""
    return p.op is Op.CALL and p.name == "ln" and p.graph.rational(p.d) is not None


def missing_inner(p: Place) -> Iterator[NodeId]:
    """F′(g), without g′."""
    yield p.slope(p.inner)


def outer_at_x(p: Place) -> Iterator[NodeId]:
    """F′(x)·g′; (ln cx)′ = c/x is a slip of its own."""
    if not _is_log_of_multiple(p):
        yield p.linked(p.slope(p.x))


def inner_derivative_inside(p: Place) -> Iterator[NodeId]:
    """F′(g′); for a power, a root and a logarithm that is a slip of its own."""
    if not _is_power_root_or_log(p):
        yield p.slope(p.d)
    yield p.linked(p.slope(p.d))


def swapped(p: Place) -> Iterator[NodeId]:
    """g′(F)·F′; where g is linear that is the outer derivative at x."""
    if p.graph.rational(p.d) is None:
        yield p.graph.product(p.put(p.d, p.outer(p.x)), p.slope(p.x))


def outer_not_differentiated(p: Place) -> Iterator[NodeId]:
    """F(g)·g′; for aᵍ that is a slip of its own, the missing ln a."""
    if p.base() is None:
        yield p.linked(p.node)


def added(p: Place) -> Iterator[NodeId]:
    """F′(g) + g′."""
    yield p.graph.sum(p.slope(p.inner), p.d)


def inner_twice(p: Place) -> Iterator[NodeId]:
    """F′(g)·g′²."""
    if not _is_log_of_multiple(p):
        yield p.graph.product(p.slope(p.inner), p.d, p.d)


def divided(p: Place) -> Iterator[NodeId]:
    """F′(g)/g′."""
    yield p.graph.quotient(p.slope(p.inner), p.d)


def without_chain(p: Place) -> Iterator[NodeId]:
    """F′(x)·g + F(x)·g′."""
    yield p.graph.sum(p.graph.product(p.slope(p.x), p.inner), p.graph.product(p.outer(p.x), p.d))


def trig_sign(p: Place) -> Iterator[NodeId]:
    """(cos)′ = sin and the like."""
    if p.op is Op.CALL and p.name in ("sin", "cos", "tan", "cot", "sec", "csc", "cosh", "arccos", "arccot"):
        yield p.linked(p.graph.negation(p.slope(p.inner)))


def wrong_table_entry(p: Place) -> Iterator[NodeId]:
    """Another function's table derivative in the place of F′."""
    g = p.graph
    u = p.inner
    if p.op is not Op.CALL:
        return
    for names, power in _TABLE_ERRORS.get(p.name, ()):
        wrong = g.power(g.product(*(g.call(name, u) for name in names)), g.number(power))
        yield p.linked(wrong)
        yield p.linked(g.negation(wrong))
    if p.name == "sqrt":
        yield p.linked(g.quotient(g.one, g.call("sqrt", u)))
        yield p.linked(g.quotient(g.call("sqrt", u), g.number(2)))


_TABLE_ERRORS: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {
    "sin": ((("tan",), 1), (("sin",), 1)),
    "cos": ((("tan",), 1), (("cos",), 1)),
    "tan": ((("sec",), 1), (("cot",), 1), (("tan",), 2), (("csc",), 2), (("sec", "tan"), 1)),
    "cot": ((("csc",), 1), (("tan",), 1), (("cot",), 2), (("sec",), 2)),
    "sec": ((("tan",), 2), (("sec",), 2), (("tan",), 1), (("csc", "cot"), 1)),
    "csc": ((("cot",), 2), (("csc",), 2), (("cot",), 1), (("sec", "tan"), 1)),
    "ln": ((("ln",), 1),),
    "sinh": ((("sinh",), 1),),
    "tanh": ((("sech",), 1), (("tanh",), 2)),
    "arctan": ((("cot",), 1), (("sec",), 2)),
    "sigmoid": ((("sigmoid",), 1),),
}


def power_slip(exponent: int, keep_factor: bool) -> Slip:
    """n·gⁿ⁺ᵏ·g′ for a wrong step k, or gⁿ⁻¹·g′ without the factor."""

    def slip(p: Place) -> Iterator[NodeId]:
        n = p.exponent()
        if n is None:
            return
        raised = p.graph.power(p.inner, p.graph.sum(n, p.graph.number(exponent)))
        factor = n if keep_factor else p.graph.one
        yield p.graph.product(factor, raised, p.d)
        yield p.graph.product(factor, raised)

    return slip


def power_rule_on_exponential(p: Place) -> Iterator[NodeId]:
    """g·aᵍ⁻¹·g′."""
    base = p.base()
    if base is not None:
        g = p.graph
        wrong = g.product(p.inner, g.power(base, g.sum(p.inner, g.number(-1))))
        yield p.linked(wrong)
        yield wrong


def base_log_dropped(p: Place) -> Iterator[NodeId]:
    """aᵍ·g′ without ln a."""
    if p.base() not in (None, p.graph.constant("e")):
        yield p.linked(p.node)


def base_log_divided(p: Place) -> Iterator[NodeId]:
    """aᵍ·g′/ln a."""
    base = p.base()
    if base is not None and base != p.graph.constant("e"):
        yield p.linked(p.graph.quotient(p.node, p.graph.call("ln", base)))


def log_of_inner_derivative(p: Place) -> Iterator[NodeId]:
    """(ln g)′ = ln g′."""
    if p.op is Op.CALL and p.name == "ln":
        yield p.graph.call("ln", p.d)


def log_not_inverted(p: Place) -> Iterator[NodeId]:
    """(ln g)′ = 1/g′ or 1/x."""
    if p.op is Op.CALL and p.name == "ln":
        yield p.graph.quotient(p.graph.one, p.d)
        yield p.graph.quotient(p.graph.one, p.x)


def log_constant_kept(p: Place) -> Iterator[NodeId]:
    """(ln cx)′ = c/x or 1/(cx)."""
    if _is_log_of_multiple(p):
        yield p.graph.quotient(p.d, p.x)
        yield p.graph.quotient(p.graph.one, p.graph.product(p.d, p.x))


def no_chain(p: Place) -> Iterator[NodeId]:
    """F′(x)."""
    yield p.slope(p.x)


def inner_derivative_only(p: Place) -> Iterator[NodeId]:
    """g′."""
    yield p.d


def inner_replaced(p: Place) -> Iterator[NodeId]:
    """F(g′); for a power, a root and a logarithm that is a slip of its own."""
    if not _is_power_root_or_log(p):
        yield p.outer(p.d)


def inner_left(p: Place) -> Iterator[NodeId]:
    """F′(g)·g."""
    yield p.graph.product(p.slope(p.inner), p.inner)


def power_of_derivative(p: Place) -> Iterator[NodeId]:
    """n·(g′)ⁿ⁻¹ or (g′)ⁿ."""
    n = p.exponent()
    if n is not None:
        yield p.slope(p.d)
        yield p.graph.power(p.d, n)


def root_of_derivative(p: Place) -> Iterator[NodeId]:
    """1/(2√g′) or √g′."""
    if p.op is Op.CALL and p.name in ("sqrt", "cbrt"):
        yield p.slope(p.d)
        yield p.outer(p.d)


def inner_factor_dropped(p: Place) -> Iterator[NodeId]:
    """F′(h)·h′ where g = c·h."""
    g = p.graph
    if g.op[p.inner] is Op.PRODUCT and g.rational(g.operands[p.inner][0]) is not None:
        rest = g.product(*g.operands[p.inner][1:])
        yield g.product(p.slope(rest), p.calculus.derivative(rest))


def inverse_as_reciprocal(p: Place) -> Iterator[NodeId]:
    """sin⁻¹ taken as 1/sin: the derivative of csc in the place of that of arcsin."""
    reciprocal = {"arcsin": "csc", "arccos": "sec", "arctan": "cot"}.get(p.name) if p.op is Op.CALL else None
    if reciprocal:
        yield p.calculus.derivative(p.graph.call(reciprocal, p.inner))


def inverse_square_dropped(p: Place) -> Iterator[NodeId]:
    """1/√(1 − g), 1/(1 + g)."""
    g = p.graph
    if p.op is not Op.CALL or p.name not in ("arcsin", "arccos", "arctan"):
        return
    below = g.sum(g.one, p.inner if p.name == "arctan" else g.negation(p.inner))
    wrong = g.quotient(g.one, below if p.name == "arctan" else g.call("sqrt", below))
    yield p.linked(g.negation(wrong) if p.name == "arccos" else wrong)


def degrees(p: Place) -> Iterator[NodeId]:
    """F′(g)·g′·π/180."""
    if p.op is Op.CALL and p.name in ("sin", "cos", "tan"):
        yield p.graph.product(p.linked(p.slope(p.inner)), p.graph.constant("pi"), p.graph.number(Fraction(1, 180)))


# These need something composed: at a bare variable they mean nothing.
NEEDS_A_CHAIN = frozenset(
    {
        "missing-inner-derivative",
        "outer-at-x",
        "inner-derivative-inside",
        "swapped-inside-outside",
        "added-not-multiplied",
        "inner-derivative-twice",
        "divided-by-inner-derivative",
        "derivatives-without-chain",
        "no-chain-at-all",
        "inner-derivative-only",
        "inner-replaced-by-its-derivative",
        "inner-left-in-place",
        "outer-not-differentiated",
        "power-of-derivative",
        "root-of-derivative",
        "log-of-inner-derivative",
        "log-not-inverted",
    }
)

AT_A_PLACE: dict[str, Slip] = {
    "missing-inner-derivative": missing_inner,
    "outer-at-x": outer_at_x,
    "inner-derivative-inside": inner_derivative_inside,
    "swapped-inside-outside": swapped,
    "outer-not-differentiated": outer_not_differentiated,
    "added-not-multiplied": added,
    "inner-derivative-twice": inner_twice,
    "divided-by-inner-derivative": divided,
    "derivatives-without-chain": without_chain,
    "trig-sign": trig_sign,
    "wrong-table-entry": wrong_table_entry,
    "power-not-reduced": power_slip(0, True),
    "power-factor-dropped": power_slip(-1, False),
    "power-lowered-twice": power_slip(-2, True),
    "power-raised": power_slip(1, True),
    "power-rule-on-exponential": power_rule_on_exponential,
    "exponential-base-log-dropped": base_log_dropped,
    "log-of-inner-derivative": log_of_inner_derivative,
    "log-not-inverted": log_not_inverted,
    "no-chain-at-all": no_chain,
    "inner-derivative-only": inner_derivative_only,
    "inner-replaced-by-its-derivative": inner_replaced,
    "inner-left-in-place": inner_left,
    "power-of-derivative": power_of_derivative,
    "root-of-derivative": root_of_derivative,
    "exponential-base-log-divided": base_log_divided,
    "log-constant-kept": log_constant_kept,
    "inner-factor-dropped": inner_factor_dropped,
    "inverse-as-reciprocal": inverse_as_reciprocal,
    "inverse-trig-square-dropped": inverse_square_dropped,
    "degrees": degrees,
}
