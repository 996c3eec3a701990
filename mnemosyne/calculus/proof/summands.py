"""The numerator and denominator of a form, and the form as a sum, which identify the arguments of functions."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import NamedTuple

from mnemosyne.calculus.proof import polynomials
from mnemosyne.calculus.proof.forms import Forms, NormalForm, UndefinedError
from mnemosyne.calculus.proof.polynomials import FIELD, Generator, Key, Polynomial, TooLargeError

UNIT: Key = ((0, 1),)
MOST_SUMMANDS = 40


class Summand(NamedTuple):
    """A summand without its rational coefficient: primitive numerator and denominator.

    `size` distinguishes terms with equal hashes: hashes of powers of 2 are few.
    """

    size: int
    above: Key
    below: Key

    @property
    def generator(self) -> Generator | None:
        """The generator that the term is, if it is nothing else."""
        if self.below != UNIT or len(self.above) > 1:
            return None
        index = (self.above[0][0].bit_length() - 1) // FIELD
        return index if index >= 0 and self.above[0][0] == 1 << (FIELD * index) else None


def summand(above: Key, below: Key = UNIT) -> Summand:
    """Return the summand of a numerator and a denominator."""
    return Summand(above[-1][0].bit_length(), above, below)


CONSTANT = summand(UNIT)


def form_of(forms: Forms, term: Summand) -> NormalForm:
    """Return the form of a summand without its rational coefficient."""
    above, below = (forms.from_polynomial(dict(part)) for part in (term.above, term.below))
    return forms.quotient(above, below)


def canonical(forms: Forms, form: NormalForm) -> tuple[Fraction, Polynomial, Polynomial]:
    """Return the rational coefficient, and primitive numerator and denominator without a common divisor."""
    above, below = (forms.reduce(part) for part in (forms.numerator(form), forms.denominator(form)))
    if not below:
        raise UndefinedError
    if not above:
        return Fraction(0), {}, polynomials.ONE
    (times, high), (over, low) = polynomials.content(above), polynomials.content(below)
    forms.work(len(above) * len(below))
    primitive = polynomials.exact_quotient(above, times, high), polynomials.exact_quotient(below, over, low)
    above, below = coprime = polynomials.coprime(*primitive)
    if coprime == primitive and not high and not low:
        return Fraction(times, over), above, below
    front = NormalForm(1, 1, dict(polynomials.exponents(high)))
    front = forms.quotient(front, NormalForm(1, 1, dict(polynomials.exponents(low))))
    above = polynomials.polynomial_product(above, forms.numerator(front))
    below = polynomials.polynomial_product(below, forms.denominator(front))
    (times_more, _), (over_more, _) = polynomials.content(above), polynomials.content(below)
    value = Fraction(times * times_more, over * over_more)
    return value, polynomials.exact_quotient(above, times_more, 0), polynomials.exact_quotient(below, over_more, 0)


def summands(forms: Forms, form: NormalForm) -> list[tuple[Fraction, Summand]]:
    """Return the form as a sum of rational multiples of primitive terms, in order."""
    value, above, below = canonical(forms, form)
    if len(below) == 1:
        weighted = _laurent(value, above, max(below))
    else:
        whole, rest = _divided_with_rest(above, below)
        weighted = [(value * coefficient, summand(((monomial, 1),))) for monomial, coefficient in whole.items()]
        if rest:
            scale, primitive = _primitive(rest)
            weighted.append((value * scale, summand(polynomials.key_of(primitive), polynomials.key_of(below))))
    if len(weighted) > MOST_SUMMANDS:
        raise TooLargeError
    return sorted(weighted, key=_place)


def _laurent(value: Fraction, above: Polynomial, below: int) -> list[tuple[Fraction, Summand]]:
    """Return each term over the monomial below, in lowest terms."""
    weighted: list[tuple[Fraction, Summand]] = []
    for monomial, coefficient in above.items():
        shared = sum(
            min(power, polynomials.exponent(monomial, index)) << (FIELD * index)
            for index, power in polynomials.exponents(below)
        )
        weighted.append((value * coefficient, summand(((monomial - shared, 1),), ((below - shared, 1),))))
    return weighted


def _place(part: tuple[Fraction, Summand]) -> Summand:
    return part[1]


def _primitive(polynomial: dict[int, Fraction]) -> tuple[Fraction, Polynomial]:
    """Return a rational and a primitive polynomial with a positive leading coefficient, whose product is the
    polynomial.
    """
    scale = lcm(*(coefficient.denominator for coefficient in polynomial.values()))
    whole = {monomial: int(coefficient * scale) for monomial, coefficient in polynomial.items()}
    number, _ = polynomials.content(whole)
    return Fraction(number, scale), polynomials.exact_quotient(whole, number, 0)


def _divided_with_rest(above: Polynomial, below: Polynomial) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Return quotient and remainder by the leading terms; what takes too long is left as remainder."""
    lead = max(below)
    whole: dict[int, Fraction] = {}
    rest = {monomial: Fraction(coefficient) for monomial, coefficient in above.items()}
    for _ in range(MOST_SUMMANDS):
        monomial = max((m for m in rest if _divides(lead, m)), default=None)
        if monomial is None:
            return whole, rest
        factor = whole[monomial - lead] = rest[monomial] / below[lead]
        for place, coefficient in below.items():
            value = rest.get(place + monomial - lead, 0) - coefficient * factor
            rest[place + monomial - lead] = value
        rest = {m: value for m, value in rest.items() if value}
    return {}, {monomial: Fraction(coefficient) for monomial, coefficient in above.items()}


def _divides(lead: int, monomial: int) -> bool:
    return all(polynomials.exponent(monomial, index) >= power for index, power in polynomials.exponents(lead))
