"""Polynomials in packed monomials agree with FLINT's, and factoring accepts coefficients of any size."""

from __future__ import annotations

import random

import pytest
from flint import Ordering, fmpz_mpoly_ctx

from mnemosyne.calculus.proof import polynomials
from mnemosyne.calculus.proof.polynomials import Polynomial, TooLargeError

FLINT = fmpz_mpoly_ctx.get(["a", "b", "c"], Ordering.lex)


def polynomial(source: random.Random) -> Polynomial:
    """Draw a few terms in three generators."""
    total: Polynomial = {}
    for _ in range(source.randint(1, 5)):
        monomial = sum(source.randint(0, 3) << (polynomials.FIELD * index) for index in range(3))
        polynomials.add_to(total, {monomial: source.choice([-3, -1, 1, 2, 5])})
    return total or {0: 1}


def in_flint(terms: Polynomial) -> object:
    """Return the same polynomial in FLINT."""
    exponents = (tuple(polynomials.exponent(monomial, index) for index in range(3)) for monomial in terms)
    return FLINT.from_dict(dict(zip(exponents, terms.values(), strict=True)))


@pytest.mark.parametrize("seed", range(50))
def test_arithmetic_agrees_with_flint(seed: int) -> None:
    source = random.Random(seed)
    p, q = polynomial(source), polynomial(source)
    assert in_flint(polynomials.polynomial_product(p, q)) == in_flint(p) * in_flint(q)
    assert in_flint(polynomials.raise_to(p, 3)) == in_flint(p) ** 3
    number, monomial = polynomials.content(p)
    assert in_flint(polynomials.exact_quotient(p, number, monomial)) * in_flint({monomial: number}) == in_flint(p)


@pytest.mark.parametrize("seed", range(50))
def test_factors_multiply_to_the_polynomial(seed: int) -> None:
    source = random.Random(seed)
    product = polynomials.polynomial_product(polynomial(source), polynomial(source))
    number, monomial = polynomials.content(product)
    primitive = polynomials.exact_quotient(product, number, monomial)
    total = polynomials.ONE
    for factor, power in polynomials.factors(primitive):
        assert factor[max(factor)] > 0
        total = polynomials.polynomial_product(total, polynomials.raise_to(factor, power))
    assert total == primitive


@pytest.mark.parametrize("bits", [20, 31, 40, 63, 64, 200])
def test_large_coefficients_are_factored_or_given_up(bits: int) -> None:
    large = 2**bits + 1
    product = polynomials.polynomial_product({1: 1, 0: large}, {1: 1, 0: -large - 2})
    total = polynomials.ONE
    for factor, power in polynomials.factors(product):
        total = polynomials.polynomial_product(total, polynomials.raise_to(factor, power))
    assert total == product


@pytest.mark.parametrize("power", [polynomials.LARGEST_EXPONENT + 1, 10**9])
def test_large_exponents_are_given_up(power: int) -> None:
    with pytest.raises(TooLargeError):
        polynomials.raise_to({1: 1}, power)


def test_many_terms_are_given_up() -> None:
    wide = {1 << (polynomials.FIELD * index): 1 for index in range(200)}
    with pytest.raises(TooLargeError):
        polynomials.polynomial_product(wide, wide)
