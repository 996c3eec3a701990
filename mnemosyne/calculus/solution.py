"""The solution of a question, found without judging an answer: its derivative and its chain. Imports
neither flint nor sympy.

The checker adds it to its verdicts. The app falls back on it when the checker is gone, so that learners who
have to grade themselves see what to compare with.
"""

from __future__ import annotations

from mnemosyne.calculus.chain_links import chain_links
from mnemosyne.calculus.curve_links import curve_links
from mnemosyne.calculus.factored import factored
from mnemosyne.calculus.posed_question import PosedQuestion, formulas
from mnemosyne.calculus.translate import to_tree
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.vocabulary import ascii_name
from mnemosyne.verdict import Asks, Explanation, Link, Problem, Verdict, Word

MOST_EXPLAINED = 300  # characters of formulas
MOST_NAMES = 20
UNPROVED = (
    "Without python-flint, the checker can only prove an answer right: "
    "compare and grade yourself, and reinstall python-flint (pip install --force-reinstall python-flint)."
)


def expected(question: PosedQuestion) -> str:
    """Return the expected formula as one line."""
    if question.asks is Asks.FORMULA:
        return to_line(question.tree)
    graph, tidy = question.graph, question.tidy
    derivative = tidy.tidied(question.in_names(question.derivative))
    derivative = factored(tidy, derivative, frozenset(graph.reachable([question.f])))
    return to_line(to_tree(graph, derivative))


def explanation(question: PosedQuestion) -> Explanation:
    """Return the derivative and the chain of a question."""
    return Explanation(
        to_line(question.tree), ascii_name(question.variable), expected(question), links_to_show(question)
    )


def links_to_show(question: PosedQuestion) -> tuple[Link, ...]:
    """Return the links of a question; empty if it asks for a formula, an antiderivative or a higher derivative."""
    if question.asks is Asks.IMPLICIT:
        return curve_links(question)
    composed = question.asks not in (Asks.FORMULA, Asks.ANTIDERIVATIVE)
    plain = composed and question.order == 1
    return chain_links(question.calculus, question.f) if plain else ()


def posed(problem: Problem) -> PosedQuestion:
    """Return the question of a problem; raise ReadingError if one of its formulas cannot be read."""
    tree, definitions = formulas(problem)
    asks, order, allowed = problem.asks, problem.order, problem.allowed
    dependent = problem.dependent if asks is Asks.IMPLICIT else ""
    return PosedQuestion(
        tree, problem.variable, definitions, asks=asks, order=order, allowed=allowed, dependent=dependent
    )


def explained(problem: Problem) -> Explanation | None:
    """Return the solution of a small problem, without a deadline; None if it is large or cannot be read."""
    texts = (problem.f, *(text for _, text in problem.names))
    if sum(map(len, texts)) > MOST_EXPLAINED or len(problem.names) > MOST_NAMES:
        return None
    try:
        return explanation(posed(problem))
    except ReadingError:
        return None


def unjudged(problem: Problem, message: str) -> Verdict:
    """Return an undecided verdict with the solution to compare with, if that takes little work."""
    if problem.asks is Asks.NUMBER:
        return Verdict(Word.UNDECIDED, message, expected=problem.f)
    if problem.asks is Asks.ANTIDERIVATIVE:
        return Verdict(Word.UNDECIDED, message, expected=problem.solution or None)
    solution = explained(problem)
    if solution is None:
        return Verdict(Word.UNDECIDED, message)
    inner = solution.links[0].inner if problem.asks is Asks.INNER and len(solution.links) > 1 else None
    return Verdict(Word.UNDECIDED, message, expected=inner or solution.derivative, links=solution.links)
