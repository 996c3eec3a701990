"""The last resort if numbers do not decide: a proof by sympy, imported only here and only when needed.

The sympy expression is built node by node without evaluation, so that a tower of powers is never computed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

MOST_WITH_CASES = 30  # nodes: of max and the like sympy makes cases, whose number grows without bound
_CASES = frozenset(("max", "min", "relu", "step"))
_log = logging.getLogger(__name__)


def warm() -> None:
    """Import sympy ahead of time, so that a later proof can spend its deadline on proving."""
    import sympy  # noqa: F401


def proves_equal(graph: Graph, first: NodeId, second: NodeId) -> bool:
    """Return whether sympy simplifies the difference to zero. This may take long, so run it with a deadline.

    It is not asked about a long formula with max and the like, which takes it minutes. If sympy fails, as on
    Max(x, √(−1)), nothing is proved, and the log says so.
    """
    nodes = graph.reachable([first, second])
    if len(nodes) > MOST_WITH_CASES and any(graph.payload[node] in _CASES for node in nodes):
        return False
    import sympy

    try:
        difference = to_sympy(graph, graph.sum(first, graph.negation(second)))
        return bool(sympy.simplify(difference) == 0)
    except Exception as error:  # noqa: BLE001 - a fault of sympy is no word on the answer, and may be of any kind
        _log.warning("sympy failed: %s: %.200s", type(error).__name__, " ".join(str(error).split()))
        return False


def to_sympy(graph: Graph, root: NodeId) -> Any:
    """Return the sympy expression of a node; symbols are real."""
    import sympy

    calls = _calls(sympy)
    built: dict[NodeId, Any] = {}
    with sympy.evaluate(False):
        for node in graph.reachable([root]):
            operands = [built[operand] for operand in graph.operands[node]]
            defined = graph.op[node] is Op.SYMBOL and operands  # a name that stands for an expression
            built[node] = (
                operands[0] if defined else _expression(sympy, calls, graph.op[node], graph.payload[node], operands)
            )
    return built[root]


def _expression(
    sympy: Any, calls: Mapping[str, Callable[..., Any]], op: Op, payload: Fraction | str | None, operands: list[Any]
) -> Any:
    match op:
        case Op.NUMBER:
            assert isinstance(payload, Fraction)
            return sympy.Rational(payload.numerator, payload.denominator)
        case Op.SYMBOL:
            return sympy.Symbol(str(payload), real=True)
        case Op.CONSTANT:
            return sympy.pi if payload == "pi" else sympy.E
        case Op.NEGATION:
            return sympy.Mul(-1, operands[0])
        case Op.SUM:
            return sympy.Add(*operands)
        case Op.PRODUCT:
            return sympy.Mul(*operands)
        case Op.QUOTIENT:
            return sympy.Mul(operands[0], sympy.Pow(operands[1], -1))
        case Op.POWER:
            return sympy.Pow(*operands)
        case Op.CALL:
            return calls[str(payload)](*operands)


def _calls(sympy: Any) -> dict[str, Callable[..., Any]]:
    same_names = (
        "sin",
        "cos",
        "tan",
        "sec",
        "csc",
        "cot",
        "sinh",
        "cosh",
        "tanh",
        "sech",
        "csch",
        "coth",
        "exp",
        "sqrt",
        "sign",
    )
    renamed = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsec": "asec", "arccsc": "acsc"}
    renamed |= {
        **{f"ar{name}": f"a{name}" for name in ("sinh", "cosh", "tanh", "sech", "csch", "coth")},
        "ln": "log",
        "abs": "Abs",
        "max": "Max",
        "min": "Min",
    }
    calls: dict[str, Callable[..., Any]] = {name: getattr(sympy, name) for name in same_names}
    calls |= {name: getattr(sympy, sympy_name) for name, sympy_name in renamed.items()}
    calls["arccot"] = lambda u: sympy.pi / 2 - sympy.atan(u)
    calls["log"] = lambda u, b: sympy.log(u) / sympy.log(b)
    calls["cbrt"] = lambda u: sympy.sign(u) * sympy.Pow(sympy.Abs(u), sympy.Rational(1, 3))
    calls["root"] = sympy.real_root
    calls["sigmoid"] = lambda u: 1 / (1 + sympy.exp(-u))
    calls["softplus"] = lambda u: sympy.log(1 + sympy.exp(u))
    calls["relu"] = lambda u: sympy.Max(0, u)
    calls["step"] = sympy.Heaviside
    return calls
