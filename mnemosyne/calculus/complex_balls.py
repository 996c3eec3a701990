"""Values in the complex plane, on the principal branches: for answers whose intermediate values leave the reals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import acb, arb

from mnemosyne.calculus.balls import LARGEST_LOGARITHM, LARGEST_WHOLE_EXPONENT, NAN, RealValues, Values, exactly
from mnemosyne.calculus.graph import NodeId


class ComplexValues(Values[acb]):
    """Values on the principal branches in the complex plane, for answers that leave the reals on the way."""

    def _number(self, value: Fraction) -> acb:
        return acb(exactly(value))

    def _constant(self, name: str) -> acb:
        return acb(arb.pi() if name == "pi" else arb.const_e())

    def _nan(self) -> acb:
        return acb(NAN)

    def _power(self, operands: tuple[acb, ...], exponent: Fraction | None) -> acb:
        base, ball = operands
        if exponent is not None and exponent.denominator == 1 and abs(exponent) <= LARGEST_WHOLE_EXPONENT:
            return base ** int(exponent)
        log = base.log() * ball
        return log.exp() if log.is_finite() and abs(log.real) < LARGEST_LOGARITHM else acb(NAN)

    def _call(self, name: str, operands: tuple[acb, ...], node: NodeId) -> acb:
        if name in _COMPLEX:
            return _COMPLEX[name](*operands)
        if all(operand.imag == 0 for operand in operands):
            reals = RealValues(self.graph, self.point)
            return acb(reals._call(name, tuple(operand.real for operand in operands), node))
        return acb(NAN)


_COMPLEX: Mapping[str, Callable[..., acb]] = {
    **{name: getattr(acb, name) for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech")},
    **{name: getattr(acb, name) for name in ("csch", "coth", "exp", "sqrt")},
    "ln": acb.log,
    "log": lambda u, b: u.log() / b.log(),
    "arcsin": acb.asin,
    "arccos": acb.acos,
    "arctan": acb.atan,
    "arsinh": acb.asinh,
    "arcosh": acb.acosh,
    "artanh": acb.atanh,
    "arcsec": lambda u: (1 / u).acos(),
    "arccsc": lambda u: (1 / u).asin(),
    "arsech": lambda u: (1 / u).acosh(),
    "arcsch": lambda u: (1 / u).asinh(),
    "arcoth": lambda u: (1 / u).atanh(),
    "arccot": lambda u: acb(arb.pi() / 2) - u.atan(),
    "sigmoid": lambda u: 1 / (1 + (-u).exp()),
    "softplus": lambda u: (1 + u.exp()).log(),
    "abs": lambda u: acb(abs(u)),
}
