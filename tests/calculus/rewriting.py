"""Right answers in other forms, by the identities of a formula book: the hard test of the proof.

Each rule takes a tree and gives another that has the same value wherever the first has one (except at single
points, such as a zero that both sides are divided by). The rules know nothing of the prover's normal form.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

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
    number,
    with_children,
)

Rule = Callable[[Node], Node | None]
E, PI = Constant("e"), Constant("pi")
ONE, TWO, HALF = number(1), number(2), Quotient(number(1), number(2))
LARGEST_POWER = 5  # of a power that is multiplied out


def call(name: str, *arguments: Node) -> Node:
    """Return a call; shorter to write."""
    return Call(name, arguments)


def square(u: Node) -> Node:
    """u^2."""
    return Power(u, TWO)


def exp(u: Node) -> Node:
    """e^u."""
    return Power(E, u)


def minus(u: Node, v: Node) -> Node:
    """u - v."""
    return Sum((u, Negation(v)))


def half(u: Node) -> Node:
    """u/2."""
    return Quotient(u, TWO)


def twice(u: Node) -> Node:
    """2u."""
    return Product((TWO, u))


def product(factors: tuple[Node, ...]) -> Node:
    """The product of any number of factors."""
    return Product(factors) if len(factors) > 1 else factors[0] if factors else ONE


def positive(node: Node) -> bool:
    """Return whether a formula is plainly positive at every real point."""
    match node:
        case Number():
            return node.value > 0
        case Constant() | Power(Constant(), _) | Call("exp" | "cosh" | "sigmoid" | "softplus" | "sech", _):
            return True
        case Power(u, v):
            return positive(u)
        case Sum(terms):
            return any(map(positive, terms)) and all(positive(term) or _square(term) for term in terms)
        case Product(factors):
            return all(map(positive, factors))
        case Quotient(u, v):
            return positive(u) and positive(v)
    return False


def _square(node: Node) -> bool:
    match node:
        case Power(_, Number(value)):
            return value.denominator == 1 and value.numerator % 2 == 0
        case Product(factors):
            return all(positive(factor) or _square(factor) for factor in factors)
    return False


def whole(node: Node) -> int | None:
    """Return the value of a whole number."""
    return node.value.numerator if isinstance(node, Number) and node.value.denominator == 1 else None


# algebra


def multiplied_out(node: Node) -> Node | None:
    """a(b + c) = ab + ac."""
    if isinstance(node, Product):
        for i, factor in enumerate(node.factors):
            if isinstance(factor, Sum):
                rest = (*node.factors[:i], *node.factors[i + 1 :])
                return Sum(tuple(Product((*rest, term)) for term in factor.terms))
    return None


def power_of_sum(node: Node) -> Node | None:
    """(a + b)² = a² + 2ab + b²."""
    match node:
        case Power(Sum((a, b)), Number(value)) if value == 2:
            return Sum((square(a), Product((TWO, a, b)), square(b)))
    return None


def repeated(node: Node) -> Node | None:
    """u³ = u·u·u."""
    if isinstance(node, Power) and 1 < (whole(node.exponent) or 0) <= LARGEST_POWER:
        return Product((node.base,) * (whole(node.exponent) or 1))
    return None


def factored_out(node: Node) -> Node | None:
    """a + b = a(1 + b/a), for an a without zeros."""
    if isinstance(node, Sum) and positive(node.terms[0]):
        first = node.terms[0]
        return Product((first, Sum((ONE, *(Quotient(term, first) for term in node.terms[1:])))))
    return None


def common_denominator(node: Node) -> Node | None:
    """a/b + c = (a + bc)/b."""
    if isinstance(node, Sum):
        for i, term in enumerate(node.terms):
            if isinstance(term, Quotient):
                below = term.denominator
                rest = (*node.terms[:i], *node.terms[i + 1 :])
                return Quotient(Sum((term.numerator, *(Product((below, addend)) for addend in rest))), below)
    return None


def split_fraction(node: Node) -> Node | None:
    """(a + b)/c = a/c + b/c."""
    match node:
        case Quotient(Sum(terms), below):
            return Sum(tuple(Quotient(term, below) for term in terms))
    return None


def extended(node: Node) -> Node | None:
    """a/b = a(x² + 1)/(b(x² + 1))."""
    if isinstance(node, Quotient):
        more = Sum((square(Symbol("x")), ONE))
        return Quotient(Product((more, node.numerator)), Product((node.denominator, more)))
    return None


def negative_power(node: Node) -> Node | None:
    """a/b = a·b⁻¹."""
    return Product((node.numerator, Power(node.denominator, Negation(ONE)))) if isinstance(node, Quotient) else None


def reordered(node: Node) -> Node | None:
    """a + b = b + a."""
    match node:
        case Sum(terms):
            return Sum(terms[::-1])
        case Product(factors):
            return Product(factors[::-1])
    return None


def power_of_product(node: Node) -> Node | None:
    """(ab)ⁿ = aⁿbⁿ."""
    match node:
        case Power(Product(factors), n) if (whole(n) or 0) > 0:
            return Product(tuple(Power(factor, n) for factor in factors))
        case Power(Quotient(a, b), n) if (whole(n) or 0) > 0:
            return Quotient(Power(a, n), Power(b, n))
    return None


ALGEBRA: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        *(multiplied_out, power_of_sum, repeated, factored_out, common_denominator, split_fraction, extended),
        *(negative_power, reordered, power_of_product),
    )
}


def rewritten(source: random.Random, root: Node, rules: Mapping[str, Rule], share: float) -> tuple[Node, list[str]]:
    """Return the tree with a share of its nodes rewritten, and the names of the rules that were used."""
    used: list[str] = []

    def change(node: Node, operands: tuple[Node, ...]) -> Node:
        node = with_children(node, operands)
        if source.random() >= share:
            return node
        for name in source.sample(sorted(rules), len(rules)):
            new_node = rules[name](node)
            if new_node is not None:
                used.append(name)
                return new_node
        return node

    return fold(root, change), used


def exactly_half(exponent: Node) -> bool:
    """Return whether an exponent is 1/2."""
    match exponent:
        case Number(value):
            return value == Fraction(1, 2)
        case Quotient(Number(a), Number(b)):
            return a == 1 and b == 2
    return False


TEMPLATES = (
    "x^n",
    "a^x",
    "x^x",
    "x^sin(x)",
    "(x^2 + 1)^n",
    "a^(x^2)",
    "e^(a*x)*sin(b*x)",
    "sin(a*x + b)",
    "cos(a*x)^n",
    "tan(a*x)",
    "ln(a*x + b)",
    "sqrt(a*x + b)",
    "sqrt(a^2 - x^2)",
    "sqrt(x^2 + a^2)",
    "1/(x^2 + a^2)",
    "arctan(x/a)",
    "arcsin(x/a)",
    "a*x/(b*x + 1)",
    "(a*x + b)^5",
    "e^(-x^2/(2*a^2))",
    "ln(x + sqrt(x^2 + a))",
    "x^a*e^(-b*x)",
    "sigmoid(a*x + b)",
    "relu(a*x + b)^2",
    "(y - sigmoid(a*x + b))^2",
    "log(a*x, 3)",
    "cbrt(a*x^2 + b)",
    "x*sqrt(x + a)",
    "sin(x)^2*cos(x)^3",
    "e^sin(x)*cos(x)",
    "ln(sin(x))",
    "ln(sec(x) + tan(x))",
    "sqrt(1 + sqrt(x))",
    "(1 + 1/x)^5",
    "x^2*e^(-x)",
    "sin(x)/x",
    "ln(x)/x",
    "x^(2/3)*(6 - x)^(1/3)",
    "((x - 1)/(x + 1))^3",
    "sqrt((1 - x)/(1 + x))",
    "abs(x^2 - 1)",
    "sqrt(x^2 - 4*x + 4)",
    "max(x^2, 2*x + 1)",
)
