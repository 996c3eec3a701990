"""The normal form of each node of a graph, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.angles import Angles, RefinedError
from mnemosyne.calculus.proof.atoms import Atoms
from mnemosyne.calculus.proof.forms import ONE, ZERO, Factor, Form, Forms, UndefinedError, rational
from mnemosyne.calculus.proof.polynomials import TooLargeError, key_of
from mnemosyne.calculus.proof.signs import Condition, condition
from mnemosyne.calculus.proof.summands import canonical

HALF = Fraction(1, 2)
LARGEST_ROOT = 1000
MOST_BASES = 12  # times that the basis of the angles is refined


@dataclass(slots=True)
class Facts:
    """What holds wherever some nodes have a value: conditions on signs, and factors that are not zero."""

    conditions: set[Condition] = field(default_factory=set)
    nonzero: set[Factor] = field(default_factory=set)


class NormalForms:
    """Forms of a graph's nodes, over generators that they share."""

    def __init__(self, graph: Graph, *, unfolding: bool = False) -> None:
        self._graph = graph
        self.forms = Forms()
        self.atoms = Atoms(self.forms)
        pi = self.forms.generator(nonnegative=True)
        self._pi = self.forms.of(pi)
        self.angles = Angles(self.atoms, pi, unfolding=unfolding)
        self._forms: dict[NodeId, Form] = {}
        self._facts: dict[NodeId, Facts] = {}  # of single nodes, without their operands'
        self._opaque: dict[object, Form] = {}

    def forms_of(self, *roots: NodeId) -> list[Form]:
        """The normal forms of nodes, all over one basis of the angles."""
        for _ in range(MOST_BASES):
            try:
                return [self._form(root) for root in roots]
            except RefinedError:
                self._forms.clear()
                self._facts.clear()
        raise TooLargeError

    def _form(self, root: NodeId) -> Form:
        known = self._forms
        if root not in known:
            for node in self._missing(root):
                known[node] = self._of_node(node)
        return known[root]

    def _missing(self, root: NodeId) -> list[NodeId]:
        """The nodes under the root without a form yet, operands first."""
        known, operands = self._forms, self._graph.operands
        seen: set[NodeId] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in seen and node not in known:
                seen.add(node)
                stack += operands[node]
        return sorted(seen)

    def facts(self, *roots: NodeId) -> Facts:
        """What holds wherever all the roots have a value."""
        total = Facts()
        for node in self._graph.reachable(roots):
            facts = self._facts.get(node)
            if facts is not None:
                total.conditions |= facts.conditions
                total.nonzero |= facts.nonzero
        return total

    def _of_node(self, node: NodeId) -> Form:
        try:
            return self._rule(node)
        except (TooLargeError, UndefinedError):
            self._facts.pop(node, None)
            return self._opaquely(node)

    def _opaquely(self, key: object) -> Form:
        """A generator of its own for what has no rule."""
        if key not in self._opaque:
            self._opaque[key] = self.forms.of(self.forms.generator())
        return self._opaque[key]

    def _rule(self, node: NodeId) -> Form:
        graph, forms = self._graph, self.forms
        operands = [self._forms[operand] for operand in graph.operands[node]]
        match graph.op[node]:
            case Op.NUMBER:
                return rational(graph.rational(node) or 0)
            case Op.CONSTANT:
                return self._pi if graph.payload[node] == "pi" else self.atoms.exponential(ONE)
            case Op.SYMBOL:
                return operands[0] if operands else self._opaquely(str(graph.payload[node]))
            case Op.NEGATION:
                return forms.negation(operands[0])
            case Op.SUM:
                return forms.sum(*operands)
            case Op.PRODUCT:
                return forms.product(*operands)
            case Op.QUOTIENT:
                self._note_nonzero(node, operands[1])
                return forms.quotient(*operands)
            case Op.POWER:
                return self._power(node, *operands)
            case Op.CALL:
                return self._call(node, str(graph.payload[node]), operands)

    # facts

    def _note_nonzero(self, node: NodeId, form: Form) -> None:
        facts = self._facts.setdefault(node, Facts())
        magnitudes = self.atoms.magnitudes
        for factor in self.atoms.irreducible(form).powers:
            facts.nonzero.add(factor)
            if factor in magnitudes:
                facts.nonzero.add(magnitudes[factor].base)

    def _note_positive(self, node: NodeId, form: Form, *, strict: bool = True) -> None:
        if strict:
            self._note_nonzero(node, form)
        known = condition(self.atoms, form, strict=strict)
        if known is not None:
            self._facts.setdefault(node, Facts()).conditions.add(known)

    # powers

    def _power(self, node: NodeId, base: Form, exponent: Form) -> Form:
        value = exponent.constant
        if value is not None and value < 0:
            self._note_nonzero(node, base)
        if value is None:
            return self._general_power(base, exponent)
        if value.denominator > 1:
            if value.denominator % 2 == 0:
                self._note_positive(node, base, strict=value < 0)
            return self.atoms.root(base, value)
        return self.forms.power(base, value.numerator)

    def _general_power(self, base: Form, exponent: Form) -> Form:
        """A base of either sign: where it is negative the exponent is a whole number there, even or odd."""
        size = self.atoms.exponential(self.forms.product(exponent, self.atoms.logarithm(base)))
        return self.forms.product(size, self.atoms.sign_to(self.atoms.sign(base), exponent))

    # functions

    def _call(self, node: NodeId, name: str, operands: list[Form]) -> Form:
        if len(operands) == 2:
            return self._call_of_two(node, name, *operands)
        return _RULES[name](self, node, operands[0])

    def _call_of_two(self, node: NodeId, name: str, u: Form, v: Form) -> Form:
        forms = self.forms
        if name == "log":
            self._note_positive(node, u)
            self._note_positive(node, v)
            return forms.quotient(self.atoms.logarithm(u), self.atoms.logarithm(v))
        if name == "root":
            return self._nth_root(node, u, v)
        distance = self.atoms.absolute(forms.sum(u, forms.negation(v)))
        total = forms.sum(u, v, distance if name == "max" else forms.negation(distance))
        return forms.times(total, HALF)

    def _nth_root(self, node: NodeId, u: Form, n: Form) -> Form:
        order = n.constant
        if order is None or order.denominator > 1 or not 0 < order.numerator < LARGEST_ROOT:
            raise TooLargeError
        if order.numerator % 2 == 0:
            self._note_positive(node, u, strict=False)
        return self.atoms.root(u, 1 / order)

    def _exp(self, _: NodeId, u: Form) -> Form:
        return self.atoms.exponential(u)

    def _ln(self, node: NodeId, u: Form) -> Form:
        self._note_positive(node, u)
        return self.atoms.logarithm(u)

    def _sqrt(self, node: NodeId, u: Form) -> Form:
        self._note_positive(node, u, strict=False)
        return self.atoms.root(u, HALF)

    def _cbrt(self, _: NodeId, u: Form) -> Form:
        return self.atoms.root(u, Fraction(1, 3))

    def _abs(self, _: NodeId, u: Form) -> Form:
        return self.atoms.absolute(u)

    def _sign(self, _: NodeId, u: Form) -> Form:
        if not u.numerator:
            raise UndefinedError
        return self.atoms.sign(u)

    def _step(self, node: NodeId, u: Form) -> Form:
        return self.forms.times(self.forms.sum(ONE, self._sign(node, u)), HALF)

    def _relu(self, _: NodeId, u: Form) -> Form:
        return self.forms.times(self.forms.sum(u, self.atoms.absolute(u)), HALF)

    def _sin(self, _: NodeId, u: Form) -> Form:
        return self.angles.sine_and_cosine(u)[0]

    def _cos(self, _: NodeId, u: Form) -> Form:
        return self.angles.sine_and_cosine(u)[1]

    def _tan(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, *self.angles.sine_and_cosine(u))

    def _cot(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, *self.angles.sine_and_cosine(u)[::-1])

    def _sec(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, ONE, self._cos(node, u))

    def _csc(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, ONE, self._sin(node, u))

    def _divided(self, node: NodeId, above: Form, below: Form) -> Form:
        self._note_nonzero(node, below)
        return self.forms.quotient(above, below)

    def _twice_sinh(self, u: Form) -> Form:
        up = self.atoms.exponential(u)
        return self.forms.sum(up, self.forms.negation(self.forms.power(up, -1)))

    def _twice_cosh(self, u: Form) -> Form:
        up = self.atoms.exponential(u)
        return self.forms.sum(up, self.forms.power(up, -1))

    def _sinh(self, _: NodeId, u: Form) -> Form:
        return self.forms.times(self._twice_sinh(u), HALF)

    def _cosh(self, _: NodeId, u: Form) -> Form:
        return self.forms.times(self._twice_cosh(u), HALF)

    def _tanh(self, _: NodeId, u: Form) -> Form:
        return self.forms.quotient(self._twice_sinh(u), self._twice_cosh(u))

    def _coth(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, self._twice_cosh(u), self._twice_sinh(u))

    def _sech(self, _: NodeId, u: Form) -> Form:
        return self.forms.quotient(rational(2), self._twice_cosh(u))

    def _csch(self, node: NodeId, u: Form) -> Form:
        return self._divided(node, rational(2), self._twice_sinh(u))

    def _sigmoid(self, _: NodeId, u: Form) -> Form:
        up = self.atoms.exponential(u)
        return self.forms.quotient(up, self.forms.sum(ONE, up))

    def _softplus(self, _: NodeId, u: Form) -> Form:
        return self.atoms.logarithm(self.forms.sum(ONE, self.atoms.exponential(u)))

    # inverse functions

    def _odd(self, name: str, u: Form) -> Form:
        """A generator for an odd function of u, or of -u with a minus."""
        value, above, below = canonical(self.forms, u)
        if not value:
            return ZERO
        size = abs(value)
        made = self._opaquely((name, size, key_of(above), key_of(below)))
        return made if value > 0 else self.forms.negation(made)

    def _arctan(self, _: NodeId, u: Form) -> Form:
        made = self._odd("arctan", u)
        forms = self.forms
        if made.powers:
            v = u if made.numerator > 0 else forms.negation(u)
            secant = self.atoms.root(forms.sum(ONE, forms.power(v, 2)), HALF)
            cosine = forms.power(secant, -1)
            self.angles.inverses.setdefault(next(iter(made.powers)), (forms.product(v, cosine), cosine))
        return made

    def _arcsin(self, node: NodeId, u: Form) -> Form:
        made = self._odd("arcsin", u)
        forms = self.forms
        if made.powers:
            v = u if made.numerator > 0 else forms.negation(u)
            under = forms.sum(ONE, forms.negation(forms.power(v, 2)))
            self._note_positive(node, under, strict=False)
            self.angles.inverses.setdefault(next(iter(made.powers)), (v, self.atoms.root(under, HALF)))
        return made

    def _complement(self, form: Form) -> Form:
        """pi/2 - form."""
        return self.forms.sum(self.forms.times(self._pi, HALF), self.forms.negation(form))

    def _arccos(self, node: NodeId, u: Form) -> Form:
        return self._complement(self._arcsin(node, u))

    def _arccot(self, node: NodeId, u: Form) -> Form:
        return self._complement(self._arctan(node, u))

    def _arcsec(self, node: NodeId, u: Form) -> Form:
        return self._complement(self._arccsc(node, u))

    def _arccsc(self, node: NodeId, u: Form) -> Form:
        self._note_nonzero(node, u)
        return self._arcsin(node, self.forms.power(u, -1))

    def _arsinh(self, _: NodeId, u: Form) -> Form:
        return self._odd("arsinh", u)

    def _arcosh(self, node: NodeId, u: Form) -> Form:
        value, above, below = canonical(self.forms, u)
        self._note_positive(node, u)
        self._note_positive(node, self.forms.sum(u, rational(-1)), strict=False)
        return self._opaquely(("arcosh", value, key_of(above), key_of(below)))

    def _artanh(self, node: NodeId, u: Form) -> Form:
        """(ln(1 + u) - ln(1 - u))/2."""
        forms = self.forms
        more, less = forms.sum(ONE, u), forms.sum(ONE, forms.negation(u))
        self._note_positive(node, more)
        self._note_positive(node, less)
        logs = forms.sum(self.atoms.logarithm(more), forms.negation(self.atoms.logarithm(less)))
        return forms.times(logs, HALF)


Rule: TypeAlias = Callable[[NormalForms, NodeId, Form], Form]
_RULES: Mapping[str, Rule] = {
    name: getattr(NormalForms, f"_{name}")
    for name in (
        *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"),
        *("arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "arsinh", "arcosh", "artanh"),
        *("exp", "ln", "sqrt", "cbrt", "abs", "sign", "step", "relu", "sigmoid", "softplus"),
    )
}
