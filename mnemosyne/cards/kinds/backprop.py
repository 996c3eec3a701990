"""backprop: the derivative through a computation graph, as a formula in its names or as a number at given values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from mnemosyne.cards.forward import forward, node_line
from mnemosyne.cards.kinds.card_field import WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    CardKind,
    Content,
    ExpectedByChecker,
    FunctionHints,
    QuestionParts,
    concrete_wrong,
)
from mnemosyne.cards.kinds.parameters import Parameters, parameters_in
from mnemosyne.cards.kinds.point import Point, point_text, read_point
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers, values_text
from mnemosyne.errors import ReadingError
from mnemosyne.expressions import composition, floats
from mnemosyne.expressions.assignments import known_names
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.line import to_line, to_unicode_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Negation, Node, Sum, fold, substitute, symbols
from mnemosyne.expressions.vocabulary import symbol_name
from mnemosyne.text import for_message
from mnemosyne.verdict import Asks, Explanation, Problem, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof

NAME_WORK = 8  # a name of a graph, beside its formula
_LARGEST_LISTED = 60  # operations, numbers and names of a formula that a list shows
_MOST_WAYS = 3  # paths through a graph that a hint lists
_ASK = re.compile(r"\s*[d∂]\s*(\w+?)\s*/\s*[d∂]\s*(\w+)\s*")
_Graph: TypeAlias = tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class ExpectsGradient(ExpectedByChecker):
    """∂of/∂by of a computation graph."""

    graph: _Graph  # each name with its formula
    lines: tuple[tuple[str, str], ...]  # ... and the same as one line
    of: str  # the name that is differentiated
    by: str  # the name with respect to which it is differentiated
    at: Point  # a value for every input, as text; if given, a number is asked for
    tolerance: str  # the tolerance of a number, as in the card
    wrong: WrongAnswers = ()  # the author's wrong answers, each with its feedback

    has_made_hints: ClassVar[bool] = True
    compared_at_points: ClassVar[bool] = True
    has_graph: ClassVar[bool] = True

    def problem(self, seed: int) -> Problem:
        """Return the problem for the checker."""
        return Problem(self.of, self.by, Asks.GRADIENT, self.tolerance, seed, self.lines, self.at, wrong=self.wrong)

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Let the checker judge; after a wrong number, add the way to the right one."""
        verdict = judge.check(self.problem(seed), text)
        if not self.at or verdict.word is not Word.INCORRECT or not verdict.expected:
            return verdict
        formula = judge.check(replace(self.problem(seed), at=(), tolerance=""), "0")
        if not formula.expected:
            return verdict
        way = f"∂{self.of}/∂{self.by}{self._way(formula.expected, verdict.expected)}"
        return replace(verdict, way=way, links=verdict.links or formula.links)

    def _way(self, derivative: str, value: str) -> str:
        """Return ` = ` and the formula, the same with the values of the graph if all are exact, and the value."""
        names, texts, number = read_printed(derivative, self.names), self._exact_values(), read_printed(value)
        filled = substitute(names, {name: read_printed(text) for name, text in texts.items()})
        lines = [to_unicode_line(node) for node in ((names,) if symbols(filled) else (names, filled))]
        exact, shown_value = floats.value(filled, {}), floats.value(number, {})
        is_exact = exact is not None and shown_value is not None and isclose(exact, shown_value, rel_tol=1e-12)
        last = to_unicode_line(number)
        steps = [f" = {line}" for line in dict.fromkeys(lines) if line != last]
        return "".join([*steps, f" = {last}" if is_exact else f" ≈ {last}"])

    def _exact_values(self) -> dict[str, str]:
        """Return the values of the graph's names that a short decimal gives exactly."""
        values = {node.name: node.value for node in forward(self.graph, self.at) if node.value is not None}
        return {name: text for name, value in values.items() if float(text := f"{value:.6g}") == value}

    @property
    def names(self) -> frozenset[str]:
        """The names of the graph and its inputs."""
        inputs = frozenset[str]().union(*(symbols(tree) for _, tree in self.graph))
        return inputs | {name for name, _ in self.graph}

    def solve(self, seed: int, judge: Judge) -> Explanation | None:
        """Return the solution: the derivative, with the chain."""
        verdict = judge.check(self.problem(seed), "0")
        return Explanation(self.of, self.by, verdict.expected or "", verdict.links)

    def right_answer(self, proving: VariantProof) -> str:
        """Return the derivative; a number may be zero."""
        return proving.derivative(self.problem(proving.seed), f"∂{self.of}/∂{self.by}", may_be_zero=bool(self.at))

    @property
    def likeness(self) -> object:
        """The formulas and the values."""
        return self.lines, self.at, self.wrong

    @property
    def label(self) -> str:
        """The name of the derivative."""
        return f"∂{self.of}/∂{self.by} ="

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line."""
        return "its value, then Enter" if self.at else "a formula in the variables above"

    def detail_lines(self) -> list[str]:
        """Return the graph in order of evaluation."""
        return [node_line(node) for node in forward(self.graph, self.at)]

    @property
    def path(self) -> frozenset[str]:
        """The names through which a change of `by` reaches `of`, both included."""
        users = _users(self.graph, (self.by, *dict(self.graph)))
        reached, pending = {self.by}, [self.by]
        while pending:
            following = [user for user in users.get(pending.pop(), ()) if user not in reached]
            reached.update(following)
            pending += following
        return frozenset(_reaching(users, self.of) & reached)

    def link_count(self) -> int:
        """Return the number of links in the graph's longest chain."""
        return composition.link_count(self._in_one, self.by)

    @property
    def _in_one(self) -> Node:
        """`of` as a single formula in `by` and the inputs."""
        values: dict[str, Node] = {}
        for name, assigned in self.graph:
            if name != self.by:
                values[name] = substitute(assigned, values)
        return values[self.of]

    @property
    def list_text(self) -> str:
        """The derivative of a single formula: many cards ask for ∂L/∂w, each of another graph."""
        whole = self._in_one
        size = fold(whole, lambda _, sizes: 1 + sum(sizes))
        formula = whole if size <= _LARGEST_LISTED else dict(self.graph)[self.of]
        line = f"${to_unicode_line(formula)}$"
        operand = f"({line})" if isinstance(formula, Sum | Negation) else line
        point = f" at {point_text(self.at)}" if self.at else ""
        return f"∂/∂{self.by} {operand}{point}"

    @property
    def exercise(self) -> Exercise:
        """The graph, and the derivative asked for."""
        return Exercise(ExerciseKind.BACKPROP, self.of, self.by, at=self.at, graph=self.lines)

    def made_hints(self, of_function: FunctionHints) -> Sequence[str]:
        """Return the paths from `by` to `of`, and their factors."""
        del of_function
        users = _users(self.graph, (self.by, *dict(self.graph)))
        if not 0 < _way_count(users, self.graph, self.by, self.of) <= _MOST_WAYS:
            return ()
        ways = sorted(_ways(users, self.by, self.of), key=len)
        routes = " and ".join(" → ".join(way) for way in ways)
        factors = " + ".join("·".join(f"∂{b}/∂{a}" for a, b in reversed(list(pairwise(way)))) for way in ways)
        return (
            f"Which nodes does a change in {self.by} pass through on its way to {self.of}?",
            f"It goes {routes}.",
            f"One factor for each step: {factors}.",
        )


