"""What is known of signs where an expression has a value: a radicand of an even root is non-negative, and so on.

Such a condition says that a form is positive, or non-negative. Only its sign is used: a product of signs of
irreducible factors that is 1 or -1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from mnemosyne.calculus.proof.forms import Factor, NormalForm, rational_form
from mnemosyne.calculus.proof.polynomials import Generator
from mnemosyne.calculus.proof.sign_forms import SignForms

SignSet: TypeAlias = frozenset[Generator]


@dataclass(slots=True)
class Facts:
    """Forms that are positive, non-negative, or non-zero wherever some expression has a value; and `whole`, signs to
    powers that are integers there if the sign is -1.
    """

    positive: list[NormalForm] = field(default_factory=list)
    nonnegative: list[NormalForm] = field(default_factory=list)  # forms that are never negative
    nonzero: list[NormalForm] = field(default_factory=list)  # forms that are never zero
    whole: list[Generator] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.positive or self.nonnegative or self.nonzero or self.whole)

    def add(self, facts: Facts) -> None:
        """Add other facts to these."""
        self.positive += facts.positive
        self.nonnegative += facts.nonnegative
        self.nonzero += facts.nonzero
        self.whole += facts.whole


@dataclass(frozen=True, slots=True)
class Condition:
    """The product of some signs is `product`, unless one of the factors in `zeros` is zero."""

    signs: SignSet
    product: int
    zeros: frozenset[Factor]


def solve_signs(signs: SignForms, facts: Facts) -> dict[Generator, NormalForm] | None:
    """Return the values of signs that follow from facts, over the other signs; None if the facts are contradictory.

    At a zero of its factor a sign may be chosen freely, so that a condition holds there too, as long as its
    zeros are those of its signs' factors and no other condition chooses at the same ones.
    """
    conditions = {_condition(signs, form) for form in [*facts.positive, *facts.nonnegative]} - {None}
    if not conditions:
        return {}
    nonzero = _nonzero(signs, [*facts.positive, *facts.nonzero])
    possibly_zero: set[Factor] = set()
    rows: list[tuple[SignSet, int]] = []
    for condition in sorted((condition for condition in conditions if condition), key=_simplicity(nonzero)):
        zeros = condition.zeros - nonzero
        if zeros & possibly_zero or not zeros <= {signs.factors.get(sign, sign) for sign in condition.signs}:
            continue
        possibly_zero |= zeros
        rows.append((condition.signs, condition.product))
    return _eliminated(signs, rows)


def _condition(signs: SignForms, form: NormalForm) -> Condition | None:
    """Return the condition that a form is non-negative; None if that says nothing."""
    sign = signs.sign(form)
    if not sign.powers:
        return None
    zeros = frozenset(factor for factor in signs.irreducible(form).powers if not signs.never_zero(factor))
    return Condition(frozenset(sign.powers), sign.numerator, zeros)


def _nonzero(signs: SignForms, forms: Iterable[NormalForm]) -> set[Factor]:
    """Return the irreducible factors of forms known to be non-zero."""
    factors = {factor for form in forms for factor in signs.irreducible(form).powers}
    return factors | {signs.roots[factor] for factor in factors if factor in signs.roots}


def _simplicity(nonzero: set[Factor]) -> Callable[[Condition], tuple[int, int, list[Generator], int]]:
    return lambda condition: (
        len(condition.zeros - nonzero),
        len(condition.signs),
        sorted(condition.signs),
        condition.product,
    )


def _eliminated(known_signs: SignForms, rows: list[tuple[SignSet, int]]) -> dict[Generator, NormalForm] | None:
    """Return the values of the pivots by elimination modulo 2; None for a contradiction."""
    pivots: dict[Generator, tuple[SignSet, int]] = {}
    for row in rows:
        signs, product = _without(pivots, row)
        if not signs:
            if product < 0:
                return None
            continue
        pivot = max(signs)
        pivots = {
            other_pivot: _without({pivot: (signs, product)}, other_row) for other_pivot, other_row in pivots.items()
        }
        pivots[pivot] = signs, product
    forms = known_signs.forms
    return {
        pivot: forms.product(rational_form(product), *(forms.of(sign) for sign in sorted(signs - {pivot})))
        for pivot, (signs, product) in pivots.items()
    }


def _without(pivots: dict[Generator, tuple[SignSet, int]], row: tuple[SignSet, int]) -> tuple[SignSet, int]:
    """Return the row with the pivots eliminated."""
    signs, product = row
    for pivot, (pivot_signs, value) in pivots.items():
        if pivot in signs:
            signs, product = signs ^ pivot_signs, product * value
    return signs, product
