"""antiderivative: any F with F′ = f on f's domain, by the chain rule backwards; with + C unless the card waives it."""

from __future__ import annotations

from collections.abc import Sequence
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
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.expressions.composition import link_count
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.text import for_message
from mnemosyne.verdict import Asks, Explanation, Problem

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof

ASKED, FREE = "asked", "free"
_CONSTANTS = frozenset("CcKk")  # letters used for the constant of integration


@dataclass(frozen=True, slots=True)
class ExpectsAntiderivative(ExpectedByChecker):
    """Any antiderivative, typed as a formula."""

    f: Node  # the function as a tree
    line: str  # the function as one line
    variable: str  # the variable of integration
    answer: str  # the author's antiderivative; empty if the checker finds one
    constant: str  # whether the answer needs a constant, as in the card
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback

    has_made_hints: ClassVar[bool] = True
    asks_links: ClassVar[bool] = True  # the links are those of the antiderivative and would give it away
    compared_at_points: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        return Problem(
            self.line,
            self.variable,
            Asks.ANTIDERIVATIVE,
            seed=seed,
            wrong=self.wrong,
            solution=self.answer,
            constant_asked=self.constant == ASKED,
        )

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return an antiderivative."""
        verdict = judge.check(self.problem(seed), "0")
        return Explanation(self.line, self.variable, verdict.expected or "", verdict.links)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the author's antiderivative, or the checker's; raise NotProvedError if there is neither to show."""
        verdict = proving.judge.check(self.problem(proving.seed), "0")
        if verdict.expected is None:
            unknown = f"an antiderivative of {for_message(self.line)} with respect to {self.variable} is not known"
            raise proving.error(unknown + proving.case, "give it in `answer`")
        return verdict.expected

    @property
    def likeness(self) -> object:
        """The function, and everything that the question shows about it."""
        return self.line, self.answer, self.wrong

    @property
    def label(self) -> str:
        """The name of the antiderivative."""
        return f"F({self.variable}) ="

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        constant = ", with + C" if self.constant == ASKED else ""
        return f"an antiderivative{constant}, then Enter"

    @property
    def displayed(self) -> tuple[str, Node]:
        """The function."""
        return f"f({self.variable}) = ", self.f

    def link_count(self) -> int:
        """Return the number of links in the longest chain of the function, which its antiderivative shares."""
        return link_count(self.f, self.variable)

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the steps of the chain rule backwards; the steps of the function's own derivative would not help."""
        del of_function
        return (
            "Look for an inner function whose derivative is a factor of f, up to a constant factor.",
            "Call it u, and write the rest as a function of u alone; integrate that with respect to u.",
            "Substitute back for u, then differentiate to check: you must get f.",
        )


@dataclass(frozen=True, slots=True)
class Antiderivative(Content):
    """Integrate `f` by `variable`."""

    f: str
    variable: str = "x"
    answer: str = ""  # an antiderivative; empty if the checker finds one
    constant: str = ASKED  # whether the answer needs a constant of integration
    where: Where = field(default_factory=dict)  # the values of each parameter
    rules: Rules = ()  # the conditions on the values
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "antiderivative"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the function with the task to integrate it."""
        del seed
        besides = frozenset((self.variable,))
        f = formula(self.f, values, besides)
        names = symbols(f) | besides
        answer = to_line(formula(self.answer, values, names)) if self.answer else ""
        wrong = concrete_wrong(self.wrong, values, names | _CONSTANTS)
        expected = ExpectsAntiderivative(f, to_line(f), self.variable, answer, self.constant, wrong)
        by = "" if self.variable == "x" else f" with respect to {self.variable}"
        constant = ", with its constant" if self.constant == ASKED else ""
        prompt = f"Give an antiderivative of ${to_unicode_line(f)}${by}{constant}."
        return QuestionParts(prompt, expected, names | _CONSTANTS)


def _read(card: CardReader) -> Antiderivative | None:
    fields, params = card.fields, card.function()
    if params is None:
        return None
    where = params[0]
    names = (card.names_in(fields.f, where, card.besides) | card.besides).difference(where)
    if fields.answer:
        with card.reading(("answer",), fields.answer):
            unknown = card.names_in(fields.answer, where, names) - names - where.keys() - _CONSTANTS
            if unknown:
                message = f"the answer uses {', '.join(sorted(unknown))}, but f does not"
                card.add("answer", message, "use the names of f, and C for the constant")
            card.require_variants_readable("answer", params)
    wrong = card.wrong_answers(where, names | _CONSTANTS)
    return Antiderivative(fields.f, fields.variable, fields.answer or "", fields.constant, *params, wrong=wrong)


ANTIDERIVATIVE: Final = CardKind(
    Antiderivative,
    "Integrate a function: the chain rule backwards.",
    (
        CardField("f", FieldType.FORMULA, "The function; it may use the parameters.", stand_in="x"),
        VARIABLE,
        CardField("answer", FieldType.FORMULA, "An antiderivative to show; needed if the checker finds none."),
        CardField(
            "constant",
            FieldType.WORD,
            "asked: + C is required; free: it may be left out.",
            default=ASKED,
            words=(ASKED, FREE),
        ),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="f",
)