@dataclass(frozen=True, slots=True)
class Backprop(Content):
    """∂of/∂by of the computation graph `let`, which lists names with their formulas in order; a number
    if `at` has values.
    """

    let: tuple[tuple[str, str], ...]
    of: str  # the name that is differentiated
    by: str  # the name with respect to which it is differentiated
    at: Point = ()
    tolerance: str = ""  # the tolerance of the number: `1%`, `0.01`, or empty
    where: Where = field(default_factory=dict)  # the values of each parameter
    rules: Rules = ()  # the conditions on the values
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong answers, each with its feedback

    kind: ClassVar[str] = "backprop"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the graph with the parameters' values substituted."""
        del seed
        known = known_names((text for _, text in self.let), (name for name, _ in (*self.let, *self.at)))
        graph = tuple((name, formula(text, values, known)) for name, text in self.let)
        at = tuple((name, to_line(formula(text, values))) for name, text in self.at)
        lines = tuple((name, to_line(tree)) for name, tree in graph)
        gradient = f"∂{self.of}/∂{self.by}"
        prompt = f"What is the value of {gradient}?" if at else f"What is {gradient}?"
        expected = ExpectsGradient(graph, lines, self.of, self.by, at, self.tolerance)
        wrong = concrete_wrong(self.wrong, values, expected.names)
        return QuestionParts(prompt, replace(expected, wrong=wrong), expected.names)


def _read(card: CardReader) -> Backprop | None:
    fields, before = card.fields, card.problem_count
    params = card.parameters()
    if params is None or "let" in card.absent:
        return None
    feeds = _feeds(card, params)
    match = None if "ask" in card.absent else _ASK.fullmatch(fields.ask)
    of, by = map(symbol_name, match.groups()) if match else ("", "")
    if feeds is None:
        return None
    inputs = frozenset[str]().union(*feeds.values()) - feeds.keys() - params[0].keys()
    if match:
        _require_askable(card, of, by, feeds, inputs)
    at = read_point(card, inputs, params)
    wrong = card.wrong_answers(params[0], inputs | feeds.keys())
    if card.problem_count > before or not match:
        return None
    return Backprop(tuple(fields.let.items()), of, by, at, fields.tolerance or "", *params, wrong=wrong)


