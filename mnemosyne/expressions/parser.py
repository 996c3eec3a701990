"""Tokens to a tree: a state machine with two stacks, where every token that does not fit has its own message.

Three states: OPERAND (an operand must come), HEAD (after a function's name: exponent, base, bracket or a bare
argument) and OPERATOR (an operand is complete). `_STEPS` has the step for a token in a state; a missing pair
is an error. There is no recursion on the depth of the input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import IntEnum, auto
from typing import TypeAlias

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import heads, misfits
from mnemosyne.expressions.lexer import UNLIMITED, Lexer, Token, TokenKind
from mnemosyne.expressions.operators import CallHead, Level, Operand, Operator
from mnemosyne.expressions.refusals import IntegrationConstant, UnknownName
from mnemosyne.expressions.repeated_calls import FEW_CHARACTERS, RepeatedCalls
from mnemosyne.expressions.stacks import Stacks
from mnemosyne.expressions.tree import Call, Node


class State(IntEnum):
    """What is expected next."""

    OPERAND = auto()
    HEAD = auto()
    OPERATOR = auto()


_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_INTEGRATION_CONSTANTS = ("C", "c", "const", "constant")
_PLACE = re.compile(r"\[\s*[0-9]+\s*\]")
_INFIX = {TokenKind.PLUS: "+", TokenKind.MINUS: "-", TokenKind.TIMES: "*", TokenKind.OVER: "/", TokenKind.POWER: "^"}


class Parser:
    """Reads one formula; `doubts` afterwards has the conventions under which it may read differently."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._text = lexer.text
        self._conventions = lexer.conventions
        self._stacks = Stacks(lexer.text, lexer.conventions, lexer.limits.depth)
        self._state = State.OPERAND
        self._head: CallHead | None = None
        self._last = lexer.last
        repeats = lexer.limits is UNLIMITED and len(lexer.text.chars) > FEW_CHARACTERS
        self._repeated = RepeatedCalls(lexer.text.chars) if repeats else None

    @property
    def doubts(self) -> frozenset[str]:
        """The names of the conventions that would have changed the reading somewhere."""
        return frozenset(self._stacks.doubts | self._lexer.doubts)

    def run(self) -> Node:
        """Return the tree of the whole text; raise ReadingError if there is none."""
        while True:
            token = self._next()
            if token.kind is TokenKind.END and self._state is State.OPERATOR:
                return self._finish()
            self._take(token)
            self._last = self._lexer.last

    def _take(self, token: Token) -> None:
        step = _STEPS[self._state].get(token.kind)
        if step is None:
            raise self._unfit(token)
        step(self, token)

    def _next(self) -> Token:
        try:
            return self._lexer.next()
        except UnknownName as error:
            if error.name in _INTEGRATION_CONSTANTS and self._ends_in_constant():
                raise IntegrationConstant(error.span, error.name) from None
            raise

    def _ends_in_constant(self) -> bool:
        rest = self._text.chars[self._lexer.at :].strip()
        added = self._last.kind in (TokenKind.PLUS, TokenKind.MINUS) and self._stacks.operands
        return bool(added) and rest in _INTEGRATION_CONSTANTS and not self._stacks.frames

    def _finish(self) -> Node:
        self._stacks.reduce_to_frame()
        if self._stacks.frames:
            raise misfits.never_closed(self._stacks.frames[-1], self._text)
        return self._stacks.operands[0].node

    def _unfit(self, token: Token) -> ReadingError:
        frame = self._stacks.frames[-1] if self._stacks.frames else None
        if self._state is State.OPERATOR:
            return misfits.subscript(token, self._last, self._text)
        if self._state is State.HEAD and self._head is not None:
            return misfits.argument_missing(self._head.token, self._text)
        return misfits.operand_missing(token, self._last, frame, self._text)

    # OPERAND: an operand must come

    def leaf(self, token: Token) -> None:
        """Read a number, a symbol or a constant."""
        self._stacks.push(heads.leaf(token, self._text), token.start, token.end)
        self._state = State.OPERATOR

    def function(self, token: Token) -> None:
        """Read a function's name: its argument must follow."""
        self._head = heads.head_of(token, self._text)
        self._state = State.HEAD

    def sign(self, token: Token) -> None:
        """Read a leading sign: plus changes nothing; minus applies to a whole term at its beginning,
        else to a factor.
        """
        if token.kind is TokenKind.MINUS:
            top = self._stacks.operators[-1].level if self._stacks.operators else Level.BRACKET
            level = Level.LEADING_MINUS if top < Level.PRODUCT else Level.MINUS
            self._stacks.operators.append(Operator("neg", level, token))

    def open(self, token: Token) -> None:
        """Read a bracket around an operand, of any shape."""
        self._frame(Operator("(", Level.BRACKET, token))

    def open_bar(self, token: Token) -> None:
        """Read the opening bar of an absolute value."""
        self._frame(Operator("|", Level.BRACKET, token))

    # HEAD: after a function's name

    def head_power(self, token: Token) -> None:
        """Read the exponent of a function's name: sin^2 x, sin^-1 x, sin^(n+1) x."""
        self._after_name(token, heads.exponent_of, "exponent")

    def head_index(self, token: Token) -> None:
        """Read the base of a logarithm or the degree of a root: log_2(x), log_a x."""
        self._after_name(token, heads.index_of, "index")

    def head_open(self, token: Token) -> None:
        """Read the bracket of a call."""
        if token.text == "{" and self._conventions.power_in_braces:
            self.head_operand(token)
        elif not self._repeats(token):
            self._frame(Operator("(", Level.BRACKET, token, "call", self._head))

    def _repeats(self, bracket: Token) -> bool:
        """Take a call that was read before, and continue after it."""
        if self._repeated is None or self._head is None or bracket.text != "(":
            return False
        operand = self._repeated.operand(self._head, bracket.start)
        if operand is None:
            return False
        self._stacks.operands.append(operand)
        self._lexer.skip_to(operand.end)
        self._state = State.OPERATOR
        return True

    def head_number(self, token: Token) -> None:
        """Read a number after a name: an argument, or the exponent of a sin²(x) that was copied as plain text."""
        if self._head is not None and heads.may_be_exponent(self._head, token, self._text):
            self._stacks.doubts.add("lost_superscript")
            if self._conventions.lost_superscript:
                exponent = Operand(heads.leaf(token, self._text), token.start, token.end)
                heads.set_exponent(self._head, exponent, self._text)
                return
        self.head_operand(token)

    def head_operand(self, token: Token) -> None:
        """Read an argument without brackets."""
        if token.kind is TokenKind.MINUS:
            self._check_minus(token)
        if self._head is not None:
            heads.check_arguments(self._head, 1, self._text)
            self._stacks.bare_call(self._head)
        self._state = State.OPERAND
        self._take(token)

    def _check_minus(self, token: Token) -> None:
        """Read a minus after a name: sin -x is accepted; sin - x has no argument; sin-1(x) was once an exponent."""
        follower = self._text.chars[token.end : token.end + 1]
        if follower in ("", " "):
            raise self._unfit(token)
        if follower.isdecimal() and not token.spaced:
            raise misfits.lost_exponent(token, self._last, self._text)

    # OPERATOR: an operand is complete

    def infix(self, token: Token) -> None:
        """Read an operator with a sign."""
        self._stacks.infix(_INFIX[token.kind], token)
        self._state = State.OPERAND

    def implicit(self, token: Token) -> None:
        """Multiply two adjacent operands."""
        if self._last.kind is TokenKind.SYMBOL and _PLACE.match(self._text.chars, token.start):
            raise misfits.index(token, self._last, self._text)
        self._stacks.infix("*", token, implicit=True)
        self._state = State.OPERAND
        self._take(token)

    def number(self, token: Token) -> None:
        """Read a number after an operand: a factor after a bracket, a power or a blank, otherwise ambiguous."""
        if self._last.kind is TokenKind.NUMBER:
            factor = self._stacks.in_exponent()
        else:
            factor = token.spaced or self._last.kind in (TokenKind.CLOSE, TokenKind.BAR)
        if not factor:
            raise misfits.number_after(token, self._last, self._text)
        self.implicit(token)

    def comma(self, token: Token) -> None:
        """Read a comma between two arguments."""
        self._stacks.reduce_to_frame()
        frame = self._stacks.frames[-1] if self._stacks.frames else None
        if frame is None or frame.head is None or frame.use != "call" or not self._two(frame):
            raise misfits.comma(token, frame, self._text)
        frame.operands += 1
        heads.take_comma(frame.head)
        self._state = State.OPERAND

    def close(self, token: Token) -> None:
        """Read the end of a bracket."""
        frame = self._stacks.frames[-1] if self._stacks.frames else None
        if frame is None:
            raise misfits.closes_nothing(token, self._text)
        if frame.sign == "|":
            raise misfits.never_closed(frame, self._text)
        if _CLOSERS[frame.token.text] != token.text:
            raise misfits.mismatched(token, frame, self._text)
        self._stacks.close()
        if frame.use == "call" and frame.head is not None:
            self._call(frame, frame.head, token)
        elif frame.head is not None:
            self._fill(frame, frame.head, token)
        else:
            inside = self._stacks.operands.pop()
            self._stacks.push(inside.node, frame.token.start, token.end, inside.height)
            self._state = State.OPERATOR

    def bar(self, token: Token) -> None:
        """Read a bar, which closes an absolute value if one is open here, and otherwise opens one."""
        frame = self._stacks.frames[-1] if self._stacks.frames else None
        if frame is None or frame.sign != "|":
            self.implicit(token)
            return
        self._stacks.close()
        inside = self._stacks.operands.pop()
        node = Call("abs", (inside.node,), self._text.span(frame.token.start, token.end))
        self._stacks.push(node, frame.token.start, token.end, inside.height + 1)
        self._state = State.OPERATOR

    def _frame(self, frame: Operator) -> None:
        self._stacks.open(frame)
        self._state = State.OPERAND

    def _after_name(self, token: Token, read: Callable[[CallHead, Token, Lexer], Token | None], use: str) -> None:
        if self._head is None:
            raise self._unfit(token)
        bracket = read(self._head, token, self._lexer)
        if bracket is not None:
            self._frame(Operator("(", Level.BRACKET, bracket, use, self._head))

    def _two(self, frame: Operator) -> bool:
        return frame.head is not None and heads.takes_comma(frame.head, frame.operands)

    def _call(self, frame: Operator, head: CallHead, token: Token) -> None:
        if frame.operands == 1 and heads.is_degree(head, frame.token, self._stacks.operands[-1], token, self._text):
            head.function, head.index = "root", self._stacks.operands.pop()
            self._head = head
            self._state = State.HEAD
            return
        if token.text == "}" and self._text.chars[token.end :].lstrip(" ").startswith(("^", "**")):
            self._stacks.doubts.add("power_in_braces")
        heads.check_arguments(head, frame.operands, self._text)
        arguments = tuple(self._stacks.operands[-frame.operands :])
        del self._stacks.operands[-frame.operands :]
        self._stacks.apply(head, arguments, token.end)
        if self._repeated is not None and token.text == ")":
            self._repeated.keep(head, self._stacks.operands[-1])
        self._state = State.OPERATOR

    def _fill(self, frame: Operator, head: CallHead, token: Token) -> None:
        inside = self._stacks.operands.pop()
        operand = Operand(inside.node, frame.token.start, token.end, inside.height)
        if frame.use == "index":
            head.index = operand
        else:
            heads.set_exponent(head, operand, self._text)
        self._head = head
        self._state = State.HEAD


