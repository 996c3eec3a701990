"""derivative: f′, or a higher derivative, typed as a formula, or its value if the card gives a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import POINT, VARIABLE, WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    ExpectedByChecker,
    FunctionHints,
    QuestionParts,
    concrete_wrong,
)
from mnemosyne.cards.kinds.point import Point, point_text, read_point
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.expressions.composition import link_count
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.text import for_message
from mnemosyne.verdict import Explanation, Problem

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof

_PRIMES = ("", "′", "″", "‴")
_ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ")


@dataclass(frozen=True, slots=True)
class ExpectsDerivative(ExpectedByChecker):
    """A derivative, typed as a formula, or as a number if there is a point."""

    f: Node  # the function as a tree
    line: str  # the function as one line
    variable: str  # the variable to differentiate with respect to
    order: int = 1  # how many times it is differentiated
    at: Point = ()  # a value for every name in f; empty if a formula is asked for
    tolerance: str = ""  # the tolerance of the number, as in the card
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback

    has_made_hints: ClassVar[bool] = True
    compared_at_points: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        order, tolerance, wrong = self.order, self.tolerance, self.wrong
        return Problem(self.line, self.variable, seed=seed, order=order, at=self.at, tolerance=tolerance, wrong=wrong)

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the derivative, with the chain if it is of the first order."""
        if self.order == 1 and not self.at:
            return judge.explain(self.line, self.variable)
        verdict = judge.check(self.problem(seed), "0")
        return Explanation(self.line, self.variable, verdict.expected or "", verdict.links)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the derivative; raise NotProvedError if it is zero.

        A value at a point may be zero.
        """
        name = f"the {_ORDINALS[self.order]}derivative of {for_message(self.line)} with respect to {self.variable}"
        place = f" at {point_text(self.at)}" if self.at else ""
        return proving.derivative(self.problem(proving.seed), name + place, may_be_zero=bool(self.at))

    @property
    def likeness(self) -> object:
        """The function, and everything that is asked about it."""
        return self.line, self.order, self.at, self.wrong

    @property
    def label(self) -> str:
        """The name of the derivative."""
        primes = _PRIMES[self.order] if self.order < len(_PRIMES) else f"^({self.order})"
        inputs = dict(self.at)
        place = inputs[self.variable] if inputs.keys() == {self.variable} else self.variable
        return f"f{primes}({place}) ="

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        return "its value, then Enter" if self.at else "type the derivative, then Enter"

    @property
    def displayed(self) -> tuple[str, Node]:
        """The function."""
        return f"f({self.variable}) = ", self.f

    def link_count(self) -> int:
        """Return the number of links in the function's longest chain."""
        return link_count(self.f, self.variable)

    @property
    def exercise(self) -> Exercise:
        """The function, and everything that is asked about it."""
        return Exercise(ExerciseKind.DERIVATIVE, self.line, self.variable, self.order, self.at)

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the steps to the derivative, and then those to a higher order or a value."""
        again = ("Then differentiate the result again, with the product rule if it is a product.",)
        put_in = (f"Put in {point_text(self.at)} at the end: the derivative of a number is 0.",)
        steps = of_function(self.line, self.variable)
        return (*steps, *(again if self.order > 1 else ()), *(put_in if self.at else ()))


@dataclass(frozen=True, slots=True)
class Derivative(Content):
    """Differentiate `f` (one line of text, with the parameters of `where` in it) by `variable`."""

    f: str
    variable: str = "x"
    where: Where = field(default_factory=dict)
    rules: Rules = ()  # the conditions on the values
    order: int = field(default=1, kw_only=True)  # how many times it is differentiated
    at: Point = field(default=(), kw_only=True)  # a value for every name in f; if given, a value is asked for
    tolerance: str = field(default="", kw_only=True)  # the tolerance of the value
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "derivative"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question that asks to differentiate the function."""
        del seed
        besides = frozenset((self.variable,))
        f = formula(self.f, values, besides)
        names = symbols(f) | besides
        at = tuple((name, to_line(formula(text, values))) for name, text in self.at)
        wrong = concrete_wrong(self.wrong, values, names)
        expected = ExpectsDerivative(f, to_line(f), self.variable, self.order, at, self.tolerance, wrong)
        return QuestionParts(self._prompt(f, at), expected, names)

    def _prompt(self, f: Node, at: Point) -> str:
        by = "" if self.variable == "x" else f" with respect to {self.variable}"
        line = f"${to_unicode_line(f)}$"
        if self.order == 1 and not at:
            return f"Differentiate {line}{by}."
        value = "the value of " if at else ""
        place = f" at {point_text(at)}" if at else ""
        return f"Give {value}the {_ORDINALS[self.order]}derivative of {line}{by}{place}."


def _read(card: CardReader) -> Derivative | None:
    fields, params = card.fields, card.function()
    if params is None:
        return None
    names = card.names_in(fields.f, params[0], card.besides)
    at = read_point(card, names.difference(params[0]), params)
    wrong = card.wrong_answers(params[0], names | card.besides)
    tolerance = fields.tolerance or ""
    return Derivative(
        fields.f, fields.variable, *params, order=int(fields.order), at=at, tolerance=tolerance, wrong=wrong
    )


DERIVATIVE: Final = CardKind(
    Derivative,
    "Differentiate a function.",
    (
        CardField("f", FieldType.FORMULA, "The function; it may use the parameters.", stand_in="x"),
        VARIABLE,
        CardField("order", FieldType.ORDER, "2 for the second derivative, and so on.", default=1),
        POINT,
        CardField(
            "tolerance", FieldType.TOLERANCE, "For the value: relative (1%) or absolute (0.01); 0.1% by default."
        ),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="f",
)
