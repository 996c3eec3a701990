"""Sines and cosines: a pair of generators with s² + c² = 1 for each angle.

At first sin 2x and sin(x + 1) are generators of their own, so that a chain of a hundred stays a list of
factors. With an `Unfolding` they are expressed in the sines and cosines of a basis of the angles, by De
Moivre and angle sums. An angle that needs a finer basis than the current one raises RefinedError, and
everything expressed so far is out of date.
"""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from mnemosyne.calculus.proof.atoms import Atoms
from mnemosyne.calculus.proof.forms import ONE, ZERO, NormalForm, rational_form
from mnemosyne.calculus.proof.polynomials import FIELD, Generator, TooLargeError, generator, key_of
from mnemosyne.calculus.proof.summands import Summand, summand

Pair: TypeAlias = tuple[NormalForm, NormalForm]  # a sine and a cosine
Angle: TypeAlias = tuple[tuple[Fraction, Summand], ...]  # a sum of rational multiples of terms
LARGEST_MULTIPLE = 24
LARGEST_EXACT = 4  # multiples of arctan u and arcsin u that are expanded at once
MOST_TERMS = 3  # the most terms of an angle to which the addition formulas are applied


class Unfolding(Enum):
    """Which angles are expressed in others: more of them prove more, and make larger forms."""

    NOTHING = auto()
    MULTIPLES = auto()
    SUMS = auto()


class RefinedError(Exception):
    """The basis of the angles has become finer: sines and cosines must be expressed again."""


