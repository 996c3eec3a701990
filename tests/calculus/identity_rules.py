"""How rules for the identities of one function are made, and short names of functions."""

from __future__ import annotations

from collections.abc import Callable

from rewriting import Rule, call, product

from mnemosyne.expressions.tree import Call, Constant, Node, Number, Power, Product, Quotient, Sum, number

THREE, FOUR = number(3), number(4)


def of(name: str, change: Callable[[Node], Node]) -> Rule:
    """Return the rule that rewrites one function."""

    def rule(node: Node) -> Node | None:
        match node:
            case Call(function, (u,)) if function == name:
                return change(u)
            case Power(Constant("e"), u) if name == "exp":
                return change(u)
        return None

    return rule


def of_square(name: str, change: Callable[[Node], Node]) -> Rule:
    """Return the rule that rewrites a function's square."""

    def rule(node: Node) -> Node | None:
        match node:
            case Power(Call(function, (u,)), Number(value)) if function == name and value == 2:
                return change(u)
        return None

    return rule


def _take_call(factors: list[Node], name: str) -> Call | None:
    """Take the first call of a function out of a list."""
    for place, factor in enumerate(factors):
        if isinstance(factor, Call) and factor.function == name:
            del factors[place]
            return factor
    return None


def pair(first_name: str, second_name: str, change: Callable[[Node, Node], Node]) -> Rule:
    """Return the rule that rewrites the product of two functions inside a product."""

    def rule(node: Node) -> Node | None:
        if not isinstance(node, Product):
            return None
        rest = list(node.factors)  # two factors may be one object: each is taken out once
        calls = [_take_call(rest, name) for name in (first_name, second_name)]
        if None in calls:
            return None
        first, second = (call for call in calls if call is not None)
        return product((*rest, change(first.arguments[0], second.arguments[0])))

    return rule


def of_sum(name: str, change: Callable[[Node, Node], Node]) -> Rule:
    """Return the rule that rewrites a function of a sum."""

    def rule(node: Node) -> Node | None:
        match node:
            case Call(function, (Sum((u, *rest)),)) if function == name:
                return change(u, rest[0] if len(rest) == 1 else Sum(tuple(rest)))
            case Power(Constant("e"), Sum((u, *rest))) if name == "exp":
                return change(u, rest[0] if len(rest) == 1 else Sum(tuple(rest)))
        return None

    return rule


def sin(u: Node) -> Node:
    """sin u."""
    return call("sin", u)


def cos(u: Node) -> Node:
    """cos u."""
    return call("cos", u)


def tan(u: Node) -> Node:
    """tan u."""
    return call("tan", u)


def third(u: Node) -> Node:
    """u/3."""
    return Quotient(u, THREE)


def log(u: Node) -> Node:
    """ln u."""
    return call("ln", u)


def root(u: Node) -> Node:
    """√u."""
    return call("sqrt", u)


def size(u: Node) -> Node:
    """|u|."""
    return call("abs", u)
