"""The checker's verdicts: plain data that crosses the process boundary, so neither sympy nor flint is imported here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
TOO_LARGE = "The numbers in this answer are too large to compute."
PROVED = "Proved."
COMPARED = "Agrees in every piece of the domain."
SEE_VALUES = " (see the values below)"  # left out of a message if no values are shown
NOT_EQUAL = f"Not equal to the derivative{SEE_VALUES}."
NOT_THE_FORMULA = f"Not equal to the formula asked for{SEE_VALUES}."
RIGHT_IN_PART = f"Right for some values only{SEE_VALUES}."
UNUSABLE_QUESTION = "The question cannot be used: "  # begins the message of a verdict with a `question_fault`
OWN_ANSWER = "your answer"  # the labels of the two answers wherever they are shown together
CORRECT_ANSWER = "correct answer"
CHAIN_RULE = "chain rule"  # the label of the right value if it is a derivative
AS_DECIMALS = "as decimals"  # the label of a numeric check without a point: of numbers, not of formulas
_DECIMAL = re.compile(r"[-−]?\d+(\.\d+)?")
LEFT_OUT = "…"  # stands in a formula for a part that is too long to write; nobody can type it


class Word(StrEnum):
    """The four possible verdicts."""

    CORRECT = "correct"
    INCORRECT = "incorrect"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


class Certainty(StrEnum):
    """How a correct answer is known to be correct: proved by algebra, or compared in every piece of the domain."""

    PROVED = "proved"
    COMPARED = "compared"


class Asks(StrEnum):
    """What a problem asks for.

    A derivative of f, ∂f/∂(a name of a computation graph), an inner function of f, a number, a formula equal to f, a
    function whose derivative is f, or dy/dx on the curve that the equation f gives.
    """

    DERIVATIVE = "derivative"
    GRADIENT = "gradient"
    INNER = "inner"
    NUMBER = "number"
    FORMULA = "formula"
    ANTIDERIVATIVE = "antiderivative"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class Problem:
    """The question to be judged.

    `f` is the function to differentiate (or to decompose, or the expected number) as one line of text,
    `variable` the variable, and `asks` the kind of answer. `names` are assignments in order, each a name
    and its formula in the names before it (`u`, `x^2`): with them f, the variable and the answer may be any
    of the names. A derivative or gradient with `at`, a value for every name that has no assignment, is a
    number. `tolerance` (numbers only) is relative (`1%`), absolute (`0.01`) or empty for exact (at a point:
    for 0.1%); `unit` is the unit that may follow a number; `seed` determines the sample points. `order` is
    2 for a second derivative. `allowed` are names that an answer may use besides those of f. `wrong` are
    wrong answers that the author foresees, each with its message. `solution` is the author's
    antiderivative, to be shown; `constant_asked` says that it needs its + C. `dependent` is the variable of
    an equation that depends on `variable`.
    """

    f: str
    variable: str = "x"
    asks: Asks = Asks.DERIVATIVE
    tolerance: str = ""
    seed: int = 0
    names: tuple[tuple[str, str], ...] = ()
    at: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    order: int = 1
    allowed: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    solution: str = ""
    constant_asked: bool = True
    dependent: str = "y"


@dataclass(frozen=True, slots=True)
class Link:
    """One factor of a chain, as one-line formulas.

    `outer` is a function of the placeholder (`sin(u)`), `inner` the expression for it (`x^2`), `derivative`
    the outer function's derivative evaluated at the inner expression (`cos(x^2)`), empty while it must not be
    shown. `of` is the part of f whose chain it belongs to, empty for f itself. `placeholder` is a name that
    the question does not use: u unless it has a u.
    """

    outer: str
    inner: str
    derivative: str
    of: str = ""
    placeholder: str = "u"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numeric check at one point; a value that is not a finite real number is None.

    `at` gives every symbol its value; `yours` is the answer's value there and `chain_rule` the derivative's.
    `finite_difference` is the central difference quotient of f with `step`, off from the derivative by about
    `error`. `too_large` says that the answer has a value there, but one too large to print. `own_label` and
    `right_label` are the labels of the two values.
    """

    at: Mapping[str, float]
    yours: float | None
    chain_rule: float | None
    finite_difference: float | None
    step: float | None = None
    error: float | None = None
    too_large: bool = False
    own_label: str = OWN_ANSWER
    right_label: str = CHAIN_RULE

    @property
    def agrees(self) -> bool:
        """Whether the learner's value equals the chain rule's, as far as floats can tell."""
        if self.yours is None or self.chain_rule is None:
            return False
        return abs(self.yours - self.chain_rule) <= 1e-9 * max(1.0, abs(self.chain_rule))

    @property
    def missing_value(self) -> str:
        """The text in place of an answer's value that cannot be printed."""
        return "too large" if self.too_large else "undefined"


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """The verdict on one field of an answer that has several.

    `name` is the name of the field, `answer` the text typed in it and `expected` the right one, both as
    shown; `message` and `misconception` are as in a verdict.
    """

    name: str
    word: Word
    answer: str
    expected: str
    message: str = ""
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The checker's verdict on one answer, with the `message` for the learner.

    `evidence` is the numeric check, `links` the chain of f, outer to inner, and `elapsed_ms` the time taken.
    `span` is the half-open range of characters of the answer to point at; `misconception` is an id of
    `misconceptions.catalogue`, and `mistaken_link` the index in `links` of the link with the mistake, if
    there is a single one (`mistaken_inside`: the mistake affects everything inside it, so no later link is
    known to be right); `read_as` and `expected` are one-line formulas. `certainty` is None unless the answer
    is correct. `fields` are the verdicts on the fields of an answer that has several, in order; `way` is the
    working for a number that was not given, `2·3·(3 + 1) = 24`. `question_fault` is the reason why the
    question itself cannot be used, with the column in its `f`.
    """

    word: Word
    message: str = ""
    misconception: str | None = None
    certainty: Certainty | None = None
    expected: str | None = None
    read_as: str | None = None
    span: Span | None = None
    evidence: Evidence | None = None
    links: tuple[Link, ...] = ()
    elapsed_ms: float = 0.0
    mistaken_link: int | None = None
    mistaken_inside: bool = False
    fields: tuple[FieldVerdict, ...] = ()
    way: str = ""
    question_fault: str = ""

    @property
    def right_links(self) -> tuple[bool | None, ...]:
        """Whether each link is right; None if that is unknown."""
        count, mistaken = len(self.links), self.mistaken_link
        if mistaken is None:
            return (None,) * count
        later = (None if self.mistaken_inside else True,) * (count - mistaken - 1)
        return (*(True,) * mistaken, False, *later)

    @property
    def numeric_check(self) -> Evidence | None:
        """The evidence if it adds to the two answers: None if both are decimals anyway."""
        evidence = self.evidence
        if evidence is None or evidence.at:
            return evidence
        are_decimals = all(_DECIMAL.fullmatch(line or "") for line in (self.read_as, self.expected))
        return None if are_decimals else evidence

    @property
    def right_fields(self) -> int:
        """The number of fields that are right."""
        return sum(field.word is Word.CORRECT for field in self.fields)


def right_fields_phrase(verdict: Verdict, noun: str = "field") -> str:
    """Return the number of right fields in an answer, as a sentence; `noun` is the word for a field."""
    right, count = verdict.right_fields, len(verdict.fields)
    undecided = sum(field.word is Word.UNDECIDED for field in verdict.fields)
    open_still = f", {undecided} undecided" if undecided else ""
    return f"{right} of {count} {noun}s {'is' if right == 1 else 'are'} right{open_still}."


@dataclass(frozen=True, slots=True)
class Explanation:
    """A function's derivative by `variable`: `f` and `derivative` are one-line formulas, `links` the chain of f."""

    f: str
    variable: str
    derivative: str
    links: tuple[Link, ...]
