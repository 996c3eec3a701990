"""Signs to powers of other symbols, by one another: (-1)^(n + m) is (-1)^n·(-1)^m where n and m are integers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from mnemosyne.calculus.linear_equations import solution
from mnemosyne.calculus.proof.forms import NormalForm
from mnemosyne.calculus.proof.polynomials import Generator
from mnemosyne.calculus.proof.sign_forms import Exponent, SignForms
from mnemosyne.calculus.proof.summands import CONSTANT

MOST_WHOLE = 12  # signs to powers in one proof


def by_one_another(signs: SignForms, whole: Iterable[Generator]) -> dict[Generator, NormalForm]:
    """Return the values of those signs to powers that are products of others, all of whose exponents are integers."""
    values: dict[Generator, NormalForm] = {}
    bases: dict[object, list[Generator]] = {}
    for index in sorted(set(whole), key=lambda index: _simplicity(signs.exponents[index]))[:MOST_WHOLE]:
        basis = bases.setdefault(signs.powers[index].key, [])
        times = _whole_multiples([signs.exponents[member] for member in basis], signs.exponents[index])
        if times is None:
            basis.append(index)
            continue
        added = times.pop()
        parts = (signs.forms.of(member, count % 2) for member, count in zip(basis, times, strict=True) if count % 2)
        values[index] = signs.forms.product(signs.forms.power(signs.powers[index], added % 2), *parts)
    return values


def _simplicity(exponent: Exponent) -> tuple[int, Fraction, str]:
    terms = [times for term, times in exponent.items() if term != CONSTANT]
    return len(terms), max(map(abs, terms)), repr(sorted(exponent.items()))


def _whole_multiples(basis: Sequence[Exponent], exponent: Exponent) -> list[int] | None:
    """Return how many times each exponent of a basis is in another one, and the integer left over; None if that is no
    sum of such multiples.
    """
    columns: list[Exponent] = [*basis, {CONSTANT: Fraction(1)}, exponent]
    terms = dict.fromkeys(term for column in columns for term in column)
    times = solution([[column.get(term, Fraction(0)) for column in columns] for term in terms])
    if times is None or any(count.denominator > 1 for count in times):
        return None
    return [count.numerator for count in times]
