"""The names for a constant of integration in an answer: C and its usual alternatives.

Imports neither flint nor sympy.
"""

from __future__ import annotations

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import reading

INTEGRATION_CONSTANTS = ("C", "c", "K", "k", "C1")  # usable unless f itself contains them


def names_with_constants(typed: str, names: frozenset[str]) -> frozenset[str]:
    """Return the names together with those of the constants of integration that occur in the text."""
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
