"""The names of a constant of integration in an answer: C, or what else stands for it. Imports no flint and no sympy."""

from __future__ import annotations

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import reading

INTEGRATION_CONSTANTS = ("C", "c", "K", "k")  # the names that f does not use itself


def names_with_constants(typed: str, names: frozenset[str]) -> frozenset[str]:
    """Return the names, and those of constants of integration that stand in the text besides."""
    for _ in INTEGRATION_CONSTANTS:
        try:
            reading.read(typed, names)
        except (reading.UnknownName, reading.IntegrationConstant) as error:
            if error.name not in INTEGRATION_CONSTANTS:
                break
            names |= {error.name}
        except ReadingError:
            break
    return names
