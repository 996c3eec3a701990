"""The rule of each function and of powers: the form of the result, and the facts implied by its domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.proof.angles import Angles, Unfolding
from mnemosyne.calculus.proof.atoms import Atoms
from mnemosyne.calculus.proof.conditions import Facts
from mnemosyne.calculus.proof.forms import ONE, ZERO, FormKey, Forms, NormalForm, UndefinedError, rational_form
from mnemosyne.calculus.proof.polynomials import TooLargeError, key_of
from mnemosyne.calculus.proof.summands import canonical

HALF = Fraction(1, 2)
LARGEST_ROOT = 1000


class Functions:
    """The functions over shared generators; each adds to `facts` what holds wherever it has a value."""

    def __init__(self, unfolding: Unfolding) -> None:
        self.forms = Forms()
        self.atoms = Atoms(self.forms)
        self.signs = self.atoms.signs
        pi = self.forms.generator(nonnegative=True)
        self.signs.nonzero.add(pi)
        self.pi = self.forms.of(pi)
        self.angles = Angles(self.atoms, pi, unfolding)
        self.facts = Facts()  # the facts about the current node
        self._opaque: dict[object, NormalForm] = {}
        self._hyperbolic: dict[FormKey, tuple[NormalForm, NormalForm]] = {}

    def opaque(self, key: object) -> NormalForm:
        """Return a generator for an expression without a rule."""
        if key not in self._opaque:
            self._opaque[key] = self.forms.of(self.forms.generator())
        return self._opaque[key]

    def quotient(self, above: NormalForm, below: NormalForm) -> NormalForm:
        """Return above / below."""
        self.facts.nonzero.append(below)
        return self.forms.quotient(above, below)

    def power(self, base: NormalForm, exponent: NormalForm) -> NormalForm:
        """Return base ^ exponent."""
        value = exponent.constant
        if value is not None and value < 0:
            self.facts.nonzero.append(base)
        if value is None:
            return self._general_power(base, exponent)
        if value.denominator > 1:
            if value.denominator % 2 == 0:
                self.facts.nonnegative.append(base)
            return self.atoms.root(base, value)
        return self.forms.power(base, value.numerator)

    def _general_power(self, base: NormalForm, exponent: NormalForm) -> NormalForm:
        """Return a power for a base of either sign: where it is negative, the exponent must be an
        integer, even or odd.
        """
        size = self.atoms.exponential(self.forms.product(exponent, self.atoms.logarithm(base)))
        sign = self.signs.sign_to(self.signs.sign(base), exponent)
        self.facts.whole += sign.powers.keys() & self.signs.exponents.keys()
        return self.forms.product(size, sign)

    def call(self, name: str, operands: list[NormalForm]) -> NormalForm:
        """Return the form of a call with the operands' forms."""
        if len(operands) == 1:
            return _RULES[name](self, operands[0])
        first, second = operands
        return self._call_of_two(name, first, second)

    def _call_of_two(self, name: str, u: NormalForm, v: NormalForm) -> NormalForm:
        forms = self.forms
        if name == "log":
            self.facts.positive.append(u)
            self.facts.positive.append(v)
            return forms.quotient(self.atoms.logarithm(u), self.atoms.logarithm(v))
        if name == "root":
            return self._nth_root(u, v)
        distance = self.signs.absolute(forms.sum(u, forms.negation(v)))
        total = forms.sum(u, v, distance if name == "max" else forms.negation(distance))
        return forms.times(total, HALF)

    def _nth_root(self, u: NormalForm, n: NormalForm) -> NormalForm:
        order = n.constant
        if order is None or order.denominator > 1 or not 0 < order.numerator < LARGEST_ROOT:
            raise TooLargeError
        if order.numerator % 2 == 0:
            self.facts.nonnegative.append(u)
        return self.atoms.root(u, 1 / order)

    def _ln(self, u: NormalForm) -> NormalForm:
        self.facts.positive.append(u)
        return self.atoms.logarithm(u)

    def _sqrt(self, u: NormalForm) -> NormalForm:
        self.facts.nonnegative.append(u)
        return self.atoms.root(u, HALF)

    def _sign(self, u: NormalForm) -> NormalForm:
        if not u.numerator:
            raise UndefinedError
        return self.signs.sign(u)

    def _twice_sinh_and_cosh(self, u: NormalForm) -> tuple[NormalForm, NormalForm]:
        """Return e^u − e^-u and e^u + e^-u; cached, since a chain and its derivative contain several
        functions of one u.
        """
        key = u.key
        if key not in self._hyperbolic:
            up = self.atoms.exponential(u)
            down = self.forms.power(up, -1)
            self._hyperbolic[key] = self.forms.sum(up, self.forms.negation(down)), self.forms.sum(up, down)
        return self._hyperbolic[key]

    def _sigmoid(self, u: NormalForm) -> NormalForm:
        up = self.atoms.exponential(u)
        return self.forms.quotient(up, self.forms.sum(ONE, up))

    def _odd(self, name: str, u: NormalForm) -> NormalForm:
        """Return a generator for an odd function of u, or minus that of -u."""
        value, above, below = canonical(self.forms, u)
        if not value:
            return ZERO
        size = abs(value)
        form = self.opaque((name, size, key_of(above), key_of(below)))
        return form if value > 0 else self.forms.negation(form)

    def _arctan(self, u: NormalForm) -> NormalForm:
        form = self._odd("arctan", u)
        forms = self.forms
        if form.powers:
            v = u if form.numerator > 0 else forms.negation(u)
            secant = self.atoms.root(forms.sum(ONE, forms.power(v, 2)), HALF)
            cosine = forms.power(secant, -1)
            self.angles.inverses.setdefault(next(iter(form.powers)), (forms.product(v, cosine), cosine))
        return form

    def _arcsin(self, u: NormalForm) -> NormalForm:
        form = self._odd("arcsin", u)
        forms = self.forms
        if form.powers:
            v = u if form.numerator > 0 else forms.negation(u)
            under = forms.sum(ONE, forms.negation(forms.power(v, 2)))
            self.facts.nonnegative.append(under)
            self.angles.inverses.setdefault(next(iter(form.powers)), (v, self.atoms.root(under, HALF)))
        return form

    def _complement(self, form: NormalForm) -> NormalForm:
        return self.forms.sum(self.forms.times(self.pi, HALF), self.forms.negation(form))

    def _arsinh(self, u: NormalForm) -> NormalForm:
        """Return ln(u + √(u² + 1)), or the equal -ln(-u + √(u² + 1)), always the same one for u and -u."""
        forms = self.forms
        value, _, _ = canonical(forms, u)
        if not value:
            return ZERO
        v = u if value > 0 else forms.negation(u)
        root = self.atoms.root(forms.sum(ONE, forms.power(v, 2)), HALF)
        total = forms.sum(v, root)
        self.signs.declare_positive(total)
        self.signs.declare_reciprocals(total, forms.sum(root, forms.negation(v)))
        logarithm = self.atoms.logarithm(total)
        return logarithm if value > 0 else forms.negation(logarithm)

    def _arcosh(self, u: NormalForm) -> NormalForm:
        """Return ln(u + √(u² - 1))."""
        forms = self.forms
        self.facts.positive.append(u)
        self.facts.nonnegative.append(forms.sum(u, rational_form(-1)))
        root = self.atoms.root(forms.sum(forms.power(u, 2), rational_form(-1)), HALF)
        return self.atoms.logarithm(forms.sum(u, root))

    def _artanh(self, u: NormalForm) -> NormalForm:
        """Return (ln(1 + u) - ln(1 - u))/2."""
        forms = self.forms
        more, less = forms.sum(ONE, u), forms.sum(ONE, forms.negation(u))
        self.facts.positive.append(more)
        self.facts.positive.append(less)
        logs = forms.sum(self.atoms.logarithm(more), forms.negation(self.atoms.logarithm(less)))
        return forms.times(logs, HALF)

    def _reciprocal(self, u: NormalForm) -> NormalForm:
        self.facts.nonzero.append(u)
        return self.forms.power(u, -1)


