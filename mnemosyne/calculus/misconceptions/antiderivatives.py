"""Mistakes in an antiderivative: the chain rule backwards, powers, signs, logarithms.

Each mistake gives a wrong antiderivative of one term, or of all terms at once. Since any constant may be
added, their derivatives are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.chain_links import LinkedPart
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.integration import IntegratedTerm, Integration
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import Diagnosis, right_but_for_constant
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line

OLD_EXPONENT = "Divide by the new exponent of {inner}, not by the old one."
NOT_CONSTANT = "Integrate {term} too: its antiderivative is not a constant."
AT_INNER = (  # the inner derivative was not undone
    "inner-derivative-not-divided",
    "inner-derivative-multiplied",
    "inner-derivative-kept",
    "divided-without-need",
)
OF_WHOLE_TERM = ("not-integrated", "differentiated-instead")
TRIGONOMETRIC = ("sin", "cos", "sec", "csc", "tan", "cot", "sinh", "cosh")


@dataclass(frozen=True, slots=True)
class WrongTerm:
    """A wrong antiderivative of one term, with the mistake that gives it; `message` overrides the mistake's own."""

    name: str  # the id of the misconception
    part: IntegratedTerm  # the term
    value: NodeId  # the wrong antiderivative
    message: str = ""


class AntiderivativeSearch:
    """The search for the mistake in one answer.

    `answer` is the derivative of the answer given, and `links` are those of the expected antiderivative.
    """

    def __init__(self, question: PreparedQuestion, answer: NodeId, links: Sequence[LinkedPart]) -> None:
        self.question = question
        self.links = links
        self.graph: Graph = question.graph
        self.matching = Matching(question, answer)
        self.integration = Integration(question)

    def finding(self) -> Diagnosis | None:
        """Return the mistake that explains the answer, if any."""
        if not self.matching.possible:
            return None
        return self._of_whole() or self._of_terms() or right_but_for_constant(self.matching)

    def _of_whole(self) -> Diagnosis | None:
        f, derivative = self.question.f, self.question.calculus.derivative
        wholes = {"differentiated-instead": derivative(derivative(f)), "not-integrated": derivative(f)}
        name = next((name for name, node in wholes.items() if self.matching.agrees(node)), None)
        return Diagnosis(name, CATALOGUE[name].message) if name else None

    def _of_terms(self) -> Diagnosis | None:
        """Return a mistake in one term, else the same mistake in all terms."""
        by_part = [list(wrong_terms(self.question, part)) for part in self.integration.parts]
        for wrong in (wrong for terms in by_part for wrong in terms):
            if self.matching.agrees(self._with([wrong])):
                return self._diagnosis(wrong)
        for wrong in by_part[0] if len(by_part) > 1 else ():
            alike = [[candidate for candidate in terms if candidate.name == wrong.name] for terms in by_part[1:]]
            together = [wrong, *(terms[0] for terms in alike if terms)]
            if len(together) > 1 and self.matching.agrees(self._with(together)):
                return self._diagnosis(wrong, " The mistake occurs in more than one term.")
        return None

    def _with(self, wrong_terms: list[WrongTerm]) -> NodeId:
        """Return the derivative of an answer in which some terms are wrong."""
        wrong = {term.part.term: self.question.calculus.derivative(term.value) for term in wrong_terms}
        terms = [wrong.get(part.term, part.term) for part in self.integration.parts]
        return self.graph.sum(*terms, *self.integration.others)

    def _diagnosis(self, wrong: WrongTerm, more: str = "") -> Diagnosis:
        part = wrong.part
        nodes = {"term": part.term, "outer": part.outer, "inner": part.inner, "slope": part.slope}
        texts = {name: self._line_of(node) for name, node in nodes.items()}
        message = (wrong.message or CATALOGUE[wrong.name].message).format(**texts)
        link = None if more else self._link(wrong)
        return Diagnosis(wrong.name, message + more, link, inside=link is not None and wrong.name in AT_INNER)

    def _link(self, wrong: WrongTerm) -> int | None:
        """Return the index of the link that was integrated wrongly; None unless exactly one was."""
        if wrong.name in OF_WHOLE_TERM:
            return None
        inner = wrong.part.inner
        at_inner = wrong.name in AT_INNER
        links = [i for i, (_, link) in enumerate(self.links) if (link.whole if at_inner else link.inner) == inner]
        return links[0] if len(links) == 1 else None

    def _line_of(self, node: NodeId) -> str:
        return to_unicode_line(to_tree(self.graph, self.question.tidy.tidied(node)))


def diagnose_antiderivative(
    question: PreparedQuestion, answer: NodeId, links: Sequence[LinkedPart] = ()
) -> Diagnosis | None:
    """Return the mistake that explains a wrong antiderivative, or None.

    `answer` is its derivative, and `links` are those of the expected antiderivative, where the mistake is looked for.
    """
    with precision(BITS):
        return AntiderivativeSearch(question, answer, links).finding()


def wrong_terms(question: PreparedQuestion, part: IntegratedTerm) -> Iterator[WrongTerm]:
    """Yield the wrong antiderivatives of one term."""
    for name, rule in _RULES.items():
        for value in rule(question, part):
            if isinstance(value, tuple):
                yield WrongTerm(name, part, value[0], value[1])
            else:
                yield WrongTerm(name, part, value)


Values = Iterator[NodeId | tuple[NodeId, str]]


def _right(question: PreparedQuestion, part: IntegratedTerm) -> NodeId:
    return question.graph.product(part.coefficient, part.primitive)


def _constant_slope(question: PreparedQuestion, part: IntegratedTerm) -> bool:
    graph = question.graph
    return question.calculus.derivative(question.tidy.tidied(part.slope)) == graph.zero and part.slope != graph.one


