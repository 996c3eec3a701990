"""The parameters of a card as its file states them, and checks of how formulas and texts use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from mnemosyne.cards.relations import condition_rule, relations_of, sides
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Rules, Values, Where, draw_counted, extremes
from mnemosyne.cards.where import Parameter, is_formula, parameter
from mnemosyne.errors import InputError, ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import symbols
from mnemosyne.expressions.vocabulary import LETTER, ascii_name, symbol_name
from mnemosyne.text import for_message

FieldPath: TypeAlias = tuple[str | int, ...]  # keys and indices, from the top of the file
Parameters: TypeAlias = tuple[Where, Rules]
_BRACES = re.compile(
    rf"(\\[A-Za-z]+|[\^_{{}}])?\{{({LETTER})\}}"
)  # whatever LaTeX command precedes a brace, and a letter in braces
CONDITIONS = "if"  # the key in `where` that holds the conditions
IMPOSSIBLE = 3_000  # the work of finding that the exclusions leave no values, in characters of a formula


class CardNotes(Protocol):
    """The file that a card is read from: it collects problems, and stops reading a card that takes too much work."""

    @property
    def problems(self) -> Sequence[object]:
        """The problems noted so far."""

    def add(self, steps: FieldPath, message: str, mend: str = "") -> None:
        """Note a problem at a field."""

    def add_in(self, steps: FieldPath, text: str, error: ReadingError, variant: str = "") -> None:
        """Note a problem inside the text of a field; `variant` names the values that cause it."""

    def spend(self, units: int) -> None:
        """Count work, in characters of formulas."""


def read_parameters(notes: CardNotes, where: Mapping[str, Any], base: FieldPath) -> Parameters | None:
    """Return the values of the parameters and the conditions on them; None if one of them is invalid."""
    before = len(notes.problems)
    computed = {name: value for name, value in where.items() if name != CONDITIONS and is_formula(value)}
    ranges = {name: value for name, value in where.items() if name not in computed and name != CONDITIONS}
    entries = {name: entry for name, value in ranges.items() if (entry := _parameter(notes, name, value, base))}
    for name, entry in entries.items():
        for unlike_name in entry.unlike:
            _require_other(notes, name, unlike_name, where, base)
    pairs = [(name, unlike_name) for name, entry in entries.items() for unlike_name in entry.unlike]
    conditions = _conditions(notes, where.get(CONDITIONS, []), base)
    functions = [name for name, entry in entries.items() if isinstance(entry.values[0], str)]
    formulas = [((*base, "where", name), text, text) for name, text in computed.items()]
    for steps, text, formula_text in (
        *formulas,
        *((steps, text, side) for steps, text, rule in conditions for side in sides(rule)),
    ):
        _require_readable_formula(notes, steps, text, formula_text, where, functions)
    if len(notes.problems) > before:
        return None
    rules = (*pairs, *((name, f"= {text}") for name, text in computed.items()), *(rule for _, _, rule in conditions))
    try:
        relations_of(rules)
    except InputError as error:
        notes.add((*base, "where"), f"where: {error.message}", error.hint)
        return None
    placeholders = dict.fromkeys(computed, (Fraction(0),))  # a rule gives them their values
    return {**{name: entry.values for name, entry in entries.items()}, **placeholders}, rules


def _conditions(notes: CardNotes, stated: Any, base: FieldPath) -> list[tuple[FieldPath, str, tuple[str, str]]]:
    """Return the conditions, each with its place, its text and its rule."""
    conditions = []
    for i, text in enumerate([stated] if isinstance(stated, str) else stated if isinstance(stated, list) else [""]):
        steps = (*base, "where", CONDITIONS, *(() if isinstance(stated, str) else (i,)))
        try:
            conditions.append((steps, str(text), condition_rule(str(text))))
        except InputError as error:
            notes.add(steps, f"where.if: {error.message}", error.hint)
    return conditions


def _require_readable_formula(
    notes: CardNotes, steps: FieldPath, text: str, formula_text: str, where: Mapping[str, Any], functions: Sequence[str]
) -> None:
    """Note a formula in `where` that cannot be read, that uses no parameter, or uses something that is not a number."""
    key = f"where.{steps[-1] if isinstance(steps[-1], str) else CONDITIONS}"
    notes.spend(len(formula_text))
    try:
        names = symbols(read(formula_text, besides=frozenset(where)))
    except ReadingError as error:
        notes.add(
            steps,
            f"{key}: {for_message(text)} is neither values nor a formula: {error}".rstrip("."),
            "write 2..9, [2, 3, 5] or a*b",
        )
        return
    if unknown := sorted(names - where.keys()):
        notes.add(steps, f"{key}: there is no parameter {unknown[0]}", "name one of those in `where`")
    elif called := sorted(names & set(functions)):
        notes.add(steps, f"{key}: {called[0]} is a function, not a number", "use parameters that are numbers")
    elif not names and text == formula_text:
        notes.add(steps, f"{key}: {for_message(text)} uses no parameter", f"write [{text}] for one value")


def _parameter(notes: CardNotes, name: str, value: Any, base: FieldPath) -> Parameter | None:
    steps = (*base, "where", name)
    try:
        entry = parameter(value)
    except InputError as error:
        notes.add(steps, f"where.{name}: {error.message}", error.hint)
        return None
    notes.spend(len(entry.values))
    if len({isinstance(candidate, str) for candidate in entry.values}) > 1:
        notes.add(steps, f"where.{name} mixes numbers and functions", "give each a parameter of its own")
        return None
    return entry


def _require_other(notes: CardNotes, name: str, unlike_name: str, where: Mapping[str, Any], base: FieldPath) -> None:
    """Note a `not` that does not name another parameter."""
    steps = (*base, "where", name)
    if unlike_name == name:
        notes.add(steps, f"where.{name}: {name} cannot differ from itself", "name another parameter after `not`")
    elif unlike_name not in where:
        notes.add(
            steps, f"where.{name}: there is no parameter {for_message(unlike_name)}", "name one of those in `where`"
        )


def sample(notes: CardNotes, parameters: Parameters, base: FieldPath) -> list[Values]:
    """Return a few variants to check first; none, with the problem noted, if the exclusions leave no values."""
    where, rules = parameters
    try:
        first, tries = draw_counted(where, rules, seed=0)
    except InputError as error:
        notes.spend(IMPOSSIBLE)
        notes.add((*base, "where"), error.message, error.hint)
        return []
    notes.spend(tries)
    rows = [first, *extremes(where, rules)]
    return [row for i, row in enumerate(rows) if row not in rows[:i]]


def names_in(notes: CardNotes, text: str, where: Where, besides: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names in a formula, and the parameters that stand for a function in it.

    Raises ReadingError if it cannot be read, or uses such a parameter without parentheses after it.
    """
    notes.spend(len(text))
    functions = {name: values[0] for name, values in where.items() if isinstance(values[0], str)}
    tree = formula(text, functions, besides.union(where))
    bare = sorted(symbols(tree) & functions.keys())
    if bare:
        at = text.find(bare[0])
        raise ReadingError(f"{bare[0]} stands for a function: write {bare[0]}(…).", (max(at, 0), max(at, 0) + 1))
    return symbols(tree) | called_in(text, functions)


