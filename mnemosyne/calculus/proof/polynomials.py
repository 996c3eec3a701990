"""Polynomials with integer coefficients in any number of generators, as dictionaries from monomials to coefficients.

A monomial is one integer with 16 bits for the exponent of each generator, so that monomials multiply by
addition and polynomials can be hashed cheaply. For a handful of terms this is as fast as FLINT's
polynomials, which would have to be converted to something hashable term by term; factors and common
divisors come from FLINT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import gcd
from typing import Any, TypeAlias

from flint import Ordering, fmpz_mpoly_ctx

Generator: TypeAlias = int
Monomial: TypeAlias = int
Polynomial: TypeAlias = dict[Monomial, int]
Key: TypeAlias = tuple[tuple[Monomial, int], ...]  # a polynomial's terms in order: hashable

FIELD = 16  # bits of one exponent; the highest is kept free as a guard
EXPONENT = (1 << FIELD) - 1
LARGEST_EXPONENT = 1 << 13
MOST_RAISED = 250  # the most terms of a polynomial times the power it is raised to
MOST_TERMS = 2000
MOST_STEPS = 20_000  # products of two terms in one multiplication: a few milliseconds
MOST_WORK = 200_000  # the most work in one attempt at a proof: some 50 ms
MOST_BITS = 4096  # the most bits of a coefficient
MOST_DIVIDED = 100  # the most terms of polynomials whose common divisors and squares are looked for
MOST_FACTORED = 150  # terms of a polynomial times its degree in one generator: some milliseconds
ONE: Polynomial = {0: 1}


class TooLargeError(Exception):
    """Raised when a normal form would be too large to be worth computing."""


class GivenUpError(Exception):
    """Raised when a proof has used up its budget of work."""


def generator(index: Generator) -> Polynomial:
    """Return the polynomial of one generator."""
    return {1 << (FIELD * index): 1}


def key_of(polynomial: Polynomial) -> Key:
    """Return the polynomial as a hashable value."""
    return tuple(sorted(polynomial.items()))


def exponents(monomial: Monomial) -> Iterator[tuple[Generator, int]]:
    """Yield the generators of a monomial with their exponents, in order."""
    index = 0
    while monomial:
        skipped = ((monomial & -monomial).bit_length() - 1) // FIELD
        index += skipped
        monomial >>= FIELD * skipped
        yield index, monomial & EXPONENT
        monomial >>= FIELD
        index += 1


def exponent(monomial: Monomial, index: Generator) -> int:
    """Return the exponent of one generator."""
    return (monomial >> (FIELD * index)) & EXPONENT


def generators(polynomials: Iterable[Polynomial]) -> list[Generator]:
    """Return the generators that occur in any of the polynomials, in order."""
    union = 0
    for polynomial in polynomials:
        for monomial in polynomial:
            union |= monomial
    return [index for index, _ in exponents(union)]


def add_to(total: Polynomial, addend: Polynomial, factor: int = 1, shift: Monomial = 0) -> None:
    """Add factor · monomial · addend to the total, in place."""
    for monomial, coefficient in addend.items():
        place = monomial + shift
        value = total.get(place, 0) + coefficient * factor
        if value:
            total[place] = value
        else:
            del total[place]


def polynomial_product(first: Polynomial, second: Polynomial) -> Polynomial:
    """Return the product; raise TooLargeError beyond the limits."""
    if len(first) > len(second):
        first, second = second, first
    if len(first) * len(second) > MOST_STEPS:
        raise TooLargeError
    product: Polynomial = {}
    for monomial, coefficient in first.items():
        add_to(product, second, coefficient, monomial)
    require_small(product)
    return product


def require_small(polynomial: Polynomial) -> None:
    """Raise TooLargeError if the polynomial has too many terms, too large an exponent or coefficient."""
    if len(polynomial) > MOST_TERMS:
        raise TooLargeError
    union = bits = 0
    for monomial, coefficient in polynomial.items():
        union |= monomial
        bits |= abs(coefficient)
    if bits.bit_length() > MOST_BITS or any(power > LARGEST_EXPONENT for _, power in exponents(union)):
        raise TooLargeError


def raise_to(base: Polynomial, power: int) -> Polynomial:
    """Return base ^ power, for a power of 0 or more."""
    if power > LARGEST_EXPONENT or (len(base) > 1 and len(base) * power > MOST_RAISED):
        raise TooLargeError
    if len(base) == 1:
        ((monomial, coefficient),) = base.items()
        return {monomial * power: coefficient**power}
    result = ONE
    for _ in range(power):
        result = polynomial_product(result, base)
    return result


def content(polynomial: Polynomial) -> tuple[int, Monomial]:
    """Return the greatest integer and monomial that divide a non-zero polynomial; the integer has the leading sign."""
    monomials = iter(polynomial)
    shared = dict(exponents(next(monomials)))
    for monomial in monomials:
        if not shared:
            break
        shared = {index: min(power, here) for index, power in shared.items() if (here := exponent(monomial, index))}
    number = gcd(*polynomial.values())
    if polynomial[max(polynomial)] < 0:
        number = -number
    return number, sum(power << (FIELD * index) for index, power in shared.items())


def exact_quotient(polynomial: Polynomial, number: int, monomial: Monomial) -> Polynomial:
    """Return the exact quotient by an integer times a monomial."""
    if number == 1 and not monomial:
        return polynomial
    return {place - monomial: coefficient // number for place, coefficient in polynomial.items()}


def coprime(first: Polynomial, second: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Return both without their common divisor; large ones are left as they are."""
    if len(first) == 1 or len(second) == 1 or len(first) + len(second) > MOST_DIVIDED:
        return first, second
    used = generators((first, second))
    above, below = _to_flint(first, used), _to_flint(second, used)
    shared = above.gcd(below)
    if shared.is_constant():
        return first, second
    return _from_flint(above / shared, used), _from_flint(below / shared, used)


