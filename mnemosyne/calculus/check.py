"""The one entry point: a problem and what was typed in, a verdict out. The only state is a cache of prepared questions.

`Problem(f, x)` asks for f′, with `order=2` for f″, with `at=(("x", "1"),)` for its value there;
`asks=Asks.FORMULA` for any formula equal to f in the names of f and of `allowed`; `asks=Asks.ANTIDERIVATIVE`
for any F with F′ = f, with + C unless `constant_asked` is False, and with the `solution` to show;
`Problem("x^2 + y^2 = 25", asks=Asks.IMPLICIT)` for dy/dx on that curve, in x and y, or with another name than
y as `dependent`. `wrong` lists the answers that the author foresees, each with its message. A hostile
question or answer may take very long: the caller keeps the deadline and kills the process.
"""

from __future__ import annotations

from functools import lru_cache

from mnemosyne.calculus.antiderivative import AntiderivativeTask
from mnemosyne.calculus.implicit import CurveQuestion, CurveTask
from mnemosyne.calculus.inner import grade_inner
from mnemosyne.calculus.judgement import judge_text, read_or_refused
from mnemosyne.calculus.number import grade_derivative_at, grade_number
from mnemosyne.calculus.prepared_question import PreparedQuestion, prepared
from mnemosyne.calculus.tasks import Task
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word

KEPT_QUESTIONS = 128


def check(problem: Problem, answer: str, *, explained: bool = True) -> Verdict:
    """Grade an answer; `explained` adds the solution.

    Raises ReadingError if the problem's own `f` cannot be read or has no real value, never for the answer.
    """
    if problem.asks is Asks.NUMBER:
        return _number(problem, answer)
    question = prepare(problem)
    if problem.asks is Asks.INNER:
        return read_or_refused(Task(question), lambda: grade_inner(question, answer))
    if problem.at:
        return read_or_refused(Task(question), lambda: grade_derivative_at(problem, question, answer))
    return judge_text(_task(problem, question), answer, explained=explained)


def _task(problem: Problem, question: PreparedQuestion) -> Task:
    if isinstance(question, CurveQuestion):
        return CurveTask(question)
    if problem.asks is Asks.ANTIDERIVATIVE:
        return AntiderivativeTask(question, constant_asked=problem.constant_asked, solution=problem.solution)
    return Task(question)


def prepare(problem: Problem) -> PreparedQuestion:
    """Return the prepared question, cached for its next answers; raise ReadingError if f has no real value."""
    question = _prepared(problem)
    if question.crowded:
        _prepared.cache_clear()
        question = _prepared(problem)
    return question


@lru_cache(KEPT_QUESTIONS)
def _prepared(problem: Problem) -> PreparedQuestion:
    question = CurveQuestion(problem) if problem.asks is Asks.IMPLICIT else prepared(problem)
    question.refuse_undefined()
    return question


def explain(f: str, variable: str = "x") -> Explanation:
    """Return the derivative of a function and its chain, link by link."""
    return prepare(Problem(f, variable)).solution


def _number(problem: Problem, answer: str) -> Verdict:
    read_printed(problem.f)
    try:
        return grade_number(problem, answer)
    except ReadingError as error:
        return Verdict(Word.UNREADABLE, str(error), span=error.span)
