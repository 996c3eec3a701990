"""The tree of a formula: eight kinds of node, each with the span of the text that it was parsed from.

Trees are immutable values; spans are ignored by equality. Sums and products are flat, subtraction is a sum
with a `Negation`, and quotients bind like products, left to right. A `Number` is never negative and always an
exact finite decimal. Traversals use `fold`, which keeps its own stack: a chain of 1,000 links takes no more
of Python's stack than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from operator import is_
from typing import Any, TypeAlias, TypeVar

Span: TypeAlias = tuple[int, int]
NOWHERE: Span = (0, 0)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Number:
    """A non-negative exact decimal, `0.5` or `17`."""

    value: Fraction  # exact
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable, a parameter or a node of a graph of assignments."""

    name: str  # the name, as typed
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Constant:
    """One of the known constants: `e` or `pi`."""

    name: str  # `e` or `pi`
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus, looser than a product: -2x is -(2x)."""

    operand: Node  # the operand of the minus
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms."""

    terms: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors."""

    factors: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Quotient:
    """numerator / denominator."""

    numerator: Node
    denominator: Node
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent, right-associative: 2^3^2 is 2^9."""

    base: Node
    exponent: Node
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `functions.FUNCTIONS` applied to its arguments."""

    function: str
    arguments: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)  # the place in the typed text


Node: TypeAlias = Number | Symbol | Constant | Negation | Sum | Product | Quotient | Power | Call


_NONE: tuple[Node, ...] = ()
_OPERANDS: Mapping[type, Callable[[Any], tuple[Node, ...]]] = {  # a table is faster than a match
    Number: lambda _: _NONE,
    Symbol: lambda _: _NONE,
    Constant: lambda _: _NONE,
    Negation: lambda node: (node.operand,),
    Sum: lambda node: node.terms,
    Product: lambda node: node.factors,
    Quotient: lambda node: (node.numerator, node.denominator),
    Power: lambda node: (node.base, node.exponent),
    Call: lambda node: node.arguments,
}


def children(node: Node) -> tuple[Node, ...]:
    """Return the operands of a node, left to right."""
    return _OPERANDS[type(node)](node)


def with_children(node: Node, operands: tuple[Node, ...]) -> Node:
    """Return the same node with other operands."""
    if all(map(is_, operands, children(node))):
        return node
    match node:
        case Number() | Symbol() | Constant():
            return node
        case Negation():
            return replace(node, operand=operands[0])
        case Sum():
            return replace(node, terms=operands)
        case Product():
            return replace(node, factors=operands)
        case Quotient():
            return replace(node, numerator=operands[0], denominator=operands[1])
        case Power():
            return replace(node, base=operands[0], exponent=operands[1])
        case Call():
            return replace(node, arguments=operands)


def postorder(root: Node) -> Iterator[Node]:
    """Yield every node, operands before the node that uses them."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, entered = stack.pop()
        if entered:
            yield node
            continue
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(children(node)))


def fold(
    root: Node, combine: Callable[[Node, tuple[Result, ...]], Result], results: dict[int, Result] | None = None
) -> Result:
    """Return the value of the root; `combine` computes a node's value from the values of its operands.

    An object that occurs several times is combined once, so a derivative with shared parts costs no more than
    the parts. `results` caches values by the identity of nodes for later calls; their trees must stay alive.
    """
    values: dict[int, Result] = {} if results is None else results
    stack = [root]
    while stack:
        node = stack[-1]
        operands = children(node)
        missing = [operand for operand in operands if id(operand) not in values]
        if missing:
            stack += reversed(missing)
            continue
        stack.pop()
        if id(node) not in values:
            values[id(node)] = combine(node, tuple([values[id(operand)] for operand in operands]))
    return values[id(root)]


def substitute(root: Node, values: Mapping[str, Node]) -> Node:
    """Return the tree with every symbol of `values` replaced."""

    def put(node: Node, operands: tuple[Node, ...]) -> Node:
        if isinstance(node, Symbol) and node.name in values:
            return values[node.name]
        return with_children(node, operands)

    return fold(root, put)


def symbols(root: Node) -> frozenset[str]:
    """Return the names of all symbols in the tree."""
    return frozenset(node.name for node in postorder(root) if isinstance(node, Symbol))


def number(value: Fraction | int) -> Node:
    """Return the tree of a rational number: a negation if negative, a quotient unless it is a finite decimal."""
    exact = Fraction(value)
    size = abs(exact)
    rest = size.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    plain: Node = (
        Number(size) if rest == 1 else Quotient(Number(Fraction(size.numerator)), Number(Fraction(size.denominator)))
    )
    return Negation(plain) if exact < 0 else plain


def same_tree(left: Node, right: Node) -> bool:
    """Return whether two trees are equal; `==` says the same, but recurses and so only suits shallow trees."""
    pairs = [(left, right)]
    while pairs:
        first, second = pairs.pop()
        if type(first) is not type(second) or label(first) != label(second):
            return False
        left_operands, right_operands = children(first), children(second)
        if len(left_operands) != len(right_operands):
            return False
        pairs.extend(zip(left_operands, right_operands, strict=True))
    return True


def label(node: Node) -> str | Fraction | None:
    """Return the content of a node besides its operands: a number's value, a name, a function's name."""
    match node:
        case Number():
            return node.value
        case Symbol() | Constant():
            return node.name
        case Call():
            return node.function
        case _:
            return None
