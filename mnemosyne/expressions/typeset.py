"""A tree in two dimensions: fractions with a bar, raised exponents, roots with a bar above them, tall parentheses.

In Unicode or in ASCII. The result is unambiguous; parentheses and signs are only omitted where `grouping`
says that people omit them. Works from the leaves up, so depth does not matter; what would grow taller than a
screen becomes one line.
"""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.expressions.block import (
    Block,
    enclosed,
    fraction_block,
    row_of,
    text_block,
    under_root,
    with_subscript,
    with_superscript,
)
from mnemosyne.expressions.grouping import grouped, powers_in_name, side_by_side
from mnemosyne.expressions.grouping import superscript as superscript
from mnemosyne.expressions.line import SUBSCRIPTS, SUPERSCRIPTS, TYPED, UNICODE, Style, node_text
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

__all__ = ["MOST_LINES", "Block", "typeset"]

MOST_LINES = 40
_WIDEST_SLASH = 16  # an exponent up to this long has its fractions written with a slash


@dataclass(frozen=True, slots=True)
class _Signs:
    """The characters of both character sets; brackets as in `block.enclosed`."""

    style: Style
    fraction: str
    parentheses: tuple[str, str]
    bars: str
    sign: str  # the sign of a root
    root: tuple[str, str, str, str]  # a root's bar over one line, over several, their corner, and the stem
    unicode: bool


