r"""A tree as LaTeX, `2x \cdot \cos\left(x^{2}\right)`, for exports and reports; it parses back to the same tree.

Braces replace parentheses wherever LaTeX has them; elsewhere the rules are those of `grouping`.
"""

from __future__ import annotations

import re

from mnemosyne.expressions.grouping import decimal_text, grouped, powers_in_name, side_by_side
from mnemosyne.expressions.line import sum_text
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
from mnemosyne.expressions.vocabulary import NUMBERED, ascii_name

# The functions with a LaTeX command; the others are upright names.
_OWN_COMMAND = re.compile(r"(?:arc)?(?:sin|cos|tan)|sec|csc|cot|(?:sin|cos|tan|cot)h|exp|ln|max|min")
_UNNAMED = re.compile(r"[^\W\d_](?:[′″‴]+|⁻¹)?")  # f, g′: functions in a text, without a name of their own
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")
_THREE = 3


def to_latex(node: Node) -> str:
    """Return the formula for a LaTeX document, without dollar signs."""
    return fold(node, _combine)


def _combine(node: Node, texts: tuple[str, ...]) -> str:
    parts = tuple(_in_parentheses(node, at, text) for at, text in enumerate(texts))
    match node:
        case Number():
            return decimal_text(node.value)
        case Symbol():
            return _symbol(node.name)
        case Constant():
            return r"\pi" if node.name == "pi" else node.name
        case Negation():
            return f"-{parts[0]}"
        case Sum():
            return sum_text(node, parts, "-")
        case Product():
            return _product(node, parts)
        case Quotient():
            return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
        case Power():
            return _power(node, parts)
        case Call():
            return _call(node, parts)


def _in_parentheses(parent: Node, at: int, text: str) -> str:
    """Add parentheses except where braces replace them: in fractions, in exponents, and
    around fractions in products.
    """
    match parent:
        case Quotient():
            return text
        case Power() if at == 1:
            return text
        case Power(Call("sqrt" | "cbrt" | "root")):
            return _fenced(text)
        case Product() if isinstance(parent.factors[at], Quotient):
            return text
        case _:
            return _fenced(text) if grouped(parent, at) else text


def _fenced(text: str) -> str:
    return rf"\left({text}\right)"


def _symbol(name: str) -> str:
    numbered = NUMBERED.fullmatch(name)
    if numbered and len(numbered.group(1)) == 1:
        return f"{_symbol(numbered.group(1))}_{{{numbered.group(2)}}}"
    if ascii_name(name) != name:
        return f"\\{ascii_name(name)}"
    return name if len(name) == 1 else rf"\mathrm{{{name}}}"


def _product(node: Product, parts: tuple[str, ...]) -> str:
    pieces = [parts[0]]
    for at, part in enumerate(parts[1:]):
        close = side_by_side(node.factors[at], node.factors[at + 1], signs=True)
        touching = " " if _ENDS_IN_COMMAND.search(parts[at]) else ""
        pieces += [touching if close else r" \cdot ", part]
    return "".join(pieces)


def _power(node: Power, parts: tuple[str, ...]) -> str:
    base, exponent = parts
    if isinstance(node.base, Call) and powers_in_name(node.base, node.exponent):
        name = _name(node.base.function)
        return f"{name}^{{{exponent}}}{base[len(name) :]}"
    return f"{base}^{{{exponent}}}"


def _call(node: Call, parts: tuple[str, ...]) -> str:
    match node:
        case Call("sqrt"):
            return rf"\sqrt{{{parts[0]}}}"
        case Call("cbrt"):
            return rf"\sqrt[{_THREE}]{{{parts[0]}}}"
        case Call("root", (_, Number() as degree)) if degree.value != _THREE:
            return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
        case Call("log"):
            return rf"\log_{{{parts[1]}}}{_fenced(parts[0])}"
        case Call("abs"):
            return rf"\left|{parts[0]}\right|"
        case _:
            return _name(node.function) + _fenced(", ".join(parts))


def _name(function: str) -> str:
    if _UNNAMED.fullmatch(function):
        return function
    return f"\\{function}" if _OWN_COMMAND.fullmatch(function) else rf"\operatorname{{{function}}}"
