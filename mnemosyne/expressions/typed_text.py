"""The text of a formula in plain form: Unicode forms become characters of a keyboard, each with its origin.

Full-width letters, mathematical alphabets, superscripts, vulgar fractions, the many minus signs and dots get
one spelling each, so that the lexer knows only one. Every character of the result remembers which characters
of the typed text it came from, so that errors point at the place that the learner typed. stdlib only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.tree import Span

_SIGNS = {
    **dict.fromkeys("−–—‐‑﹣－", "-"),
    **dict.fromkeys("·×∙⋅•∗✕", "·"),  # not *, since two of them make a power
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("ˆ˄↑", "^"),
    **dict.fromkeys("’‘′´ʹ", "'"),
    **dict.fromkeys("∣❘│", "|"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\u2061\u2063\u2064\ufeff", ""),  # invisible characters of copied formulas
    "\u2062": "·",  # the invisible times of MathML
    "″": "''",
    "ı": "i",
    "ϵ": "ε",
}
_ORDINALS = "ªº"  # look like superscripts but mean "th": left for the lexer to refuse


@dataclass(frozen=True, slots=True)
class TypedText:
    """`chars` is the plain text; character i comes from the typed ones `starts[i]` to `ends[i]` (None: from itself)."""

    chars: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the span of the typed characters behind `chars[start:end]`; the text must not be empty."""
        if self.starts is None or self.ends is None:
            return (start, end)
        first = min(start, len(self.chars) - 1)
        last = max(end - 1, first)  # inserted characters may come from farther right than those after them
        return (min(self.starts[first], self.starts[last]), max(self.ends[first], self.ends[last]))

    def follower(self, at: int) -> str:
        """Return the first non-blank character from a position on; empty at the end."""
        while self.chars.startswith(" ", at):
            at += 1
        return self.chars[at : at + 1]

    def until(self, end: int) -> TypedText:
        """Return the text up to a position."""
        if self.starts is None or self.ends is None:
            return TypedText(self.chars[:end])
        return TypedText(self.chars[:end], self.starts[:end], self.ends[:end])


class TextBuilder:
    """Collects the characters of a `TypedText` with their origins."""

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

    def insert(self, at: int, chars: str, span: Span) -> None:
        """Insert characters before others already added."""
        self._chars[at:at] = chars
        self._starts[at:at] = [span[0]] * len(chars)
        self._ends[at:at] = [span[1]] * len(chars)

    def __len__(self) -> int:
        return len(self._chars)

    def text(self) -> TypedText:
        """Return the collected text."""
        return TypedText("".join(self._chars), tuple(self._starts), tuple(self._ends))


def plain_text(typed: str) -> TypedText:
    """Return the typed text in plain characters."""
    if typed.isascii():
        return TypedText(typed)
    builder = TextBuilder()
    script = ""  # "super" or "sub" inside a run of such characters
    at = 0
    while at < len(typed):
        root = _ROOT_OF_DEGREE.match(typed, at)
        if root and not (at and _ends_operand(typed[at - 1])):
            builder.add(_root_of_degree(root.group(1)), root.span())
            script, at = "", root.end()
            continue
        script = _add(builder, typed, at, script)
        at += 1
    if script:
        builder.add(_CLOSING[script], (len(typed) - 1, len(typed)))
    return builder.text()


def _add(builder: TextBuilder, typed: str, at: int, script: str) -> str:
    """Append one character.

    `script` is the run of raised or lowered characters before it; return the run that it belongs to.
    """
    char, here = typed[at], (at, at + 1)
    kind, spelled = _spelled(char)
    if script and kind != script:
        builder.add(_CLOSING[script], (at - 1, at))
    if kind in _OPENING and kind != script:
        builder.add(_OPENING[kind], here)
    if kind == "fraction" and typed[:at].rstrip(" ")[-1:].isdecimal():
        raise _mixed_number(typed, at)
    builder.add(spelled, here)
    return kind if kind in _OPENING else ""


def _ends_operand(char: str) -> bool:
    plain = _spelled(char)[1]
    return not (plain.isspace() or plain in "+-*·/^([{|=,;.")


def _root_of_degree(raised: str) -> str:
    degree = unicodedata.normalize("NFKC", raised)
    return {"2": "√", "3": "∛", "4": "∜"}.get(degree, f" root_{{{degree}}}")


def _mixed_number(typed: str, at: int) -> ReadingError:
    whole = re.search(r"([0-9]*) *$", typed[:at])
    assert whole is not None
    number, fraction = whole.group(1), typed[at]
    return ReadingError(
        f"Type {number} + {fraction} or {number}*{fraction}: {number}{fraction} could mean either.",
        (whole.start(), at + 1),
    )


_ROOT_OF_DEGREE = re.compile(r"([⁰¹²³⁴-⁹]+)√")  # ³√x, with nothing before it; x³√x is x³ times the root
_OPENING = {"super": "^(", "sub": "_{"}
_CLOSING = {"super": ")", "sub": "}"}


def _spelled(char: str) -> tuple[str, str]:
    """Return the kind of a character ("", "super", "sub", "fraction") and its plain spelling."""
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