_UNICODE = _Signs(UNICODE, "─", ("(⎛⎜⎝", ")⎞⎟⎠"), "|│││", "√", ("_", "─", "┌", "│"), unicode=True)
_ASCII = _Signs(TYPED, "-", ("(/|\\", ")\\|/"), "||||", "\\/", ("_", "_", " ", "|"), unicode=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A printed subtree: `line` is all of it on one line; `barred`: it has a fraction's bar; `flat`: it is too tall."""

    node: Node
    block: Block
    line: str
    barred: bool = False
    flat: bool = False


def typeset(node: Node, *, ascii: bool = False) -> Block:  # noqa: A002 - the name that callers expect
    """Return the formula as a block of lines of equal width, with its baseline."""
    signs = _ASCII if ascii else _UNICODE

    def combine(node: Node, pieces: tuple[_Piece, ...]) -> _Piece:
        return _piece(node, pieces, signs)

    return fold(node, combine).block


def _piece(node: Node, pieces: tuple[_Piece, ...], signs: _Signs) -> _Piece:
    line = node_text(node, tuple(piece.line for piece in pieces), signs.style)
    if any(piece.flat for piece in pieces):
        return _Piece(node, text_block(line), line, flat=True)
    block = _block(node, pieces, line, signs)
    if block.height > MOST_LINES:
        return _Piece(node, text_block(line), line, flat=True)
    barred = isinstance(node, Quotient) or any(piece.barred for piece in pieces)
    return _Piece(node, block, line, barred and block.height > 1)


def _block(node: Node, pieces: tuple[_Piece, ...], line: str, signs: _Signs) -> Block:
    match node:
        case Number() | Symbol() | Constant():
            return text_block(line)
        case Negation():
            minus = signs.style.minus + (" " if _begins_with_bar(node.operand) else "")
            return row_of(text_block(minus), _in_parentheses(node, 0, pieces, signs))
        case Sum():
            return _sum(node, pieces, signs)
        case Product():
            return _product(node, pieces, signs)
        case Quotient():
            margin = 1 if pieces[0].barred or pieces[1].barred else 0
            return fraction_block(pieces[0].block, pieces[1].block, signs.fraction, margin)
        case Power():
            return _power(node, pieces, signs)
        case Call():
            return _call(node, pieces, line, signs)


def _sum(node: Sum, pieces: tuple[_Piece, ...], signs: _Signs) -> Block:
    blocks = [_in_parentheses(node, 0, pieces, signs)]
    for at, term in enumerate(node.terms[1:], start=1):
        if isinstance(term, Negation):
            blocks += [text_block(f" {signs.style.minus} "), _without_minus(term, pieces[at].block)]
        else:
            blocks += [text_block(" + "), _in_parentheses(node, at, pieces, signs)]
    return row_of(*blocks)


def _without_minus(term: Negation, block: Block) -> Block:
    length = 2 if _begins_with_bar(term.operand) else 1
    return Block(tuple(line[length:] for line in block.lines), block.baseline)


def _product(node: Product, pieces: tuple[_Piece, ...], signs: _Signs) -> Block:
    blocks = [_in_parentheses(node, 0, pieces, signs)]
    for at, right in enumerate(node.factors[1:], start=1):
        left = node.factors[at - 1]
        if not side_by_side(left, right, signs=signs.unicode):
            spaced = isinstance(left, Quotient) or isinstance(right, Quotient)
            blocks.append(text_block(f" {signs.style.times} " if spaced else signs.style.times))
        blocks.append(_in_parentheses(node, at, pieces, signs))
    return row_of(*blocks)


def _power(node: Power, pieces: tuple[_Piece, ...], signs: _Signs) -> Block:
    short = superscript(node.exponent) if signs.unicode else None
    if short is not None and isinstance(node.base, Call) and powers_in_name(node.base, node.exponent):
        return _power_in_name(node.base.function, pieces[0].block, short, signs)
    base = _in_parentheses(node, 0, pieces, signs)
    if short is not None:
        digits = text_block(short.translate(SUPERSCRIPTS))
        return row_of(base, digits) if base.height == 1 else with_superscript(base, digits)
    exponent = pieces[1]
    slash = exponent.barred and len(exponent.line) <= _WIDEST_SLASH
    return with_superscript(base, text_block(exponent.line) if slash else exponent.block)


def _power_in_name(function: str, call: Block, power: str, signs: _Signs) -> Block:
    """Return sin²(x) as a block: the exponent is before the parentheses."""
    at, digits = len(_name(function, signs)), power.translate(SUPERSCRIPTS)
    rows = (digits if row == call.baseline else " " * len(digits) for row in range(call.height))
    lines = zip(call.lines, rows, strict=True)
    return Block(tuple(line[:at] + inserted + line[at:] for line, inserted in lines), call.baseline)


def _call(node: Call, pieces: tuple[_Piece, ...], line: str, signs: _Signs) -> Block:
    argument = pieces[0].block
    root = _root_sign(node, signs)
    if root is not None:
        if not isinstance(node.arguments[0], Number | Constant | Symbol):
            return under_root(argument, root, *signs.root)
        return text_block(root + pieces[0].line if signs.unicode else line)
    if node.function == "abs":
        return enclosed(argument, signs.bars, signs.bars)
    if node.function == "log":
        return row_of(_log(pieces[1], signs), enclosed(argument, *signs.parentheses))
    inside = [argument]
    for piece in pieces[1:]:
        inside += [text_block(", "), piece.block]
    return row_of(text_block(_name(node.function, signs)), enclosed(row_of(*inside), *signs.parentheses))


def _log(base: _Piece, signs: _Signs) -> Block:
    if signs.unicode and base.line.isdecimal():
        return text_block("log" + base.line.translate(SUBSCRIPTS))
    return with_subscript(text_block("log"), text_block(base.line))


def _root_sign(node: Node, signs: _Signs) -> str | None:
    """Return the sign of a root with its degree in front; None if the node is not drawn with one."""
    match node:
        case Call("sqrt"):
            return signs.sign
        case Call("cbrt") if signs.unicode:
            return "∛"
        case Call("root", (_, Number() as degree)) if signs.unicode and superscript(degree):
            return str(degree.value).translate(SUPERSCRIPTS) + signs.sign
        case _:
            return None


def _name(function: str, signs: _Signs) -> str:
    return "σ" if signs.unicode and function == "sigmoid" else function


def _in_parentheses(parent: Node, at: int, pieces: tuple[_Piece, ...], signs: _Signs) -> Block:
    """Return the block of an operand, in parentheses if needed; the bar of a fraction makes them unnecessary."""
    child = pieces[at].node
    stacked = isinstance(parent, Product) and isinstance(child, Quotient)
    root = isinstance(parent, Power) and _root_sign(child, signs) is not None
    if root or (grouped(parent, at) and not stacked):
        return enclosed(pieces[at].block, *signs.parentheses)
    return pieces[at].block


def _begins_with_bar(node: Node) -> bool:
    """Whether a fraction's bar comes first, so that a minus before it would merge with it."""
    return isinstance(node.factors[0] if isinstance(node, Product) else node, Quotient)
