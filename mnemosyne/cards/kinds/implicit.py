"""implicit: the slope dy/dx of a curve given by an equation in x and y, judged on the curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import VARIABLE, WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    ExpectedByChecker,
    FunctionHints,
    QuestionParts,
    concrete_wrong,
)
from mnemosyne.cards.kinds.parameters import Parameters
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers, values_text
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.composition import link_counts
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Negation, Node, Sum, symbols
from mnemosyne.text import for_message
from mnemosyne.verdict import Asks, Explanation, Problem

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof


@dataclass(frozen=True, slots=True)
class ExpectsSlope(ExpectedByChecker):
    """The slope of a curve, typed as a formula in the names of its equation."""

    f: Node  # left side − right side
    equation: str  # the equation, as one line
    variable: str  # the variable to differentiate with respect to
    dependent: str  # the dependent variable
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback

    has_made_hints: ClassVar[bool] = True
    compared_at_points: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        dependent, wrong = self.dependent, self.wrong
        return Problem(self.equation, self.variable, Asks.IMPLICIT, seed=seed, dependent=dependent, wrong=wrong)

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the slope."""
        verdict = judge.check(self.problem(seed), "0")
        return Explanation(self.equation, self.variable, verdict.expected or "", verdict.links)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the slope; raise NotProvedError if it is zero everywhere."""
        return proving.derivative(self.problem(proving.seed), f"{self._name} on {for_message(self.equation)}")

    @property
    def likeness(self) -> object:
        """The equation and the foreseen answers."""
        return self.equation, self.wrong

    @property
    def label(self) -> str:
        """The name of the slope."""
        return f"{self._name} ="

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        return f"a formula in {self.variable} and {self.dependent}, then Enter"

    @property
    def exercise(self) -> Exercise:
        """The curve."""
        return Exercise(ExerciseKind.IMPLICIT, self.equation, self.variable, dependent=self.dependent)

    def link_count(self) -> int:
        """Return the number of links in the longest chain of the equation; the dependent variable
        itself counts as one.
        """
        return link_counts(self.f, {self.variable: 0, self.dependent: 1})[id(self.f)] or 0

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the steps to the slope."""
        del of_function
        x, y = self.variable, self.dependent
        return (
            f"{y} is a function of {x}: by the chain rule, differentiating {y} brings in the factor {self._name}.",
            f"Differentiate both sides with respect to {x}.",
            f"Collect the terms with the factor {self._name} on one side, and divide by its coefficient.",
        )

    @property
    def _name(self) -> str:
        return f"d{self.dependent}/d{self.variable}"


@dataclass(frozen=True, slots=True)
class Implicit(Content):
    """The slope of the curve `equation`, in which `dependent` is a function of `variable`."""

    equation: str
    variable: str = "x"
    dependent: str = "y"
    where: Where = field(default_factory=dict)  # the values of each parameter
    rules: Rules = ()  # the conditions on the values
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "implicit"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the equation with the parameters' values substituted."""
        del seed
        besides = frozenset((self.variable, self.dependent))
        left, right = (formula(side, values, besides) for side in self.equation.split("="))
        names = symbols(left) | symbols(right) | besides
        equation = f"{to_line(left)} = {to_line(right)}"
        wrong = concrete_wrong(self.wrong, values, names)
        curve = f"${to_unicode_line(left)} = {to_unicode_line(right)}$"
        prompt = f"Give d{self.dependent}/d{self.variable} on the curve {curve}."
        return QuestionParts(
            prompt, ExpectsSlope(Sum((left, Negation(right))), equation, self.variable, self.dependent, wrong), names
        )


def _read(card: CardReader) -> Implicit | None:
    fields, params = card.fields, card.parameters()
    if params is None or card.absent & {"equation", "variable", "dependent"}:
        return None
    where, besides = params[0], frozenset((fields.variable, fields.dependent))
    sides = fields.equation.split("=")
    if len(sides) != 2:
        card.add("equation", "the equation needs exactly one =", "write it as x^2 + y^2 = 25")
        return None
    for name in sorted(besides & where.keys()):
        card.add("where", f"where.{name}: {name} is a variable of the curve", "use another letter", within=name)
    names, before = frozenset[str](), card.problem_count
    for start, side in ((0, sides[0]), (len(sides[0]) + 1, sides[1])):
        with _reading_side(card, start):
            names |= card.names_in(side, where, besides)
    if card.problem_count > before:
        return None
    card.require_used(where, names | card.braced_in_hints(where))
    for name in sorted(besides - names):
        card.add(
            "equation",
            f"the equation does not depend on {name}",
            "name another variable, or use this one in the equation",
        )
    _require_variants_readable(card, sides, params, besides)
    wrong = card.wrong_answers(where, (names | besides).difference(where))
    return Implicit(fields.equation, fields.variable, fields.dependent, *params, wrong=wrong)


@contextmanager
def _reading_side(card: CardReader, start: int) -> Iterator[None]:
    """Note a side of the equation that cannot be read; it begins at `start`."""
    with card.reading(("equation",), card.fields.equation):
        try:
            yield
        except ReadingError as error:
            first, last = error.span
            raise ReadingError(error.message, (first + start, last + start), error.hint) from error


def _require_variants_readable(
    card: CardReader, sides: Sequence[str], params: Parameters, besides: frozenset[str]
) -> None:
    """Note an equation that cannot be read for some values of the parameters."""
    for values in card.sample(params):
        card.notes.spend(len(card.fields.equation))
        with card.reading(("equation",), card.fields.equation, values_text(values)):
            for side in sides:
                formula(side, values, besides)


IMPLICIT: Final = CardKind(
    Implicit,
    "Differentiate implicitly: the slope of a curve given by an equation.",
    (
        CardField("equation", FieldType.FORMULA, "The curve, such as x^2 + y^2 = 25.", stand_in="x^2 + y^2 = 25"),
        VARIABLE,
        CardField("dependent", FieldType.LETTER, "The dependent variable.", default="y"),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="equation",
)
