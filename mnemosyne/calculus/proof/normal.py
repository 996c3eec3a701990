"""The normal form of each node of a graph, worked out once."""

from __future__ import annotations

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.proof.angles import RefinedError, Unfolding
from mnemosyne.calculus.proof.conditions import Facts
from mnemosyne.calculus.proof.forms import ONE, NormalForm, UndefinedError, rational_form
from mnemosyne.calculus.proof.function_forms import Functions
from mnemosyne.calculus.proof.polynomials import MOST_WORK, GivenUpError, TooLargeError

MOST_BASES = 12  # times that the basis of the angles is refined


class NormalForms:
    """Forms of a graph's nodes, over generators that they share."""

    def __init__(self, graph: Graph, unfolding: Unfolding) -> None:
        self._graph = graph
        self.functions = Functions(unfolding)
        self._forms: dict[NodeId, NormalForm] = {}
        self._facts: dict[NodeId, Facts] = {}  # the facts that each node contributes by itself, without its operands

    def forms_of(self, *roots: NodeId) -> list[NormalForm]:
        """Return the normal forms of nodes, all over one basis of the angles."""
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
        """Return what holds wherever all the roots have a value."""
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
            if before > MOST_WORK // 2:  # too much for a proof by itself: the next one does not try
                self._forms[node] = self.functions.opaque(self._shape(node))
            raise
        if facts:
            self._facts[node] = facts
        return form

    def _shape(self, node: NodeId) -> object:
        """Return what a node without a rule is told apart by: its operation and its operands' forms."""
        graph = self._graph
        operands = [self._forms[operand] for operand in graph.operands[node]]
        keys = [(form.numerator, form.denominator, tuple(sorted(form.powers.items()))) for form in operands]
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
