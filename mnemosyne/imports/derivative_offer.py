"""Notes that ask for a derivative in words or signs, such as "Differentiate $\\sin(x^2)$" or "d/dx x^3"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import symbols
from mnemosyne.imports.note import Note

_FLAGS: Final = re.IGNORECASE | re.DOTALL | re.VERBOSE
_QUESTIONS: Final = (
    re.compile(r"(?: please \s+ )? (?: differentiate | derive ) \s* :? \s* (?P<f> .+ )", _FLAGS),
    re.compile(
        r"""(?: what(?:'s|’s|\s+is) | find | compute | calculate | give )? \s* (?: the \s+ )? (?: first \s+ )?
        derivative \s+ (?: of | for ) \s* :? \s* (?P<f> .+ )""",
        _FLAGS,
    ),
    re.compile(
        r"""(?: (?: what(?:'s|’s|\s+is) | find | compute ) \s+ )? \$? \s*
        (?: \\frac \s* \{\s* d \s*\} \s* \{\s* d \s* (?P<x1> \w ) \s*\} | d \s*/\s* d(?P<x2> \w ) ) \s*
        (?: \$ \s* )? (?P<f> .+ )""",
        _FLAGS,
    ),
)
_VARIABLE: Final = re.compile(
    r"\s*,?\s*(?:with respect to|w\.?r\.?t\.?|by)\s+\$?(?P<x>\w)\$?\s*[.?]?\s*$", re.IGNORECASE
)
_LEFT_SIDE: Final = re.compile(r"\s*(?:[a-zA-Z]\s*\(\s*(\w)\s*\)|y)\s*=\s*")
_DERIVATIVE_SIDE: Final = re.compile(
    r"""\s* (?: [a-zA-Z] \s* (?: '|’|′|\\prime ) \s* (?: \(\s*\w\s*\) )? | d[a-z]\s*/\s*d\w | \\frac\{d\w\}\{d\w\} )
    \s*=\s*""",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class DerivativeOffer:
    """What a note says of a derivative; it becomes a card for the checker if that is proved."""

    f: str  # the function, in the notation of card files
    variable: str  # the name with respect to which it is differentiated
    answer: str  # the derivative, as the note writes it


def derivative_offer(note: Note) -> DerivativeOffer | None:
    """Return what a note says of a derivative; None if it asks for none, or not in a way that can be read."""
    front = note.front.replace("**", "").strip()
    match = next((match for question in _QUESTIONS if (match := question.fullmatch(front))), None)
    if match is None:
        return None
    groups = match.groupdict()
    text, variable = match["f"], groups.get("x1") or groups.get("x2")
    if variable_match := _VARIABLE.search(text):
        text, variable = text[: variable_match.start()], variable_match["x"]
    text = _bare(text.rstrip(" .?!"))
    if side := _LEFT_SIDE.match(text):
        text, variable = text[side.end() :], side[1] or variable
    answer = _bare(note.back.rstrip(" ."))
    side = _DERIVATIVE_SIDE.match(answer)
    return _readable(text, variable, answer[side.end() :] if side else answer)


def _bare(text: str) -> str:
    """Return the text without the signs around its formula."""
    return text.strip().removesuffix(".").strip("$").strip()


def _readable(text: str, variable: str | None, answer: str) -> DerivativeOffer | None:
    try:
        tree = read(text)
        read(answer)
    except ReadingError:
        return None
    names = symbols(tree)
    variable = variable or ("x" if "x" in names or len(names) != 1 else next(iter(names)))
    return DerivativeOffer(to_line(tree), variable, answer) if variable in names else None
