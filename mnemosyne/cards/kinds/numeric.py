"""numeric: a number, exactly or within a tolerance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from mnemosyne.cards.kinds.card_field import TOLERANCE, WHERE, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import CardKind, Content, Expected, Judge, QuestionParts
from mnemosyne.cards.kinds.card_reader import CardReader
from mnemosyne.cards.kinds.proving import Proving
from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import Unlike, Values, Where
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import Asks, Problem, Verdict


@dataclass(frozen=True, slots=True)
class ExpectsNumber(Expected):
    """A number."""

    answer: str  # a one-line formula
    tolerance: str  # as in the card
    unit: str = ""

    def problem(self, seed: int) -> Problem:
        """Return what the checker is asked."""
        return Problem(self.answer, asks=Asks.NUMBER, tolerance=self.tolerance, seed=seed, unit=self.unit)

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Leave the word to the checker."""
        return judge.check(self.problem(seed), text)

    def right_answer(self, proving: Proving) -> str:
        """Return the number as the card states it."""
        del proving
        return self.answer

    @property
    def placeholder(self) -> str:
        """What to type."""
        return f"a number in {self.unit}, then Enter" if self.unit else "a number or an expression, then Enter"

    @property
    def stated(self) -> str:
        """The number."""
        return self.answer

    def detail_lines(self) -> list[str]:
        """Return the unit."""
        return [f"  (in {self.unit})"] if self.unit else []

    def solution_lines(self) -> list[str]:
        """Return the number with its unit."""
        return [f"  expected: {self.answer}{f' {self.unit}' if self.unit else ''}"]


@dataclass(frozen=True, slots=True)
class Numeric(Content):
    """A number: `answer` is a formula without free symbols once `where` is params; tolerance `1%`, `0.01` or empty."""

    ask: str
    answer: str
    tolerance: str = ""
    unit: str = ""
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()

    kind: ClassVar[str] = "numeric"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question with the parameters' values put in."""
        del seed
        answer = to_line(formula(self.answer, values))
        return QuestionParts(sentence(self.ask, values), ExpectsNumber(answer, self.tolerance, self.unit))


def _read(card: CardReader) -> Numeric | None:
    fields, params = card.fields, card.parameters()
    if params is None:
        card.require_readable("answer")
        return None
    where, braced = params[0], card.braced_in_hints(params[0])
    told = card.braced_in("ask", where)
    if "answer" in card.absent:
        return None
    with card.reading(("answer",), fields.answer):
        names = card.names_in(fields.answer, where)
        card.require_used(where, names | told | braced)
        card.require_told(names, told, where)
        card.require_variants_readable("answer", params)
    return Numeric(fields.ask, fields.answer, fields.tolerance or "", fields.unit or "", *params)


NUMERIC: Final = CardKind(
    Numeric,
    "Give a number.",
    (
        CardField("ask", FieldType.TEXT, "The question; {a} stands for the value of the parameter a.", stand_in="?"),
        CardField("answer", FieldType.FORMULA, "The number, as a formula; it may use the parameters.", stand_in="0"),
        TOLERANCE,
        CardField("unit", FieldType.TEXT, "Shown behind the answer."),
        WHERE,
    ),
    _read,
    proved_at="answer",
)
