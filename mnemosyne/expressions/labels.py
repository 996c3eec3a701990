"""What stands around a formula and adds nothing to it: `f'(x) =`, `d/dx sin(x^2) =`, `= dy/dx`, a full stop, `dx`.

An equality sign is read nowhere else: one whose other side only restates the question is dropped with that side.
"""

from __future__ import annotations

import re

from mnemosyne.expressions.text import Text

_DERIVATIVE = r"""(?:
    [^\W\d_]\s*(?:'+|\^\s*\{\s*'+\s*\})\s*(?:\(\s*\w+\s*\)\s*)?                       # f'(x), y'
  | [({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*/[({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*                 # dy/dx
  | D\s*(?:_\s*\{?\s*[^\W\d_]\s*\}?)?\s*(?:[fgy]\s*(?:\(\s*[^\W\d_]\s*\)\s*)?)?       # D, D_x f(x)
  | d\s*[fgy]                                                                         # dy
)"""
_NAME = r"([^\W\d_])\s*(?:\(\s*[^\W\d_]\s*\)\s*)?"
_OPERATOR = r"""(?:
    [({\s]*[d∂][)}\s]*/[({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*[^=]*?                         # d/dx sin(x^2)
  | (?:diff|derivative|deriv)\b[^=]*?                                                 # diff(sin(x^2), x)
  | [^=]*?[)\]}]\s*'\s*                                                               # (sin(x^2))'
)"""
_EQUALS = r"\s*:?="
_LEFT = re.compile(rf"\s*(?:{_DERIVATIVE}|{_OPERATOR}|{_NAME})?{_EQUALS}", re.VERBOSE)
_RIGHT = re.compile(rf"=\s*{_DERIVATIVE}\s*$", re.VERBOSE)
_LAST_MARK = re.compile(r"(?<![.,;\s])\s*[.,;]\s*$")
_DIFFERENTIAL = re.compile(r"(?<=[\w)\]}|'])\s*d\s*([^\W\d_])\s*$")
_FUNCTIONS_OF_F = "yfghFGH"


def formula_of(text: Text, names: frozenset[str] | None) -> tuple[Text, int]:
    """The text up to the end of its formula, and where in it the formula begins; `names` as in `reading.read`."""
    text = text.until(_end(text.chars, names))
    start = _start(text.chars, names)
    restated = _RIGHT.search(text.chars, start)
    if restated and text.chars[start : restated.start()].strip():
        text = text.until(restated.start())
    return text, start


def _start(chars: str, names: frozenset[str] | None) -> int:
    start = 0
    while True:
        left = _LEFT.match(chars, start)
        if left is None or not _restates(left.group(1), names):
            return start
        start = left.end()


def _restates(name: str | None, names: frozenset[str] | None) -> bool:
    """Whether a letter before an equality sign names the answer: y, f(x), but no symbol of the question."""
    if name is None:
        return True
    return name in _FUNCTIONS_OF_F if names is None else name not in names


def _end(chars: str, names: frozenset[str] | None) -> int:
    mark = _LAST_MARK.search(chars)
    end = mark.start() if mark else len(chars)
    differential = _DIFFERENTIAL.search(chars, 0, end)
    if differential and names and "d" not in names and differential.group(1) in names:
        return differential.start()
    return end