def _not_divided(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    if _constant_slope(question, part):
        yield question.graph.product(_right(question, part), part.slope)


def _multiplied(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    if _constant_slope(question, part):
        yield question.graph.product(_right(question, part), part.slope, part.slope)


def _with_inner_derivative(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    """Yield Φ(u)·u′, and Φ(u)·u′² where the chain rule was then applied too, unless u′ is constant."""
    if not _constant_slope(question, part) and part.slope != question.graph.one:
        yield question.graph.product(_right(question, part), part.slope)
        yield question.graph.product(_right(question, part), part.slope, part.slope)


def _divided(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    """Yield Φ(u)/u′, with and without the constant of the term, as if u′ were a constant."""
    if part.slope != question.graph.one:
        yield question.graph.quotient(_right(question, part), part.slope)
        if not _constant_slope(question, part):
            yield question.graph.quotient(part.primitive, part.slope)


def _exponent_not_raised(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph, n = question.graph, part.exponent
    if n is None or n == -1:
        return
    for divisor in (n + 1, n, 1):
        yield graph.quotient(graph.product(part.coefficient, part.outer), graph.number(divisor))
    if n < 0:  # lowered instead, as in differentiating
        lowered = graph.product(part.coefficient, graph.power(part.inner, graph.number(n - 1)))
        for divisor in (n - 1, n + 1, 1):
            yield graph.quotient(lowered, graph.number(divisor))


def _not_divided_by_exponent(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph, n = question.graph, part.exponent
    if n is None or n == -1:
        return
    right = _right(question, part)
    yield graph.product(right, graph.number(n + 1))
    yield graph.product(right, graph.number((n + 1) ** 2)), "Divide by the new exponent of {inner}; don't multiply."
    yield graph.product(right, graph.number((n + 1) / n)), OLD_EXPONENT


def _sign(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph = question.graph
    functions = {graph.payload[node] for node in graph.reachable([part.outer]) if graph.op[node] is Op.CALL}
    if part.exponent is None and functions & set(TRIGONOMETRIC):
        yield graph.negation(_right(question, part))


def _power_rule_on_reciprocal(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    """Yield u⁰ and −1/u² for the antiderivative of 1/u."""
    graph = question.graph
    if part.exponent == -1:
        yield graph.zero
        square = graph.power(part.inner, graph.number(-2))
        yield graph.negation(graph.product(part.coefficient, square))
        yield graph.negation(graph.product(part.coefficient, part.slope, square))


def _logarithm_of_power(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph, n = question.graph, part.exponent
    if n is not None and n < 0 and n != -1:
        power = graph.power(part.inner, graph.number(-n))
        logarithm = graph.call("ln", graph.call("abs", power))
        yield graph.product(part.coefficient, logarithm)
        yield graph.product(part.coefficient, part.slope, logarithm)


def _slope_not_there(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    """Yield ln v for 1/v, and 2√v for 1/√v, where v is c ± u²."""
    graph = question.graph
    if part.exponent is not None or graph.op[part.outer] is not Op.QUOTIENT:
        return
    below = graph.operands[part.outer][1]
    wrong = graph.product(graph.number(2), below) if graph.payload[below] == "sqrt" else graph.call("ln", below)
    yield graph.product(part.coefficient, part.slope, wrong)


def _base(question: PreparedQuestion, part: IntegratedTerm) -> NodeId | None:
    graph = question.graph
    if graph.op[part.outer] is not Op.POWER or part.exponent is not None:
        return None
    base = graph.operands[part.outer][0]
    return base if question.calculus.derivative(base) == graph.zero else None


def _base_log(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph, base = question.graph, _base(question, part)
    if base is None or base == graph.constant("e"):
        return
    logarithm = graph.call("ln", base)
    right = _right(question, part)
    yield graph.product(right, logarithm)
    yield graph.product(right, logarithm, logarithm), "Divide by the logarithm of the base; don't multiply by it."


def _power_rule_on_exponential(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    graph, base = question.graph, _base(question, part)
    if base is None:
        return
    raised = graph.sum(graph.operands[part.outer][1], graph.one)
    wrong = graph.quotient(graph.power(base, raised), raised)
    yield graph.product(part.coefficient, wrong)
    if _constant_slope(question, part):  # the coefficient is divided by it
        yield graph.product(part.coefficient, part.slope, wrong)


def _term_left(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    if part.term == question.f:
        return
    constant = question.calculus.derivative(part.term) == question.graph.zero  # left out, or taken into the + C
    yield part.term, NOT_CONSTANT if constant else "{term} is left as it is: integrate it too."


def _term_differentiated(question: PreparedQuestion, part: IntegratedTerm) -> Values:
    if part.term != question.f:
        yield question.calculus.derivative(part.term), "{term} was differentiated: integrate it."


_RULES: Mapping[str, Callable[[PreparedQuestion, IntegratedTerm], Values]] = {
    "inner-derivative-not-divided": _not_divided,
    "inner-derivative-multiplied": _multiplied,
    "inner-derivative-kept": _with_inner_derivative,
    "raised-exponent-not-divided": _not_divided_by_exponent,
    "exponent-not-raised": _exponent_not_raised,
    "antiderivative-sign": _sign,
    "power-rule-on-reciprocal": _power_rule_on_reciprocal,
    "logarithm-of-power": _logarithm_of_power,
    "inner-derivative-not-there": _slope_not_there,
    "integral-base-log": _base_log,
    "integral-power-rule-on-exponential": _power_rule_on_exponential,
    "divided-without-need": _divided,
    "not-integrated": _term_left,
    "differentiated-instead": _term_differentiated,
}