Rule: TypeAlias = Callable[[Functions, NormalForm], NormalForm]
_RULES: Mapping[str, Rule] = {
    **{
        name: getattr(Functions, f"_{name}")
        for name in ("arcsin", "arctan", "arsinh", "arcosh", "artanh", "ln", "sqrt", "sign", "sigmoid")
    },
    "exp": lambda f, u: f.atoms.exponential(u),
    "cbrt": lambda f, u: f.atoms.root(u, Fraction(1, 3)),
    "abs": lambda f, u: f.signs.absolute(u),
    "step": lambda f, u: f.forms.times(f.forms.sum(ONE, f._sign(u)), HALF),
    "relu": lambda f, u: f.forms.times(f.forms.sum(u, f.signs.absolute(u)), HALF),
    "sin": lambda f, u: f.angles.sine_and_cosine(u)[0],
    "cos": lambda f, u: f.angles.sine_and_cosine(u)[1],
    "tan": lambda f, u: f.quotient(*f.angles.sine_and_cosine(u)),
    "cot": lambda f, u: f.quotient(*f.angles.sine_and_cosine(u)[::-1]),
    "sec": lambda f, u: f.quotient(ONE, f.angles.sine_and_cosine(u)[1]),
    "csc": lambda f, u: f.quotient(ONE, f.angles.sine_and_cosine(u)[0]),
    "sinh": lambda f, u: f.forms.times(f._twice_sinh_and_cosh(u)[0], HALF),
    "cosh": lambda f, u: f.forms.times(f._twice_sinh_and_cosh(u)[1], HALF),
    "tanh": lambda f, u: f.forms.quotient(*f._twice_sinh_and_cosh(u)),
    "coth": lambda f, u: f.quotient(*f._twice_sinh_and_cosh(u)[::-1]),
    "sech": lambda f, u: f.forms.quotient(rational_form(2), f._twice_sinh_and_cosh(u)[1]),
    "csch": lambda f, u: f.quotient(rational_form(2), f._twice_sinh_and_cosh(u)[0]),
    "softplus": lambda f, u: f.atoms.logarithm(f.forms.sum(ONE, f.atoms.exponential(u))),
    "arccos": lambda f, u: f._complement(f._arcsin(u)),
    "arccot": lambda f, u: f._complement(f._arctan(u)),
    "arcsec": lambda f, u: f._complement(f._arcsin(f._reciprocal(u))),
    "arccsc": lambda f, u: f._arcsin(f._reciprocal(u)),
    "arcoth": lambda f, u: f._artanh(f._reciprocal(u)),
    "arsech": lambda f, u: f._arcosh(f._reciprocal(u)),
    "arcsch": lambda f, u: f._arsinh(f._reciprocal(u)),
}