def _feeds(card: CardReader, params: Parameters) -> dict[str, frozenset[str]] | None:
    """Return the names in the formula of each name of the graph; None if a formula is refused."""
    let, where = card.fields.let, params[0]
    known = known_names(let.values(), (*let, *card.fields.at, *where))
    feeds: dict[str, frozenset[str]] = {}
    before, used = card.problem_count, set[str]()
    for name, text in let.items():
        card.notes.spend(NAME_WORK)
        if name in where:
            card.add("where", f"where.{name}: {name} is a name in `let`", "use another letter", within=name)
        with card.reading(("let", name), text):
            feeds[name] = card.names_in(text, where, known)
            used |= feeds[name]
            if name in used:
                fault = f"Assign {name} only once, and before it is used: it already has a meaning."
                raise ReadingError(fault, (0, len(text)))
    if card.problem_count > before:
        return None
    card.require_used(where, used | parameters_in(card.fields.at, where) | card.braced_in_hints(where))
    _require_variants_readable(card, params, known)
    return feeds if card.problem_count == before else None


def _require_variants_readable(card: CardReader, params: Parameters, known: frozenset[str]) -> None:
    """Note formulas that cannot be read for some values of the parameters."""
    for values in card.sample(params) if params[0] else []:
        for name, text in card.fields.let.items():
            card.notes.spend(len(text))
            with card.reading(("let", name), text, values_text(values)):
                formula(text, values, known)


def _require_askable(
    card: CardReader, of: str, by: str, feeds: Mapping[str, frozenset[str]], inputs: frozenset[str]
) -> None:
    """Note names in `ask` that do not exist, or of which the first does not depend on the second."""
    if of not in feeds:
        card.add("ask", f"ask: {for_message(of)} is not a name in `let`", f"ask for one of {', '.join(feeds)}")
    if by not in inputs | feeds.keys():
        there_are = ", ".join(sorted(inputs | feeds.keys()))
        card.add("ask", f"ask: there is no {for_message(by)} in the graph", f"it has {there_are}")
    elif of == by:
        others = ", ".join(sorted(inputs))
        card.add(
            "ask",
            f"ask: the derivative of {of} with respect to itself is 1",
            f"ask with respect to another name: {others}",
        )
    elif of in feeds and by not in _beneath(of, feeds):
        card.add("ask", f"ask: {of} does not depend on {by}", f"it depends on {', '.join(sorted(_beneath(of, feeds)))}")


def _beneath(name: str, feeds: Mapping[str, Iterable[str]]) -> set[str]:
    """Return every name that the name depends on, directly or indirectly."""
    reached: set[str] = set()
    to_visit = [name]
    while to_visit:
        for operand in feeds.get(to_visit.pop(), ()):
            if operand not in reached:
                reached.add(operand)
                to_visit.append(operand)
    return reached


def _users(graph: tuple[tuple[str, Node], ...], names: Iterable[str]) -> dict[str, list[str]]:
    """Return for each name the names whose formulas contain it."""
    users: dict[str, list[str]] = {name: [] for name in names}
    for user, assigned in graph:
        for name in symbols(assigned):
            if name in users:
                users[name].append(user)
    return users


def _way_count(users: dict[str, list[str]], graph: tuple[tuple[str, Node], ...], by: str, of: str) -> int:
    """Return the number of paths from `by` to `of`, counted without walking them, since there
    may be exponentially many.
    """
    counts = {of: 1}
    for name in (*reversed([name for name, _ in graph]), by):
        if name != of:
            counts[name] = sum(counts.get(user, 0) for user in users[name])
    return counts[by]


def _ways(users: dict[str, list[str]], by: str, of: str) -> Iterator[tuple[str, ...]]:
    """Yield every path from `by` to `of`; only call it if they are few."""
    reaching = _reaching(users, of)
    pending: list[tuple[str, ...]] = [(by,)]
    while pending:
        way = pending.pop(0)
        if way[-1] == of:
            yield way
        else:
            pending += [(*way, user) for user in users[way[-1]] if user in reaching]


def _reaching(users: dict[str, list[str]], of: str) -> set[str]:
    """Return the names with a path to `of`, including itself."""
    reaching: set[str] = set()
    pending = [of]
    while pending:
        name = pending.pop()
        if name not in reaching:
            reaching.add(name)
            pending += [name_above for name_above, following in users.items() if name in following]
    return reaching


BACKPROP: Final = CardKind(
    Backprop,
    "Differentiate through a small computation graph.",
    (
        CardField(
            "let", FieldType.ASSIGNMENTS, "Names and their formulas, each before it is used.", stand_in={"z": "w"}
        ),
        CardField("ask", FieldType.GRADIENT, "The derivative to give, such as dL/dw.", stand_in="dz/dw"),
        CardField("at", FieldType.VALUES, "A value for every input; the card then asks for a number.", default={}),
        CardField("tolerance", FieldType.TOLERANCE, "For the number: relative (1%) or absolute (0.01)."),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="ask",
)
