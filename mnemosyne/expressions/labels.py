"""What stands around a formula and adds nothing to it: `f'(x) =`, `d/dx sin(x^2) =`, `= dy/dx`, a full stop, `dx`.

An equality sign is read nowhere else: one whose other side only restates the question is dropped with that side.
"""

from __future__ import annotations

import re

from mnemosyne.expressions.typed_text import TypedText

_DERIVATIVE = re.compile(
    r"""
    [^\W\d_]\s*(?:'+|\^\s*\{\s*'+\s*\})\s*(?:\(\s*\w+\s*\))?                           # f'(x), y'
  | [({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*/[({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*                 # dy/dx
  | D\s*(?:_\s*\{?\s*[^\W\d_]\s*\}?)?\s*(?:[fgy]\s*(?:\(\s*[^\W\d_]\s*\))?)?          # D, D_x f(x)
  | d\s*[fgy]                                                                         # dy
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"([^\W\d_])\s*(?:\(\s*[^\W\d_]\s*\))?")
_WORKED_ON = re.compile(r"[({\s]*[d∂][)}\s]*/[({\s]*[d∂]\s*[^\W\d_]\w*|(?:diff|deriv|derivative)\b|∫")
_PRIMED = re.compile(r"[)\]}]\s*'\Z")
_DIFFERENTIAL = re.compile(r"(?<=[\w)\]}|'])\s*d\s*([^\W\d_])\s*\Z")
_FUNCTION_NAMES = "yfghFGH"


def formula_of(text: TypedText, names: frozenset[str] | None) -> tuple[TypedText, int]:
    """Return the text up to the end of its formula, and where in it the formula begins.

    `names` as in `reading.read`.
    """
    text = text.until(_end(text.chars, names))
    start = _start(text.chars, names)
    last = text.chars.rfind("=", start)
    if last > start and text.chars[start:last].strip() and _DERIVATIVE.fullmatch(text.chars[last + 1 :].strip()):
        text = text.until(last)
    return text, start


def _start(chars: str, names: frozenset[str] | None) -> int:
    """Return where the formula begins: after every left side that only restates what is asked."""
    start = 0
    while (equals := chars.find("=", start)) >= 0 and _restates(chars[start:equals].strip(" \t\r\n:"), names):
        start = equals + 1
    return start


def _restates(left: str, names: frozenset[str] | None) -> bool:
    """Whether what stands before an equality sign names the answer: nothing, dy/dx, d/dx sin(x), y, f(x)."""
    name = _NAME.fullmatch(left)
    if name:  # no symbol of the question
        return name.group(1) in _FUNCTION_NAMES if names is None else name.group(1) not in names
    return not left or bool(_DERIVATIVE.fullmatch(left) or _WORKED_ON.match(left) or _PRIMED.search(left))


def _end(chars: str, names: frozenset[str] | None) -> int:
    """Return where the formula ends: before a mark that ends a sentence, and before dx."""
    bare = chars.rstrip()
    without_mark = bare[:-1].rstrip() if bare.endswith((".", ",", ";")) else bare
    if without_mark.endswith((".", ",", ";")):
        without_mark = bare
    differential = _DIFFERENTIAL.search(without_mark)
    if differential and names and "d" not in names and differential.group(1) in names:
        return differential.start()
    return len(without_mark) if without_mark != bare else len(chars)
