"""Whether two nodes of a graph are equal as formulas: their difference in normal form, which is zero or not.

A proof holds at every real point where both nodes have a value, and says nothing about other points. An
expression that is too large for this, or has no value, becomes a generator, so that a long chain stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.angles import RefinedError, Unfolding
from mnemosyne.calculus.proof.conditions import Facts, solve_signs
from mnemosyne.calculus.proof.forms import ONE, Factor, NormalForm, UndefinedError, rational_form
from mnemosyne.calculus.proof.function_forms import Functions
from mnemosyne.calculus.proof.polynomials import MOST_WORK, Generator, GivenUpError, TooLargeError, divides
from mnemosyne.calculus.proof.whole_powers import by_one_another

MOST_BASES = 12  # how often the basis of the angles may be refined


class NormalForms:
    """Forms of a graph's nodes, over shared generators."""

    def __init__(self, graph: Graph, unfolding: Unfolding) -> None:
        self._graph = graph
        self.functions = Functions(unfolding)
        self._forms: dict[NodeId, NormalForm] = {}
        self._facts: dict[NodeId, Facts] = {}  # the facts that each node itself contributes, without its operands

    def forms_of(self, *roots: NodeId) -> list[NormalForm]:
        """Return the normal forms of nodes, all over one basis of the angles; raise TooLargeError if that fails."""
        for _ in range(MOST_BASES):
            try:
                return [self._form(root) for root in roots]
            except RefinedError:
                self._forms.clear()
                self._facts.clear()
        raise TooLargeError

    def _form(self, root: NodeId) -> NormalForm:
        forms = self._forms
        if root not in forms:
            for node in self._missing(root):
                forms[node] = self._of_node(node)
        return forms[root]

    def _missing(self, root: NodeId) -> list[NodeId]:
        """Return the nodes under the root without a form yet, operands first."""
        forms, operands = self._forms, self._graph.operands
        visited: set[NodeId] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in visited and node not in forms:
                visited.add(node)
                stack += operands[node]
        return sorted(visited)

    def facts(self, *roots: NodeId) -> Facts:
        """Return the facts that hold where all the roots have a value."""
        total = Facts()
        for node in self._graph.reachable(roots):
            if node in self._facts:
                total.add(self._facts[node])
        return total

    def _of_node(self, node: NodeId) -> NormalForm:
        facts = self.functions.facts = Facts()
        before = self.functions.forms.work_left
        try:
            form = self._rule(node)
        except (TooLargeError, UndefinedError):
            return self.functions.opaque(self._shape(node))
        except GivenUpError:
            if before > MOST_WORK // 2:  # too much even for a whole proof, so the next one does not try
                self._forms[node] = self.functions.opaque(self._shape(node))
            raise
        if facts:
            self._facts[node] = facts
        return form

    def _shape(self, node: NodeId) -> object:
        """Return the key of a node without a rule: its operation and its operands' forms."""
        graph = self._graph
        keys = [self._forms[operand].key for operand in graph.operands[node]]
        if graph.op[node] in (Op.SUM, Op.PRODUCT):
            keys.sort()
        return graph.op[node], graph.payload[node], tuple(keys)

    def _rule(self, node: NodeId) -> NormalForm:
        graph, functions = self._graph, self.functions
        forms = functions.forms
        operands = [self._forms[operand] for operand in graph.operands[node]]
        match graph.op[node]:
            case Op.NUMBER:
                return rational_form(graph.rational(node) or 0)
            case Op.CONSTANT:
                return functions.pi if graph.payload[node] == "pi" else functions.atoms.exponential(ONE)
            case Op.SYMBOL:
                return operands[0] if operands else functions.opaque(str(graph.payload[node]))
            case Op.NEGATION:
                return forms.negation(operands[0])
            case Op.SUM:
                return forms.sum(*operands)
            case Op.PRODUCT:
                return forms.product(*operands)
            case Op.QUOTIENT:
                return functions.quotient(operands[0], operands[1])
            case Op.POWER:
                return functions.power(operands[0], operands[1])
            case Op.CALL:
                return functions.call(str(graph.payload[node]), operands)


