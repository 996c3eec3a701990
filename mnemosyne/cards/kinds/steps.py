"""steps: the Leibniz form, u, dy/du, du/dx and dy/dx, each field judged separately, for the u that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final

from mnemosyne.cards.kinds.card_field import VARIABLE, WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    Expected,
    FunctionHints,
    QuestionParts,
    concrete_wrong,
    missing_fields,
)
from mnemosyne.cards.kinds.proving import Judge, VariantProof, reason
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers, values_text
from mnemosyne.expressions.composition import inner, link_count
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.tree import Node, symbols
from mnemosyne.text import for_message
from mnemosyne.verdict import (
    SEE_VALUES,
    Asks,
    Explanation,
    FieldVerdict,
    Problem,
    Verdict,
    Word,
    right_fields_phrase,
)

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader


@dataclass(frozen=True, slots=True)
class ExpectsSteps(Expected):
    """u; dy/du; du/dx; dy/dx, typed with `;` between them."""

    f: Node  # the function as a tree
    line: str  # the function as one line
    variable: str  # the variable to differentiate with respect to
    wrong: WrongAnswers = ()  # wrong answers to dy/dx

    has_made_hints: ClassVar[bool] = True
    asks_links: ClassVar[bool] = True
    compared_at_points: ClassVar[bool] = True

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return one verdict on all fields, which says which of them are right."""
        names = self.field_names
        typed = text.split(";")
        if len(typed) != len(names) or not all(part.strip() for part in typed):
            return _not_all_fields(names, typed)
        first = judge.check(self._inner(seed), typed[0])
        later = self._later(self._substitution(first, seed, judge), seed)
        verdicts = [first, *(judge.check(problem, part) for problem, part in zip(later, typed[1:], strict=True))]
        start = 0
        for name, part, verdict in zip(names, typed, verdicts, strict=True):
            if verdict.word is Word.UNREADABLE:
                return _unreadable(name, part, start, verdict)
            start += len(part) + 1
        return _together(names, typed, verdicts)

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the right fields for the standard choice of u, with the chain."""
        solved = self.solved_fields(seed, judge)
        return Explanation(self.line, self.variable, _equations(self.field_names, solved), solved[-1].links)

    def solved_fields(self, seed: int, judge: Judge) -> list[Verdict]:
        """Return a verdict for each field whose `expected` is right for the standard choice of u."""
        first = judge.check(self._inner(seed), self.line)
        later = self._later(self._substitution(first, seed, judge), seed)
        return [first, *(judge.check(problem, "0") for problem in later)]

    def right_answer(self, proving: VariantProof) -> str:
        """Return the four fields joined with semicolons; raise NotProvedError if one cannot be worked out."""
        name, check = for_message(self.line), proving.judge.check
        whole = check(self._inner(0), self.line)
        if whole.word is Word.UNDECIDED:
            raise proving.error(f"the chain of {name} could not be worked out{proving.case}: {reason(whole)}")
        if whole.expected is None:
            raise proving.error(f"{name} has no inner function{proving.case}: there is no u", "use kind: derivative")
        zero = check(Problem(self.line, self.variable), "0")
        if zero.word is not Word.INCORRECT:
            raise proving.error(f"the derivative of {name} could not be worked out{proving.case}: {reason(zero)}")
        parts = [verdict.expected for verdict in self.solved_fields(proving.seed, proving.judge)]
        if None in parts:
            raise proving.error(f"the fields of {name} could not be worked out{proving.case}")
        return ";".join(map(str, parts))

    def foreseen(self, proving: VariantProof) -> WrongAnswers:
        """Return the author's wrong answers for dy/dx, after the other fields with their right values."""
        if not self.wrong:
            return ()
        first_fields = self.right_answer(proving).rpartition(";")[0]
        return tuple((f"{first_fields};{answer}", why) for answer, why in self.wrong)

    @property
    def asks_formula(self) -> bool:
        """Always true: the fields are formulas."""
        return True

    @property
    def likeness(self) -> object:
        """The function."""
        return self.line, self.wrong

    @property
    def feedback(self) -> frozenset[str]:
        """The author's messages about wrong answers."""
        return frozenset(why for _, why in self.wrong)

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields of the Leibniz form."""
        return ("u", "dy/du", f"du/d{self.variable}", f"dy/d{self.variable}")

    @property
    def placeholder(self) -> str:
        """The prompt: how to move between fields."""
        return "Tab: next field; Enter: check all"

    def detail_lines(self) -> list[str]:
        """Return the instruction for typing the fields on one line."""
        return [f"  (type {'; '.join(self.field_names)}, with ; between them)"]

    @property
    def displayed(self) -> tuple[str, Node]:
        """The function."""
        return "y = ", self.f

    def link_count(self) -> int:
        """Return the number of links in the function's longest chain."""
        return link_count(self.f, self.variable)

    @property
    def exercise(self) -> Exercise:
        """The function, for the log."""
        return Exercise(ExerciseKind.STEPS, self.line, self.variable)

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the steps to the function's derivative."""
        return of_function(self.line, self.variable)

    def _inner(self, seed: int) -> Problem:
        return Problem(self.line, self.variable, Asks.INNER, seed=seed)

    def _substitution(self, verdict: Verdict, seed: int, judge: Judge) -> tuple[str, str]:
        """Return u and y in u: the learner's own u if it is right, else the standard choice."""
        if verdict.word is not Word.CORRECT and verdict.expected is not None:
            verdict = judge.check(self._inner(seed), verdict.expected)
        if not verdict.links:
            return self.variable, self.line
        return verdict.links[0].inner, verdict.links[0].outer

    def _later(self, pair: tuple[str, str], seed: int) -> list[Problem]:
        """Return the problems for dy/du, du/dx and dy/dx."""
        names = (("u", pair[0]), ("y", pair[1]))
        links = [Problem(f, by, seed=seed, names=names) for f, by in (("y", "u"), ("u", self.variable))]
        return [*links, Problem(self.line, self.variable, seed=seed, names=names, wrong=self.wrong)]


