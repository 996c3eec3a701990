"""The numeric check as a picture: the values at one point in a row, each under its name."""

from __future__ import annotations

from mnemosyne.tui.numbers import decimal
from mnemosyne.tui.picture import Picture, above, prose, table, words
from mnemosyne.verdict import CORRECT_ANSWER, OWN_ANSWER, Evidence


def evidence_row(evidence: Evidence, width: int) -> Picture:
    """Return the values at one point in a row: beside the point, below it, or one below the other."""
    place, values = _place(evidence), _values(evidence)
    row = table([[words(place, "$quiet"), *values]])
    if row.width <= width:
        return row
    row = table([values])
    return above([prose(place, width, "$quiet"), *([row] if row.width <= width else values)])


def _place(evidence: Evidence) -> str:
    values = ", ".join(f"{name} = {decimal(value)}" for name, value in evidence.at.items())
    return f"at {values}" if values else "value"


def _values(evidence: Evidence) -> list[Picture]:
    own_value = decimal(evidence.yours, missing=evidence.missing_value)
    values = [
        (OWN_ANSWER, own_value, "$right" if evidence.agrees else "$wrong"),
        ("chain rule" if evidence.at else CORRECT_ANSWER, decimal(evidence.chain_rule), "bold"),
    ]
    if evidence.step is not None:
        values.append((_difference(evidence), decimal(evidence.finite_difference), ""))
    return [above([words(label, "$quiet"), words(value, style)]) for label, value, style in values]


def _difference(evidence: Evidence) -> str:
    """Return the label of the third value: the central difference of f, with its error unless that is 0."""
    if evidence.finite_difference is None or not evidence.error:
        return "finite difference"
    return f"finite difference (± {decimal(evidence.error, 1)})"
