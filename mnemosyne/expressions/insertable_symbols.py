"""Symbols that keyboards lack or that take several keys: the text that each inserts, and where the cursor goes."""

from __future__ import annotations

from dataclasses import dataclass

_ENDS_OPERAND = frozenset(")]}|'")


@dataclass(frozen=True, slots=True)
class InsertableSymbol:
    """The text put before and after the selection; a symbol with nothing after it replaces the selection.

    `power` is inserted instead after an operand, if nothing is selected.
    """

    shown: str  # the label by which the learner chooses it
    before: str
    after: str = ""
    power: str = ""


SIGNS = (
    InsertableSymbol("x²", "(", ")²", power="²"),
    InsertableSymbol("xⁿ", "(", ")^", power="^"),
    InsertableSymbol("√", "√(", ")"),
    InsertableSymbol("∛", "∛(", ")"),
    InsertableSymbol("|x|", "|", "|"),
    InsertableSymbol("e^", "e^(", ")"),
    InsertableSymbol("ln", "ln(", ")"),
    InsertableSymbol("a/b", "(", ")/()"),
    InsertableSymbol("·", "·"),
    InsertableSymbol("π", "π"),
)


def insertable_symbols(names: frozenset[str]) -> tuple[InsertableSymbol, ...]:
    """Return the symbols for a question: ours, and those of its names that keyboards lack."""
    return (*SIGNS, *(InsertableSymbol(name, name) for name in sorted(names) if not name.isascii()))


def insert_symbol(sign: InsertableSymbol, text: str, start: int, end: int) -> tuple[str, int]:
    """Return the text with the symbol around its part from `start` to `end`, and the new position of the cursor.

    If nothing is selected, the cursor goes where something remains to be typed.
    """
    first, selected, last = text[:start], text[start:end], text[end:]
    if sign.power and not selected and _operand_before(first):
        return first + sign.power + last, start + len(sign.power)
    inside = first + sign.before + (selected if sign.after else "")
    return inside + sign.after + last, len(inside + sign.after) if selected else len(inside)


def _operand_before(text: str) -> bool:
    before = text.rstrip()[-1:]
    return before.isalnum() or before in _ENDS_OPERAND
