"""numeric: a number, exactly or within a tolerance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import TOLERANCE, VARIABLE, WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    ExpectedByChecker,
    QuestionParts,
    concrete_wrong,
)
from mnemosyne.cards.kinds.parameters import Parameters, parameters_in
from mnemosyne.cards.kinds.point import Point, point_text, read_values
from mnemosyne.cards.kinds.proving import Judge, VariantProof, reason
from mnemosyne.cards.template import formula, sentence
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.expressions import floats
from mnemosyne.expressions.exact import exact_value, reduced, reduced_line
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Node
from mnemosyne.expressions.units import without_unit
from mnemosyne.text import for_message
from mnemosyne.verdict import CORRECT_ANSWER, Asks, Problem, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader

_EXACT = "1e-25"  # the tolerance for proving that a number stated without one is the value of a derivative


@dataclass(frozen=True, slots=True)
class ExpectsNumber(ExpectedByChecker):
    """A number, exactly or within a tolerance."""

    answer: str  # a one-line formula
    tolerance: str  # the tolerance, as in the card
    unit: str = ""  # shown after the answer; empty: none
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback
    derivative_of: Problem | None = None  # the derivative whose value the number is, to name mistakes in it

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        return Problem(
            self.answer, asks=Asks.NUMBER, tolerance=self.tolerance, seed=seed, unit=self.unit, wrong=self.wrong
        )

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Let the checker judge; after a wrong number, add the way to the right one."""
        verdict = self._verdict_with_mistake(text, seed, judge)
        way = self._way() if verdict.word is Word.INCORRECT else ""
        return replace(verdict, expected=verdict.expected and self.stated, way=way)

    def _verdict_with_mistake(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the checker's verdict, with the mistake named if the number is the value of a known derivative."""
        verdict = judge.check(self.problem(seed), text)
        has_own_message = verdict.message in dict(self.wrong).values()
        if verdict.word is not Word.INCORRECT or has_own_message or self.derivative_of is None:
            return verdict
        mistake = judge.check(self.derivative_of, without_unit(text, self.unit))
        if mistake.word is not Word.INCORRECT or mistake.misconception is None:
            return verdict
        return replace(verdict, message=mistake.message, misconception=mistake.misconception)

    def _way(self) -> str:
        """Return the working from the card's formula to its value; empty if it already is its value."""
        tree = read_printed(self.answer)
        exact, value = reduced_line(tree), floats.value(tree, {})
        if exact == self.answer:
            return ""
        shown_values = [] if exact is None else [exact]
        if value is not None and (exact is None or "/" in exact):
            shown_values.append(f"{value:.4g}")
        steps = [_step(tree, number) for number in shown_values]
        return "".join([to_unicode_line(tree), *steps]) if steps else ""

    def right_answer(self, proving: VariantProof) -> str:
        """Return the number as the card states it; raise NotProvedError if it should be the value of a
        derivative and is not.
        """
        proving.require_tolerance(self.problem(proving.seed))
        problem = self.derivative_of
        if problem is not None:
            exactly = replace(problem, tolerance=self.tolerance or _EXACT)
            verdict = proving.judge.check(exactly, self.answer)
            if verdict.word is not Word.CORRECT:
                place = f"the derivative of {for_message(problem.f)} at {point_text(problem.at)}"
                if verdict.word is not Word.INCORRECT:  # the function has no value there, or the answer is unclear
                    proving.derivative(problem, place, may_be_zero=True)
                raise proving.error(f"{for_message(self.answer)} is not {place}{proving.case}: {reason(verdict)}")
        return self.answer

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        return f"a number in {self.unit}, then Enter" if self.unit else "a number or an expression, then Enter"

    @property
    def stated(self) -> str:
        """The number, reduced."""
        tree = read_printed(self.answer)
        return reduced_line(tree) or to_line(reduced(tree))

    def detail_lines(self) -> list[str]:
        """Return the line that names the unit."""
        return [f"  (in {self.unit})"] if self.unit else []

    def solution_lines(self) -> list[str]:
        """Return the number with its unit, and the working."""
        way = self._way()
        expected = f"  {CORRECT_ANSWER}: {self.stated}{f' {self.unit}' if self.unit else ''}"
        return [expected, *([f"  working: {way}"] if way else [])]


def _step(tree: Node, number: str) -> str:
    """Return ` = ` and a number if it is exactly the value of a formula, or else ` ≈ ` and the number."""
    shown_value = read_printed(number)
    value = exact_value(tree)
    sign = "=" if value is not None and value == exact_value(shown_value) else "≈"
    return f" {sign} {to_unicode_line(shown_value)}"


@dataclass(frozen=True, slots=True)
class Numeric(Content):
    """A number: `answer` is a formula without free symbols once the parameters in `where` have values;
    `tolerance` is `1%`, `0.01` or empty.
    """

    ask: str  # Markdown, with formulas as `$…$`
    answer: str
    tolerance: str = ""
    unit: str = ""  # shown after the answer; empty: none
    where: Where = field(default_factory=dict)
    rules: Rules = ()  # the conditions on the values
    f: str = field(default="", kw_only=True)  # the function whose derivative at `at` the number is
    variable: str = field(default="x", kw_only=True)  # the variable of f
    at: Point = field(default=(), kw_only=True)  # a value for every name in f
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "numeric"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question with the parameters' values substituted."""
        del seed
        answer = to_line(formula(self.answer, values))
        wrong = concrete_wrong(self.wrong, values)
        expected = ExpectsNumber(answer, self.tolerance, self.unit, wrong, self._derivative(values))
        return QuestionParts(sentence(self.ask, values), expected)

    def _derivative(self, values: Values) -> Problem | None:
        if not self.f:
            return None
        at = tuple((name, to_line(formula(text, values))) for name, text in self.at)
        return Problem(to_line(formula(self.f, values, frozenset((self.variable,)))), self.variable, at=at)


def _read(card: CardReader) -> Numeric | None:
    fields, params = card.fields, card.parameters()
    if params is None:
        card.require_readable("answer")
        return None
    where, braced = params[0], card.braced_in_hints(params[0])
    in_ask = card.braced_in("ask", where)
    if "answer" in card.absent:
        return None
    with card.reading(("answer",), fields.answer):
        names = card.names_in(fields.answer, where)
        of_f, at = _read_derivative(card, params)
        card.require_used(where, names | in_ask | braced | of_f | parameters_in(fields.at, where))
        card.require_shown(names, in_ask, where)
        card.require_variants_readable("answer", params)
        wrong = card.wrong_answers(where, frozenset())
        return Numeric(
            fields.ask,
            fields.answer,
            fields.tolerance or "",
            fields.unit or "",
            *params,
            f=fields.f or "",
            variable=fields.variable,
            at=at,
            wrong=wrong,
        )
    return None


def _read_derivative(card: CardReader, params: Parameters) -> tuple[frozenset[str], Point]:
    """Return the names in the function whose derivative the number is, and the point; both empty if
    there is no function.
    """
    fields = card.fields
    if "f" in card.absent:
        return frozenset(), ()
    if not fields.f:
        if fields.at:
            card.add("at", "`at` has values, but there is no `f`", "add `f`, or leave `at` out")
        return frozenset(), ()
    names = frozenset[str]()
    with card.reading(("f",), fields.f):
        names = card.names_in(fields.f, params[0], card.besides)
        if fields.variable not in names:
            card.add("f", f"f does not depend on {fields.variable}", "name another variable, or use this one in f")
        card.require_variants_readable("f", params)
    if not fields.at:
        card.add("f", "f needs a point", "give its variable a value in `at`")
    return names, read_values(card, names.difference(params[0]), params)


NUMERIC: Final = CardKind(
    Numeric,
    "Give a number.",
    (
        CardField("ask", FieldType.TEXT, "The question; {a} stands for the value of the parameter a.", stand_in="?"),
        CardField("answer", FieldType.FORMULA, "The number, as a formula; it may use the parameters.", stand_in="0"),
        TOLERANCE,
        CardField("unit", FieldType.TEXT, "Shown after the answer."),
        CardField(
            "f", FieldType.FORMULA, "The function whose derivative is the answer; with it, mistakes can be named."
        ),
        VARIABLE,
        CardField(
            "at",
            FieldType.VALUES,
            "With f: the point at which the derivative is taken, a value for every name.",
            default={},
        ),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="answer",
)
