"""The Leibniz form, field by field: u, dy/du, du/dx and dy/dx, each judged by itself, for the u that was chosen.

Knows no process: what judges one field is a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mnemosyne.cards.question import ExpectsSteps
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word

Check = Callable[[Problem, str], Verdict]
_SIGNS = {Word.CORRECT: "✓", Word.INCORRECT: "✗", Word.UNDECIDED: "?"}


def fields(expected: ExpectsSteps) -> tuple[str, ...]:
    """What the fields are called: u, dy/du, du/dx, dy/dx."""
    x = expected.variable
    return ("u", "dy/du", f"du/d{x}", f"dy/d{x}")


def judge_steps(expected: ExpectsSteps, text: str, seed: int, check: Check) -> Verdict:
    """One verdict on all fields, which stand in the text with `;` between them; it says which are right."""
    names = fields(expected)
    typed = text.split(";")
    if len(typed) != len(names) or not all(field.strip() for field in typed):
        missing = next((name for name, field in zip(names, [*typed, *[""] * 4], strict=False) if not field.strip()), "")
        complaint = f"{missing} is missing" if missing else f"there are {len(typed)} fields"
        message = f"{complaint}: type {'; '.join(names)}, with ; between them"
        return Verdict(Word.UNREADABLE, message, span=(len(text), len(text)))
    inner = check(Problem(expected.line, expected.variable, Asks.INNER, seed=seed), typed[0])
    later = _later(expected, _chosen(expected, inner, seed, check), seed)
    verdicts = [inner, *(check(problem, field) for problem, field in zip(later, typed[1:], strict=True))]
    start = 0
    for name, field, verdict in zip(names, typed, verdicts, strict=True):
        if verdict.word is Word.UNREADABLE:
            return _unreadable(name, field, start, verdict)
        start += len(field) + 1
    return _together(names, verdicts)


def solve_steps(expected: ExpectsSteps, seed: int, check: Check) -> Explanation:
    """The fields as they would be right for the plain choice of u, with the chain."""
    solved = solve_fields(expected, seed, check)
    return Explanation(expected.line, expected.variable, _expected(fields(expected), solved), solved[-1].links)


def solve_fields(expected: ExpectsSteps, seed: int, check: Check) -> list[Verdict]:
    """Return a verdict for each field, whose `expected` is what is right there for the plain choice of u."""
    inner = check(Problem(expected.line, expected.variable, Asks.INNER, seed=seed), expected.line)
    later = _later(expected, _chosen(expected, inner, seed, check), seed)
    return [inner, *(check(problem, "0") for problem in later)]


def _chosen(expected: ExpectsSteps, verdict: Verdict, seed: int, check: Check) -> tuple[str, str]:
    """u and y in u: the learner's own if his u is right, else the plain choice."""
    if verdict.word is not Word.CORRECT and verdict.expected is not None:
        verdict = check(Problem(expected.line, expected.variable, Asks.INNER, seed=seed), verdict.expected)
    if not verdict.links:
        return expected.variable, expected.line
    return verdict.links[0].inner, verdict.links[0].outer


def _later(expected: ExpectsSteps, pair: tuple[str, str], seed: int) -> list[Problem]:
    """dy/du, du/dx and dy/dx as problems."""
    names = (("u", pair[0]), ("y", pair[1]))
    x = expected.variable
    return [Problem(f, by, seed=seed, names=names) for f, by in (("y", "u"), ("u", x))] + [
        Problem(expected.line, x, seed=seed, names=names)
    ]


def _unreadable(name: str, field: str, start: int, verdict: Verdict) -> Verdict:
    first, last = verdict.span or (0, len(field))
    return Verdict(Word.UNREADABLE, f"{name}: {verdict.message}", span=(start + first, start + last))


def _together(names: Sequence[str], verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on the whole: right if every field is; what is said is about the first that is not."""
    right = sum(verdict.word is Word.CORRECT for verdict in verdicts)
    marks = "   ".join(f"{_SIGNS[verdict.word]} {name}" for name, verdict in zip(names, verdicts, strict=True))
    last = verdicts[-1]
    whole = Verdict(
        Word.CORRECT,
        "Correct.",
        expected=_expected(names, verdicts),
        read_as="; ".join(verdict.read_as or "" for verdict in verdicts),
        evidence=last.evidence,
        links=last.links,
    )
    if right == len(verdicts):
        return whole
    words = [verdict.word for verdict in verdicts]
    word = Word.INCORRECT if Word.INCORRECT in words else Word.UNDECIDED
    name, wrong = next(pair for pair in zip(names, verdicts, strict=True) if pair[1].word is word)
    message = f"{marks}   ({right} of {len(names)} right). {name}: {wrong.message}"
    mistaken = wrong.mistaken_link if wrong is last else None  # the links are those of the last field
    return replace(whole, word=word, message=message, misconception=wrong.misconception, mistaken_link=mistaken)


def _expected(names: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    return "; ".join(f"{name} = {verdict.expected}" for name, verdict in zip(names, verdicts, strict=True))
