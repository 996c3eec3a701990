"""The verdict on one parsed formula: the message, its evidence and the solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mnemosyne.calculus.chain_links import chain_links
from mnemosyne.calculus.decide import Comparison, Equality
from mnemosyne.calculus.evidence import first_different_digit
from mnemosyne.calculus.narrowed_domain import no_real_number
from mnemosyne.calculus.near import rounded_constant
from mnemosyne.calculus.tasks import ParsedAnswer, Task
from mnemosyne.errors import ReadingError
from mnemosyne.expressions import reading
from mnemosyne.expressions.line import to_grouped_line, to_line, to_unicode_line
from mnemosyne.expressions.tree import Node
from mnemosyne.verdict import PROVED, TOO_LARGE, Asks, Certainty, Verdict, Word

MOST_SHOWN = 16  # characters of a decimal quoted in a message
SHOWN_DIGITS = 6  # digits of the values beside a verdict; a message says if they differ only in a later one


def judge_text(task: Task, typed: str, *, explained: bool) -> Verdict:
    """Return the verdict on a typed answer."""
    try:
        tree = task.read(typed)
    except reading.IntegrationConstant as error:
        if task.question.asks is not Asks.DERIVATIVE:
            return unreadable(task, error)
        verdict = Verdict(Word.INCORRECT, str(error), "integrated")
        return _with_solution(task, verdict, explained=explained)
    except ReadingError as error:
        return unreadable(task, error)
    return judge_tree(task, tree, typed, explained=explained)


def read_or_refused(task: Task, grade: Callable[[], Verdict]) -> Verdict:
    """Return the verdict of a grader that parses the answer itself; unreadable if it raises ReadingError."""
    try:
        return grade()
    except ReadingError as error:
        return unreadable(task, error)


def unreadable(task: Task, error: ReadingError) -> Verdict:
    """Return the verdict with the reason why an answer cannot be read."""
    message = str(error)
    if isinstance(error, reading.UnknownName) and error.name in ("u", "v", "g"):
        inner = _inner(task)
        if inner:
            message = f"Write {inner} instead of {error.name}: {error.name} is not in this question."
    return Verdict(Word.UNREADABLE, message, span=error.span)


def _inner(task: Task) -> str:
    """Return the inner expression of the outermost link, if it is short enough to name."""
    question = task.question
    shown_links = chain_links(question.calculus, question.f)
    if len(shown_links) < 2 or len(shown_links[0].inner) > 20:
        return ""
    return to_unicode_line(reading.read_printed(shown_links[0].inner, question.names))


def judge_tree(task: Task, tree: Node, typed: str = "", *, explained: bool = True) -> Verdict:
    """Return the verdict on a formula; without its text, second readings and rounded decimals are not tried."""
    answer = task.parsed_answer(tree)
    outcome = task.decide(answer)
    verdict = replace(_verdict(task, answer, outcome, typed), read_as=to_line(tree))
    if verdict.word is Word.UNREADABLE:
        return verdict
    shown_values = task.evidence(answer, outcome.at, with_error=explained)
    return _with_solution(task, replace(verdict, evidence=shown_values), explained=explained)


def _verdict(task: Task, answer: ParsedAnswer, outcome: Comparison, typed: str) -> Verdict:
    match outcome.equality:
        case Equality.EQUAL:
            return _right(task, answer, outcome)
        case Equality.UNDEFINED:
            return Verdict(Word.UNREADABLE, no_real_number(task.question, outcome), span=(0, len(typed)))
        case Equality.NARROWED:
            return Verdict(Word.INCORRECT, task.narrowed(outcome), "domain-narrowed")
        case Equality.DIFFERENT:
            return _otherwise(task, answer.tree, typed) or _incorrect(task, answer, outcome)
        case Equality.TOO_LARGE:
            return Verdict(Word.UNDECIDED, TOO_LARGE)
        case Equality.UNKNOWN:
            return Verdict(Word.UNDECIDED, task.undecided)


def _right(task: Task, answer: ParsedAnswer, outcome: Comparison) -> Verdict:
    missing = task.missing(answer)
    if missing is not None:
        return Verdict(Word.INCORRECT, missing.message, missing.id)
    message = PROVED if outcome.certainty is Certainty.PROVED else task.compared
    return Verdict(Word.CORRECT, message, certainty=outcome.certainty)


def _otherwise(task: Task, tree: Node, typed: str) -> Verdict | None:
    """Return the verdict on an answer that is right under another usual reading, or once a rounded
    decimal is made exact.
    """
    for unambiguous, second_tree in task.second_readings(typed) if typed else ():
        if task.is_right(second_tree):
            return Verdict(Word.UNREADABLE, _both_readings(typed, tree, unambiguous), span=(0, len(typed)))
    rounded = rounded_constant(tree, task.is_right) if typed else None
    if rounded is None:
        return None
    start, end = rounded.span
    decimal = typed[start:end] if end - start <= MOST_SHOWN else f"{typed[start : start + MOST_SHOWN]}…"
    message = f"{decimal} looks like {rounded.exact}: give the exact value."
    return Verdict(Word.UNREADABLE, message, span=rounded.span)


def _both_readings(typed: str, tree: Node, unambiguous: str) -> str:
    """Return how a text was read, what else it may mean, and what to type for that."""
    readings = (line for line in (to_line(tree), to_grouped_line(tree)) if _spelling(line) != _spelling(typed))
    reading = next(readings, "")
    is_read_as = f"{typed.strip()} is read as {reading}. " if reading else ""
    same_signs = _spelling(typed, "()*") == _spelling(unambiguous, "()*")
    grouped = same_signs and unambiguous.count("(") > typed.count("(")
    return f"{is_read_as}Did you mean {unambiguous}? {'Add parentheses.' if grouped else 'Type it like that.'}"


def _spelling(text: str, besides: str = "") -> str:
    """Return the text without blanks and the characters in `besides`."""
    return "".join(character for character in text.replace("√", "sqrt") if character not in f" {besides}")


def _incorrect(task: Task, answer: ParsedAnswer, outcome: Comparison) -> Verdict:
    for foreseen, feedback in task.foreseen:
        if task.equals(answer.node, foreseen):
            return Verdict(Word.INCORRECT, feedback)
    mistake = task.mistake(answer)
    if mistake:
        return Verdict(
            Word.INCORRECT, mistake.message, mistake.id, mistaken_link=mistake.link, mistaken_inside=mistake.inside
        )
    digit = first_different_digit(task.question, answer.node, outcome.at) if outcome.at is not None else None
    if digit is not None and digit > SHOWN_DIGITS:
        return Verdict(Word.INCORRECT, f"Close, but the values first differ in digit {digit}.")
    return Verdict(Word.INCORRECT, task.wrong(answer))


def _with_solution(task: Task, verdict: Verdict, *, explained: bool) -> Verdict:
    shown_values = verdict.evidence or task.evidence(None, None, with_error=True)
    if not explained:
        return replace(verdict, evidence=shown_values)
    return replace(verdict, evidence=shown_values, expected=task.expected(), links=task.links())
