"""Rational functions in factored form, and their arithmetic.

A `Form` is a rational coefficient times powers of *factors*: generators (numbers 0, 1, …) and primitive
polynomials in them (-1, -2, …). Products only add exponents; a sum expands what its terms do not share. So
the derivative of a chain, a product of a hundred links, stays a list of a hundred factors.

A generator stands for a real number at every point: x, sin x, √|x|, the sign of x. Some have a relation g^d =
form, which sums reduce by. Everything computed holds at every real point where the denominators are not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from mnemosyne.calculus.proof import polynomials
from mnemosyne.calculus.proof.polynomials import FIELD, Generator, GivenUpError, Key, Polynomial, TooLargeError

MOST_SUBSTITUTED = 200  # terms of a polynomial in which generators are replaced
Factor: TypeAlias = int  # a generator's number, or -1, -2, … for a polynomial
FormKey: TypeAlias = tuple[int, int, tuple[tuple[Factor, int], ...]]


class UndefinedError(Exception):
    """A division by zero or a logarithm of zero: the expression has no value anywhere."""


class NormalForm(NamedTuple):
    """coefficient · Π factor^exponent, with numerator and denominator of the coefficient; zero has numerator 0."""

    numerator: int
    denominator: int
    powers: Mapping[Factor, int]

    @property
    def coefficient(self) -> Fraction:
        """The rational coefficient."""
        return Fraction(self.numerator, self.denominator)

    @property
    def key(self) -> FormKey:
        """The form as a hashable value."""
        return self.numerator, self.denominator, tuple(sorted(self.powers.items()))

    @property
    def constant(self) -> Fraction | None:
        """The value of a form without factors; None for any other."""
        return None if self.powers else self.coefficient


ZERO = NormalForm(0, 1, {})
ONE = NormalForm(1, 1, {})


def rational_form(value: Fraction | int) -> NormalForm:
    """Return the form of a rational number."""
    return NormalForm(value.numerator, value.denominator, {})


@dataclass(slots=True)
class RadicalRelation:
    """g^degree = value: a form without denominators, whose generators are older than g."""

    degree: int
    value: NormalForm
    expanded: Polynomial  # the expanded numerator of `value`


class Forms:
    """The generators and polynomials in use, and the arithmetic of forms over them."""

    def __init__(self) -> None:
        self.relations: list[RadicalRelation | None] = []  # the relation of each generator
        self.nonnegative: list[bool] = []  # whether the generator is never negative
        self.polynomials: list[Polynomial] = []
        self.work_left = 0  # the remaining budget, in products of two terms
        self._numbers: dict[tuple[int, Key], Factor] = {}
        self._radicals: dict[Generator, RadicalRelation] = {}  # roots and signs: reduced in products as well

    def generator(self, relation: tuple[int, NormalForm] | None = None, *, nonnegative: bool = False) -> Generator:
        """Return a new generator, with its relation (degree, value) if it has one."""
        index = len(self.relations)
        self.relations.append(None)
        self.nonnegative.append(nonnegative)
        if relation is not None:
            degree, value = relation
            self.relations[index] = RadicalRelation(degree, value, self.numerator(value))
        return index

    def radical(self, degree: int, value: NormalForm, *, nonnegative: bool = False) -> NormalForm:
        """Return a new generator with g^degree = value whose powers are reduced in products too."""
        index = self.generator((degree, value), nonnegative=nonnegative)
        relation = self.relations[index]
        assert relation is not None
        self._radicals[index] = relation
        return self.of(index)

    def is_square_root(self, index: Generator) -> bool:
        """Return whether a generator is the non-negative square root of a form."""
        relation = self.relations[index]
        return self.nonnegative[index] and relation is not None and relation.degree == 2

    def of(self, factor: Factor, power: int = 1) -> NormalForm:
        """Return the form of a power of one factor."""
        return NormalForm(1, 1, {factor: power})

    def polynomial(self, factor: Factor) -> Polynomial:
        """Return a factor as a polynomial."""
        return polynomials.generator(factor) if factor >= 0 else self.polynomials[-1 - factor]

    def work(self, steps: int) -> None:
        """Count work about to be done, in products of two terms; raise GivenUpError once the budget is spent."""
        self.work_left -= steps
        if self.work_left < 0:
            raise GivenUpError

    def product(self, *forms: NormalForm) -> NormalForm:
        """Return the product."""
        numerator = denominator = 1
        powers: dict[Factor, int] = {}
        for form in forms:
            if not form.numerator:
                return ZERO
            numerator *= form.numerator
            denominator *= form.denominator
            for factor, power in form.powers.items():
                total = powers.get(factor, 0) + power
                if total:
                    powers[factor] = total
                else:
                    del powers[factor]
        return self._reduced(numerator, denominator, powers)

    def power(self, form: NormalForm, exponent: int) -> NormalForm:
        """Return form ^ exponent."""
        if not form.numerator:
            if exponent <= 0:
                raise UndefinedError
            return ZERO
        size = form.numerator.bit_length() + form.denominator.bit_length() - 2
        if size * abs(exponent) > polynomials.MOST_BITS:
            raise TooLargeError
        numerator, denominator = form.numerator ** abs(exponent), form.denominator ** abs(exponent)
        powers = {factor: power * exponent for factor, power in form.powers.items()} if exponent else {}
        return self._reduced(*((numerator, denominator) if exponent > 0 else (denominator, numerator)), powers)

    def quotient(self, above: NormalForm, below: NormalForm) -> NormalForm:
        """Return above / below."""
        return self.product(above, self.power(below, -1))

    def negation(self, form: NormalForm) -> NormalForm:
        """Return -form."""
        return NormalForm(-form.numerator, form.denominator, form.powers)

    def times(self, form: NormalForm, value: Fraction | int) -> NormalForm:
        """Return the form times a rational."""
        return self.product(form, rational_form(value))

    def _reduced(self, numerator: int, denominator: int, powers: dict[Factor, int]) -> NormalForm:
        """Return the form in lowest terms, with the exponents of radicals between 0 and their degree."""
        if denominator != 1:
            divisor = gcd(numerator, denominator) if denominator > 0 else -gcd(numerator, denominator)
            numerator, denominator = numerator // divisor, denominator // divisor
        form = NormalForm(numerator, denominator, powers)
        if self._radicals:
            for factor in powers.keys() & self._radicals.keys():
                relation = self._radicals[factor]
                times, rest = divmod(powers[factor], relation.degree)
                if times:
                    remaining = {
                        other_factor: power for other_factor, power in powers.items() if other_factor != factor
                    }
                    if rest:
                        remaining[factor] = rest
                    reduced_form = NormalForm(form.numerator, form.denominator, remaining)
                    return self.product(reduced_form, self.power(relation.value, times))
        return form

    def sum(self, *forms: NormalForm) -> NormalForm:
        """Return the sum: shared factors stay in front, the rest is expanded and reduced."""
        terms = [form for form in forms if form.numerator]
        if len(terms) < 2:
            return terms[0] if terms else ZERO
        shared = self._shared(terms)
        scale = lcm(*(form.denominator for form in terms))
        total: Polynomial = {}
        for form in terms:
            rest = {f: p for f in form.powers.keys() | shared.keys() if (p := form.powers.get(f, 0) - shared.get(f, 0))}
            expanded = self.expand(rest)
            self.work(len(expanded))
            polynomials.add_to(total, expanded, form.numerator * (scale // form.denominator))
        return self.product(NormalForm(1, scale, shared), self.from_polynomial(self.reduce(total)))

    @staticmethod
    def _shared(terms: list[NormalForm]) -> dict[Factor, int]:
        """Return the least exponent of each factor."""
        shared = dict(terms[0].powers)
        for form in terms[1:]:
            powers = form.powers
            for factor in powers.keys() | shared.keys():
                least = min(shared.get(factor, 0), powers.get(factor, 0))
                if least:
                    shared[factor] = least
                else:
                    shared.pop(factor, None)
        return shared

    def from_polynomial(self, polynomial: Polynomial) -> NormalForm:
        """Return a polynomial as content, powers of generators and one primitive polynomial."""
        if not polynomial:
            return ZERO
        polynomials.require_small(polynomial)
        number, monomial = polynomials.content(polynomial)
        powers = dict(polynomials.exponents(monomial))
        if len(polynomial) > 1:
            powers[self.factor(polynomials.exact_quotient(polynomial, number, monomial))] = 1
        return NormalForm(number, 1, powers)

    def factor(self, primitive: Polynomial) -> Factor:
        """Return the number of a primitive polynomial with a positive leading coefficient."""
        key = max(primitive).bit_length(), polynomials.key_of(primitive)  # hashes of powers of 2 alone collide
        index = self._numbers.get(key)
        if index is None:
            self.polynomials.append(primitive)
            index = self._numbers[key] = -len(self.polynomials)
        return index

    def expand(self, powers: Mapping[Factor, int]) -> Polynomial:
        """Return the expanded product of factors with exponents of 0 or more."""
        monomial = 0
        result: Polynomial | None = None
        for factor, power in powers.items():
            if power > polynomials.LARGEST_EXPONENT:
                raise TooLargeError
            if factor >= 0:
                monomial += power << (FIELD * factor)
            else:
                base = self.polynomials[-1 - factor]
                self.work(len(base) ** 2 * power * (power - 1) // 2)
                grown = polynomials.raise_to(base, power)
                self.work(len(grown) * len(result or ()))
                result = grown if result is None else polynomials.polynomial_product(result, grown)
        if result is None:
            return {monomial: 1}
        return {place + monomial: coefficient for place, coefficient in result.items()} if monomial else result

    def numerator(self, form: NormalForm) -> Polynomial:
        """Return the expanded numerator, with that of the coefficient."""
        if not form.numerator:
            return {}
        expanded = self.expand({factor: power for factor, power in form.powers.items() if power > 0})
        return {monomial: coefficient * form.numerator for monomial, coefficient in expanded.items()}

    def denominator(self, form: NormalForm) -> Polynomial:
        """Return the expanded denominator, with that of the coefficient."""
        expanded = self.expand({factor: -power for factor, power in form.powers.items() if power < 0})
        return {monomial: coefficient * form.denominator for monomial, coefficient in expanded.items()}

    def substituted(self, polynomial: Polynomial, values: Mapping[Generator, NormalForm]) -> NormalForm:
        """Return the polynomial with generators replaced by forms."""
        if len(polynomial) > MOST_SUBSTITUTED:
            raise TooLargeError
        terms = []
        for monomial, coefficient in polynomial.items():
            powers = dict(polynomials.exponents(monomial))
            replaced = [self.power(values[index], powers.pop(index)) for index in [*powers] if index in values]
            terms.append(self.product(NormalForm(coefficient, 1, powers), *replaced))
        return self.sum(*terms)

    def reduce(self, polynomial: Polynomial) -> Polynomial:
        """Return the polynomial reduced modulo the relations, from the youngest generator to the oldest."""
        while (index := self._reducible(polynomial)) is not None:
            relation = self.relations[index]
            assert relation is not None
            self.work(len(polynomial) * len(relation.expanded))
            polynomial = _reduce_by(polynomial, index, relation)
        return polynomial

    def over_cosines(self, divisor: Polynomial, polynomial: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Return multiples of both, the divisor's without a sine: plain division says of these whether the polynomial
        is a multiple of the divisor by s² + c² = 1, as 1 − c²·(1 + x²) is of s − x·c.

        Both are multiplied by the divisor with −s in place of s. They are returned as they are if a generator
        of them has another relation: with a sign or a root, a factor that is not 0 may make a product 0.
        """
        generators = polynomials.generators((divisor, polynomial))
        if not all(self.relations[index] is None or self._is_sine(index) for index in generators):
            return divisor, polynomial
        for index in polynomials.generators((divisor,)):
            if self.relations[index] is not None:
                signs = {place: (-1) ** polynomials.exponent(place, index) for place in divisor}
                conjugate = {place: signs[place] * number for place, number in divisor.items()}
                self.work(len(conjugate) * (len(divisor) + len(polynomial)))
                divisor, polynomial = (
                    self.reduce(polynomials.polynomial_product(factor, conjugate)) for factor in (divisor, polynomial)
                )
        return divisor, polynomial

    def _is_sine(self, index: Generator) -> bool:
        """Whether a generator's only relation is s² = 1 − c², with a c that has none."""
        relation = self.relations[index]
        if relation is None or relation.degree != 2 or index in self._radicals:
            return False
        squares = [(cosine, power) for place in relation.expanded for cosine, power in polynomials.exponents(place)]
        is_square = len(squares) == 1 and squares[0][1] == 2 and self.relations[squares[0][0]] is None
        return is_square and sorted(relation.expanded.values()) == [-1, 1]

    def _reducible(self, polynomial: Polynomial) -> Generator | None:
        """Return the youngest generator whose power reaches the degree of its relation."""
        union = 0
        for monomial in polynomial:
            union |= monomial
        candidates = [
            (index, relation.degree)
            for index, bits in polynomials.exponents(union)
            if (relation := self.relations[index]) is not None and bits >= relation.degree
        ]
        for index, degree in reversed(candidates):
            if any(polynomials.exponent(monomial, index) >= degree for monomial in polynomial):
                return index
        return None


def _reduce_by(polynomial: Polynomial, index: Generator, relation: RadicalRelation) -> Polynomial:
    place, degree = FIELD * index, relation.degree
    result = dict(polynomial)
    for monomial in [m for m in polynomial if (m >> place) & polynomials.EXPONENT >= degree]:
        coefficient = result.pop(monomial)
        times = ((monomial >> place) & polynomials.EXPONENT) // degree
        lower = monomial - ((times * degree) << place)
        polynomials.add_to(result, polynomials.raise_to(relation.expanded, times), coefficient, lower)
    polynomials.require_small(result)
    return result
