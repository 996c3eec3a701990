"""The text of a formula made plain: Unicode forms become the characters that a keyboard has, each with its origin.

Full width letters, mathematical alphabets, superscripts, vulgar fractions, the many minus signs and dots all turn
into one spelling, so that the lexer knows one. Every character of the result remembers which characters of the typed
text it came from: whatever is pointed at later is pointed at where the learner typed it. stdlib only.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.tree import Span

_SIGNS = {
    **dict.fromkeys("−–—‐‑﹣－", "-"),
    **dict.fromkeys("·×∙⋅•∗✕", "·"),  # not *, two of which are a power
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("ˆ↑", "^"),
    **dict.fromkeys("’‘′´ʹ", "'"),
    **dict.fromkeys("∣❘│", "|"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\u2061\u2063\u2064\ufeff", ""),  # invisible marks of copied formulas
    "\u2062": " ",  # the invisible times of MathML
    "″": "''",
    "ı": "i",
    "ϵ": "ε",
}
_ORDINALS = "ªº"  # look like a superscript, mean "th": left for the lexer to refuse


@dataclass(frozen=True, slots=True)
class Text:
    """`chars` is read; character i comes from the typed ones `starts[i]` to `ends[i]` (None: from itself)."""

    chars: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """The typed characters behind `chars[start:end]`, of a text that has some."""
        if self.starts is None or self.ends is None:
            return (start, end)
        first = min(start, len(self.chars) - 1)
        return (self.starts[first], self.ends[max(end - 1, first)])


class Builder:
    """Collects the characters of a `Text` with their origins."""

    def __init__(self) -> None:
        self._chars: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, chars: str, span: Span) -> None:
        """Append characters that all come from `span`."""
        for char in chars:
            self._chars.append(char)
            self._starts.append(span[0])
            self._ends.append(span[1])

    def text(self) -> Text:
        """What was collected."""
        return Text("".join(self._chars), tuple(self._starts), tuple(self._ends))


def plain(typed: str) -> Text:
    """The typed text in plain characters."""
    if typed.isascii():
        return Text(typed)
    builder = Builder()
    script = ""  # "super" or "sub" inside a run of such characters
    for at, char in enumerate(typed):
        here = (at, at + 1)
        kind, spelled = _spelled(char)
        if script and kind != script:
            builder.add(_CLOSING[script], (at - 1, at))
        if kind in _OPENING and kind != script:
            builder.add(_OPENING[kind], here)
        if kind == "fraction" and typed[at - 1 : at].isdecimal():
            raise ReadingError(f"a mixed number: type + or * before {char}", here)
        builder.add(spelled, here)
        script = kind if kind in _OPENING else ""
    if script:
        builder.add(_CLOSING[script], (len(typed) - 1, len(typed)))
    return builder.text()


_OPENING = {"super": "^(", "sub": "_{"}
_CLOSING = {"super": ")", "sub": "}"}


def _spelled(char: str) -> tuple[str, str]:
    """The kind of a character ("", "super", "sub", "fraction") and its plain spelling."""
    if char.isascii() or char in _ORDINALS:
        return "", char
    if char in _SIGNS:
        return "", _SIGNS[char]
    if char.isspace() and unicodedata.category(char) != "Cc":
        return "", " "
    if char.isdecimal():
        return "", str(unicodedata.decimal(char))
    form = unicodedata.decomposition(char).partition(" ")[0]
    spelled = "".join(_SIGNS.get(part, part) for part in unicodedata.normalize("NFKC", char))
    if form in ("<super>", "<sub>"):
        return form[1:-1], spelled
    if form == "<fraction>" and not spelled.endswith("/"):
        return "fraction", f"({spelled})"
    return "", spelled
