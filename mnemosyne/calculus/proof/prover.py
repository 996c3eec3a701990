"""Whether two nodes of a graph are equal as formulas: their difference in normal form, which is zero or not.

A proof holds at every real point where both nodes have a value, and says nothing of the others. What is too large for
this, or defined nowhere, counts as a generator of its own, so that a long chain stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.proof.angles import Unfolding
from mnemosyne.calculus.proof.conditions import Facts, solve_signs
from mnemosyne.calculus.proof.forms import ONE, Factor, NormalForm, UndefinedError
from mnemosyne.calculus.proof.normal import NormalForms
from mnemosyne.calculus.proof.polynomials import MOST_WORK, Generator, GivenUpError, TooLargeError, divides


class Prover:
    """Proofs over one graph; the normal forms of its nodes are kept for the next proof."""

    def __init__(self, graph: Graph) -> None:
        self._attempts = [NormalForms(graph, unfolding) for unfolding in Unfolding]

    def proves_equal(self, first: NodeId, second: NodeId, *within: NodeId) -> bool:
        """Return whether the two are proved equal wherever both, and all nodes of `within`, have a value."""
        if first == second:
            return True
        return any(_proves_equal(normal, first, second, within) for normal in self._attempts)

    def proves_equal_where_zero(self, first: NodeId, second: NodeId, zero: NodeId) -> bool:
        """Return whether two nodes are proved equal wherever both have a value and a third one is 0."""
        return any(_proves_where_zero(normal, first, second, zero) for normal in self._attempts)

    def assume_positive(self, nodes: Iterable[NodeId]) -> None:
        """Let nodes count as positive in all that is proved from now on; what was proved before does not know it."""
        for normal in self._attempts:
            for node in nodes:
                _assume_positive(normal, node)

    def proves_never_negative(self, node: NodeId, positive: Sequence[NodeId], nonnegative: Sequence[NodeId]) -> bool:
        """Return whether a node is proved not to be negative wherever others are positive and not negative."""
        return any(_proves_never_negative(normal, node, positive, nonnegative) for normal in self._attempts)

    def proves_zero_only_with(self, node: NodeId, others: Sequence[NodeId]) -> bool:
        """Return whether a node is proved to be zero only where one of the others is, or at single points."""
        return any(_proves_zero_only_with(normal, node, others) for normal in self._attempts)


def _assume_positive(normal: NormalForms, node: NodeId) -> None:
    normal.functions.forms.work_left = MOST_WORK
    try:
        (form,) = normal.forms_of(node)
        normal.functions.signs.declare_positive(form)
    except (TooLargeError, UndefinedError, GivenUpError):
        return


def _proves_never_negative(
    normal: NormalForms, node: NodeId, positive: Sequence[NodeId], nonnegative: Sequence[NodeId]
) -> bool:
    functions = normal.functions
    functions.forms.work_left = MOST_WORK
    try:
        form, *known = normal.forms_of(node, *positive, *nonnegative)
        if form in known:
            return True
        facts = Facts(positive=known[: len(positive)], nonnegative=known[len(positive) :])
        signs = solve_signs(functions.signs, facts)
        return signs is not None and _with_known_signs(normal, functions.signs.sign(form), signs) == ONE
    except (TooLargeError, UndefinedError, GivenUpError):
        return False


def _proves_zero_only_with(normal: NormalForms, node: NodeId, others: Sequence[NodeId]) -> bool:
    functions = normal.functions
    functions.forms.work_left = MOST_WORK
    try:
        form, *known = (functions.signs.irreducible(form) for form in normal.forms_of(node, *others))
    except (TooLargeError, UndefinedError, GivenUpError):
        return False
    known_factors = {factor for form in known for factor, power in form.powers.items() if power > 0}
    zeros = (factor for factor, power in form.powers.items() if power > 0)
    return bool(form.numerator) and all(functions.signs.zero_only_with(factor, known_factors) for factor in zeros)


def _proves_where_zero(normal: NormalForms, first_node: NodeId, second_node: NodeId, zero_node: NodeId) -> bool:
    """Whether the numerator of the difference has every factor that can make the third node zero."""
    forms = normal.functions.forms
    forms.work_left = MOST_WORK
    try:
        first, second, zero = normal.forms_of(first_node, second_node, zero_node)
        difference = forms.sum(first, forms.negation(second))
        vanishing = forms.expand({factor: 1 for factor, power in zero.powers.items() if power > 0})
        return divides(vanishing, forms.numerator(difference))
    except (TooLargeError, UndefinedError, GivenUpError):
        return False


def _proves_equal(normal: NormalForms, first_node: NodeId, second_node: NodeId, within: tuple[NodeId, ...]) -> bool:
    normal.functions.forms.work_left = MOST_WORK
    try:
        first, second, *_ = normal.forms_of(first_node, second_node, *within)
        if first == second:
            return True
        difference = normal.functions.forms.sum(first, normal.functions.forms.negation(second))
        if not difference.numerator:
            return True
        return _vanishes(normal, difference, normal.facts(first_node, second_node, *within))
    except (TooLargeError, UndefinedError, GivenUpError):
        return False


def _vanishes(normal: NormalForms, difference: NormalForm, facts: Facts) -> bool:
    """Whether some factor of the difference is zero once the signs are known."""
    signs = solve_signs(normal.functions.signs, facts)
    if not signs:
        return False
    values = signs | _powers_of_known_signs(normal, signs)
    return any(
        _factor_vanishes(normal, factor, values) for factor, power in difference.powers.items() if factor < 0 < power
    )


def _factor_vanishes(normal: NormalForms, factor: Factor, values: dict[Generator, NormalForm]) -> bool:
    polynomial = normal.functions.forms.polynomial(factor)
    return not normal.functions.forms.substituted(polynomial, values).numerator


def _powers_of_known_signs(normal: NormalForms, signs: dict[Generator, NormalForm]) -> dict[Generator, NormalForm]:
    """Return the powers that are 1, since their base is a sign that is known to be 1."""
    powers = normal.functions.signs.powers.items()
    return {index: ONE for index, sign in powers if _with_known_signs(normal, sign, signs) == ONE}


def _with_known_signs(normal: NormalForms, sign: NormalForm, signs: dict[Generator, NormalForm]) -> NormalForm:
    """Return a product of signs with those that are known put in."""
    forms = normal.functions.forms
    parts = [forms.power(signs.get(factor, forms.of(factor)), power) for factor, power in sign.powers.items()]
    return forms.product(NormalForm(sign.numerator, 1, {}), *parts)
