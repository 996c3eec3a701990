"""The exact value of a formula that only adds, multiplies, divides and takes small whole powers of numbers."""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.expressions.tree import Negation, Node, Number, Power, Product, Quotient, Sum, fold

_MOST_EXPONENT = 64
_MOST_BITS = 128  # of a numerator or denominator: what is longer is no number to read


def exact_value(root: Node) -> Fraction | None:
    """Return the value; None where there is none, or where it is not reached by arithmetic."""
    try:
        return fold(root, _value)
    except (ArithmeticError, ValueError):
        return None


def reduced_line(root: Node) -> str | None:
    """Return the value as it is written, `24`, `-3/4`, and `0.25` where decimals were used; None as for the value."""
    value = exact_value(root)
    if value is None:
        return None
    has_decimals = fold(root, lambda node, operands: _is_decimal(node) or any(operands))
    return f"{float(value):.12g}" if has_decimals else str(value)


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
        case _:
            raise ValueError("no arithmetic")
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise ValueError("too long")
    return value


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > _MOST_EXPONENT:
        raise ValueError("no small whole exponent")
    return Fraction(base ** int(exponent))
