"""derivative: f′ typed as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from mnemosyne.cards.kinds.card_field import VARIABLE, WHERE, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import CardKind, Content, Expected, FunctionHints, Judge, QuestionParts
from mnemosyne.cards.kinds.card_reader import CardReader
from mnemosyne.cards.kinds.proving import Proving
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Unlike, Values, Where
from mnemosyne.expressions.composition import link_count
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.text import shown
from mnemosyne.verdict import Explanation, Problem, Verdict


@dataclass(frozen=True, slots=True)
class ExpectsDerivative(Expected):
    """f′ typed as a formula."""

    f: Node  # the concrete function as a tree ...
    line: str  # ... and as one line
    variable: str

    has_made_hints: ClassVar[bool] = True
    compared_at_points: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return what the checker is asked."""
        return Problem(self.line, self.variable, seed=seed)

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Leave the word to the checker."""
        return judge.check(self.problem(seed), text)

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the derivative, with the chain."""
        del seed  # no points are params for it
        return judge.explain(self.line, self.variable)

    def right_answer(self, proving: Proving) -> str:
        """Return the derivative, which may not be zero: nothing would be asked."""
        name = f"the derivative of {shown(self.line)} by {self.variable}"
        return proving.derivative(self.problem(proving.seed), name)

    @property
    def asks_formula(self) -> bool:
        """A formula."""
        return True

    @property
    def likeness(self) -> object:
        """The function."""
        return self.line

    @property
    def label(self) -> str:
        """The name of the derivative."""
        return f"f′({self.variable}) ="

    @property
    def placeholder(self) -> str:
        """What to type."""
        return "type the derivative, then Enter"

    @property
    def displayed(self) -> tuple[str, Node]:
        """The function."""
        return f"f({self.variable}) = ", self.f

    def link_count(self) -> int:
        """Return the links of the function's longest chain."""
        return link_count(self.f, self.variable)

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the steps to the function's derivative."""
        return of_function(self.line, self.variable)


@dataclass(frozen=True, slots=True)
class Derivative(Content):
    """Differentiate `f` (one line of text, with the parameters of `where` in it) by `variable`."""

    f: str
    variable: str = "x"
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()

    kind: ClassVar[str] = "derivative"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the function, to be differentiated."""
        del seed
        f = formula(self.f, values, frozenset((self.variable,)))
        by = "" if self.variable == "x" else f" by {self.variable}"
        expected = ExpectsDerivative(f, to_line(f), self.variable)
        return QuestionParts(f"Differentiate `{to_unicode_line(f)}`{by}.", expected, symbols(f) | {self.variable})


def _read(card: CardReader) -> Derivative | None:
    params = card.function()
    return None if params is None else Derivative(card.fields.f, card.fields.variable, *params)


DERIVATIVE: Final = CardKind(
    Derivative,
    "Differentiate a function.",
    (
        CardField("f", FieldType.FORMULA, "The function, with the parameters of where in it.", stand_in="x"),
        VARIABLE,
        WHERE,
    ),
    _read,
    proved_at="f",
)