def called_in(text: str, names: Iterable[str]) -> set[str]:
    """Return the names that are followed by an opening parenthesis."""
    return {name for name in names if re.search(rf"(?<![^\W\d_]){name}\s*\(", text)}


def braced(text: str) -> set[str]:
    """Return the letters in braces that are not LaTeX: `{a}`, but not `x^{a}`."""
    return {symbol_name(match[2]) for match in _BRACES.finditer(text) if not match[1]}


def note_unknown_braces(notes: CardNotes, text: str, where: Where, steps: FieldPath) -> None:
    """Note each `{b}` in a text without a parameter b."""
    for name in sorted(braced(text) - where.keys()):
        notes.add(steps, f"{{{name}}} is not a parameter", "add it to `where`, or leave the braces out")


def note_unused_parameters(notes: CardNotes, parameters: Parameters, used: Iterable[str], base: FieldPath) -> None:
    """Note unused parameters; a computed one that is used uses those in its formula."""
    where, rules = parameters
    all_used = set(used)
    for name, formula_tree in reversed(relations_of(rules).computed):
        all_used |= symbols(formula_tree) if name in all_used else set()
    for name in sorted(where.keys() - all_used):
        notes.add((*base, "where", name), f"where.{name} is not used", "leave it out, or use it in the card")


def parameters_in(at: Mapping[str, str], where: Iterable[str]) -> frozenset[str]:
    """Return the parameters that occur in the values of a point."""
    texts = " ".join(at.values())
    return frozenset(
        name for name in where if re.search(rf"(?<![^\W\d_])(?:{name}|{ascii_name(name)})(?![^\W\d_])", texts)
    )