Step: TypeAlias = Callable[[Parser, Token], None]
_LEAVES = (TokenKind.NUMBER, TokenKind.SYMBOL, TokenKind.CONSTANT)

_STEPS: Mapping[State, Mapping[TokenKind, Step]] = {
    State.OPERAND: {
        **dict.fromkeys(_LEAVES, Parser.leaf),
        **dict.fromkeys((TokenKind.PLUS, TokenKind.MINUS), Parser.sign),
        **{TokenKind.FUNCTION: Parser.function, TokenKind.OPEN: Parser.open, TokenKind.BAR: Parser.open_bar},
    },
    State.HEAD: {
        **dict.fromkeys(
            (TokenKind.SYMBOL, TokenKind.CONSTANT, TokenKind.FUNCTION, TokenKind.BAR, TokenKind.MINUS),
            Parser.head_operand,
        ),
        TokenKind.NUMBER: Parser.head_number,
        **{
            TokenKind.OPEN: Parser.head_open,
            TokenKind.POWER: Parser.head_power,
            TokenKind.SUBSCRIPT: Parser.head_index,
        },
    },
    State.OPERATOR: {
        **dict.fromkeys(_INFIX, Parser.infix),
        **dict.fromkeys((TokenKind.SYMBOL, TokenKind.CONSTANT, TokenKind.FUNCTION, TokenKind.OPEN), Parser.implicit),
        **{
            TokenKind.NUMBER: Parser.number,
            TokenKind.COMMA: Parser.comma,
            TokenKind.CLOSE: Parser.close,
            TokenKind.BAR: Parser.bar,
        },
    },
}
