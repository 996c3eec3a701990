"""How each kind of question is answered in the terminal: what stands before the input, and whether there is one."""

from __future__ import annotations

from enum import Enum, auto

from mnemosyne.cards.question import (
    ExpectsDerivative,
    ExpectsGradient,
    ExpectsNumber,
    ExpectsOption,
    ExpectsRecall,
    ExpectsSteps,
    ExpectsWords,
    Question,
)
from mnemosyne.review.leibniz import fields


class Answering(Enum):
    """The ways to answer."""

    FORMULA = auto()  # typed mathematics, read live
    WORDS = auto()  # typed words
    OPTION = auto()  # one of a list
    REVEAL = auto()  # nothing typed


def answering(question: Question) -> Answering:
    """How the question is answered."""
    match question.expected:
        case ExpectsDerivative() | ExpectsNumber() | ExpectsGradient() | ExpectsSteps():
            return Answering.FORMULA
        case ExpectsWords():
            return Answering.WORDS
        case ExpectsOption():
            return Answering.OPTION
        case ExpectsRecall():
            return Answering.REVEAL


def typed(question: Question) -> bool:
    """Whether the answer goes through the input."""
    return answering(question) in (Answering.FORMULA, Answering.WORDS)


def answer_label(question: Question) -> str:
    """What stands before the input."""
    match question.expected:
        case ExpectsDerivative(variable=variable):
            return f"f′({variable}) ="
        case ExpectsGradient(of=of, by=by):
            return f"∂{of}/∂{by} ="
        case ExpectsSteps():
            return "fields:"
        case ExpectsWords(blanks=blanks):
            return "words:" if len(blanks) > 1 else "word:"
        case _:
            return "answer:"


def placeholder(question: Question) -> str:
    """What an empty input says."""
    match question.expected:
        case ExpectsDerivative():
            return "type the derivative, then Enter"
        case ExpectsSteps() as expected:
            return f"{'; '.join(fields(expected))}, then Enter"
        case ExpectsGradient(at=at):
            return "its value, then Enter" if at else "a formula in any of the variables above, then Enter"
        case ExpectsNumber(unit=unit):
            return f"a number in {unit}, then Enter" if unit else "a number or an expression, then Enter"
        case ExpectsWords(blanks=blanks) if len(blanks) > 1:
            return f"{len(blanks)} words with ; between them, then Enter"
        case _:
            return "type it, then Enter"


def _field_count(question: Question) -> int:
    """How many fields the answer has, with `;` between them."""
    match question.expected:
        case ExpectsSteps() as expected:
            return len(fields(expected))
        case ExpectsWords(blanks=blanks):
            return len(blanks)
        case _:
            return 1


def next_field(question: Question, text: str, cursor: int) -> tuple[str, int]:
    """The text and the cursor at the end of the field after the one it is in; a missing field is begun.

    After the last field comes the first. A question with one field leaves everything as it is.
    """
    count = _field_count(question)
    if count == 1:
        return text, cursor
    typed = text.split(";")
    at = text[:cursor].count(";") + 1
    if at == len(typed) < count and typed[-1].strip():
        return f"{text.rstrip()}; ", len(text.rstrip()) + 2
    at %= len(typed)
    return text, sum(len(field) + 1 for field in typed[: at + 1]) - 1
