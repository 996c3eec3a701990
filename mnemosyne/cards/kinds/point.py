"""The point at which a value is asked for: a value for every input of a function or a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read_printed

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.parameters import Parameters

Point: TypeAlias = tuple[tuple[str, str], ...]  # names with their values, as formulas


def point_text(at: Iterable[tuple[str, str]]) -> str:
    """Return the point as `x = 2, w = 1/2`."""
    return ", ".join(f"{name} = {to_unicode_line(read_printed(text))}" for name, text in at)


def read_values(card: CardReader, inputs: frozenset[str], params: Parameters) -> Point:
    """Return the values of a card's `at`; note inputs without a value, and values without an input."""
    at = card.fields.at
    if "at" in card.absent:
        return ()
    for name, text in at.items():
        if name not in inputs:
            known = ", ".join(sorted(inputs))
            card.add("at", f"at.{name} is not an input", f"they are {known}", within=name)
            continue
        with card.reading(("at", name), text):
            unknown = sorted(card.names_in(text, params[0]) - params[0].keys())
            if unknown:
                message = f"at.{name} needs a value for {', '.join(unknown)}"
                card.add("at", message, "add it to `where`", within=name)
    missing = sorted(inputs - at.keys())
    if at and missing:
        card.add("at", f"`at` has no value for {', '.join(missing)}", "give every input a value, or leave `at` out")
    return tuple(at.items())


def read_point(card: CardReader, inputs: frozenset[str], params: Parameters) -> Point:
    """Return the values of a card's `at`, which make the answer a number; note a tolerance without a number."""
    at = read_values(card, inputs, params)
    if card.fields.tolerance and not at and not card.absent & {"at", "tolerance"}:
        card.add("tolerance", "only a number has a tolerance", "give every input a value in `at`, or leave it out")
    return at
