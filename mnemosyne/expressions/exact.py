"""The exact value of a formula of numbers that only adds, multiplies, divides, takes small integer powers, and uses
the functions that change their formula, such as `relu`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod

from mnemosyne.expressions.tree import (
    Call,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    fold,
    with_children,
)

_MOST_EXPONENT = 64
_MOST_WHOLE = 10**9  # integers up to this are easier to read than the arithmetic that gives them
_MOST_BITS = 128  # the most bits of a numerator or denominator; longer ones are unreadable


def _sign(u: Fraction) -> Fraction:
    return Fraction((u > 0) - (u < 0))


PIECEWISE: Mapping[str, Callable[..., Fraction | None]] = {  # rational at rational numbers; None: no value there
    "abs": abs,
    "sign": lambda u: _sign(u) if u else None,
    "step": lambda u: Fraction(u > 0) if u else None,
    "relu": lambda u: max(u, Fraction(0)),
    "max": max,
    "min": min,
}


def exact_value(root: Node) -> Fraction | None:
    """Return the value; None if there is none, or if it needs more than such arithmetic."""
    try:
        return fold(root, _value)
    except (ArithmeticError, ValueError):
        return None


def reduced_line(root: Node) -> str | None:
    """Return the value as text, `24`, `-3/4`, or `0.25` if the formula has decimals; None if there
    is no exact value.
    """
    value = exact_value(root)
    if value is None:
        return None
    has_decimals = fold(root, lambda node, operands: _is_decimal(node) or any(operands))
    return f"{float(value):.12g}" if has_decimals else str(value)


def reduced(root: Node) -> Node:
    """Return a formula with its arithmetic done where the results are integers: `6x + 1` for `2·3x + 4 − 3`."""
    return fold(root, lambda node, operands: _merged(with_children(node, operands)))


def _merged(node: Node) -> Node:
    """Return a node, whose operands are already merged, as one number, or with its integers merged into one."""
    value = _whole(node)
    if value is not None:
        return _number(value)
    match node:
        case Product(factors):
            numbers, others = _apart(factors)
            return _scaled(prod(numbers), others) if len(numbers) > 1 else node
        case Sum(terms):
            numbers, others = _apart(terms)
            return _shifted(sum(numbers), terms, others) if len(numbers) > 1 else node
        case _:
            return node


def _apart(operands: tuple[Node, ...]) -> tuple[list[int], tuple[Node, ...]]:
    """Return the integers among operands, and the others."""
    values = [_whole(operand) for operand in operands]
    numbers = [value for value in values if value is not None]
    return numbers, tuple(operand for operand, value in zip(operands, values, strict=True) if value is None)


def _scaled(number: int, factors: tuple[Node, ...]) -> Node:
    whole = Product((Number(Fraction(abs(number))), *factors)) if abs(number) != 1 else _joined_parts(factors, Product)
    return Negation(whole) if number < 0 else whole


def _shifted(number: int, terms: tuple[Node, ...], others: tuple[Node, ...]) -> Node:
    """Return the other terms with the number, in front if one came first before."""
    parts = () if number == 0 else (_number(number),)
    in_front = terms[0] not in others
    return _joined_parts((*parts, *others) if in_front else (*others, *parts), Sum)


def _joined_parts(parts: tuple[Node, ...], kind: type[Sum] | type[Product]) -> Node:
    return kind(parts) if len(parts) > 1 else parts[0]


def _number(value: int) -> Node:
    plain = Number(Fraction(abs(value)))
    return Negation(plain) if value < 0 else plain


def _whole(node: Node) -> int | None:
    value = exact_value(node)
    return int(value) if value is not None and value.denominator == 1 and abs(value) <= _MOST_WHOLE else None


def _is_decimal(node: Node) -> bool:
    return isinstance(node, Number) and Fraction(node.value).denominator > 1


def _value(node: Node, operands: tuple[Fraction, ...]) -> Fraction:
    match node:
        case Number():
            value = Fraction(node.value)
        case Negation():
            value = -operands[0]
        case Sum():
            value = sum(operands, Fraction())
        case Product():
            value = Fraction(1)
            for operand in operands:
                value *= operand
        case Quotient():
            value = operands[0] / operands[1]
        case Power():
            value = _power(*operands)
        case Call():
            value = _called(node.function, operands)
        case _:
            raise ValueError("no arithmetic")
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise ValueError("too long")
    return value


def _called(function: str, operands: tuple[Fraction, ...]) -> Fraction:
    value = PIECEWISE[function](*operands) if function in PIECEWISE else None
    if value is None:
        raise ValueError("no exact value")
    return value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > _MOST_EXPONENT:
        raise ValueError("not a small whole exponent")
    return Fraction(base ** int(exponent))
