"""Rules that all printers share: where parentheses preserve the meaning, and which factors need
no sign between them.

These are the parser's rules reversed, and slightly stricter where people would hesitate: a quotient inside a
product or a quotient always gets parentheses on one line.
"""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.expressions.functions import FUNCTIONS
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
    children,
)

MOST_RAISED_DIGITS = 4
# The operands that need parentheses, by the type of their parent. Tuples, since unions are slow to create
# and to check.
_LOOSE: dict[type, tuple[type, ...]] = {
    Sum: (Sum,),
    Negation: (Sum, Negation),
    Product: (Sum, Negation, Product, Quotient),
    Quotient: (Sum, Negation, Quotient),
}
_LOOSE_BELOW = (Sum, Negation, Quotient, Product)
_CLOSED = (Number, Symbol, Constant, Call)  # never in parentheses as the base of a power
_CHUNK = 4_000  # Python refuses to print integers much longer than this at once
_CHUNK_SIZE = 10**_CHUNK


def grouped(parent: Node, index: int) -> bool:
    """Return whether operand `index` of `parent` needs parentheses on one line."""
    child = children(parent)[index]
    if isinstance(parent, Power):
        return not isinstance(child, _CLOSED)
    if isinstance(parent, Quotient) and index == 1:
        return isinstance(child, _LOOSE_BELOW)
    return isinstance(child, _LOOSE.get(type(parent), ()))


def side_by_side(left: Node, right: Node, *, signs: bool) -> bool:
    """Return whether two factors need no sign between them; `signs` says that π and √ are printed as symbols."""
    if isinstance(left, Sum):
        return isinstance(right, Sum)
    if isinstance(left, Constant) and left.name == "pi":
        return signs and _is_letter(right, constants=False)
    if not isinstance(left, Number):
        return False
    root = isinstance(right, Call) and right.function in ("sqrt", "cbrt")
    return isinstance(right, Sum) or _is_letter(right, constants=True) or (signs and root)


def superscript(exponent: Node) -> str | None:
    """Return an exponent's text for superscript digits, if it is a short integer, else None."""
    size = exponent.operand if isinstance(exponent, Negation) else exponent
    if not isinstance(size, Number) or size.value.denominator != 1 or size.value >= 10**MOST_RAISED_DIGITS:
        return None
    return f"-{size.value}" if isinstance(exponent, Negation) else str(size.value)


def powers_in_name(base: Node, exponent: Node) -> bool:
    """Return whether a power is written like sin²(x): a named function of one operand to a positive integer."""
    power = superscript(exponent)
    if power is None or power.startswith("-") or not isinstance(base, Call):
        return False
    unambiguous = base.function in FUNCTIONS  # f²(x) could be f(f(x))
    return unambiguous and base.function not in ("sqrt", "cbrt", "abs", "log") and len(base.arguments) == 1


def decimal_text(value: Fraction) -> str:
    """Return the exact decimal of a number, or `(1/3)` if it has none."""
    if value.denominator == 1:
        return _digits(value.numerator)
    places = max(_exponent(value.denominator, 2), _exponent(value.denominator, 5))
    shifted = value * 10**places
    if shifted.denominator != 1:
        return f"({_digits(value.numerator)}/{_digits(value.denominator)})"
    digits = _digits(shifted.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _exponent(value: int, prime: int) -> int:
    """Return the exponent of a prime in a number."""
    count = 0
    while value % prime == 0:
        value, count = value // prime, count + 1
    return count


def _digits(value: int) -> str:
    chunks: list[str] = []
    while value >= _CHUNK_SIZE:
        value, rest = divmod(value, _CHUNK_SIZE)
        chunks.append(str(rest).rjust(_CHUNK, "0"))
    return str(value) + "".join(reversed(chunks))


def _is_letter(node: Node, *, constants: bool) -> bool:
    base = node.base if isinstance(node, Power) else node
    if isinstance(base, Symbol):
        return len(base.name) == 1
    return constants and isinstance(base, Constant)
