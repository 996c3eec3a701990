"""Tokens that do not fit where they are, and the message for each: what is missing, doubled or unclosed, and where.

Only messages are here; the parser's table says which token fits in which state.
"""

from __future__ import annotations

import re

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.lexer import Token, TokenKind
from mnemosyne.expressions.operators import Operator
from mnemosyne.expressions.typed_text import TypedText

_BEGINNINGS = (TokenKind.END, TokenKind.OPEN, TokenKind.BAR, TokenKind.COMMA)
_DIGITS_BEFORE = re.compile(r"[0-9]+$")
_FRACTION = re.compile(r"[0-9]+/[0-9]+")
_DIGITS_AFTER = re.compile(r"[0-9]+")


def at(message: str, token: Token, text: TypedText) -> ReadingError:
    """Return an error that points at one token."""
    return ReadingError(message, text.span(token.start, token.end))


def operand_missing(token: Token, last: Token, frame: Operator | None, text: TypedText) -> ReadingError:
    """Return the error for `token` where an operand was expected; `last` comes before it."""
    if token.kind is TokenKind.END and last.kind in _BEGINNINGS and frame is not None:
        return never_closed(frame, text)
    if token.kind in (TokenKind.CLOSE, TokenKind.COMMA, TokenKind.BAR) and last.kind is TokenKind.OPEN:
        return _empty(token, last, frame, text)
    if token.kind in (TokenKind.CLOSE, TokenKind.END) and last.kind not in _BEGINNINGS:
        return at(f"Something is missing after “{last.text}”.", last, text)
    if token.kind is TokenKind.CLOSE and frame is None:
        return closes_nothing(token, text)
    if token.kind is TokenKind.CLOSE and last.kind is TokenKind.COMMA:
        return at("Something is missing after “,”.", last, text)
    if token.kind is TokenKind.SUBSCRIPT:
        return at("Delete the “_”: no name begins with it.", token, text)
    if token.kind is TokenKind.OVER and last.kind is TokenKind.OVER:
        return at("Delete one “/”: one is enough.", token, text)
    return at(f"Something is missing before “{token.text}”.", token, text)


def argument_missing(name: Token, text: TypedText) -> ReadingError:
    """Return the error for a function's name without an argument."""
    return at(f"Give {name.text} an argument, as in {name.text}(x).", name, text)


def never_closed(frame: Operator, text: TypedText) -> ReadingError:
    """Return the error for a bracket or bar that is still open at the end."""
    return at(f"This {frame.token.text} is never closed.", frame.token, text)


def closes_nothing(token: Token, text: TypedText) -> ReadingError:
    """Return the error for a closing bracket too many."""
    return at(f"This {token.text} closes nothing: delete it or open one.", token, text)


def mismatched(token: Token, frame: Operator, text: TypedText) -> ReadingError:
    """Return the error for a closing bracket of another shape than the open one."""
    return at(f"This {token.text} does not match the {frame.token.text}: use a matching pair.", token, text)


def number_after(token: Token, last: Token, text: TypedText) -> ReadingError:
    """Return the error for a number right after an operand, which may be a power, a factor or more digits."""
    number, before = token.text, last.text
    fraction = _FRACTION.match(text.chars, token.start)
    span = text.span(last.start, token.end)
    if last.kind is not TokenKind.NUMBER:
        message = f"Type {before}^{number} or {number}{before}, whichever you mean."
    elif fraction and before.isdecimal():
        parts = fraction.group()
        message = f"Type {before} + {parts} or {before}*{parts}: {before} {parts} could mean either."
        span = text.span(last.start, fraction.end())
    else:
        message = f"Type {before}*{number} or {before}{number}, whichever you mean."
    return ReadingError(message, span)


def comma(token: Token, frame: Operator | None, text: TypedText) -> ReadingError:
    """Return the error for a comma that does not separate arguments: mostly a decimal comma."""
    full = _too_many(frame.head.token, token, text) if frame and frame.head else None
    if full and frame and frame.operands > 1:
        return full
    before = _DIGITS_BEFORE.search(text.chars[: token.start])
    after = _DIGITS_AFTER.match(text.chars, token.end)
    if before and after:
        whole, rest = before.group(), after.group()
        span = text.span(before.start(), after.end())
        if len(whole) <= 3 and len(rest) == 3 and whole != "0":
            return ReadingError(f"Type {whole}{rest} or {whole}.{rest}, with no comma in the number.", span)
        return ReadingError(f"Use a point for decimals: {whole}.{rest}.", span)
    return full or at("Type a comma only between the arguments of max, min, log or root.", token, text)


def _too_many(name: Token, token: Token, text: TypedText) -> ReadingError:
    """Return the error for an argument too many, with advice on nesting for functions of two."""
    if name.text.lower() in ("max", "min"):
        return at(f"Nest {name.text}, which takes two at a time: {name.text}(a, {name.text}(b, c)).", token, text)
    return at(f"Leave out this argument: {name.text} takes no more.", token, text)


def index(token: Token, last: Token, text: TypedText) -> ReadingError:
    """Return the error for square brackets that look like an index."""
    return at(f"Type {last.text}*(…) for a product: {last.text}[…] is not a formula.", token, text)


def lost_exponent(token: Token, name: Token, text: TypedText) -> ReadingError:
    """Return the error for sin-1(x), which results from copying sin⁻¹(x)."""
    doubt = f"Type {name.text}^-1 or {name.text}(-1), whichever you mean."
    return ReadingError(doubt, text.span(name.start, token.end))


def subscript(token: Token, last: Token, text: TypedText) -> ReadingError:
    """Return the error for a subscript on something that has none."""
    return at(f"Delete the “{token.text}”: {last.text} has no subscript here.", token, text)


def _empty(token: Token, last: Token, frame: Operator | None, text: TypedText) -> ReadingError:
    span = text.span(last.start, token.end)
    if token.kind is not TokenKind.CLOSE:
        return at(f"Something is missing before “{token.text}”.", token, text)
    if frame is not None and frame.use == "call" and frame.head is not None:
        return ReadingError(f"Give {frame.head.token.text} an argument in the parentheses.", span)
    return ReadingError("These parentheses are empty: put something in them.", span)
