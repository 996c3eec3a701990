"""Proving cards: that every variant gives a question and an answer, and that its own right answer is accepted.

A card is judged as a session would judge it. The first variant that fails is told, at the field that it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mnemosyne.calculus.translate import LEFT_OUT
from mnemosyne.cards.blanks import Blank
from mnemosyne.cards.card import Backprop, Card, Kind
from mnemosyne.cards.folding import untypable
from mnemosyne.cards.question import (
    ExpectsDerivative,
    ExpectsGradient,
    ExpectsNumber,
    ExpectsOption,
    ExpectsSteps,
    ExpectsWords,
    Question,
    variant_questions,
)
from mnemosyne.cards.variants import MOST_VARIANTS, Values, values_text, variants
from mnemosyne.checker.client import Checker
from mnemosyne.collection.judging import judge, problem_of
from mnemosyne.deckfiles.deck_file import FieldPlaces
from mnemosyne.deckfiles.problems import CardFileProblem, shown, with_lines
from mnemosyne.errors import CardError
from mnemosyne.expressions.reading import MOST_CHARACTERS
from mnemosyne.review.hints import hints_for
from mnemosyne.review.leibniz import solve_fields
from mnemosyne.verdict import Asks, Problem, Verdict, Word

_FIELD = {
    Kind.DERIVATIVE: "f",
    Kind.STEPS: "f",
    Kind.BACKPROP: "ask",
    Kind.NUMERIC: "answer",
    Kind.CHOICE: "options",
    Kind.CLOZE: "text",
    Kind.RECALL: "answer",
}

POINT_SEEDS: Final = (0, 1)  # a session draws its points from the question's seed: one lucky draw is no proof
_COMPARED_AT_POINTS: Final = (ExpectsDerivative, ExpectsSteps, ExpectsGradient)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving a card."""

    variants: int  # how many were proved
    drawn: bool  # whether there are more, of which those were drawn
    fault: CardFileProblem | None = None


@dataclass(frozen=True, slots=True)
class _Brief:
    """The checker without explanations, which take longer than the word itself."""

    checker: Checker

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict alone."""
        return self.checker.check(problem, answer, explained=False)


class NotProvedError(Exception):
    """A variant that does not hold: what is wrong with it, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def prove(card: Card, places: FieldPlaces | None, checker: Checker) -> Proof:
    """Return the proof of a card, or its first fault."""
    count = 0
    seen: set[object] = set()
    try:
        for values, question in variant_questions(card):
            count += 1
            if (key := _likeness(question)) not in seen:
                seen.add(key)
                _prove_variant(question, checker, values)
    except CardError as error:
        return Proof(count, False, _fault(card, places, error.message.rpartition(" cannot be asked: ")[2], error.hint))
    except NotProvedError as error:
        return Proof(count, False, _fault(card, places, error.what, error.mend))
    return Proof(count, drawn=count == MOST_VARIANTS and _has_more(card))


def _has_more(card: Card) -> bool:
    """Whether a card has more variants than were proved."""
    where, unlike = getattr(card.content, "where", {}), getattr(card.content, "unlike", ())
    return len(variants(where, unlike, MOST_VARIANTS + 1)) > MOST_VARIANTS


def _likeness(question: Question) -> object:
    """What two variants share that are the same question."""
    expected = question.expected
    if isinstance(expected, ExpectsDerivative | ExpectsSteps):
        return expected.line
    if isinstance(expected, ExpectsGradient):
        return expected.lines, expected.at
    return question.prompt, expected


def _fault(card: Card, places: FieldPlaces | None, what: str, mend: str) -> CardFileProblem:
    field = _FIELD[card.kind]
    if places is None:
        return CardFileProblem(Path(card.source.path), card.source.line, 1, f"{card.id}: {what}", mend)
    fault = CardFileProblem(Path(card.source.path), *places.place(field), f"{card.id}: {what}", mend)
    return with_lines([fault], places.document.text)[0]


def _prove_variant(question: Question, checker: Checker, values: Values) -> None:
    case = f" for {values_text(values)}" if values else ""
    answer = right_answer(question, checker, case)
    if answer is not None:
        _require_accepted(question, answer, checker, case)
    hints_for(question)


