"""Mistakes in a higher derivative: the wrong order, one wrong step, or the wrong place.

A mistake at the last step is one in differentiating the derivative before; after a mistake at an earlier step
everything is differentiated rightly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.chain_links import chain
from mnemosyne.calculus.evidence import to_float
from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.misconceptions.answer_matching import Matching
from mnemosyne.calculus.misconceptions.candidates import Candidate, Candidates
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.misconceptions.diagnose import COMMON, Diagnosis, diagnose
from mnemosyne.calculus.misconceptions.misconception import Misconception
from mnemosyne.calculus.misconceptions.mistake_messages import Messages
from mnemosyne.calculus.misconceptions.products import varying_factors
from mnemosyne.calculus.misconceptions.site import Site
from mnemosyne.calculus.misconceptions.views import FunctionView
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph, to_tree

MOST_EACH_TIME = 8  # how many wrong derivatives are differentiated wrongly again
# The mistakes that may be made each time.
EACH_TIME = (
    "missing-inner-derivative",
    "product-rule-as-product",
    "product-rule-half",
    "power-factor-dropped",
    "exponential-base-log-dropped",
)
MIDDLE_TERM = "In (uv)″ the term u′v′ appears twice: once from each term of (uv)′."
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def diagnose_order(question: PreparedQuestion, answer: NodeId) -> Diagnosis | None:
    """Return the mistake that a wrong higher derivative shows, or None."""
    with precision(BITS):
        matching = Matching(question, answer)
        if not matching.possible:
            return None
        of_order = _of_another_order(question, matching)
        of_all = of_order or _each_time(question, matching) or _middle_term(question, matching)
        if of_all is not None:
            return of_all
        last = _at_the_last_step(question, answer)
        before = _before(question, matching) if last is None or last.pair or last.id not in COMMON else None
        return before or last


def ordinal(order: int) -> str:
    """Return `second` for 2."""
    return ORDINALS.get(order, f"{order}th")


def _of_another_order(question: PreparedQuestion, matching: Matching) -> Diagnosis | None:
    """Return that an answer is f itself, or was differentiated too few times or once too often."""
    node = question.f
    for order in range(question.order + 2):
        if order != question.order and matching.agrees(node):
            name = "order-too-low" if order < question.order else "order-too-high"
            answered = f"the {ordinal(order)} derivative" if order else "the function itself"
            asked_for = f"the {ordinal(question.order)} derivative" if question.order > 1 or order else "its derivative"
            finding = _diagnosis(name, given=answered, asked=asked_for)
            return finding if order else replace(finding, id="not-differentiated")
        node = question.tidy.tidied(question.calculus.derivative(node))
    return None


def _each_time(question: PreparedQuestion, matching: Matching) -> Diagnosis | None:
    """Return that the same mistake was made each time: in the first derivative, and in each later one."""
    findings = (_same_each_time(question, matching, CATALOGUE[name]) for name in EACH_TIME)
    return next(filter(None, findings), None)


def _same_each_time(question: PreparedQuestion, matching: Matching, entry: Misconception) -> Diagnosis | None:
    nodes, first_mistake = [question.f], None
    for _ in range(question.order):
        steps = [Candidates(question, FunctionView(node), question.calculus) for node in nodes]
        mistakes = [(step, candidate) for step in steps for candidate in step.of(entry)][:MOST_EACH_TIME]
        first_mistake = first_mistake or (mistakes[0][1] if mistakes else None)
        nodes = [step.answer_of(candidate) for step, candidate in mistakes]
    if first_mistake is None or question.order < 2 or not any(map(matching.agrees, nodes)):
        return None
    message = Messages(question, matching.answer).of(first_mistake)
    return Diagnosis(entry.id, f"{message} The mistake occurs in each derivative.")


def _middle_term(question: PreparedQuestion, matching: Matching) -> Diagnosis | None:
    """Return that (uv)″ was taken as u″v + uv″, or as u″v + u′v′ + uv″."""
    graph, calculus = question.graph, question.calculus
    if question.order != 2 or graph.op[question.f] is not Op.PRODUCT:
        return None
    varying, slopes, constants = varying_factors(Site(calculus, question.f))
    if len(varying) != 2:
        return None
    middle = graph.product(*constants, *slopes)
    for missing in (2, 1):
        wrong = graph.sum(question.derivative, graph.product(graph.number(-missing), middle))
        if matching.agrees(wrong):
            return Diagnosis("product-rule-half", MIDDLE_TERM)
    return None


def _at_the_last_step(question: PreparedQuestion, answer: NodeId) -> Diagnosis | None:
    assert question.primitive is not None
    graph = question.graph
    last = PreparedQuestion(to_tree(graph, question.primitive), question.variable, allowed=question.names)
    finding = diagnose(last, to_graph(last.graph, to_tree(graph, answer)))
    if finding is None:
        return None
    return replace(finding, message=f"{finding.message} {_happened_in(question.order)}", link=None)


def _before(question: PreparedQuestion, matching: Matching) -> Diagnosis | None:
    """Return a mistake in the first derivative, after which everything is right."""
    candidates = Candidates(question, FunctionView(question.f), question.calculus)
    for candidate in _common(candidates):
        node = candidates.answer_of(candidate)
        for _ in range(question.order - 1):
            node = question.calculus.derivative(node)
        if matching.agrees(node):
            message = Messages(question, matching.answer).of(candidate)
            return Diagnosis(candidate.misconception.id, f"{message} {_happened_in(1)}")
    return None


def _happened_in(order: int) -> str:
    return f"The mistake occurs in the {ordinal(order)} derivative."


def _common(candidates: Candidates) -> Iterator[Candidate]:
    for name in COMMON:
        yield from candidates.of(CATALOGUE[name])


def diagnose_place(question: PreparedQuestion, answer: NodeId, at: RealValues) -> Diagnosis | None:
    """Return the mistake in a number asked for at a point, beyond the mistakes in the derivative itself."""
    with precision(BITS):
        value = at.value(answer)
        if value == 0:
            return _diagnosis("evaluated-first")
        matching = Matching(question, answer, at)
        return _of_another_order(question, matching) or _at_another_place(question, matching, at)


def _at_another_place(question: PreparedQuestion, matching: Matching, at: RealValues) -> Diagnosis | None:
    """Return that the derivative was taken at −x, 0, 1 or the value of an inner function."""
    graph, x = question.graph, question.calculus.variable
    inner = [link.inner for link in chain(graph, question.f, x)]
    for place in dict.fromkeys([graph.negation(x), graph.zero, graph.one, *inner]):
        if place != x and matching.agrees(graph.replaced(question.derivative, x, place)):
            value = to_float(at.value(place))
            return _diagnosis("evaluated-at-wrong-place", x=question.variable, place=f"{value:.6g}".replace("-", "−"))
    return None


def _diagnosis(name: str, **parts: str) -> Diagnosis:
    return Diagnosis(name, CATALOGUE[name].message.format(**parts))
