"""Formulas as functions for mpmath, which takes differences at high precision and knows no rule of differentiation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.symbolic import to_sympy
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read

mpmath = pytest.importorskip("mpmath")
sympy = pytest.importorskip("sympy")

CLOSE = 1e-12
PLACES = (0.31, 0.77, 1.3)


def function(text: str, *names: str) -> Callable[..., Any]:
    """Return the function of a formula, for mpmath."""
    graph = Graph()
    tree = to_sympy(graph, to_graph(graph, read(text, besides=frozenset(names)))).doit()
    return sympy.lambdify([sympy.Symbol(name, real=True) for name in names], tree, "mpmath")


def close(first: Any, second: Any) -> bool:
    return bool(mpmath.almosteq(first, second, rel_eps=CLOSE, abs_eps=CLOSE))


def slope(f: Callable[[Any], Any], x: float, order: int = 1) -> Any:
    """Return the limit of difference quotients."""
    return mpmath.diff(f, x, order)


def same(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> bool:
    """Return whether two functions of x have the same values."""
    return all(close(first(x), second(x)) for x in map(mpmath.mpf, PLACES))


def same_slope(f: Callable[[Any], Any], derivative: Callable[[Any], Any], order: int = 1) -> bool:
    return same(lambda x: slope(f, x, order), derivative)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + mpmath.exp(-z))


def relu(z: Any) -> Any:
    return max(z, 0)
