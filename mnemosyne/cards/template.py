"""Templates: the values of parameters turn a template into a concrete formula or sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from mnemosyne.cards.blanks import BLANK_BRACES
from mnemosyne.cards.relations import number_node
from mnemosyne.cards.variants import Values
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import (
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    fold,
    substitute,
    with_children,
)
from mnemosyne.expressions.vocabulary import symbol_name

_BRACES: Final = re.compile(r"\{(\w+)\}")
_BEFORE_BRACE: Final = re.compile(r"(?:\\[A-Za-z]+(?:\{[^{}]*\})*|[\^_])\Z")  # the value keeps its braces then


def formula(text: str, values: Values, besides: frozenset[str] = frozenset()) -> Node:
    """Return the tree of a formula with the values substituted, as a textbook would print it;
    `besides` as in `read`.
    """
    for name, value in values.items():
        if isinstance(value, str):
            text = re.sub(rf"(?<![^\W\d_]){re.escape(name)}(?=\s*\()", value, text)
    numbers = {name: number_node(value) for name, value in values.items() if isinstance(value, Fraction)}
    concrete = substitute(read(text, besides=besides.union(numbers)), numbers)
    return fold(concrete, lambda node, operands: _tidied(with_children(node, operands)))


def sentence(text: str, values: Values) -> str:
    """Return a text with `{a}` replaced by the value of a."""

    def put(match: re.Match[str]) -> str:
        value = values.get(symbol_name(match[1]))
        if value is None:
            return match[0]
        shown_value = value if isinstance(value, str) else to_unicode_line(number_node(value))
        is_latex = _BEFORE_BRACE.search(match.string, 0, match.start())
        return f"{{{shown_value}}}" if is_latex else shown_value

    return _BRACES.sub(put, text)


def blanked_sentence(text: str, values: Values) -> str:
    """Return a text with `{{blanks}}` with the values substituted: `{{{a}}}` is a blank whose word is
    the value of a.
    """
    parts = BLANK_BRACES.split(text)
    return "".join(
        f"{{{{{sentence(part, values)}}}}}" if i % 2 else sentence(part, values) for i, part in enumerate(parts)
    )


def names_in_braces(text: str) -> set[str]:
    """Return the parameters that a text names: `{a}`, in LaTeX also where a name may occur: `x^{a}`."""
    return {symbol_name(match[1]) for match in _BRACES.finditer(text)}


def _tidied(node: Node) -> Node:
    """Return a node without factors 1, exponents 1, terms 0 and double signs; its operands must already be tidy."""
    rule = _RULES.get(type(node))
    return rule(node) if rule else node


def _negation(node: Node) -> Node:
    assert isinstance(node, Negation)
    return node.operand.operand if isinstance(node.operand, Negation) else node


def _sum(node: Node) -> Node:
    assert isinstance(node, Sum)
    terms = tuple(term for term in node.terms if not _is(term, 0))
    return _joined_parts(terms, Sum, 0)


def _product(node: Node) -> Node:
    assert isinstance(node, Product)
    negative = isinstance(node.factors[0], Negation)
    first = node.factors[0].operand if isinstance(node.factors[0], Negation) else node.factors[0]
    factors = tuple(factor for factor in (first, *node.factors[1:]) if not _is(factor, 1))
    whole = _joined_parts(factors, Product, 1)
    return Negation(whole) if negative else whole


def _quotient(node: Node) -> Node:
    assert isinstance(node, Quotient)
    return node.numerator if _is(node.denominator, 1) else node


def _power(node: Node) -> Node:
    assert isinstance(node, Power)
    return node.base if _is(node.exponent, 1) else node


def _joined_parts(parts: tuple[Node, ...], kind: Callable[[tuple[Node, ...]], Node], neutral: int) -> Node:
    if len(parts) > 1:
        return kind(parts)
    return parts[0] if parts else Number(Fraction(neutral))


def _is(node: Node, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


_RULES: Mapping[type, Callable[[Node], Node]] = {
    Negation: _negation,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
}
