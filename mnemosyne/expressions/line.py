"""A tree as one line of text, in three styles, each of which parses back to the same tree.

`to_line` is plain ASCII with every sign written, for files and programs; `to_typed_line` is ASCII as a
person would type it; `to_unicode_line` is for people to read. What the parser flattens (a sum in a
sum) comes back flat.
"""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.expressions.grouping import decimal_text, grouped, powers_in_name, side_by_side, superscript
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
    fold,
)
from mnemosyne.expressions.vocabulary import SIGMOID_SIGN, ascii_name

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ROOT_SIGNS = {"sqrt": "√", "cbrt": "∛"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is spelled."""

    times: str  # the sign for a product
    minus: str  # the sign for a negation and a difference
    side_by_side: bool  # 2x rather than 2*x
    unicode: bool  # x², √x, |x|, π


LINE = Style("*", "-", side_by_side=False, unicode=False)
TYPED = Style("*", "-", side_by_side=True, unicode=False)
UNICODE = Style("·", "−", side_by_side=True, unicode=True)


def to_line(node: Node, texts_by_id: dict[int, str] | None = None) -> str:
    """Return the formula as `2*x*cos(x^2)`; `texts_by_id` caches texts like the `results` of `tree.fold`."""
    return _printed(node, LINE, texts_by_id)


def to_typed_line(node: Node) -> str:
    """Return the formula as `2x*cos(x^2)`."""
    return _printed(node, TYPED)


def to_unicode_line(node: Node) -> str:
    """Return the formula as `2x·cos(x²)`."""
    return _printed(node, UNICODE)


def to_grouped_line(node: Node) -> str:
    """Return the formula with parentheses around every power in a quotient: `(x^1)/2`."""

    def text(node: Node, texts: tuple[str, ...]) -> str:
        pairs = zip(children(node), texts, strict=True) if isinstance(node, Quotient) else ()
        parts = [f"({text})" if isinstance(part, Power) else text for part, text in pairs] or texts
        return node_text(node, tuple(parts), LINE)

    return fold(node, text)


def node_text(node: Node, texts: tuple[str, ...], style: Style) -> str:
    """Return the line of a node, given the lines of its operands."""
    return _text(node, tuple(f"({text})" if grouped(node, at) else text for at, text in enumerate(texts)), style)


def _printed(root: Node, style: Style, texts_by_id: dict[int, str] | None = None) -> str:
    return fold(root, lambda node, texts: node_text(node, texts, style), texts_by_id)


def _text(node: Node, parts: tuple[str, ...], style: Style) -> str:
    match node:
        case Number():
            return decimal_text(node.value)
        case Symbol():
            return node.name if style.unicode else ascii_name(node.name)
        case Constant():
            return "π" if style.unicode and node.name == "pi" else node.name
        case Negation():
            return style.minus + parts[0]
        case Sum():
            return sum_text(node, parts, style.minus)
        case Product():
            return _product(node, parts, style)
        case Quotient():
            return f"{parts[0]}/{parts[1]}"
        case Power():
            return _power(node, parts, style)
        case Call():
            return _call(node, parts, style)


def sum_text(node: Sum, parts: tuple[str, ...], minus: str) -> str:
    """Return a sum of terms already written; a subtracted term begins with its minus."""
    pieces = [parts[0]]
    for term, part in zip(node.terms[1:], parts[1:], strict=True):
        if isinstance(term, Negation):
            pieces += [f" {minus} ", part.removeprefix(minus)]
        else:
            pieces += [" + ", part]
    return "".join(pieces)


def _product(node: Product, parts: tuple[str, ...], style: Style) -> str:
    pieces = [parts[0]]
    for at, part in enumerate(parts[1:]):
        left, right = node.factors[at], node.factors[at + 1]
        close = style.side_by_side and side_by_side(left, right, signs=style.unicode)
        pieces += [part] if close else [style.times, part]
    return "".join(pieces)


def _power(node: Power, parts: tuple[str, ...], style: Style) -> str:
    base, exponent = parts
    power = superscript(node.exponent) if style.unicode else None
    if isinstance(node.base, Call) and node.base.function in ROOT_SIGNS and style.unicode:
        base = f"({base})"
    if power is None:
        return f"{base}^{exponent}"
    above = power.translate(SUPERSCRIPTS)
    if powers_in_name(node.base, node.exponent) and isinstance(node.base, Call):
        name = node.base.function
        return f"{name}{above}{base[len(name) :]}"
    return f"{base}{above}"


def _call(node: Call, parts: tuple[str, ...], style: Style) -> str:
    if node.function == "log":
        return _log(node, parts, style)
    if style.unicode and node.function in ROOT_SIGNS:
        bare = isinstance(node.arguments[0], Number | Constant) or _is_letter(node.arguments[0])
        return f"{ROOT_SIGNS[node.function]}{parts[0] if bare else f'({parts[0]})'}"
    if style.unicode and node.function == "abs" and "|" not in parts[0]:
        return f"|{parts[0]}|"
    if style.unicode and node.function == "sigmoid":
        return f"{SIGMOID_SIGN}({parts[0]})"
    return f"{node.function}({', '.join(parts)})"


def _log(node: Call, parts: tuple[str, ...], style: Style) -> str:
    base = node.arguments[1]
    integer = isinstance(base, Number) and base.value.denominator == 1
    if style.unicode and integer:
        return f"log{parts[1].translate(SUBSCRIPTS)}({parts[0]})"
    if style.unicode and _is_letter(base):
        return f"log_{parts[1]}({parts[0]})"
    if integer and parts[1] in ("2", "10"):
        return f"log{parts[1]}({parts[0]})"
    return f"log({', '.join(parts)})"


def _is_letter(node: Node) -> bool:
    """Return whether a parenthesis may follow the node: f(x) would be a function, σ(x) the sigmoid."""
    return isinstance(node, Symbol) and len(node.name) == 1 and node.name not in "fghσ"
