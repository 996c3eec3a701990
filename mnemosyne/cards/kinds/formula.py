"""formula: any formula that equals the author's: a tangent line, a partial derivative, a value as a formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    ExpectedByChecker,
    QuestionParts,
    concrete_wrong,
)
from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.expressions.exact import reduced
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import symbols
from mnemosyne.verdict import Asks, Problem

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import VariantProof


@dataclass(frozen=True, slots=True)
class ExpectsFormula(ExpectedByChecker):
    """A formula that equals the answer for all values of its names."""

    answer: str  # the answer, as one line
    names: tuple[str, ...] = ()  # names that may be used in addition to those of the answer
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback

    compared_at_points: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        return Problem(self.answer, asks=Asks.FORMULA, seed=seed, allowed=self.names, wrong=self.wrong)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the author's formula."""
        del proving
        return self.answer

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        return "a formula, then Enter"

    @property
    def stated(self) -> str:
        """The author's formula."""
        return self.answer


@dataclass(frozen=True, slots=True)
class FormulaContent(Content):
    """A question whose answer is a formula, in its own names and those in `names`."""

    ask: str  # Markdown, with formulas as `$…$`
    answer: str  # the answer as one line, with the parameters in it
    names: tuple[str, ...] = ()
    where: Where = field(default_factory=dict)  # the values of each parameter
    rules: Rules = ()  # the conditions on the values
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "formula"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question with the parameters' values substituted."""
        del seed
        more = frozenset(self.names)
        answer = formula(self.answer, values, more)
        names = symbols(answer) | more
        expected = ExpectsFormula(to_line(reduced(answer)), self.names, concrete_wrong(self.wrong, values, names))
        return QuestionParts(sentence(self.ask, values), expected, names)


def _read(card: CardReader) -> FormulaContent | None:
    fields, params = card.fields, card.parameters()
    if params is None:
        card.require_readable("answer")
        return None
    where, braced = params[0], card.braced_in_hints(params[0])
    in_ask = card.braced_in("ask", where)
    if card.absent & {"answer", "names"}:
        return None
    more = frozenset(fields.names)
    for name in sorted(more & where.keys()):
        card.add("names", f"{name} is both a name of the answer and a parameter", "rename one of them")
    with card.reading(("answer",), fields.answer):
        names = card.names_in(fields.answer, where, more)
        card.require_used(where, names | in_ask | braced)
        card.require_shown(names & where.keys(), in_ask, where)
        card.require_variants_readable("answer", params)
        wrong = card.wrong_answers(where, (names | more).difference(where))
        return FormulaContent(fields.ask, fields.answer, tuple(fields.names), *params, wrong=wrong)
    return None


FORMULA: Final = CardKind(
    FormulaContent,
    "Give a formula that equals the author's, in any form.",
    (
        CardField("ask", FieldType.TEXT, "The question; {a} stands for the value of the parameter a.", stand_in="?"),
        CardField("answer", FieldType.FORMULA, "The formula; it may use the parameters.", stand_in="x"),
        CardField("names", FieldType.NAMES, "Other names that an answer may use.", default=[]),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="answer",
)
