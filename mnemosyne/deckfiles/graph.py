"""The computation graph of a backprop card: its names, what is asked of it, and the values of its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Backprop
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import values_text
from mnemosyne.deckfiles import parameters
from mnemosyne.deckfiles.problems import shown
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.assignments import known_names
from mnemosyne.expressions.vocabulary import ascii_name, symbol_name

if TYPE_CHECKING:
    from mnemosyne.deckfiles.build import Builder

NAME_WORK = 8  # a name of a graph, beside its formula
_ASK = re.compile(r"\s*[d∂]\s*(\w+?)\s*/\s*[d∂]\s*(\w+)\s*")


def read_graph(card: Builder) -> Backprop | None:
    """Return the content of a backprop card; None, with the problems noted, if it has any."""
    fields, before = card.fields, len(card.file.problems)
    params = card.read_where()
    if params is None or "let" in card.absent:
        return None
    feeds = _feeds(card, params)
    match = None if "ask" in card.absent else _ASK.fullmatch(fields.ask)
    of, by = map(symbol_name, match.groups()) if match else ("", "")
    if feeds is None:
        return None
    inputs = frozenset[str]().union(*feeds.values()) - feeds.keys() - params[0].keys()
    if match:
        _see_asked(card, of, by, feeds, inputs)
    if "at" not in card.absent:
        _see_values(card, inputs, params)
    if fields.tolerance and not fields.at and not card.absent & {"at", "tolerance"}:
        card.add("tolerance", "only a number has a tolerance", "give every input a value in at, or leave it out")
    if len(card.file.problems) > before or not match:
        return None
    return Backprop(tuple(fields.let.items()), of, by, tuple(fields.at.items()), fields.tolerance or "", *params)


def _feeds(card: Builder, params: parameters.Parameters) -> dict[str, frozenset[str]] | None:
    """What each name of the graph is made of; None if a formula of it is refused."""
    let, where = card.fields.let, params[0]
    known_symbols = known_names(let.values(), (*let, *card.fields.at, *where))
    feeds: dict[str, frozenset[str]] = {}
    before, used = len(card.file.problems), set[str]()
    for name, text in let.items():
        card.file.spend(NAME_WORK)
        if name in where:
            card.file.add((*card.base, "where", name), f"where.{name}: {name} is a name of let", "use another letter")
        with card.reading(("let", name), text):
            feeds[name] = parameters.names_in(card.file, text, where, known_symbols)
            used |= feeds[name]
            if name in used:
                message = f"Assign {name} once, and before it is used: it has a meaning already."
                raise ReadingError(message, (0, len(text)))
    if len(card.file.problems) > before:
        return None
    at_names = _names(card, where)
    parameters.see_used(card.file, where, used | at_names | card.hints(where), card.base)
    _see_variants(card, params, known_symbols)
    return feeds if len(card.file.problems) == before else None


def _names(card: Builder, where: Mapping[str, object]) -> set[str]:
    """The parameters that values of inputs use."""
    texts = " ".join(card.fields.at.values())
    return {name for name in where if re.search(rf"(?<![^\W\d_])(?:{name}|{ascii_name(name)})(?![^\W\d_])", texts)}


def _see_variants(card: Builder, params: parameters.Parameters, known_symbols: frozenset[str]) -> None:
    """Note formulas that cannot be read for some values of the parameters."""
    for values in parameters.sample(card.file, params, card.base) if params[0] else []:
        for name, text in card.fields.let.items():
            card.file.spend(len(text))
            with card.reading(("let", name), text, values_text(values)):
                formula(text, values, known_symbols)


def _see_asked(card: Builder, of: str, by: str, feeds: Mapping[str, frozenset[str]], inputs: frozenset[str]) -> None:
    """Note what is asked and is not there, or does not depend on the other."""
    if of not in feeds:
        card.add("ask", f"ask: {shown(of)} is not a name of let", f"ask for one of {', '.join(feeds)}")
    if by not in inputs | feeds.keys():
        there_are = ", ".join(sorted(inputs | feeds.keys()))
        card.add("ask", f"ask: there is no {shown(by)} in the graph", f"it has {there_are}")
    elif of == by:
        other_names = ", ".join(sorted(inputs))
        card.add("ask", f"ask: the derivative of {of} by itself is 1", f"ask by another name: {other_names}")
    elif of in feeds and by not in _beneath(of, feeds):
        card.add("ask", f"ask: {of} does not depend on {by}", f"it depends on {', '.join(sorted(_beneath(of, feeds)))}")


def _beneath(name: str, feeds: Mapping[str, Iterable[str]]) -> set[str]:
    """Every name that the name is made of, directly or not."""
    sources: set[str] = set()
    pending = [name]
    while pending:
        for source in feeds.get(pending.pop(), ()):
            if source not in sources:
                sources.add(source)
                pending.append(source)
    return sources


def _see_values(card: Builder, inputs: frozenset[str], params: parameters.Parameters) -> None:
    """Note which inputs have no value, and which values have no input."""
    at = card.fields.at
    for name, text in at.items():
        if name not in inputs:
            input_names = ", ".join(sorted(inputs))
            card.file.add((*card.base, "at", name), f"at.{name} is not an input", f"they are {input_names}")
            continue
        with card.reading(("at", name), text):
            unknown = sorted(parameters.names_in(card.file, text, params[0]) - params[0].keys())
            if unknown:
                message = f"at.{name} has {', '.join(unknown)}, which nothing gives a value"
                card.file.add((*card.base, "at", name), message, "add it to where")
    missing = sorted(inputs - at.keys())
    if at and missing:
        card.add("at", f"at has no value for {', '.join(missing)}", "give every input one, or none")
