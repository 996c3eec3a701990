"""Relations: conditions on the values of a card's parameters, besides the values that each may take.

A rule is a pair, and is stored as such: `("a", "b")` says that a and b differ, `("c", "= a*b")` that c is
computed, `("a + b", "< 10")` that only such values are drawn. Values are exact rationals. Combinations in
which a computed value does not exist, or needs more than rational arithmetic, are not drawn.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Final, TypeAlias

from mnemosyne.errors import InputError
from mnemosyne.expressions.exact import exact_value
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Negation, Node, Number, Quotient, substitute, symbols
from mnemosyne.text import all_of

Candidate: TypeAlias = Fraction | str  # a number, or the name of a function
Values: TypeAlias = Mapping[str, Candidate]
Rules: TypeAlias = tuple[tuple[str, str], ...]  # rules for the values of parameters, as (left, right)

_SIGNS: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_SAME_SIGNS: Final = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
_CONDITION: Final = re.compile(r"(.*?)(<=|>=|!=|==|[<>=≤≥≠])(.*)", re.DOTALL)
_RULE: Final = re.compile(r"(<=|>=|!=|<|>|=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ValueCondition:
    """Two formulas and the relation between them; true or false once all their parameters have values."""

    left: Node
    sign: str
    right: Node

    @property
    def names(self) -> frozenset[str]:
        """The parameters in the condition."""
        return symbols(self.left) | symbols(self.right)

    def holds(self, values: Values) -> bool:
        """Return whether the condition is true; False if one of the sides has no value."""
        left, right = value_of(self.left, values), value_of(self.right, values)
        return left is not None and right is not None and _SIGNS[self.sign](left, right)


@dataclass(frozen=True, slots=True)
class Relations:
    """The parsed rules of a card."""

    pairs: Rules  # the pairs of parameters that must differ
    computed: tuple[tuple[str, Node], ...]  # the computed parameters, each after those that it uses
    conditions: tuple[ValueCondition, ...]

    def may_hold(self, values: Values, name: str) -> bool:
        """Return whether the rules can still hold once `name` has its value, others perhaps having none yet."""
        calculated = {computed_name for computed_name, _ in self.computed}
        for first, second in self.pairs:
            both_drawn = {first, second}.isdisjoint(calculated)
            if both_drawn and name in (first, second) and values.get(first) == values.get(second):
                return False
        return all(
            condition.holds(values)
            for condition in self.conditions
            if name in condition.names and condition.names <= values.keys() - calculated
        )

    def completed(self, values: Values) -> Values | None:
        """Return the values together with the computed ones; None if a rule does not hold."""
        whole = self._computed(values)
        if len(whole) < len({*values, *dict(self.computed)}):
            return None
        differ = all(whole[first] != whole.get(second) for first, second in self.pairs)
        return whole if differ and all(condition.holds(whole) for condition in self.conditions) else None

    def without_value(self, values: Values) -> str | None:
        """Return the first computed parameter that has no value with these; None if all have one."""
        whole = self._computed(values)
        return next((name for name, _ in self.computed if name not in whole), None)

    def _computed(self, values: Values) -> Values:
        """Return the values together with the computed ones, up to the first that has no value."""
        calculated = dict(self.computed)
        whole = {name: value for name, value in values.items() if name not in calculated}
        for name, formula in self.computed:
            value = value_of(formula, whole)
            if value is None:
                break
            whole[name] = value
        return whole


@lru_cache(64)
def relations_of(rules: Rules) -> Relations:
    """Return the parsed rules; raise ReadingError for an unreadable formula, InputError if values
    depend on each other.
    """
    computed = {name: read(text.removeprefix("=")) for name, text in rules if computes_value((name, text))}
    conditions = [_condition(left, text) for left, text in rules if is_condition((left, text))]
    pairs = tuple((left, text) for left, text in rules if not _RULE.fullmatch(text))
    order = _in_order({name: symbols(formula) & computed.keys() for name, formula in computed.items()})
    return Relations(pairs, tuple((name, computed[name]) for name in order), tuple(conditions))


def computes_value(rule: tuple[str, str]) -> bool:
    """Return whether a rule computes a value: a name followed by =."""
    return rule[1].startswith("=") and rule[0].isidentifier()


def is_condition(rule: tuple[str, str]) -> bool:
    """Return whether a rule is a condition on values."""
    return _RULE.fullmatch(rule[1]) is not None and not computes_value(rule)


def condition_rule(text: str) -> tuple[str, str]:
    """Return a condition such as `a < b` as a rule; raise InputError if it is not one. `a = b` becomes `(a) = b`."""
    match = _CONDITION.fullmatch(text)
    if match is None or _CONDITION.search(match[3]) or not match[1].strip() or not match[3].strip():
        raise InputError(f"{text!r} is not a condition", "write a < b, or a list such as [a < b, a + b != 7]")
    sign = _SAME_SIGNS.get(match[2], match[2])
    left = match[1].strip()
    return f"({left})" if sign == "=" else left, f"{sign} {match[3].strip()}"


def sides(rule: tuple[str, str]) -> tuple[str, str]:
    """Return the formulas on both sides of a condition."""
    match = _RULE.fullmatch(rule[1])
    assert match is not None
    return rule[0], match[2]


def value_of(formula: Node, values: Values) -> Fraction | None:
    """Return the value of a formula; None if it has none, or needs more than rational arithmetic."""
    numbers = {name: number_node(value) for name, value in values.items() if isinstance(value, Fraction)}
    return exact_value(substitute(formula, numbers))


def _condition(left: str, text: str) -> ValueCondition:
    match = _RULE.fullmatch(text)
    assert match is not None
    return ValueCondition(read(left), match[1], read(match[2]))


def _in_order(uses: Mapping[str, frozenset[str]]) -> Sequence[str]:
    try:
        return tuple(TopologicalSorter({name: sorted(used) for name, used in uses.items()}).static_order())
    except CycleError as error:
        names = sorted(set(error.args[1]))
        alone = len(names) == 1
        message = f"{names[0]} is computed from itself" if alone else f"{all_of(names)} depend on each other"
        raise InputError(message, f"give {'it' if alone else 'one of them'} a range or a list") from None


def number_node(value: Fraction) -> Node:
    """Return a number as it appears in a formula: a fraction as a quotient, with the sign in front."""
    size = abs(value)
    plain: Node = Number(Fraction(size.numerator))
    if size.denominator != 1:
        plain = Quotient(plain, Number(Fraction(size.denominator)))
    return Negation(plain) if value < 0 else plain