def _require_accepted(question: Question, answer: str, checker: Checker, case: str) -> None:
    """Raise NotProvedError where the answer is not accepted at the points of one of the seeds."""
    seeds = POINT_SEEDS if isinstance(question.expected, _COMPARED_AT_POINTS) else (question.seed,)
    for seed in seeds:
        verdict = judge(_Brief(checker), replace(question, seed=seed), answer)
        if verdict.word is not Word.CORRECT:
            what = f"its own right answer {shown(answer)} is not accepted{case}"
            raise NotProvedError(f"{what}: {_reason(verdict)}", _mend(question))


def _see_typable(blanks: Sequence[Blank]) -> None:
    """Raise NotProvedError for a blank that nobody can type."""
    for blank in blanks:
        if all(signs := [untypable(word) for word in blank.accepted]):
            what = f"the blank {shown(blank.accepted[0])} has {signs[0][0]}, which no keyboard has"
            raise NotProvedError(what, f"add a word for it: {{{{{blank.accepted[0]}|…}}}}")


def _reason(verdict: Verdict) -> str:
    return verdict.message.rstrip(".") or verdict.word.value


def _mend(question: Question) -> str:
    field = _FIELD[question.card.kind]
    return f"change {field} or where" if getattr(question.card.content, "where", None) else f"change {field}"


def right_answer(question: Question, checker: Checker, case: str = "") -> str | None:
    """Return the answer that has to be accepted, None where the learner grades himself; `case` goes into messages.

    NotProvedError if there is none.
    """
    match question.expected:
        case ExpectsDerivative(line=line, variable=variable):
            return _derivative(question, checker, f"the derivative of {shown(line)} by {variable}", case)
        case ExpectsGradient(of=of, by=by):
            return _derivative(question, checker, f"∂{of}/∂{by}", case)
        case ExpectsSteps(line=line):
            return _fields(question, checker, shown(line), case)
        case ExpectsNumber(answer=answer):
            return answer
        case ExpectsOption(options=options):
            return str(next(n for n, option in enumerate(options, 1) if option.right))
        case ExpectsWords(blanks=blanks):
            _see_typable(blanks)
            return ";".join(blank.accepted[0] for blank in blanks)
        case _:
            return None


def _derivative(question: Question, checker: Checker, name: str, case: str) -> str:
    """The derivative, which has to be there, to differ from zero where no number is asked, and to be typed."""
    verdict = checker.check(problem_of(question), "0")
    at_point = isinstance(question.card.content, Backprop) and question.card.content.at
    if verdict.word is Word.CORRECT and not at_point:
        raise NotProvedError(f"{name} is zero{case}", _mend(question))
    if verdict.word in (Word.UNREADABLE, Word.UNDECIDED) or verdict.expected is None:
        raise NotProvedError(f"{name} could not be worked out{case}: {_reason(verdict)}", _mend(question))
    if len(verdict.expected) > MOST_CHARACTERS or LEFT_OUT.name in verdict.expected:
        raise NotProvedError(f"{name} takes over {MOST_CHARACTERS:,} characters{case}", "make it simpler")
    return verdict.expected


def _fields(question: Question, checker: Checker, name: str, case: str) -> str:
    """The four fields of the Leibniz form, joined as they are typed."""
    expected = question.expected
    assert isinstance(expected, ExpectsSteps)
    chosen = checker.check(Problem(expected.line, expected.variable, Asks.INNER), expected.line)
    if chosen.expected is None:
        raise NotProvedError(f"{name} has no inner function{case}: there is no u", "use kind: derivative")
    zero = checker.check(Problem(expected.line, expected.variable), "0")
    if zero.word is not Word.INCORRECT:
        raise NotProvedError(
            f"the derivative of {name} could not be worked out{case}: {_reason(zero)}", _mend(question)
        )
    fields = [verdict.expected for verdict in solve_fields(expected, question.seed, checker.check)]
    if None in fields:
        raise NotProvedError(f"the fields of {name} could not be worked out{case}", _mend(question))
    return ";".join(map(str, fields))
