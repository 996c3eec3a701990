"""The numeric check as a picture: the values at one point in a row, each under its name."""

from __future__ import annotations

from mnemosyne.tui.numbers import decimal
from mnemosyne.tui.picture import Picture, above, table, words
from mnemosyne.verdict import Evidence


def evidence_row(evidence: Evidence, width: int) -> Picture:
    """The values at one point in a row, and how good the finite difference is, as far as there is room."""
    shapes = (_values(evidence, _difference(evidence, step=True)), _values(evidence, _difference(evidence, step=False)))
    for values in shapes:
        row = table([values])
        if row.width <= width:
            return row
    return above(shapes[-1])


def _values(evidence: Evidence, difference: str) -> list[Picture]:
    place = ", ".join(f"{name} = {decimal(value)}" for name, value in evidence.at.items())
    values = [
        ("yours", decimal(evidence.yours), "$right" if evidence.agrees else "$wrong"),
        ("chain rule" if place else "expected", decimal(evidence.chain_rule), "bold"),
    ]
    if evidence.step is not None:
        values.append((difference, decimal(evidence.finite_difference), ""))
    cells = [above([words(label, "$quiet"), words(value, style)]) for label, value, style in values]
    return [words(f"at {place}" if place else "value", "$quiet"), *cells]


def _difference(evidence: Evidence, *, step: bool) -> str:
    """What the third value is: the central difference of f, with its error and perhaps its step."""
    if evidence.step is None or evidence.finite_difference is None:
        return "finite difference"
    error = f" ± {decimal(evidence.error, 1)}" if evidence.error is not None else ""
    return f"finite difference{error}" + (f", step {decimal(evidence.step, 1)}" if step else "")
