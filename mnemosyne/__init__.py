"""Mnemosyne: spaced repetition for the terminal that grades mathematics.

As a library it reads, grades and explains: `check(Problem("sin(x^2)"), "2x cos(x^2)").word` is `"correct"`.
Each name is imported on first use, so that starting the program does not load what it does not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnemosyne.calculus.check import check as check
    from mnemosyne.calculus.check import explain as explain
    from mnemosyne.expressions.reading import read as read
    from mnemosyne.verdict import Problem as Problem
    from mnemosyne.verdict import Verdict as Verdict

__version__ = "0.1.0"
__all__ = ["Problem", "Verdict", "__version__", "check", "explain", "read"]

_HOMES = {
    "Problem": "mnemosyne.verdict",
    "Verdict": "mnemosyne.verdict",
    "check": "mnemosyne.calculus.check",
    "explain": "mnemosyne.calculus.check",
    "read": "mnemosyne.expressions.reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
