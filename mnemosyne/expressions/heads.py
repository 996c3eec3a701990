"""Function names on their way to a call: what may stand between the name and its argument, and how many it takes.

`sin^2 x`, `sin^-1 x`, `log_2(x)`, `max(0, x)`: the exponent, the inverse, the base and the number of arguments are
decided here, each refusal with its own message.
"""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.lexer import Kind, Lexer, Token
from mnemosyne.expressions.stacks import Head, Operand
from mnemosyne.expressions.text import Text
from mnemosyne.expressions.tree import Constant, Negation, Node, Number, Symbol

_EXAMPLES = {"max": "max(0, x)", "min": "min(0, x)", "root": "root(x, 3)"}
_ONE = Number(Fraction(1))


def head_of(token: Token, text: Text) -> Head:
    """The head that a function's name begins; log10 and ∜ bring their base or degree along."""
    if token.meaning is None:
        raise ValueError(f"{token.text} is no function")
    head = Head(token, token.meaning.value)
    if token.meaning.number:
        number = Number(Fraction(token.meaning.number), text.span(token.start, token.end))
        head.index = Operand(number, token.start, token.end)
    return head


def leaf(token: Token, text: Text) -> Node:
    """The node of a number, a symbol or a constant."""
    span = text.span(token.start, token.end)
    if token.kind is Kind.NUMBER:
        return Number(token.value, span)
    name = token.meaning.value if token.meaning else token.text
    return Constant(name, span) if token.kind is Kind.CONSTANT else Symbol(name, span)


def exponent_of(head: Head, caret: Token, lexer: Lexer) -> Token | None:
    """Read the exponent of a name; a bracket is given back, since the parser has to read what is in it."""
    if head.exponent is not None:
        raise _refusal(f"{head.token.text} has two exponents: put parentheses", caret, lexer.text)
    first = lexer.next()
    if first.kind is Kind.OPEN:
        return first
    atom = lexer.next() if first.kind is Kind.MINUS else first
    if atom.kind not in (Kind.NUMBER, Kind.SYMBOL):
        raise _refusal(f"something is missing after {caret.text}", caret, lexer.text)
    node = leaf(atom, lexer.text)
    if first.kind is Kind.MINUS:
        node = Negation(node, lexer.text.span(first.start, atom.end))
    set_exponent(head, Operand(node, first.start, atom.end, 1 if isinstance(node, Negation) else 0), lexer.text)
    return None


def index_of(head: Head, mark: Token, lexer: Lexer) -> Token | None:
    """Read the base of a logarithm or the degree of a root; a bracket is given back, as for an exponent."""
    if head.function not in ("log", "root"):
        raise _refusal(f"{head.token.text} has no base: only log takes one", mark, lexer.text)
    if head.index is not None:
        raise _refusal(f"{head.token.text} has its base already: delete this one", mark, lexer.text)
    atom = lexer.next()
    if atom.kind is Kind.OPEN:
        return atom
    if atom.kind not in (Kind.NUMBER, Kind.SYMBOL, Kind.CONSTANT):
        raise _refusal(f"something is missing after {mark.text}", mark, lexer.text)
    head.index = Operand(leaf(atom, lexer.text), atom.start, atom.end)
    return None


def set_exponent(head: Head, exponent: Operand, text: Text) -> None:
    """Give a name its exponent: -1 makes it the inverse function, any other negative one is a doubt."""
    if not isinstance(exponent.node, Negation):
        head.exponent = exponent
        return
    plain_log = head.function == "log" and head.index is None
    inverse = "exp" if plain_log else FUNCTIONS[head.function].inverse
    if exponent.node.operand == _ONE and inverse is not None:
        head.function = inverse
        return
    power = text.chars[exponent.start : exponent.end].strip("()[]{}- ")
    raised = "" if power == "1" else f"^{power}"
    doubt = f"1/{head.token.text}(x){raised} or an inverse function? type the one you mean"
    raise ReadingError(doubt, text.span(head.token.start, exponent.end))


def takes_comma(head: Head, count: int) -> bool:
    """Whether another argument may follow after `count` of them."""
    return FUNCTIONS[head.function].arity > count and head.index is None


def check_arguments(head: Head, count: int, text: Text) -> None:
    """Refuse a call with too few arguments; too many are refused at their comma."""
    wanted = 1 if head.function == "log" or head.index is not None else FUNCTIONS[head.function].arity
    if count < wanted:
        example = _EXAMPLES[head.function]
        raise _refusal(f"{head.token.text} takes two arguments: type {example}", head.token, text)


def _refusal(message: str, token: Token, text: Text) -> ReadingError:
    return ReadingError(message, text.span(token.start, token.end))