class Angles:
    """The sines and cosines in use."""

    def __init__(self, atoms: Atoms, pi: Generator, unfolding: Unfolding) -> None:
        self.atoms = atoms
        self.forms = atoms.forms
        self._unfolding = unfolding
        self._pi = summand(key_of(generator(pi)))
        self._pairs: dict[Angle, Pair] = {}
        self._measures: dict[Angle, Fraction] = {}
        self.inverses: dict[Generator, Pair] = {}  # the sine and cosine of arctan u and arcsin u, in u

    def sine_and_cosine(self, form: NormalForm) -> Pair:
        """Return sin(form) and cos(form)."""
        parts = self.atoms.summands(form)
        half_turns = sum((times for times, term in parts if term == self._pi), Fraction(0))
        rest = [(times, term) for times, term in parts if term != self._pi]
        negative = bool(rest) and rest[-1][0] < 0
        if negative:
            half_turns = -half_turns
            rest = [(-times, term) for times, term in rest]
        quarters, over = divmod(half_turns * 2, 1)
        if over:
            rest.append((over / 2, self._pi))
        sine, cosine = self._turned(self._first_quarter(tuple(rest)), int(quarters) % 4)
        return (self.forms.negation(sine), cosine) if negative else (sine, cosine)

    def _turned(self, pair: Pair, quarters: int) -> Pair:
        for _ in range(quarters):
            sine, cosine = pair
            pair = cosine, self.forms.negation(sine)
        return pair

    def _first_quarter(self, angle: Angle) -> Pair:
        """Return the pair of an angle whose rational multiple of pi is less than a quarter turn."""
        if not angle:
            return ZERO, ONE
        if self._unfolding is not Unfolding.NOTHING:
            sums = self._unfolding is Unfolding.SUMS and len(angle) <= MOST_TERMS
            return self._unfolded(angle) if sums or len(angle) == 1 else self._over_direction(angle)
        return self._exact(*angle[0]) or self._pair(angle) if len(angle) == 1 else self._pair(angle)

    def _pair(self, angle: Angle) -> Pair:
        if angle not in self._pairs:
            self._pairs[angle] = self._new_pair()
        return self._pairs[angle]

    def _new_pair(self) -> Pair:
        forms = self.forms
        cosine = forms.generator()
        square = forms.sum(ONE, forms.negation(forms.of(cosine, 2)))
        sine = forms.generator((2, square))
        self.atoms.signs.bounded.update((sine, cosine))
        self.atoms.signs.conjugates[forms.factor({0: 1, 1 << (FIELD * cosine): 1})] = (
            forms.factor({0: -1, 1 << (FIELD * cosine): 1}),
            forms.negation(forms.of(sine, 2)),
        )
        return forms.of(sine), forms.of(cosine)

    # angles whose pair is known

    def _exact(self, times: Fraction, term: Summand) -> Pair | None:
        """Return the pairs at fractions of pi and at inverse functions."""
        if term == self._pi:
            return None if 12 % times.denominator else self._multiple(self._twelfth(), times * 12)
        inverse = self._inverse(term)
        if inverse is None or times.denominator not in (1, 2) or abs(times) > LARGEST_EXACT:
            return None
        return self._multiple(inverse if times.denominator == 1 else self._half(inverse), times * times.denominator)

    def _half(self, pair: Pair) -> Pair:
        """Return the pair of half an angle between -pi/2 and pi/2."""
        forms = self.forms
        sine, cosine = pair
        half = self.atoms.root(forms.times(forms.sum(ONE, cosine), Fraction(1, 2)), Fraction(1, 2))
        return forms.times(forms.quotient(sine, half), Fraction(1, 2)), half

    def _inverse(self, term: Summand) -> Pair | None:
        """Return the sine and cosine of an angle that is an arctan or arcsin."""
        return self.inverses.get(term.generator) if term.generator is not None else None

    def _twelfth(self) -> Pair:
        """Return the pair of pi/12 = pi/3 − pi/4."""
        half = Fraction(1, 2)
        third = self.atoms.root(rational_form(Fraction(3, 4)), half), rational_form(half)
        diagonal = self.atoms.root(rational_form(half), half)
        return self._added(third, (self.forms.negation(diagonal), diagonal))

    def _unfolded(self, angle: Angle) -> Pair:
        """Return the pair in terms of those of the basis."""
        total: Pair = (ZERO, ONE)
        for times, term in angle:
            total = self._added(total, self._exact(times, term) or self._over_basis(times, term))
        return total

    def _over_basis(self, times: Fraction, term: Summand) -> Pair:
        """Return the pair of a multiple of one term."""
        measure = self._measure(((Fraction(1), term),), times)
        return self._multiple(self._pair(((measure, term),)), times / measure)

    def _over_direction(self, angle: Angle) -> Pair:
        """Return the pair of a multiple of a sum that is too long to be expanded."""
        times = abs(angle[0][0])
        direction = tuple((coefficient / times, term) for coefficient, term in angle)
        measure = self._measure(direction, times)
        base = tuple((coefficient * measure, term) for coefficient, term in direction)
        return self._multiple(self._pair(base), times / measure)

    def _measure(self, direction: Angle, times: Fraction) -> Fraction:
        """Return the rational of which all multiples of a direction are integer multiples.

        Raises RefinedError if the current one has to become smaller.
        """
        unit = self._measures.setdefault(direction, abs(times))
        measure = _common_measure(unit, times)
        if measure != unit:
            self._measures[direction] = measure
            raise RefinedError
        return measure

    def _multiple(self, pair: Pair, times: Fraction) -> Pair:
        """Return the pair of an integer multiple, by doubling."""
        count = abs(times.numerator)
        if count > LARGEST_MULTIPLE:
            raise TooLargeError
        result: Pair = (ZERO, ONE)
        for digit in f"{count:b}":
            result = self._added(result, result)
            if digit == "1":
                result = self._added(result, pair)
        return (self.forms.negation(result[0]), result[1]) if times < 0 else result

    def _added(self, first: Pair, second: Pair) -> Pair:
        """Return the pair of a sum of two angles."""
        forms = self.forms
        (s, c), (t, d) = first, second
        sine = forms.sum(forms.product(s, d), forms.product(c, t))
        return sine, forms.sum(forms.product(c, d), forms.negation(forms.product(s, t)))


def _common_measure(first: Fraction, second: Fraction) -> Fraction:
    """Return the largest rational of which both are integer multiples."""
    below = lcm(first.denominator, second.denominator)
    return Fraction(gcd(int(first * below), int(second * below)), below)
