"""Function names before their arguments: what may come between the name and its argument, and how many it takes.

`sin^2 x`, `sin^-1 x`, `log_2(x)`, `max(0, x)`: the exponent, the inverse, the base and the number of
arguments are handled here, each error with its own message.
"""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.lexer import Lexer, Token, TokenKind
from mnemosyne.expressions.misfits import at
from mnemosyne.expressions.operators import CallHead, Operand
from mnemosyne.expressions.tree import Constant, Negation, Node, Number, Symbol
from mnemosyne.expressions.typed_text import TypedText
from mnemosyne.expressions.vocabulary import POWER

_EXAMPLES = {"max": "max(0, x)", "min": "min(0, x)", "root": "root(x, 3)", POWER: "x^2"}
_ONE = Number(Fraction(1))


def head_of(token: Token, text: TypedText) -> CallHead:
    """Return the head of a call that starts with a function's name; log10 and ∜ include their base or degree."""
    if token.meaning is None:
        raise ValueError(f"{token.text} is not a function")
    head = CallHead(token, token.meaning.value)
    if token.meaning.number:
        number = Number(Fraction(token.meaning.number), text.span(token.start, token.end))
        head.index = Operand(number, token.start, token.end)
    return head


def leaf(token: Token, text: TypedText) -> Node:
    """Return the node of a number, a symbol or a constant."""
    span = text.span(token.start, token.end)
    if token.kind is TokenKind.NUMBER:
        return Number(token.value, span)
    name = token.meaning.value if token.meaning else token.text
    return Constant(name, span) if token.kind is TokenKind.CONSTANT else Symbol(name, span)


def exponent_of(head: CallHead, caret: Token, lexer: Lexer) -> Token | None:
    """Read the exponent of a name; return an opening bracket, since the parser has to read its content."""
    if head.exponent is not None:
        raise at(f"Add parentheses: {head.token.text} has two exponents.", caret, lexer.text)
    first = lexer.next()
    if first.kind is TokenKind.OPEN:
        return first
    atom = lexer.next() if first.kind is TokenKind.MINUS else first
    if atom.kind not in (TokenKind.NUMBER, TokenKind.SYMBOL):
        raise at(f"After “{caret.text}”, write a number, a letter or parentheses.", caret, lexer.text)
    node = leaf(atom, lexer.text)
    if first.kind is TokenKind.MINUS:
        node = Negation(node, lexer.text.span(first.start, atom.end))
    set_exponent(head, Operand(node, first.start, atom.end, 1 if isinstance(node, Negation) else 0), lexer.text)
    return None


def index_of(head: CallHead, mark: Token, lexer: Lexer) -> Token | None:
    """Read the base of a logarithm or the degree of a root; return an opening bracket, as for an exponent."""
    if head.function not in ("log", "root"):
        raise at(f"Leave out the base of {head.token.text}: only log can have one.", mark, lexer.text)
    if head.index is not None:
        raise at(f"Delete this base: {head.token.text} already has one.", mark, lexer.text)
    atom = lexer.next()
    if atom.kind is TokenKind.OPEN:
        return atom
    if atom.kind not in (TokenKind.NUMBER, TokenKind.SYMBOL, TokenKind.CONSTANT):
        raise at(f"After “{mark.text}”, write a number, a letter or parentheses.", mark, lexer.text)
    head.index = Operand(leaf(atom, lexer.text), atom.start, atom.end)
    return None


def set_exponent(head: CallHead, exponent: Operand, text: TypedText) -> None:
    """Set the exponent of a name: -1 makes it the inverse function, while sin^-2(x) can only be 1/sin(x)^2."""
    negated = exponent.node.operand if isinstance(exponent.node, Negation) else None
    if negated != _ONE:
        head.exponent = exponent
        return
    plain_log = head.function == "log" and head.index is None
    inverse = "exp" if plain_log else FUNCTIONS[head.function].inverse if head.function in FUNCTIONS else None
    if inverse is None:
        doubt = f"Type 1/{head.token.text}(x) if you mean that: {head.token.text}^-1 can also be the inverse function."
        raise ReadingError(doubt, text.span(head.token.start, exponent.end))
    head.function = inverse


def may_be_exponent(head: CallHead, number: Token, text: TypedText) -> bool:
    """Return whether a number between a name and a parenthesis may be its exponent: sin2(x) for sin²(x)."""
    touches = not number.spaced and text.chars[number.end : number.end + 1] == "("
    return touches and head.exponent is None and number.value.denominator == 1


def is_degree(head: CallHead, bracket: Token, inside: Operand, closer: Token, text: TypedText) -> bool:
    """Return whether the first of two brackets contains the degree of a root: root(3)(x), sqrt[3]{x}."""
    is_root = head.token.text.lower() == "root" or (head.function == "sqrt" and bracket.text == "[")
    whole = isinstance(inside.node, Number) and inside.node.value.denominator == 1 and inside.node.value > 1
    return is_root and head.index is None and whole and text.follower(closer.end) in ("(", "{")


def takes_comma(head: CallHead, count: int) -> bool:
    """Return whether another argument may follow after `count` of them."""
    return _arity(head) > count and (head.index is None or _is_lg(head))


def take_comma(head: CallHead) -> None:
    """Process a comma: lg(x, a) is the logarithm to the base a, not to the base 10."""
    if _is_lg(head):
        head.index = None


def check_arguments(head: CallHead, count: int, text: TypedText) -> None:
    """Raise ReadingError for a call with too few arguments; too many are refused at their comma. root(x)
    becomes the square root.
    """
    if head.function == "root" and head.index is None and count == 1:
        head.function = "sqrt"
    needed = 1 if head.function == "log" or head.index is not None else _arity(head)
    if count < needed:
        example = _EXAMPLES[head.function]
        raise at(f"Give {head.token.text} two arguments: type {example}.", head.token, text)


def _arity(head: CallHead) -> int:
    return 2 if head.function == POWER else FUNCTIONS[head.function].arity


def _is_lg(head: CallHead) -> bool:
    return head.token.text.lower() == "lg"
