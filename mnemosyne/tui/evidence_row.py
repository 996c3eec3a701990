"""The numeric check as a picture: the values at one point in a row, each under its name."""

from __future__ import annotations

from mnemosyne.tui.numbers import decimal
from mnemosyne.tui.picture import Picture, above, table, words
from mnemosyne.verdict import Evidence


def evidence_row(evidence: Evidence, width: int) -> Picture:
    """Return the values at one point in a row, or one below the other where there is no room."""
    values = _values(evidence)
    row = table([values])
    return row if row.width <= width else above(values)


def _values(evidence: Evidence) -> list[Picture]:
    place = ", ".join(f"{name} = {decimal(value)}" for name, value in evidence.at.items())
    values = [
        ("yours", decimal(evidence.yours), "$right" if evidence.agrees else "$wrong"),
        ("chain rule" if place else "expected", decimal(evidence.chain_rule), "bold"),
    ]
    if evidence.step is not None:
        values.append((_difference(evidence), decimal(evidence.finite_difference), ""))
    cells = [above([words(label, "$quiet"), words(value, style)]) for label, value, style in values]
    return [words(f"at {place}" if place else "value", "$quiet"), *cells]


def _difference(evidence: Evidence) -> str:
    """Return the label of the third value: the central difference of f, with its error unless that is 0."""
    if evidence.finite_difference is None or not evidence.error:
        return "finite difference"
    return f"finite difference (± {decimal(evidence.error, 1)})"
