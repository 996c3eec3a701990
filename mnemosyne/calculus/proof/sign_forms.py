"""Irreducible factors and their signs: generators with square 1, which may have either value at a zero of the factor.

So |u| = u·sign u at every real point. If bounds show that a factor is never negative, its sign is 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction
from math import floor, gcd, inf
from typing import Any, TypeAlias

from flint import fmpz_poly

from mnemosyne.calculus.proof import polynomials
from mnemosyne.calculus.proof.forms import ONE, ZERO, Factor, Forms, NormalForm, rational_form
from mnemosyne.calculus.proof.polynomials import Generator, Polynomial, TooLargeError
from mnemosyne.calculus.proof.summands import CONSTANT, Summand, summands

MOST_DEGREE = 40  # the highest degree of a polynomial whose real zeros are searched
MOST_BESIDE_ROOT = 12  # the most terms of a polynomial from which a square root is separated
FACTORING = 300  # the work of factoring one polynomial, in products of two terms


Exponent: TypeAlias = Mapping[Summand, Fraction]  # a sum, as the multiple of each of its terms


class SignForms:
    """The signs in use, and what is known of the generators' sizes."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.factors: dict[Generator, Factor] = {}  # for each sign, the factor whose sign it is
        self.powers: dict[Generator, NormalForm] = {}  # for each sign with a non-constant exponent, the base
        self.exponents: dict[Generator, Exponent] = {}  # ... and the exponent
        self.bounded: set[Generator] = set()  # generators between -1 and 1
        self.nonzero: set[Generator] = set()  # generators without zeros
        self.roots: dict[Generator, Factor] = {}  # the base of each root
        # for each c + 1, its partner c - 1 and their product
        self.conjugates: dict[Factor, tuple[Factor, NormalForm]] = {}
        self._sign_of: dict[Factor, NormalForm] = {}
        self._factored: dict[Factor, NormalForm] = {}
        self._signs_to: dict[object, NormalForm] = {}

    def irreducible(self, form: NormalForm) -> NormalForm:
        """Return the form with its polynomials factored."""
        parts = [NormalForm(form.numerator, form.denominator, {})]
        for factor, power in form.powers.items():
            parts.append(self.forms.of(factor, power) if factor >= 0 else self._split(factor, power))
        whole = self.forms.product(*parts)
        for factor in whole.powers.keys() & self.conjugates.keys():
            whole = self._without_conjugates(whole, factor)
        return whole

    def _without_conjugates(self, form: NormalForm, factor: Factor) -> NormalForm:
        """Return the form with (c + 1)(c - 1) replaced by -s²."""
        conjugate, product = self.conjugates[factor]
        first, second = form.powers[factor], form.powers.get(conjugate, 0)
        if first * second <= 0:
            return form
        times = min(first, second) if first > 0 else max(first, second)
        forms = self.forms
        return forms.product(form, forms.of(factor, -times), forms.of(conjugate, -times), forms.power(product, times))

    def _split(self, factor: Factor, power: int) -> NormalForm:
        if factor not in self._factored:
            self.forms.work(FACTORING)
            factorization = polynomials.factors(self.forms.polynomial(factor))
            pieces = [self.forms.power(self.forms.from_polynomial(piece), times) for piece, times in factorization]
            self._factored[factor] = self.forms.product(*pieces)
        return self.forms.power(self._factored[factor], power)

    def sign(self, form: NormalForm) -> NormalForm:
        """Return ±1 times signs of irreducible factors; at a zero of the form it may be either."""
        whole = self.irreducible(form)
        signs = [self.sign_of(factor) for factor, power in whole.powers.items() if power % 2]
        return self.forms.product(rational_form(-1 if whole.numerator < 0 else 1), *signs)

    def sign_of(self, factor: Factor) -> NormalForm:
        """Return the sign of one irreducible factor."""
        if factor not in self._sign_of:
            self._sign_of[factor] = self._new_sign(factor)
        return self._sign_of[factor]

    def is_sign(self, factor: Factor) -> bool:
        """Return whether a factor is a sign, or a power of one."""
        return factor in self.factors or factor in self.powers

    def _new_sign(self, factor: Factor) -> NormalForm:
        if factor >= 0 and self.forms.nonnegative[factor]:
            return ONE
        if factor < 0:
            polynomial = self.forms.polynomial(factor)
            if self._definite(polynomial) or self._lowest(polynomial) >= 0:
                return ONE
            if self._lowest(polynomial, -1) >= 0:
                return rational_form(-1)
            beside_root = self._sign_beside_root(polynomial)
            if beside_root is not None:
                return beside_root
        if self.is_sign(factor):
            return self.forms.of(factor)
        if factor in self.roots:  # an odd one
            return self.sign_of(self.roots[factor])
        sign = self.forms.radical(2, ONE)
        self.factors[next(iter(sign.powers))] = factor
        self.bounded.update(sign.powers)
        return sign

    def _sign_beside_root(self, polynomial: Polynomial) -> NormalForm | None:
        """Return the sign of a + b√c: b's if b²c > a² everywhere, a's if b²c < a²; None if neither is seen."""
        parts = self._beside_root(polynomial)
        if parts is None:
            return None
        a, b, surplus = parts
        larger = self.sign(surplus)
        return self.sign(b) if larger == ONE else self.sign(a) if larger == self.forms.negation(ONE) else None

    def _beside_root(self, polynomial: Polynomial) -> tuple[NormalForm, NormalForm, NormalForm] | None:
        """Return a, b and b²c - a² of a polynomial a + b√c; None for others, or if the last is zero."""
        forms = self.forms
        roots = [index for index in polynomials.generators((polynomial,)) if forms.is_square_root(index)]
        if not roots or len(polynomial) > MOST_BESIDE_ROOT:
            return None
        place = 1 << (polynomials.FIELD * roots[-1])
        rest = {term: value for term, value in polynomial.items() if not polynomials.exponent(term, roots[-1])}
        multiple = {term - place: value for term, value in polynomial.items() if term not in rest}
        a, b = forms.from_polynomial(rest), forms.from_polynomial(multiple)
        try:
            square = forms.product(forms.power(b, 2), forms.power(forms.of(roots[-1]), 2))
            surplus = forms.sum(square, forms.negation(forms.power(a, 2)))
        except TooLargeError:
            return None
        return (a, b, surplus) if surplus.numerator else None

    def _lowest(self, polynomial: Polynomial, side: int = 1) -> float:
        """Return a lower bound of the polynomial, or with `side` -1 of its negative; -inf if none is seen."""
        bound: float = 0  # an exact sum of integers: floats would lose the 1 of 10^17 + 1
        for monomial, value in polynomial.items():
            coefficient = value * side
            if coefficient < 0 or not self._even(monomial):
                if any(index not in self.bounded for index, _ in polynomials.exponents(monomial)):
                    return -inf
                bound -= abs(coefficient)
            elif not monomial:
                bound += coefficient
        return bound

    def never_zero(self, factor: Factor) -> bool:
        """Return whether a factor is seen to have no zero."""
        if factor >= 0:
            if factor in self.roots:
                return self.never_zero(self.roots[factor])
            return factor in self.nonzero or self.is_sign(factor)
        polynomial = self.forms.polynomial(factor)
        if self._definite(polynomial) or self._lowest(polynomial) > 0:
            return True
        parts = self._beside_root(polynomial)
        return parts is not None and all(self.never_zero(part) for part in self.irreducible(parts[2]).powers)

    def zero_only_with(self, factor: Factor, others: Set[Factor]) -> bool:
        """Return whether a factor is seen to be zero only where one of the others is, if anywhere."""
        if factor in others or self.never_zero(factor):
            return True
        parts = self._beside_root(self.forms.polynomial(factor)) if factor < 0 else None
        if parts is None:
            return False
        return all(self.zero_only_with(part, others) for part in self.irreducible(parts[2]).powers)

    def _even(self, monomial: int) -> bool:
        """Whether a monomial is never negative, such as x², e^x or x·sign x."""
        odd = {index for index, power in polynomials.exponents(monomial) if power % 2}
        signs = odd & self.factors.keys()
        paired = {sign for sign in signs if self.factors[sign] in odd}
        odd -= paired | {self.factors[sign] for sign in paired}
        return all(self.forms.nonnegative[index] for index in odd)

    def declare_positive(self, form: NormalForm) -> None:
        """Note that a form is positive wherever it has a value; used if it is a single factor without a known sign."""
        whole = self.irreducible(form)
        if len(whole.powers) == 1:
            ((factor, power),) = whole.powers.items()
            if factor not in self._sign_of and power % 2:
                self._sign_of[factor] = rational_form(1 if whole.numerator > 0 else -1)

    def declare_reciprocals(self, form: NormalForm, reciprocal: NormalForm) -> None:
        """Note that the product of two forms is 1; ignored unless both are single factors.

        The second is then written as a power of the first.
        """
        first, second = self.irreducible(form), self.irreducible(reciprocal)
        if list(first.powers.values()) == list(second.powers.values()) == [1] and first.powers != second.powers:
            (factor,) = second.powers
            self._factored[factor] = self.forms.power(self.forms.product(first, second._replace(powers={})), -1)

    def _definite(self, polynomial: Polynomial) -> bool:
        """Whether this is a polynomial in one monomial, positive at all values that the monomial can take."""
        step = gcd(*polynomial)
        degree = max(polynomial) // step
        largest = max(power for _, power in polynomials.exponents(step))
        if degree > MOST_DEGREE or degree * largest > polynomials.LARGEST_EXPONENT or 0 not in polynomial:
            return False  # exponents that overflow into the next generator's would be wrong
        coefficients = [polynomial.get(power * step, 0) for power in range(degree + 1)]
        roots: Any = fmpz_poly(coefficients).complex_roots()  # with multiplicities, unlike its type stub
        real = [root.real for root, _ in roots if root.imag == 0]
        return all(root < 0 for root in real) if self._even(step) else not real

    def sign_to(self, sign: NormalForm, exponent: NormalForm) -> NormalForm:
        """Return a sign to a power that is an integer wherever the sign is -1: the same for n and for -n."""
        if sign == ONE:
            return ONE
        parts = summands(self.forms, exponent)
        if next((times for times, term in parts if term != CONSTANT), 0) < 0:
            parts = [(-times, term) for times, term in parts]
        whole = sum((floor(times) for times, term in parts if term == CONSTANT), 0)
        rest = [(times - whole if term == CONSTANT else times, term) for times, term in parts]
        key = (sign.numerator, tuple(sorted(sign.powers)), tuple((times, term) for times, term in rest if times))
        if key not in self._signs_to:
            power = self._signs_to[key] = self.forms.radical(2, ONE)
            (index,) = power.powers
            self.powers[index], self.exponents[index] = sign, {term: times for times, term in rest if times}
            self.bounded.update(power.powers)
        return self.forms.product(self._signs_to[key], self.forms.power(sign, whole))

    def absolute(self, form: NormalForm) -> NormalForm:
        """Return |form|."""
        return self.forms.product(form, self.sign(form)) if form.numerator else ZERO