@dataclass(frozen=True, slots=True)
class Steps(Content):
    """The derivative of `f` in Leibniz form, field by field."""

    f: str
    variable: str = "x"  # the variable to differentiate with respect to
    where: Where = field(default_factory=dict)  # the values of each parameter
    rules: Rules = ()  # the conditions on the values
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers to dy/dx, each with its feedback

    kind: ClassVar[str] = "steps"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the question that asks for the steps of the composition."""
        del seed
        x = self.variable
        f = formula(self.f, values, frozenset((x,)))
        prompt = f"Write y = ${to_unicode_line(f)}$ in Leibniz form: give u, dy/du, du/d{x} and dy/d{x}."
        names = symbols(f) | {x, "u"}
        wrong = concrete_wrong(self.wrong, values, names)
        return QuestionParts(prompt, ExpectsSteps(f, to_line(f), x, wrong), names)


def _read(card: CardReader) -> Steps | None:
    params = card.function()
    if params is None:
        return None
    x = card.fields.variable
    for values in card.sample(params):
        f = formula(card.fields.f, values, card.besides)
        if {"u", "y"} & ({x, *params[0]} | symbols(f)):
            card.add("f", "u and y are the names of the Leibniz form", "use other letters")
            return None
        if inner(f, x) is None:
            case = f" for {values_text(values)}" if values else ""
            card.add("f", f"f is not one function inside another{case}: there is no u", "use kind: derivative")
            return None
    names = card.names_in(card.fields.f, params[0], card.besides).difference(params[0])
    return Steps(card.fields.f, x, *params, wrong=card.wrong_answers(params[0], names | {x, "u"}))


def _not_all_fields(names: Sequence[str], typed: Sequence[str]) -> Verdict:
    """Return the verdict that fields are missing, or that there are too many."""
    missing, end = missing_fields(typed, names, ";")
    fault = missing or f"You typed {len(typed)} fields"
    return Verdict(Word.UNREADABLE, f"{fault}: type {'; '.join(names)}, with ; between them.", span=(end, end))


def _unreadable(name: str, part: str, start: int, verdict: Verdict) -> Verdict:
    first, last = verdict.span or (0, len(part))
    return Verdict(Word.UNREADABLE, f"{name}: {verdict.message}", span=(start + first, start + last))


def _field(name: str, typed: str, verdict: Verdict) -> FieldVerdict:
    message = "" if verdict.word is Word.CORRECT else verdict.message.replace(SEE_VALUES, "")
    answer = verdict.read_as or typed.strip()
    return FieldVerdict(name, verdict.word, answer, verdict.expected or "", message, verdict.misconception)


def _together(names: Sequence[str], typed: Sequence[str], verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict on the whole: right if every field is; the misconception is that of the first wrong one."""
    last = verdicts[-1]
    whole = Verdict(
        Word.CORRECT,
        "Correct.",
        expected=_equations(names, verdicts),
        read_as="; ".join(verdict.read_as or "" for verdict in verdicts),
        evidence=last.evidence,
        links=last.links,
        fields=tuple(_field(*parts) for parts in zip(names, typed, verdicts, strict=True)),
    )
    if whole.right_fields == len(verdicts):
        return whole
    words = [verdict.word for verdict in verdicts]
    word = Word.INCORRECT if Word.INCORRECT in words else Word.UNDECIDED
    wrong = next(verdict for verdict in verdicts if verdict.word is word)
    whole = replace(whole, word=word, message=right_fields_phrase(whole), misconception=wrong.misconception)
    # The links are those of the last field, whichever was wrong first.
    return replace(whole, mistaken_link=last.mistaken_link, mistaken_inside=last.mistaken_inside)


def _equations(names: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    return "; ".join(f"{name} = {verdict.expected}" for name, verdict in zip(names, verdicts, strict=True))


STEPS: Final = CardKind(
    Steps,
    "Differentiate in Leibniz form, field by field: u, dy/du, du/dx, dy/dx.",
    (
        CardField("f", FieldType.FORMULA, "The composition; it may use the parameters.", stand_in="sin(2*x)"),
        VARIABLE,
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="f",
)
