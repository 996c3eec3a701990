"""Generators for exponentials, logarithms and roots.

Every rule here holds at all real points where the expression that it rewrites has a value. Thus √(u²) becomes
|u|, and ln(uv) becomes ln|u| + ln|v|.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz

from mnemosyne.calculus.proof.forms import ONE, ZERO, Factor, FormKey, Forms, NormalForm, UndefinedError, rational_form
from mnemosyne.calculus.proof.polynomials import Generator, TooLargeError
from mnemosyne.calculus.proof.sign_forms import SignForms
from mnemosyne.calculus.proof.summands import Summand, form_of, summands

LARGEST_MULTIPLE = 8  # larger numerators of an exponent do not become powers of the exponential's generator
LARGEST_RATIO = 64  # the largest ratio of exponents for which one exponential becomes a power or root of another
LARGEST_POWER = 100  # the largest power of a logarithm's argument that is expanded
LARGEST_ROOT = 64  # the largest prime order of a root that gets a relation
LARGEST_ORDER = 1 << 12  # the largest prime power order of a root
MOST_FACTORED_BITS = 64  # the most bits of a rational that is factored into primes


@dataclass(frozen=True, slots=True)
class Magnitude:
    """|generator| = |base|^exponent."""

    base: Factor
    exponent: Fraction


class Atoms:
    """The generators in use, with what is known of each."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.signs = SignForms(forms)
        self.magnitudes: dict[Generator, Magnitude] = {}
        self.logarithms: dict[Generator | None, Factor] = {}  # the factor b of each ln|b|
        self._log_of: dict[Factor, NormalForm] = {}
        self._roots: dict[tuple[Factor, int], NormalForm] = {}
        # for each u, the generators e^(unit·u)
        self._exponentials: dict[Summand, list[tuple[Generator, Fraction]]] = {}
        self.exponents: dict[Generator, NormalForm] = {}  # the exponent u of each e^u
        self._summands: dict[FormKey, list[tuple[Fraction, Summand]]] = {}
        self._primes: dict[int, Factor] = {}
        self._numbers: dict[Factor, int] = {}  # the integer that each such generator stands for

    def summands(self, form: NormalForm) -> list[tuple[Fraction, Summand]]:
        """Return the form as a sum; cached, since sin u, cos u and all other functions of one u ask for it."""
        key = form.key
        if key not in self._summands:
            self._summands[key] = summands(self.forms, form)
        return self._summands[key]

    def _prime_powers(self, form: NormalForm) -> list[tuple[int, int]]:
        """Return the prime powers of the form's rational coefficient, without its sign; a large part
        counts as one prime.
        """
        prime_powers: list[tuple[int, int]] = []
        for value, side in ((abs(form.numerator), 1), (form.denominator, -1)):
            if value.bit_length() > MOST_FACTORED_BITS:
                prime_powers.append((value, side))
            elif value > 1:
                prime_powers += [(int(prime), int(power) * side) for prime, power in fmpz(value).factor()]
        return prime_powers

    def prime(self, value: int) -> Factor:
        """Return the generator of a positive integer as the base of roots and logarithms; forms do not contain it."""
        if value not in self._primes:
            number = self.forms.generator(nonnegative=True)
            self.signs.nonzero.add(number)
            self._primes[value] = number
            self._numbers[number] = value
        return self._primes[value]

    def logarithm(self, form: NormalForm) -> NormalForm:
        """Return ln|form|."""
        if not form.numerator:
            raise UndefinedError
        forms = self.forms
        whole = self.signs.irreducible(form)
        terms = [forms.times(self.log_of(self.prime(prime)), power) for prime, power in self._prime_powers(whole)]
        for factor, power in whole.powers.items():
            terms.append(forms.times(self.log_of(factor), power))
        return forms.sum(*terms)

    def log_of(self, factor: Factor) -> NormalForm:
        """Return ln|factor| of one irreducible factor."""
        if factor not in self._log_of:
            self._log_of[factor] = self._new_log(factor)
        return self._log_of[factor]

    def _new_log(self, factor: Factor) -> NormalForm:
        if factor in self.exponents:
            return self.exponents[factor]
        if self.signs.is_sign(factor):
            return ZERO
        if factor in self.magnitudes:
            magnitude = self.magnitudes[factor]
            return self.forms.times(self.log_of(magnitude.base), magnitude.exponent)
        positive = self._numbers.get(factor, 0) > 1
        index = self.forms.generator(nonnegative=positive)
        if positive:
            self.signs.nonzero.add(index)
        self.logarithms[index] = factor
        return self.forms.of(index)

    def root(self, form: NormalForm, exponent: Fraction) -> NormalForm:
        """Return |form| ^ exponent for an even denominator, form ^ exponent as a real root for an odd one."""
        if not form.numerator:
            if exponent <= 0:
                raise UndefinedError
            return ZERO
        real = bool(exponent.denominator % 2)
        whole = self.signs.irreducible(form)
        parts = [self._root_of(factor, power * exponent, real=real) for factor, power in whole.powers.items()]
        parts += [self._root_of_prime(prime, power * exponent) for prime, power in self._prime_powers(whole)]
        if real and whole.numerator < 0 and exponent.numerator % 2:
            parts.append(rational_form(-1))
        return self.forms.product(*parts)

    def _root_of_prime(self, prime: int, exponent: Fraction) -> NormalForm:
        whole, rest = divmod(exponent, 1)
        size = self.forms.power(rational_form(prime), int(whole))
        return self.forms.product(size, self._root_of(self.prime(prime), rest, real=False)) if rest else size

    def _root_of(self, factor: Factor, exponent: Fraction, *, real: bool) -> NormalForm:
        """Return |factor| ^ exponent, or with `real`, for an odd denominator, factor ^ exponent."""
        if self.signs.is_sign(factor):
            return self.forms.of(factor, exponent.numerator) if real else ONE
        if factor in self.magnitudes and exponent.denominator > 1:
            magnitude = self.magnitudes[factor]
            odd = magnitude.exponent.denominator % 2 == 1
            return self._root_of(magnitude.base, magnitude.exponent * exponent, real=real and odd)
        whole, parts = partial_fractions(exponent)
        pieces = [self._whole_power(factor, whole)]
        if not real and (whole + sum(times for prime, _, times in parts if prime != 2)) % 2:
            pieces.append(self.signs.sign_of(factor))
        pieces += [self._prime_power_root(factor, *part) for part in parts]
        return self.forms.product(*pieces)

    def _whole_power(self, factor: Factor, exponent: int) -> NormalForm:
        if factor in self._numbers:
            return self.forms.power(rational_form(self._numbers[factor]), exponent)
        return self.forms.of(factor, exponent) if exponent else ONE

    def _prime_power_root(self, factor: Factor, prime: int, order: int, times: int) -> NormalForm:
        """Return the root of prime power order, to the power `times`."""
        if order > LARGEST_ORDER:
            raise TooLargeError
        base, depth = self._whole_power(factor, 1), prime
        while depth <= order:
            base = self._root(factor, prime, depth, base)
            depth *= prime
        return self.forms.power(base, times)

    def _root(self, factor: Factor, prime: int, depth: int, base: NormalForm) -> NormalForm:
        """Return the root of order `depth`, a power of `prime`, as a root of `base`, the root of the order before."""
        root = self._roots.get((factor, depth))
        if root is None:
            if prime > LARGEST_ROOT:
                raise TooLargeError
            if depth == 2:
                base = self.forms.product(base, self.signs.sign_of(factor))
            positive = prime == 2 or self.signs.sign_of(factor) == ONE
            root = self._roots[factor, depth] = self.forms.radical(prime, base, nonnegative=positive)
            self._note_root(next(iter(root.powers)), factor, depth)
        return root

    def _note_root(self, index: Generator, factor: Factor, depth: int) -> None:
        self.magnitudes[index] = Magnitude(factor, Fraction(1, depth))
        self.signs.roots[index] = factor

    def exponential(self, form: NormalForm) -> NormalForm:
        """Return e ^ form."""
        parts = [self._exponential(coefficient, term) for coefficient, term in self.summands(form)]
        return self.forms.product(*parts)

    def _exponential(self, coefficient: Fraction, term: Summand) -> NormalForm:
        if term.generator in self.logarithms and abs(coefficient) < LARGEST_POWER:
            return self._power_of_size(self.logarithms[term.generator], coefficient)
        entries = self._exponentials.setdefault(term, [])
        for index, unit in entries:
            times = coefficient / unit
            if max(abs(times.numerator), times.denominator) <= LARGEST_RATIO:
                return self._root_of(index, times, real=False)
        index, unit = self._new_exponential(coefficient, term)
        entries.append((index, unit))
        return self._root_of(index, coefficient / unit, real=False)

    def _power_of_size(self, factor: Factor, exponent: Fraction) -> NormalForm:
        if factor in self._numbers:
            return self._root_of_prime(self._numbers[factor], exponent)
        return self._root_of(factor, exponent, real=False)

    def _new_exponential(self, coefficient: Fraction, term: Summand) -> tuple[Generator, Fraction]:
        """Return the generator of e^(unit·term) and the unit, of which the coefficient is a small multiple."""
        forms = self.forms
        index = forms.generator(nonnegative=True)
        self.signs.nonzero.add(index)
        small = abs(coefficient.numerator) <= LARGEST_MULTIPLE
        unit = Fraction(1, coefficient.denominator) if small else abs(coefficient)
        self.exponents[index] = forms.times(form_of(forms, term), unit)
        return index, unit


def partial_fractions(value: Fraction) -> tuple[int, list[tuple[int, int, int]]]:
    """Return value = integer + Σ times/order over prime powers, as (prime, order, times) with 0 < times < order."""
    whole, rest = divmod(value, 1)
    whole = int(whole)
    parts = []
    for prime, power in fmpz(rest.denominator).factor() if rest else ():
        order = int(prime) ** int(power)
        other_denominator = rest.denominator // order
        times = rest.numerator * pow(other_denominator, -1, order) % order
        parts.append((int(prime), order, times))
    total = sum((Fraction(times, order) for _, order, times in parts), Fraction(0))
    return whole + int(rest - total), parts
