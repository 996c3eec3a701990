"""The parameters of a card as its file states them, and whether formulas and texts use them as they can be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from mnemosyne.cards.card import Unlike, Where
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import Values, draw_counted, extremes
from mnemosyne.cards.where import Parameter, parameter
from mnemosyne.deckfiles.card_file import CardFile
from mnemosyne.deckfiles.problems import shown
from mnemosyne.deckfiles.yaml_values import YamlPath
from mnemosyne.errors import InputError, ReadingError
from mnemosyne.expressions.tree import symbols
from mnemosyne.expressions.vocabulary import LETTER, symbol_name

Parameters: TypeAlias = tuple[Where, Unlike]
_BRACES = re.compile(
    rf"(\\[A-Za-z]+|[\^_{{}}])?\{{({LETTER})\}}"
)  # what LaTeX puts before a brace, and a letter in braces
IMPOSSIBLE = 3_000  # what it costs to see that exclusions leave nothing, in characters of a formula


def read_parameters(file: CardFile, where: Mapping[str, Any], base: YamlPath) -> Parameters | None:
    """Return the values of the parameters, and which must differ; None if something is wrong with one of them."""
    before = len(file.problems)
    entries = {name: entry for name, value in where.items() if (entry := _parameter(file, name, value, base))}
    for name, entry in entries.items():
        for unlike_name in entry.unlike:
            _see_other(file, name, unlike_name, where, base)
    if len(file.problems) > before:
        return None
    pairs = tuple((name, unlike_name) for name, entry in entries.items() for unlike_name in entry.unlike)
    return {name: entry.values for name, entry in entries.items()}, pairs


def _parameter(file: CardFile, name: str, value: Any, base: YamlPath) -> Parameter | None:
    steps = (*base, "where", name)
    try:
        entry = parameter(value)
    except InputError as error:
        file.add(steps, f"where.{name}: {error.message}", error.hint)
        return None
    file.spend(len(entry.values))
    if len({isinstance(candidate, str) for candidate in entry.values}) > 1:
        file.add(steps, f"where.{name} has numbers beside functions", "give each a parameter of its own")
        return None
    return entry


def _see_other(file: CardFile, name: str, unlike_name: str, where: Mapping[str, Any], base: YamlPath) -> None:
    """Note a `not` that names no other parameter."""
    steps = (*base, "where", name)
    if unlike_name == name:
        file.add(steps, f"where.{name}: {name} cannot differ from itself", "name another parameter after not")
    elif unlike_name not in where:
        file.add(steps, f"where.{name}: there is no parameter {shown(unlike_name)}", "name one of where")


def sample(file: CardFile, parameters: Parameters, base: YamlPath) -> list[Values]:
    """Return a few variants for a first look; none, with the problem noted, where the exclusions leave no value."""
    where, unlike = parameters
    try:
        first, tries = draw_counted(where, unlike, seed=0)
    except InputError as error:
        file.spend(IMPOSSIBLE)
        file.add((*base, "where"), error.message, error.hint)
        return []
    file.spend(tries)
    rows = [first, *extremes(where, unlike)]
    return [row for i, row in enumerate(rows) if row not in rows[:i]]


def names_in(file: CardFile, text: str, where: Where, besides: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names that a formula has, and the parameters that stand for a function in it.

    ReadingError if it cannot be read, or has such a parameter without a bracket behind it.
    """
    file.spend(len(text))
    functions = {name: values[0] for name, values in where.items() if isinstance(values[0], str)}
    tree = formula(text, functions, besides.union(where))
    bare = sorted(symbols(tree) & functions.keys())
    if bare:
        at = text.find(bare[0])
        raise ReadingError(f"{bare[0]} stands for a function: write {bare[0]}(…)", (max(at, 0), max(at, 0) + 1))
    return symbols(tree) | called_in(text, functions)


def called_in(text: str, names: Iterable[str]) -> set[str]:
    """Return the names that stand before a bracket."""
    return {name for name in names if re.search(rf"(?<![^\W\d_]){name}\s*\(", text)}


def braced(text: str) -> set[str]:
    """Return the letters that stand in braces and are no LaTeX: `{a}`, but not `x^{a}`."""
    return {symbol_name(match[2]) for match in _BRACES.finditer(text) if not match[1]}


def see_braces(file: CardFile, text: str, where: Where, steps: YamlPath) -> None:
    """Note `{b}` in a text where there is no parameter b."""
    for name in sorted(braced(text) - where.keys()):
        file.add(steps, f"{{{name}}} is no parameter", "add it to where, or leave the braces out")


def see_used(file: CardFile, where: Where, used: Iterable[str], base: YamlPath) -> None:
    """Note parameters that nothing uses."""
    for name in sorted(where.keys() - set(used)):
        file.add((*base, "where", name), f"where.{name} is not used", "leave it out, or put it into the card")
