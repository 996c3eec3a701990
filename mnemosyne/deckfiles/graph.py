"""The computation graph of a backprop card: its names, what is asked of it, and the values of its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Backprop
from mnemosyne.cards.template import formula
from mnemosyne.cards.variants import in_words
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
    found = card.read_where()
    if found is None or "let" in card.absent:
        return None
    feeds = _feeds(card, found)
    match = None if "ask" in card.absent else _ASK.fullmatch(fields.ask)
    of, by = map(symbol_name, match.groups()) if match else ("", "")
    if feeds is None:
        return None
    inputs = frozenset[str]().union(*feeds.values()) - feeds.keys() - found[0].keys()
    if match:
        _see_asked(card, of, by, feeds, inputs)
    if "at" not in card.absent:
        _see_values(card, inputs, found)
    if fields.tolerance and not fields.at and not card.absent & {"at", "tolerance"}:
        card.add("tolerance", "only a number has a tolerance", "give every input a value in at, or leave it out")
    if len(card.file.problems) > before or not match:
        return None
    return Backprop(tuple(fields.let.items()), of, by, tuple(fields.at.items()), fields.tolerance or "", *found)


def _feeds(card: Builder, found: parameters.Parameters) -> dict[str, frozenset[str]] | None:
    """What each name of the graph is made of; None if a formula of it is refused."""
    let, where = card.fields.let, found[0]
    known = known_names(let.values(), (*let, *card.fields.at, *where))
    feeds: dict[str, frozenset[str]] = {}
    before, used = len(card.file.problems), set[str]()
    for name, text in let.items():
        card.file.spend(NAME_WORK)
        if name in where:
            card.file.add((*card.base, "where", name), f"where.{name}: {name} is a name of let", "use another letter")
        with card.reading(("let", name), text):
            feeds[name] = parameters.names_in(card.file, text, where, known)
            used |= feeds[name]
            if name in used:
                what = f"Assign {name} once, and before it is used: it has a meaning already."
                raise ReadingError(what, (0, len(text)))
    if len(card.file.problems) > before:
        return None
    at_names = _names(card, where)
    parameters.see_used(card.file, where, used | at_names | card.hints(where), card.base)
    _see_variants(card, found, known)
    return feeds if len(card.file.problems) == before else None


def _names(card: Builder, where: Mapping[str, object]) -> set[str]:
    """The parameters that values of inputs use."""
    texts = " ".join(card.fields.at.values())
    return {name for name in where if re.search(rf"(?<![^\W\d_])(?:{name}|{ascii_name(name)})(?![^\W\d_])", texts)}


def _see_variants(card: Builder, found: parameters.Parameters, known: frozenset[str]) -> None:
    """Note formulas that cannot be read for some values of the parameters."""
    for values in parameters.sample(card.file, found, card.base) if found[0] else []:
        for name, text in card.fields.let.items():
            card.file.spend(len(text))
            with card.reading(("let", name), text, in_words(values)):
                formula(text, values, known)


def _see_asked(card: Builder, of: str, by: str, feeds: Mapping[str, frozenset[str]], inputs: frozenset[str]) -> None:
    """Note what is asked and is not there, or does not depend on the other."""
    if of not in feeds:
        card.add("ask", f"ask: {shown(of)} is not a name of let", f"ask for one of {', '.join(feeds)}")
    if by not in inputs | feeds.keys():
        there_are = ", ".join(sorted(inputs | feeds.keys()))
        card.add("ask", f"ask: there is no {shown(by)} in the graph", f"it has {there_are}")
    elif of == by:
        others = ", ".join(sorted(inputs))
        card.add("ask", f"ask: the derivative of {of} by itself is 1", f"ask by another name: {others}")
    elif of in feeds and by not in _beneath(of, feeds):
        card.add("ask", f"ask: {of} does not depend on {by}", f"it depends on {', '.join(sorted(_beneath(of, feeds)))}")


def _beneath(name: str, feeds: Mapping[str, Iterable[str]]) -> set[str]:
    """Every name that the name is made of, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in feeds.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _see_values(card: Builder, inputs: frozenset[str], found: parameters.Parameters) -> None:
    """Note which inputs have no value, and which values have no input."""
    at = card.fields.at
    for name, text in at.items():
        if name not in inputs:
            known = ", ".join(sorted(inputs))
            card.file.add((*card.base, "at", name), f"at.{name} is not an input", f"they are {known}")
            continue
        with card.reading(("at", name), text):
            unknown = sorted(parameters.names_in(card.file, text, found[0]) - found[0].keys())
            if unknown:
                what = f"at.{name} has {', '.join(unknown)}, which nothing gives a value"
                card.file.add((*card.base, "at", name), what, "add it to where")
    missing = sorted(inputs - at.keys())
    if at and missing:
        card.add("at", f"at has no value for {', '.join(missing)}", "give every input one, or none")
