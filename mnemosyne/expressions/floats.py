"""The value of a formula in floating point, for numbers that are only shown, never judged: a graph's forward values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    fold,
)

_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "sqrt")},
    **{f"arc{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan")},
    **{f"ar{name}": getattr(math, f"a{name}") for name in ("sinh", "cosh", "tanh")},
    "arsech": lambda u: math.acosh(1 / u),
    "arcsch": lambda u: math.asinh(1 / u),
    "arcoth": lambda u: math.atanh(1 / u),
    "ln": math.log,
    "log": math.log,
    "abs": abs,
    "sign": lambda u: math.copysign(1.0, u) if u else 0.0,
    "step": lambda u: 1.0 if u > 0 else 0.0,
    "relu": lambda u: max(u, 0.0),
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)) if u > 0 else math.exp(u) / (1 + math.exp(u)),
    "softplus": lambda u: max(u, 0.0) + math.log1p(math.exp(-abs(u))),
    "cbrt": lambda u: math.copysign(abs(u) ** (1 / 3), u),
    "max": max,
    "min": min,
}


def value(root: Node, names: Mapping[str, float]) -> float | None:
    """Return the value for the given values of the names.

    None if it has none, or uses a function that is not supported here.
    """
    try:
        result = fold(root, lambda node, operands: _value(node, operands, names))
    except (ArithmeticError, ValueError, KeyError, TypeError):
        return None
    return result if math.isfinite(result) else None


def _value(node: Node, operands: tuple[float, ...], names: Mapping[str, float]) -> float:
    match node:
        case Number():
            return float(node.value)
        case Symbol():
            return names[node.name]
        case Constant():
            return math.e if node.name == "e" else math.pi
        case Negation():
            return -operands[0]
        case Sum():
            return math.fsum(operands)
        case Product():
            return math.prod(operands)
        case Quotient():
            return operands[0] / operands[1]
        case Power():
            return math.pow(*operands)
        case Call():
            return _FUNCTIONS[node.function](*operands)
