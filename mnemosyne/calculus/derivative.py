"""The chain rule on the graph: one local rule per operation, so that a mistake can replace any of them.

`outer_derivative` is the table of derivatives; `differentiate` multiplies along the chain. Derivatives are
taken at the real points where the function is differentiable: at a kink of |u|, sign, relu, step, max and min
they have no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op


def _square(graph: Graph, node: NodeId) -> NodeId:
    return graph.power(node, graph.number(2))


def _one_over(graph: Graph, node: NodeId) -> NodeId:
    return graph.quotient(graph.one, node)


def _one_minus_square(graph: Graph, u: NodeId) -> NodeId:
    return graph.sum(graph.one, graph.negation(_square(graph, u)))


def _square_and(graph: Graph, u: NodeId, constant: int) -> NodeId:
    return graph.sum(_square(graph, u), graph.number(constant))


def _times(graph: Graph, *names: str) -> Callable[[NodeId], NodeId]:
    return lambda u: graph.product(*(graph.call(name, u) for name in names))


Rule = Callable[[Graph, NodeId], NodeId]


def _minus(rule: Rule) -> Rule:
    return lambda graph, u: graph.negation(rule(graph, u))


def _arcsin(graph: Graph, u: NodeId) -> NodeId:
    return _one_over(graph, graph.call("sqrt", _one_minus_square(graph, u)))


def _one_over_root(graph: Graph, factor: NodeId, square: NodeId) -> NodeId:
    return _one_over(graph, graph.product(factor, graph.call("sqrt", square)))


def _arcsec(graph: Graph, u: NodeId) -> NodeId:
    return _one_over_root(graph, graph.call("abs", u), _square_and(graph, u, -1))


def _arctan(graph: Graph, u: NodeId) -> NodeId:
    return _one_over(graph, _square_and(graph, u, 1))


def _sigmoid(graph: Graph, u: NodeId) -> NodeId:
    value = graph.call("sigmoid", u)
    return graph.product(value, graph.sum(graph.one, graph.negation(value)))


OUTER_DERIVATIVES: Mapping[str, Rule] = {
    "sin": lambda g, u: g.call("cos", u),
    "cos": lambda g, u: g.negation(g.call("sin", u)),
    "tan": lambda g, u: _square(g, g.call("sec", u)),
    "sec": lambda g, u: _times(g, "sec", "tan")(u),
    "csc": lambda g, u: g.negation(_times(g, "csc", "cot")(u)),
    "cot": lambda g, u: g.negation(_square(g, g.call("csc", u))),
    "arcsin": _arcsin,
    "arccos": _minus(_arcsin),
    "arctan": _arctan,
    "arccot": _minus(_arctan),
    "arcsec": _arcsec,
    "arccsc": _minus(_arcsec),
    "sinh": lambda g, u: g.call("cosh", u),
    "cosh": lambda g, u: g.call("sinh", u),
    "tanh": lambda g, u: _square(g, g.call("sech", u)),
    "sech": lambda g, u: g.negation(_times(g, "sech", "tanh")(u)),
    "csch": lambda g, u: g.negation(_times(g, "csch", "coth")(u)),
    "coth": lambda g, u: g.negation(_square(g, g.call("csch", u))),
    "arsinh": lambda g, u: _one_over(g, g.call("sqrt", _square_and(g, u, 1))),
    "arcosh": lambda g, u: _one_over(g, g.call("sqrt", _square_and(g, u, -1))),
    "artanh": lambda g, u: _one_over(g, _one_minus_square(g, u)),
    "arcoth": lambda g, u: _one_over(g, _one_minus_square(g, u)),
    "arsech": lambda g, u: g.negation(_one_over_root(g, u, _one_minus_square(g, u))),
    "arcsch": lambda g, u: g.negation(_one_over_root(g, g.call("abs", u), _square_and(g, u, 1))),
    "exp": lambda g, u: g.call("exp", u),
    "ln": _one_over,
    "sqrt": lambda g, u: _one_over(g, g.product(g.number(2), g.call("sqrt", u))),
    "cbrt": lambda g, u: _one_over(g, g.product(g.number(3), _square(g, g.call("cbrt", u)))),
    "abs": lambda g, u: g.call("sign", u),
    "sign": lambda g, _: g.zero,
    "step": lambda g, _: g.zero,
    "sigmoid": _sigmoid,
    "relu": lambda g, u: g.call("step", u),
    "softplus": lambda g, u: g.call("sigmoid", u),
}


class Calculus:
    """Differentiation of one graph by one variable; derivatives are cached, and those in `derivatives` are given."""

    def __init__(self, graph: Graph, variable: str, derivatives: Mapping[NodeId, NodeId] | None = None) -> None:
        self.graph = graph
        self.name = variable
        self.variable = graph.symbol(variable)
        self._known: dict[NodeId, NodeId] = dict(derivatives or {})
        self._given = frozenset(self._known)

    def with_mistake(self, node: NodeId, local: NodeId) -> Calculus:
        """Return a copy in which the derivative of one node is taken wrongly."""
        return Calculus(self.graph, self.name, {node: local})

    def is_given(self, node: NodeId) -> bool:
        """Return whether the node's derivative was given, whatever its operands' derivatives are."""
        return node in self._given

    def know(self, node: NodeId, derivative: NodeId) -> None:
        """Set a node's derivative from now on."""
        self._known[node] = derivative

    def derivative(self, root: NodeId, instead: Mapping[NodeId, NodeId] | None = None) -> NodeId:
        """Return the derivative of the root; `instead` replaces the derivatives of some nodes, as a mistake would."""
        derivatives, operands = self._known, self.graph.operands
        if root not in derivatives:
            for node in self.graph.missing(root, derivatives):
                derivatives[node] = self.local(node, tuple([derivatives[operand] for operand in operands[node]]))
        return self._mistaken(root, instead) if instead else derivatives[root]

    def _mistaken(self, root: NodeId, instead: Mapping[NodeId, NodeId]) -> NodeId:
        """Return the derivative of the root with the derivatives of some nodes replaced."""
        right, operands = self._known, self.graph.operands
        derivatives = dict(instead)
        for node in self.graph.reachable((root,), above=min(instead)):
            if node in derivatives or not any(operand in derivatives for operand in operands[node]):
                continue  # the mistake does not touch it: its true derivative is kept
            inner = tuple(derivatives[o] if o in derivatives else right[o] for o in operands[node])
            derivatives[node] = self.local(node, inner)
        return derivatives[root] if root in derivatives else right[root]

    def local(self, node: NodeId, inner: tuple[NodeId, ...]) -> NodeId:
        """Return a node's derivative from those of its operands."""
        graph = self.graph
        operands = graph.operands[node]
        match graph.op[node]:
            case Op.NUMBER | Op.CONSTANT:
                return graph.zero
            case Op.SYMBOL:
                if node == self.variable:
                    return graph.one
                return inner[0] if inner else graph.zero
            case Op.NEGATION:
                return graph.negation(inner[0])
            case Op.SUM:
                return graph.sum(*inner)
            case Op.PRODUCT:
                return self._product(operands, inner)
            case Op.QUOTIENT:
                return self._quotient(operands, inner)
            case Op.POWER:
                return self._power(node, operands, inner)
            case Op.CALL:
                return self._call(node, operands, inner)

    def _product(self, factors: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        graph = self.graph
        terms = [
            graph.product(*factors[:i], inner[i], *factors[i + 1 :])
            for i in range(len(factors))
            if inner[i] != graph.zero
        ]
        return graph.sum(*terms)

    def _quotient(self, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        graph = self.graph
        (u, v), (du, dv) = operands, inner
        if dv == graph.zero:
            return graph.quotient(du, v)
        above = graph.sum(graph.product(du, v), graph.negation(graph.product(u, dv)))
        return graph.quotient(above, _square(graph, v))

    def _power(self, node: NodeId, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        graph = self.graph
        (u, v), (du, dv) = operands, inner
        if dv == graph.zero:
            return graph.product(self.outer_power(u, v), du)
        grown = graph.product(node, self.log_of_base(u), dv)
        if du == graph.zero:
            return grown
        return graph.sum(grown, graph.product(self.outer_power(u, v), du))

    def outer_power(self, u: NodeId, n: NodeId) -> NodeId:
        """Return (uⁿ)′ for an exponent that does not depend on the variable."""
        graph = self.graph
        return graph.product(n, graph.power(u, graph.sum(n, graph.number(-1))))

    def log_of_base(self, base: NodeId) -> NodeId:
        """Return ln of the base of a power; 1 for the base e."""
        graph = self.graph
        return graph.one if base == graph.constant("e") else graph.call("ln", base)

    def _call(self, node: NodeId, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        graph = self.graph
        name = str(graph.payload[node])
        if all(d == graph.zero for d in inner):
            return graph.zero
        if len(operands) == 1:
            return graph.product(OUTER_DERIVATIVES[name](graph, operands[0]), inner[0])
        return _TWO_OPERANDS[name](self, node, operands, inner)

    def _log(self, _: NodeId, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        """Differentiate a logarithm to a base as ln u / ln b."""
        graph = self.graph
        (u, b), (du, db) = operands, inner
        if db == graph.zero:
            return graph.quotient(du, graph.product(u, self.log_of_base(b)))
        logs = (graph.call("ln", u), graph.call("ln", b))
        return self._quotient(logs, (graph.quotient(du, u), graph.quotient(db, b)))

    def _root(self, node: NodeId, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        """Return the real nth root, as r·(u′/(n·u) − n′·ln u/n²)."""
        graph = self.graph
        (u, n), (du, dn) = operands, inner
        first = graph.quotient(graph.product(node, du), graph.product(n, u))
        if dn == graph.zero:
            return first
        second = graph.quotient(graph.product(node, graph.call("ln", u), dn), _square(graph, n))
        return graph.sum(first, graph.negation(second))

    def _choice(self, node: NodeId, operands: tuple[NodeId, ...], inner: tuple[NodeId, ...]) -> NodeId:
        """Return the derivative of whichever operand max or min takes.

        As v' + (u' - v')·step(u - v) it has a value where both are equal with one slope: max(x, relu(x)) for x > 0.
        """
        graph = self.graph
        (u, v), (du, dv) = operands, inner
        if graph.payload[node] == "min":
            u, v = v, u
        difference = graph.sum(u, graph.negation(v))
        first, second = graph.call("step", difference), graph.call("step", graph.negation(difference))
        if du == graph.zero or dv == graph.zero:
            return graph.sum(graph.product(first, du), graph.product(second, dv))
        return graph.sum(dv, graph.product(graph.sum(du, graph.negation(dv)), first))


_TWO_OPERANDS: Mapping[str, Callable[[Calculus, NodeId, tuple[NodeId, ...], tuple[NodeId, ...]], NodeId]] = {
    "log": Calculus._log,
    "root": Calculus._root,
    "max": Calculus._choice,
    "min": Calculus._choice,
}
