"""The entries of the parser's stacks: operands with their extent, operators with their precedence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from mnemosyne.expressions.lexer import Token
from mnemosyne.expressions.tree import Node


class Level(IntEnum):
    """The precedence of an operator, lowest first; BRACKET lets nothing through."""

    BRACKET = 0
    SUM = 1
    LEADING_MINUS = 2
    PRODUCT = 3
    TIGHT_PRODUCT = 4
    MINUS = 5  # a minus after * / ^ or a function's name
    FUNCTION = 6
    INSIDE = 7  # a product or quotient inside a bare argument or an exponent
    POWER = 8


class Operand(NamedTuple):
    """A node with its extent in the plain text, brackets included, and its height as a tree."""

    node: Node
    start: int
    end: int
    height: int = 0


@dataclass(slots=True)
class CallHead:
    """A function's name before its argument: `index` is the base or degree, `exponent` the 2 of sin^2."""

    token: Token  # the token of the name
    function: str
    index: Operand | None = None
    exponent: Operand | None = None


@dataclass(slots=True)
class Operator:
    """`sign` is one of + - * / ^ ( | neg call rest; `use` says what a bracket is for: group, call, exponent, index.

    `rest` is an implied bracket: it contains everything up to the end of the bracket around it. A bracket
    records whether a denominator or a root without brackets was read in it.
    """

    sign: str
    level: Level  # its precedence
    token: Token  # the token of the operator
    use: str = "group"
    head: CallHead | None = None  # the function of a call
    operands: int = 1  # arguments of a call, with the one being read
    bare_denominator: bool = False  # whether a denominator without brackets was read in it
    bare_root: bool = False  # whether a root without brackets was read in it
