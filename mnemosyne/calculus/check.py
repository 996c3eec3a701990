"""The one entry point: a problem and what was typed in, a verdict out. No state but questions that are kept prepared.

`Problem(f, x)` asks for f′, with `order=2` for f″, with `at=(("x", "1"),)` for its value there; `asks=Asks.FORMULA` for
any formula equal to f in the names of f and of `allowed`; the other `Asks` say for themselves. `wrong` has answers that
the author foresees, each with what is to be said. It may run long on a hostile question or answer: the caller holds the
deadline and ends the process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from mnemosyne.calculus.chain_links import chain_links
from mnemosyne.calculus.decide import Comparison, Equality, decide, equal
from mnemosyne.calculus.evidence import evidence, first_different_digit
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.inner import grade_inner
from mnemosyne.calculus.misconceptions.naming import mistake_in
from mnemosyne.calculus.narrowed import how_narrowed, no_real_number
from mnemosyne.calculus.near import rounded_constant
from mnemosyne.calculus.number import grade_derivative_at, grade_number
from mnemosyne.calculus.prepared import Prepared, prepared
from mnemosyne.calculus.solution import expected, explanation, links_to_show
from mnemosyne.calculus.translate import to_graph
from mnemosyne.errors import ReadingError
from mnemosyne.expressions import reading
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node
from mnemosyne.verdict import (
    COMPARED,
    NOT_EQUAL,
    NOT_THE_FORMULA,
    PROVED,
    Asks,
    Certainty,
    Explanation,
    Problem,
    Verdict,
    Word,
)

KEPT_QUESTIONS = 128
MOST_SHOWN = 16  # characters of a decimal that is named
SHOWN_DIGITS = 6  # of the values beside a verdict; where they differ in a later one, it is said
CORRECT = {Certainty.PROVED: PROVED, Certainty.COMPARED: COMPARED}


def check(problem: Problem, answer: str, *, explained: bool = True) -> Verdict:
    """Grade an answer; `explained` adds the solution.

    Raises ReadingError if the problem's own `f` cannot be read, never for the answer.
    """
    if problem.asks is Asks.NUMBER:
        return _number(problem, answer)
    question = prepare(problem)
    if problem.asks is Asks.INNER:
        return _read_or_refused(question, lambda: grade_inner(question, answer))
    if problem.at:
        return _read_or_refused(question, lambda: grade_derivative_at(problem, question, answer))
    return _formula(question, answer, explained=explained)


def _formula(question: Prepared, answer: str, *, explained: bool) -> Verdict:
    try:
        tree = reading.read(answer, question.names)
    except reading.IntegrationConstant:
        verdict = Verdict(Word.INCORRECT, "That looks like an integral: no constant here.", "integrated")
        return _with_solution(question, verdict, None, explained=explained)
    except ReadingError as error:
        return _unreadable(question, error)
    return judge_formula(question, tree, answer, explained=explained)


def prepare(problem: Problem) -> Prepared:
    """Return the question made ready; kept for its next answers."""
    question = _prepared(problem)
    if question.crowded:
        _prepared.cache_clear()
        question = _prepared(problem)
    return question


@lru_cache(KEPT_QUESTIONS)
def _prepared(problem: Problem) -> Prepared:
    return prepared(problem)


def explain(f: str, variable: str = "x") -> Explanation:
    """Return the derivative of a function and its chain, link by link."""
    return explanation(prepare(Problem(f, variable)))


def _read_or_refused(question: Prepared, grade: Callable[[], Verdict]) -> Verdict:
    try:
        return grade()
    except ReadingError as error:
        return _unreadable(question, error)


def _number(problem: Problem, answer: str) -> Verdict:
    reading.read_printed(problem.f)
    try:
        return grade_number(problem, answer)
    except ReadingError as error:
        return Verdict(Word.UNREADABLE, str(error), span=error.span)


def _unreadable(question: Prepared, error: ReadingError) -> Verdict:
    message = str(error)
    if isinstance(error, reading.UnknownName) and error.name in ("u", "v", "g"):
        inner = _inner(question)
        if inner:
            message = f"Put {inner} back for {error.name}: {error.name} is not in this question."
    return Verdict(Word.UNREADABLE, message, span=error.span)


def _inner(question: Prepared) -> str:
    """The inner expression of the outermost link, if it is short enough to name."""
    shown_links = chain_links(question.calculus, question.f)
    if len(shown_links) < 2 or len(shown_links[0].inner) > 20:
        return ""
    return to_unicode_line(reading.read_printed(shown_links[0].inner, question.names))


def judge_formula(question: Prepared, tree: Node, typed: str = "", *, explained: bool = True) -> Verdict:
    """Return the verdict on a formula; without its text no second readings are tried and no rounded decimal is seen."""
    answer = to_graph(question.graph, tree)
    outcome = decide(question, answer)
    line = to_line(tree)
    match outcome.equality:
        case Equality.EQUAL:
            assert outcome.certainty is not None
            verdict = Verdict(Word.CORRECT, CORRECT[outcome.certainty], certainty=outcome.certainty, read_as=line)
        case Equality.UNDEFINED:
            return Verdict(Word.UNREADABLE, no_real_number(question, outcome), read_as=line, span=(0, len(typed)))
        case Equality.NARROWED:
            message = how_narrowed(question, outcome)
            verdict = Verdict(Word.INCORRECT, message, "domain-narrowed", read_as=line)
        case Equality.DIFFERENT:
            innocent = _otherwise(question, tree, typed, line)
            verdict = innocent or _incorrect(question, tree, answer, outcome)
        case Equality.TOO_LARGE:
            verdict = Verdict(Word.UNDECIDED, "The numbers in this are too large to compute.", read_as=line)
        case Equality.UNKNOWN:
            message = "The checker could not decide: compare with the expected derivative."
            verdict = Verdict(Word.UNDECIDED, message, read_as=line)
    if verdict.word is Word.UNREADABLE:
        return verdict
    verdict = replace(verdict, evidence=evidence(question, answer, outcome.at, with_error=explained))
    return _with_solution(question, verdict, answer, explained=explained)


def _otherwise(question: Prepared, tree: Node, typed: str, line: str) -> Verdict | None:
    """The verdict on an answer that is right under another usual reading, or with the number that a decimal rounds."""
    for unambiguous, second_tree in reading.second_readings(typed, question.names) if typed else ():
        if equal(question, to_graph(question.graph, second_tree)):
            message = f"{typed.strip()} is read as {line}. Did you mean {unambiguous}? Add parentheses."
            return Verdict(Word.UNREADABLE, message, read_as=line, span=(0, len(typed)))
    rounded = rounded_constant(question, tree) if typed else None
    if rounded is None:
        return None
    start, end = rounded.span
    decimal = typed[start:end] if end - start <= MOST_SHOWN else f"{typed[start : start + MOST_SHOWN]}…"
    message = f"{decimal} looks like {rounded.exact}: give the exact value."
    return Verdict(Word.UNREADABLE, message, read_as=line, span=rounded.span)


def _incorrect(question: Prepared, tree: Node, answer: NodeId, outcome: Comparison) -> Verdict:
    line = to_line(tree)
    for foreseen, feedback in question.foreseen:
        if equal(question, answer, foreseen):
            return Verdict(Word.INCORRECT, feedback, read_as=line)
    finding = mistake_in(question, answer)
    if finding:
        return Verdict(Word.INCORRECT, finding.message, finding.id, read_as=line, mistaken_link=finding.link)
    digit = first_different_digit(question, answer, outcome.at) if outcome.at is not None else None
    if digit is not None and digit > SHOWN_DIGITS:
        return Verdict(Word.INCORRECT, f"Close, but the values differ in digit {digit}.", read_as=line)
    message = NOT_THE_FORMULA if question.asks is Asks.FORMULA else NOT_EQUAL
    return Verdict(Word.INCORRECT, message, read_as=line)


def _with_solution(question: Prepared, verdict: Verdict, answer: NodeId | None, *, explained: bool) -> Verdict:
    numbers = verdict.evidence or evidence(question, answer, None)
    if not explained:
        return replace(verdict, evidence=numbers)
    return replace(verdict, evidence=numbers, expected=expected(question), links=links_to_show(question))
