"""Random right answers, and how a text that means one of them is read: as the same, as another, or not at all."""

from __future__ import annotations

import random
from typing import NamedTuple

from mnemosyne.calculus.solution import expected, posed
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    fold,
    same_tree,
    with_children,
)
from mnemosyne.verdict import Problem

_INNER = ("x^2", "3x + 1", "x^3 - x", "2x", "1 - x", "x^2 + 1", "pi x", "x/2", "5x^4")
_OUTER = (
    *("sin({})", "cos({})", "tan({})", "e^({})", "ln({})", "sqrt({})", "({})^4", "1/({})", "arctan({})", "2^({})"),
    *(
        "cbrt({})",
        "sinh({})",
        "arsinh({})",
        "sigmoid({})",
        "x*sin({})",
        "cos({})/x",
        "abs({})",
        "arcoth({})",
        "sec({})",
    ),
    *("3*cos({})", "arcsin({})", "tanh({})", "({})^(-2)", "csc({})", "x^2*e^({})", "cosh({})", "arccos({})"),
)


def right_answers(count: int, seed: int = 0) -> list[Node]:
    """Return the derivatives of that many random compositions."""
    source = random.Random(seed)
    return [_right_answer(source) for _ in range(count)]


def _right_answer(source: random.Random) -> Node:
    f = source.choice(_INNER)
    for _ in range(source.randint(1, 3)):
        f = source.choice(_OUTER).format(f)
    return same_meaning(read_printed(expected(posed(Problem(f))), frozenset("x")))


def same_meaning(tree: Node) -> Node:
    """Return the tree in one notation: exp(x) and e^x become the same, and so do ∛x and root(x, 3), 1/2 and 0.5."""
    return fold(tree, lambda node, operands: _canonical(with_children(node, operands)))


def _canonical(node: Node) -> Node:
    match node:
        case Call("exp", (exponent,)):
            return Power(Constant("e"), exponent)
        case Call("root", (radicand, Number(value))) if value == 3:
            return Call("cbrt", (radicand,))
        case Quotient(Number(above), Number(below)) if below:
            return Number(above / below)
        case Product():
            factors = (
                part
                for operand in node.factors
                for part in (operand.factors if isinstance(operand, Product) else (operand,))
            )
            return Product(tuple(factors))
        case Sum():
            return Sum(
                tuple(
                    part
                    for operand in node.terms
                    for part in (operand.terms if isinstance(operand, Sum) else (operand,))
                )
            )
    return node


class Outcome(NamedTuple):
    """How a written answer was read: "same", "refused" with the reason, or "other" with what it was read as."""

    word: str
    text: str
    detail: str = ""


def outcome(tree: Node, text: str) -> Outcome:
    """Return how a text that means the tree is read."""
    try:
        reading = read(text, frozenset("x"))
    except ReadingError as error:
        return Outcome("refused", text, str(error))
    return Outcome("same", text) if same_tree(same_meaning(reading), tree) else Outcome("other", text, to_line(reading))
