"""An answer that would be right if a decimal in it were the exact number it rounds: 0.333 for 1/3, 0.693 for ln 2."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    fold,
    number,
    postorder,
    with_children,
)

LARGEST_DENOMINATOR = 64
FEWEST_DIGITS = 2  # significant digits: 0.33, 3.1
MOST_DECIMALS = 4  # different decimals in one answer
MOST_TRIED = 24  # combinations of exact numbers to try
_MULTIPLES = range(1, 13)
_ROOTS = tuple(n for n in range(2, 31) if math.isqrt(n) ** 2 != n)
_LOGARITHMS = range(2, 21)


@dataclass(frozen=True, slots=True)
class Exact:
    """An exact number that a decimal may stand for: its value as a float, its tree, and its text."""

    near: float  # its value as a float
    tree: Node
    text: str  # its text


@dataclass(frozen=True, slots=True)
class Rounded:
    """A decimal that stands for an exact number: where it was typed, and the text of the exact number."""

    span: Span  # where the decimal was typed
    exact: str


def rounded_constant(tree: Node, is_right: Callable[[Node], bool]) -> Rounded | None:
    """Return the first rounded decimal of an answer, if exact numbers in place of decimals make the answer right."""
    decimals = {node.value: node.span for node in postorder(tree) if isinstance(node, Number)}
    near = [(value, constants) for value in decimals if (constants := tuple(_exact(value)))]
    if not near or len(near) > MOST_DECIMALS:
        return None
    values = [value for value, _ in near]
    for combination in islice(product(*(constants for _, constants in near)), MOST_TRIED):
        exact = dict(zip(values, combination, strict=True))
        if is_right(_with(tree, exact)):
            return Rounded(decimals[values[0]], combination[0].text)
    return None


def _with(tree: Node, exact: dict[Fraction, Exact]) -> Node:
    def put(node: Node, operands: tuple[Node, ...]) -> Node:
        if isinstance(node, Number) and node.value in exact:
            return exact[node.value].tree
        return with_children(node, operands)

    return fold(tree, put)


def _exact(value: Fraction) -> Iterator[Exact]:
    """Yield the exact numbers that a decimal rounds or truncates, the simplest first; none for an integer."""
    places = _places(value)
    if not places or len(str(int(value * 10**places))) < FEWEST_DIGITS:
        return
    unit = Fraction(1, 10**places)
    for denominator in range(2, LARGEST_DENOMINATOR + 1):
        near = Fraction(round(value * denominator), denominator)
        if near != value and near.denominator == denominator and -unit / 2 <= near - value < unit:
            yield Exact(float(near), number(near), str(near))
            break
    above, slack = float(unit), 1e-15 * float(value)  # above: the exact number was cut off; below: rounded up
    yield from (exact for exact in _constants() if -above / 2 - slack <= exact.near - float(value) < above + slack)


def _places(value: Fraction) -> int:
    """Return the number of decimal places of a finite decimal."""
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    return places


@lru_cache(1)
def _constants() -> tuple[Exact, ...]:
    """Return π, e, logarithms and roots of small integers, their multiples and their fractions."""
    plain = tuple(_plain())
    return plain + tuple(_scaled(plain))


def _plain() -> Iterator[Exact]:
    pi, e = Constant("pi"), Constant("e")
    yield Exact(math.pi, pi, "π")
    yield Exact(math.e, e, "e")
    yield from (Exact(math.log(n), Call("ln", (number(n),)), f"ln {n}") for n in _LOGARITHMS)
    yield from (Exact(math.sqrt(n), Call("sqrt", (number(n),)), f"√{n}") for n in _ROOTS)
    yield from (Exact(n ** (1 / 3), Call("cbrt", (number(n),)), f"∛{n}") for n in range(2, 11) if n != 8)
    yield Exact(math.pi**2, Power(pi, number(2)), "π²")
    yield Exact(math.e**2, Power(e, number(2)), "e²")
    yield Exact(math.sqrt(math.pi), Call("sqrt", (pi,)), "√π")
    yield Exact(math.sqrt(math.e), Call("sqrt", (e,)), "√e")


def _scaled(plain: tuple[Exact, ...]) -> Iterator[Exact]:
    for k in _MULTIPLES:
        for exact in plain:
            if k > 1:
                yield Exact(k * exact.near, Product((number(k), exact.tree)), f"{k}{_apart(exact.text)}")
                yield Exact(exact.near / k, Quotient(exact.tree, number(k)), f"{_grouped(exact.text)}/{k}")
            yield Exact(k / exact.near, Quotient(number(k), exact.tree), f"{k}/{_grouped(exact.text)}")


def _apart(text: str) -> str:
    return f" {text}" if text[0].isascii() else text


def _grouped(text: str) -> str:
    """Return the text in parentheses if a division needs them."""
    return f"({text})" if " " in text else text
