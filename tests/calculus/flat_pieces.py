"""Formulas that are zero on a whole piece, and not elsewhere; `{g}` is the inner function, whose sign changes there."""

from __future__ import annotations

ZERO_ON_A_PIECE = (
    "relu({g})",
    "relu({g})^2",
    "max({g}, 0)",
    "min(0, {g})",
    "abs({g}) + {g}",
    "{g} - abs({g})",
    "relu({g})*(x^2 + 1)",
    "step({g})",
    "step({g})*({g})",
)