def factors(polynomial: Polynomial) -> list[tuple[Polynomial, int]]:
    """Return a primitive polynomial's irreducible factors with their powers; for a large
    one, its square-free factors.
    """
    if len(polynomial) > MOST_DIVIDED:
        return [(polynomial, 1)]
    degree = max((power for monomial in polynomial for _, power in exponents(monomial)), default=0)
    used = generators((polynomial,))
    whole = _to_flint(polynomial, used)
    try:
        _, powers = whole.factor() if len(polynomial) * degree <= MOST_FACTORED else whole.factor_squarefree()
    except OverflowError:  # python-flint 0.9 sorts the factors, which fails if their coefficients differ by 2^31
        return [(polynomial, 1)]
    return [(_with_positive_lead(_from_flint(factor, used)), int(power)) for factor, power in powers]


def divides(divisor: Polynomial, polynomial: Polynomial) -> bool:
    """Return whether a polynomial is a multiple of another, over the rationals."""
    if not polynomial:
        return True
    used = generators((divisor, polynomial))
    _, remainder = divmod(_to_flint(polynomial, used), _primitive(_to_flint(divisor, used)))
    return bool(remainder == 0)


def _primitive(polynomial: Any) -> Any:
    """Return the polynomial without the common divisor of its coefficients, which could make a quotient non-integer."""
    return polynomial.primitive()[1]


def _with_positive_lead(polynomial: Polynomial) -> Polynomial:
    return polynomial if polynomial[max(polynomial)] > 0 else exact_quotient(polynomial, -1, 0)


@lru_cache(64)
def _context(size: int) -> Any:
    return fmpz_mpoly_ctx.get([f"g{index}" for index in range(size)], Ordering.lex)


def _to_flint(polynomial: Polynomial, used: list[Generator]) -> Any:
    terms: Mapping[tuple[int, ...], int] = {
        tuple([exponent(monomial, index) for index in used]): coefficient
        for monomial, coefficient in polynomial.items()
    }
    return _context(len(used)).from_dict(terms)


def _from_flint(polynomial: Any, used: list[Generator]) -> Polynomial:
    return {
        sum(int(power) << (FIELD * index) for index, power in zip(used, powers, strict=True)): int(coefficient)
        for powers, coefficient in polynomial.to_dict().items()
    }
