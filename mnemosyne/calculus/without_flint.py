"""The checker without ball arithmetic, if python-flint is missing or broken: it can prove answers
right, but never wrong.

An answer is correct if it is the same expression once both are simplified, or if sympy simplifies the
difference to zero; a rational number is compared exactly. All else is left to the learner, with the solution
to compare with: without balls nothing can be proved wrong.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mnemosyne.calculus.expression_graph import Graph, NodeId
from mnemosyne.calculus.integration_constants import names_with_constants
from mnemosyne.calculus.posed_question import PosedQuestion, formulas
from mnemosyne.calculus.solution import UNPROVED, explanation, posed, unjudged
from mnemosyne.calculus.symbolic import proves_equal
from mnemosyne.calculus.translate import to_graph
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.units import read_number
from mnemosyne.verdict import PROVED, Asks, Certainty, Explanation, Problem, Verdict, Word


def check_without_flint(problem: Problem, answer: str, *, explained: bool = True) -> Verdict:
    """Grade an answer as far as it can be proved; raise ReadingError if the problem's own `f` cannot be read."""
    formulas(problem)
    unproved = unjudged(problem, UNPROVED)
    try:
        proved, line = _number(problem, answer) if problem.asks is Asks.NUMBER else _formula(problem, answer)
    except ReadingError as error:
        return Verdict(Word.UNREADABLE, str(error), span=error.span)
    verdict = replace(unproved, word=Word.CORRECT, message=PROVED, certainty=Certainty.PROVED) if proved else unproved
    verdict = replace(verdict, read_as=line)
    return verdict if explained else replace(verdict, expected=None, links=())


def explain_without_flint(f: str, variable: str = "x") -> Explanation:
    """Return the derivative of a function and its chain, link by link."""
    return explanation(posed(Problem(f, variable)))


def _formula(problem: Problem, answer: str) -> tuple[bool, str]:
    """Return whether the answer is proved right, and how it was read."""
    question = posed(problem)
    names = question.names
    if problem.asks is Asks.ANTIDERIVATIVE:
        names = names_with_constants(answer, names)
    tree = read(answer, names)
    if problem.at or problem.asks in (Asks.INNER, Asks.ANTIDERIVATIVE, Asks.IMPLICIT):
        return False, to_line(tree)  # a choice of u, a value or a domain cannot be judged without balls
    return _is_derivative(question, to_graph(question.graph, tree)), to_line(tree)


def _is_derivative(question: PosedQuestion, answer: NodeId) -> bool:
    tidied = question.tidy.tidied
    return tidied(answer) == tidied(question.derivative) or proves_equal(question.graph, question.derivative, answer)


def _number(problem: Problem, answer: str) -> tuple[bool, str]:
    """Return whether the answer is proved to be the number itself, and how it was read; tolerances need balls."""
    graph = Graph()
    tree = read_number(answer, problem.unit)
    expected, actual = to_graph(graph, read_printed(problem.f)), to_graph(graph, tree)
    exact: tuple[Fraction | None, Fraction | None] = (graph.rational(expected), graph.rational(actual))
    if None not in exact:
        return exact[0] == exact[1], to_line(tree)
    return proves_equal(graph, expected, actual), to_line(tree)
