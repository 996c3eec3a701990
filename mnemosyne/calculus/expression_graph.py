"""Expressions as a graph of numbered operations, where equal subexpressions are one node.

A derivative repeats the parts of its function, n times for a chain of n links; as a graph it stays linear in
n, and so does its evaluation. A node's operands always have smaller numbers, so walks need no recursion.
Building a node only folds exact rationals of bounded size and drops neutral elements: `9^9^9` stays a power.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import TypeAlias

NodeId: TypeAlias = int
FOLDED_BITS = 4096  # bits: larger rationals stay unevaluated; numbers of 1,000 typed digits have 3,322
PRODUCT_WIDTH = 8  # wider products are split in halves: the derivative stays linear in the factors


class Op(StrEnum):
    """The operation of a node; a call also has the function's name as payload."""

    NUMBER = "number"
    SYMBOL = "symbol"
    CONSTANT = "constant"
    NEGATION = "negation"
    SUM = "sum"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    POWER = "power"
    CALL = "call"


Payload: TypeAlias = Fraction | str | None


class Graph:
    """An append-only arena of operations; `op`, `payload` and `operands` are indexed by node."""

    def __init__(self) -> None:
        self.op: list[Op] = []
        self.payload: list[Payload] = []
        self.operands: list[tuple[NodeId, ...]] = []
        self._index: dict[tuple[Op, Payload, tuple[NodeId, ...]], NodeId] = {}
        self._symbols: dict[str, NodeId] = {}  # the node of each symbol
        self._numbers: dict[tuple[int, int], NodeId] = {}  # separate, since a Fraction is slow to hash
        self._replaced: dict[tuple[NodeId, NodeId], dict[NodeId, NodeId]] = {}  # results of replacements, by (old, new)
        self._containing: dict[NodeId, dict[NodeId, bool]] = {}  # for each part, whether a node contains it
        self.zero = self.number(0)
        self.one = self.number(1)

    def _node(self, op: Op, payload: Payload, operands: tuple[NodeId, ...]) -> NodeId:
        key = (op, payload, operands)
        index = self._index.get(key)
        if index is None:
            index = self._index[key] = len(self.op)
            self._append(op, payload, operands)
        return index

    def _append(self, op: Op, payload: Payload, operands: tuple[NodeId, ...]) -> None:
        self.op.append(op)
        self.payload.append(payload)
        self.operands.append(operands)

    def number(self, value: Fraction | int) -> NodeId:
        """Return an exact rational."""
        size = (value.numerator, value.denominator)
        index = self._numbers.get(size)
        if index is None:
            index = self._numbers[size] = len(self.op)
            self._append(Op.NUMBER, Fraction(value), ())
        return index

    def symbol(self, name: str) -> NodeId:
        """Return the node of a variable, a parameter, or a name that is to be defined as an expression."""
        return self._symbols.get(name) or self._node(Op.SYMBOL, name, ())

    def define(self, name: str, value: NodeId) -> NodeId:
        """Define a name not used yet as an expression, its one operand."""
        node = self._symbols[name] = self._node(Op.SYMBOL, name, (value,))
        return node

    def constant(self, name: str) -> NodeId:
        """Return `e` or `pi`."""
        return self._node(Op.CONSTANT, name, ())

    def rational(self, node: NodeId) -> Fraction | None:
        """Return the node's exact value if it is a number."""
        value = self.payload[node]
        return value if type(value) is Fraction else None  # isinstance is slow: Fraction is a class of numbers' ABCs

    def is_positive_number(self, node: NodeId) -> bool:
        """Return whether the node is e, π or a positive number."""
        value = self.rational(node)
        return self.op[node] is Op.CONSTANT or (value is not None and value > 0)

    def is_nonzero_number(self, node: NodeId) -> bool:
        """Return whether the node is e, π or a number other than 0."""
        return self.op[node] is Op.CONSTANT or bool(self.rational(node))

    def negation(self, operand: NodeId) -> NodeId:
        """Return -operand."""
        value = self.rational(operand)
        if value is not None:
            return self.number(-value)
        if self.op[operand] is Op.NEGATION:
            return self.operands[operand][0]
        return self._node(Op.NEGATION, None, (operand,))

    def sum(self, *terms: NodeId) -> NodeId:
        """Return the sum; rationals are added up and come last, or first if that avoids a leading minus."""
        total: Fraction | int = 0
        terms_left: list[NodeId] = []
        op = self.op
        for term in terms:
            if op[term] is not Op.NUMBER:
                terms_left.append(term)
            elif term != self.zero:
                value = self.payload[term]
                assert type(value) is Fraction
                total = total + value if total else value
        if total or not terms_left:
            terms_left.insert(
                0 if total > 0 and terms_left and self.negative(terms_left[0]) else len(terms_left), self.number(total)
            )
        return terms_left[0] if len(terms_left) == 1 else self._node(Op.SUM, None, tuple(terms_left))

    def negative(self, node: NodeId) -> bool:
        """Return whether the node is printed with a leading minus."""
        if self.op[node] in (Op.PRODUCT, Op.QUOTIENT):
            node = self.operands[node][0]
        value = self.rational(node)
        return self.op[node] is Op.NEGATION or (value is not None and value.numerator < 0)

    def product(self, *factors: NodeId) -> NodeId:
        """Return the product of the factors; rationals are multiplied and come first."""
        coefficient: Fraction | None = None
        factors_left: list[NodeId] = []
        op, payload = self.op, self.payload
        for factor in factors:
            if op[factor] is not Op.NUMBER:
                factors_left.append(factor)
                continue
            value = payload[factor]
            assert type(value) is Fraction
            if coefficient is None:
                coefficient = value
            elif _small(value, coefficient):
                coefficient = coefficient * value
            else:
                factors_left.append(factor)
        return self._product(factors_left) if coefficient is None else self._scaled(coefficient, factors_left)

    def _scaled(self, coefficient: Fraction, factors: list[NodeId]) -> NodeId:
        """Return a number times factors: just zero if the number is 0, and without a leading 1 or −1."""
        above, below = coefficient.numerator, coefficient.denominator
        if above == 0:
            return self.zero
        if below == 1 and factors:
            if above == 1:
                return self._product(factors)
            if above == -1:
                return self.negation(self._product(factors))
        return self._product([self.number(coefficient), *factors])

    def _product(self, factors: list[NodeId]) -> NodeId:
        if len(factors) == 1:
            return factors[0]
        if not factors:
            return self.one
        if len(factors) <= PRODUCT_WIDTH:
            return self._node(Op.PRODUCT, None, tuple(factors))
        half = len(factors) // 2
        return self._node(Op.PRODUCT, None, (self._product(factors[:half]), self._product(factors[half:])))

    def quotient(self, numerator: NodeId, denominator: NodeId) -> NodeId:
        """Return numerator / denominator; a division by the number zero is kept, and has no value anywhere."""
        if denominator == self.one:
            return numerator
        above, below = self.rational(numerator), self.rational(denominator)
        if numerator == self.zero and below is None:
            return self.zero
        if above is not None and below and _small(above, below):
            return self.number(above / below)
        return self._node(Op.QUOTIENT, None, (numerator, denominator))

    def power(self, base: NodeId, exponent: NodeId) -> NodeId:
        """Return base ^ exponent; only the exponents 0 and 1 are simplified."""
        if exponent == self.one:
            return base
        if exponent == self.zero != base:
            return self.one
        return self._node(Op.POWER, None, (base, exponent))

    def call(self, function: str, *arguments: NodeId) -> NodeId:
        """Return a function from expressions.functions applied to its arguments."""
        return self._node(Op.CALL, function, arguments)

    def unfolded(self, op: Op, *operands: NodeId) -> NodeId:
        """Return an operation as written, with nothing simplified."""
        return self._node(op, None, operands)

    def build(self, node: NodeId, operands: tuple[NodeId, ...]) -> NodeId:
        """Return the same operation on other operands, simplified again."""
        match self.op[node]:
            case Op.NUMBER | Op.CONSTANT:
                return node
            case Op.SYMBOL:
                return operands[0] if operands else node
            case Op.NEGATION:
                return self.negation(operands[0])
            case Op.SUM:
                return self.sum(*operands)
            case Op.PRODUCT:
                return self.product(*operands)
            case Op.QUOTIENT:
                return self.quotient(*operands)
            case Op.POWER:
                return self.power(*operands)
            case Op.CALL:
                return self._node(Op.CALL, self.payload[node], operands)

    def reachable(self, roots: Iterable[NodeId], above: NodeId = -1, left_out: Container[NodeId] = ()) -> list[NodeId]:
        """Return every node reachable from the roots, operands first.

        Nodes up to `above` are left out, as are those in `left_out` and whatever is reachable only through them.
        """
        visited: set[NodeId] = set()
        stack = list(roots)
        operands = self.operands
        while stack:
            node = stack.pop()
            if node > above and node not in visited and node not in left_out:
                visited.add(node)
                stack += operands[node]
        return sorted(visited)

    def missing(self, root: NodeId, results: Container[NodeId]) -> Sequence[NodeId]:
        """Return the root after the nodes under it that have no result yet either; often there are none."""
        for operand in self.operands[root]:
            if operand not in results:
                return self.reachable((root,), left_out=results)
        return (root,)

    def reachable_only_from(self, root: NodeId, besides: Iterable[NodeId]) -> set[NodeId]:
        """Return the nodes reachable from the root but from none of `besides`.

        The walk goes from large numbers to small ones and ends once only nodes under `besides` are left.
        """
        under = {root: False} | dict.fromkeys(besides, True)  # whether each node on the way is under `besides`
        queue = [-node for node in under]
        heapify(queue)
        nodes: set[NodeId] = set()
        left = int(not under[root])  # how many of those waiting are not
        while left:
            node = -heappop(queue)
            if not under[node]:
                nodes.add(node)
                left -= 1
            for operand in self.operands[node]:
                if operand not in under:
                    under[operand] = under[node]
                    left += not under[node]
                    heappush(queue, -operand)
                elif under[node] and not under[operand]:
                    under[operand] = True
                    left -= 1
        return nodes

    def replaced(self, root: NodeId, old: NodeId, new: NodeId) -> NodeId:
        """Return the root with one node replaced by another.

        Results are cached: replacing for every link of a chain takes no longer than for one.
        """
        replacement = self._replaced.setdefault((old, new), {old: new})
        for node in self.reachable([root], above=old, left_out=replacement):
            operands = self.operands[node]
            new_operands = tuple([replacement.get(operand, operand) for operand in operands])
            replacement[node] = self.build(node, new_operands) if new_operands != operands else node
        return replacement.get(root, root)

    def renamed(self, root: NodeId, names: Mapping[NodeId, NodeId], *, simplified: bool = True) -> NodeId:
        """Return the root with many nodes replaced by others, including those that only arise from a replacement.

        Without `simplified` what is above a replaced node stays as written: 0/u does not become 0.
        """
        image: dict[NodeId, NodeId] = {}
        for node in self.reachable([root]):
            operands = self.operands[node]
            new_operands = tuple([image[operand] for operand in operands])
            if new_operands == operands:
                image[node] = node
            elif simplified:
                image[node] = self.build(node, new_operands)
            else:
                image[node] = self._node(self.op[node], self.payload[node], new_operands)
            while image[node] in names:
                image[node] = names[image[node]]
        return image[root]

    def contains(self, root: NodeId, part: NodeId) -> bool:
        """Return whether a node occurs in the root; cached like `replaced`."""
        containing = self._containing.setdefault(part, {part: True})
        for node in self.reachable([root], above=part, left_out=containing):
            containing[node] = any(containing.get(operand, False) for operand in self.operands[node])
        return containing.get(root, False)

    def depending(self, root: NodeId, symbol: NodeId) -> set[NodeId]:
        """Return the nodes under the root that contain the symbol."""
        dependent: set[NodeId] = set()
        for node in self.reachable([root]):
            if node == symbol or any(operand in dependent for operand in self.operands[node]):
                dependent.add(node)
        return dependent


def _small(first: Fraction | int, second: Fraction | int) -> bool:
    return _bits(first) + _bits(second) <= FOLDED_BITS


def _bits(value: Fraction | int) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