class Prover:
    """Proofs over one graph; the normal forms of its nodes are cached for later proofs."""

    def __init__(self, graph: Graph) -> None:
        self._attempts = [NormalForms(graph, unfolding) for unfolding in Unfolding]

    def proves_equal(self, first: NodeId, second: NodeId, *within: NodeId) -> bool:
        """Return whether two nodes are proved equal wherever both, and all nodes of `within`, have a value."""
        if first == second:
            return True
        return any(_proves_equal(normal, first, second, within) for normal in self._attempts)

    def proves_equal_where_zero(self, first: NodeId, second: NodeId, zero: NodeId) -> bool:
        """Return whether two nodes are proved equal wherever both have a value and a third one is 0."""
        return any(_proves_where_zero(normal, first, second, zero) for normal in self._attempts)

    def assume_positive(self, nodes: Iterable[NodeId]) -> None:
        """Assume from now on that nodes are positive; earlier normal forms are not recomputed."""
        for normal in self._attempts:
            for node in nodes:
                _assume_positive(normal, node)

    def proves_never_negative(self, node: NodeId, positive: Sequence[NodeId], nonnegative: Sequence[NodeId]) -> bool:
        """Return whether a node is proved non-negative, given which nodes are positive and which non-negative."""
        return any(_proves_never_negative(normal, node, positive, nonnegative) for normal in self._attempts)

    def proves_positive_multiple(self, first: NodeId, second: NodeId) -> bool:
        """Return whether one node is proved to be another times something that is positive everywhere."""
        return any(_proves_positive_multiple(normal, first, second) for normal in self._attempts)

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


def _proves_positive_multiple(normal: NormalForms, first_node: NodeId, second_node: NodeId) -> bool:
    functions, signs = normal.functions, normal.functions.signs
    functions.forms.work_left = MOST_WORK
    try:
        ratio = signs.irreducible(functions.forms.quotient(*normal.forms_of(first_node, second_node)))
        return signs.sign(ratio) == ONE and all(signs.never_zero(factor) for factor in ratio.powers)
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
    """Whether the numerator of the difference contains every factor that can make the third node zero."""
    forms = normal.functions.forms
    forms.work_left = MOST_WORK
    try:
        first, second, zero = normal.forms_of(first_node, second_node, zero_node)
        difference = forms.sum(first, forms.negation(second))
        vanishing = forms.expand({factor: 1 for factor, power in zero.powers.items() if power > 0})
        return divides(*forms.over_cosines(vanishing, forms.numerator(difference)))
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
    if signs is None:
        return False
    whole = by_one_another(normal.functions.signs, facts.whole)
    values = whole | signs | _powers_of_known_signs(normal, signs)
    return bool(values) and any(
        _factor_vanishes(normal, factor, values) for factor, power in difference.powers.items() if factor < 0 < power
    )


def _factor_vanishes(normal: NormalForms, factor: Factor, values: dict[Generator, NormalForm]) -> bool:
    polynomial = normal.functions.forms.polynomial(factor)
    return not normal.functions.forms.substituted(polynomial, values).numerator


def _powers_of_known_signs(normal: NormalForms, signs: dict[Generator, NormalForm]) -> dict[Generator, NormalForm]:
    """Return the powers that are 1 because their base is a sign known to be 1."""
    powers = normal.functions.signs.powers.items()
    return {index: ONE for index, sign in powers if _with_known_signs(normal, sign, signs) == ONE}


def _with_known_signs(normal: NormalForms, sign: NormalForm, signs: dict[Generator, NormalForm]) -> NormalForm:
    """Return a product of signs with the known ones substituted."""
    forms = normal.functions.forms
    parts = [forms.power(signs.get(factor, forms.of(factor)), power) for factor, power in sign.powers.items()]
    return forms.product(NormalForm(sign.numerator, 1, {}), *parts)
