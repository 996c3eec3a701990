"""What is known of signs where an expression has a value: under an even root nothing is negative, and so on.

Such a condition says that a form is positive, or not negative. Only its sign is used: signs of irreducible factors
whose product is 1 or -1.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import TypeAlias

from mnemosyne.calculus.proof.atoms import Atoms
from mnemosyne.calculus.proof.forms import Factor, Form, rational
from mnemosyne.calculus.proof.polynomials import Generator

Signs: TypeAlias = frozenset[Generator]


@dataclass(frozen=True, slots=True)
class Condition:
    """The product of some signs is `product`, unless one of the factors in `zeros` is zero."""

    signs: Signs
    product: int
    zeros: frozenset[Factor]


def condition(atoms: Atoms, form: Form, *, strict: bool) -> Condition | None:
    """The condition that a form is positive, or if not `strict` that it is not negative; None if that says nothing."""
    sign = atoms.sign(form)
    if not sign.powers:
        return None
    zeros = (factor for factor in atoms.irreducible(form).powers if not atoms.never_zero(factor))
    return Condition(frozenset(sign.powers), sign.numerator, frozenset() if strict else frozenset(zeros))


def solved(atoms: Atoms, conditions: Iterable[Condition], nonzero: Set[Factor]) -> dict[Generator, Form] | None:
    """Values of signs that follow from conditions, over the other signs; None if they contradict each other.

    At a zero of its factor a sign may be chosen freely, so that a condition holds there too: as long as its zeros are
    those of its signs' factors, and no other condition has a choice to make for the same ones.
    """
    possibly_zero: set[Factor] = set()
    rows: list[tuple[Signs, int]] = []
    for known in sorted(set(conditions), key=_simplicity):
        zeros = known.zeros - nonzero
        if zeros & possibly_zero or not zeros <= {atoms.signs.get(sign, sign) for sign in known.signs}:
            continue
        possibly_zero |= zeros
        rows.append((known.signs, known.product))
    return _eliminated(atoms, rows)


def _simplicity(known: Condition) -> tuple[int, int, list[Generator], int]:
    return len(known.zeros), len(known.signs), sorted(known.signs), known.product


def _eliminated(atoms: Atoms, rows: list[tuple[Signs, int]]) -> dict[Generator, Form] | None:
    """Gauss's elimination modulo 2."""
    pivots: dict[Generator, tuple[Signs, int]] = {}
    for row in rows:
        signs, product = _without(pivots, row)
        if not signs:
            if product < 0:
                return None
            continue
        pivot = max(signs)
        pivots = {other: _without({pivot: (signs, product)}, known) for other, known in pivots.items()}
        pivots[pivot] = signs, product
    forms = atoms.forms
    return {
        pivot: forms.product(rational(product), *(forms.of(sign) for sign in sorted(signs - {pivot})))
        for pivot, (signs, product) in pivots.items()
    }


def _without(pivots: dict[Generator, tuple[Signs, int]], row: tuple[Signs, int]) -> tuple[Signs, int]:
    """The row with the pivots eliminated."""
    signs, product = row
    for pivot, (others, value) in pivots.items():
        if pivot in signs:
            signs, product = signs ^ others, product * value
    return signs, product
