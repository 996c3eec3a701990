r"""LaTeX commands made plain: \frac{a}{b} becomes ({a}/{b}), \sqrt[3]{x} becomes ∛{x}, \sin becomes sin.

Text to text, in order, so that every character keeps its origin and the lexer needs to know no LaTeX. Groups stay
braces, which the lexer reads as parentheses. The open groups are a list: nothing recurses.
"""

from __future__ import annotations

import re
from typing import NoReturn

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.text import Builder, Text
from mnemosyne.expressions.vocabulary import FUNCTION_WORDS, GREEK

_LETTERS = {**GREEK, "pi": "π", "varepsilon": "ε", "varphi": "φ", "vartheta": "θ"}
_PLAIN = {
    **dict.fromkeys(("cdot", "times", "ast"), "·"),
    **{"div": "/", "prime": "'"},
    **{"infty": "∞", "int": "∫", "partial": "∂", "circ": "°", "pm": "±", "lim": " lim "},
    **dict.fromkeys((",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "textstyle", "limits", "nolimits"), " "),
    **dict.fromkeys(("bigl", "bigr", "Bigl", "Bigr", "big", "Big", "biggl", "biggr"), ""),
    **dict.fromkeys(("(", ")", "[", "]"), " "),  # the marks around a formula in a text
    **{"{": "(", "}": ")", "lbrace": "(", "rbrace": ")", "lvert": " abs(", "rvert": ")", "vert": "|"},
    **_LETTERS,
}
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac")
_UPRIGHT = ("operatorname", "mathrm", "text", "textrm", "mathit", "mathbf", "mathop")
_DELIMITERS = {"(": "(", ")": ")", "[": "[", "]": "]", "\\{": "(", "\\}": ")"}
_COMMAND = re.compile(r"\\([A-Za-z]+|.)\s?")
_UPRIGHT_WORD = re.compile(r"\*?\s*\{\s*([A-Za-z]+)\s*\}")
_DELIMITER = re.compile(r"\s*(\\[{}]|\\[lr]vert|[()\[\]|])")
_DEGREE = re.compile(r"\s*\[([^\[\]\\]*)\]")


def without_latex(text: Text) -> Text:
    """The same text with its LaTeX commands and dollar signs made plain."""
    return _Rewriting(text).run()


class _Rewriting:
    """One pass over the text; `_open` holds what each open brace is: plain, numerator or denominator."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._chars = text.chars
        self._at = 0
        self._out = Builder()
        self._open: list[str] = []

    def run(self) -> Text:
        while self._at < len(self._chars):
            char = self._chars[self._at]
            if char == "\\":
                self._command()
            elif char == "$":
                self._emit(" ", 1)
            elif char == "{":
                self._open.append("plain")
                self._emit("{", 1)
            elif char == "}" and self._open:
                self._emit("}", 1)
                self._ended(self._open.pop())
            else:
                self._emit(char, 1)
        return self._out.text()

    def _emit(self, chars: str, length: int) -> None:
        """Write `chars` for the next `length` characters."""
        self._out.add(chars, self._text.span(self._at, self._at + length))
        self._at += length

    def _refuse(self, message: str, length: int) -> NoReturn:
        raise ReadingError(message, self._text.span(self._at, self._at + length))

    def _command(self) -> None:
        match = _COMMAND.match(self._chars, self._at)
        if match is None:
            self._refuse("a backslash needs a LaTeX command after it", 1)
        name, length = match.group(1), match.end() - self._at
        if name in _FRACTIONS:
            self._emit("(", length)
            self._part("numerator")
        elif name == "sqrt":
            self._root(length)
        elif name in ("left", "right"):
            self._delimiter(name, length)
        elif name in _UPRIGHT:
            self._upright(length)
        elif name in _PLAIN:
            self._emit(_PLAIN[name], length)
        elif name in FUNCTION_WORDS:
            self._emit(f" {name} ", length)
        else:
            self._refuse(f"\\{name} is not known here: type the formula without it", len(name) + 1)

    def _part(self, part: str) -> None:
        """Begin the numerator or the denominator of a fraction: a group or a single character."""
        while self._chars[self._at : self._at + 1] == " ":
            self._at += 1
        char = self._chars[self._at : self._at + 1]
        if char == "{":
            self._open.append(part)
            self._emit("{", 1)
        elif char == "\\" and (match := _COMMAND.match(self._chars, self._at)) and match.group(1) in _LETTERS:
            self._emit(_LETTERS[match.group(1)], match.end() - self._at)
            self._ended(part)
        elif char.isalnum():
            self._emit(char, 1)
            self._ended(part)
        else:
            self._at = min(self._at, len(self._chars) - 1)
            self._refuse("\\frac needs two parts in braces: \\frac{1}{2}", 1)

    def _ended(self, part: str) -> None:
        """Go on after a group: a numerator is followed by its denominator."""
        here = self._text.span(self._at - 1, self._at)
        if part == "numerator":
            self._out.add("/", here)
            self._part("denominator")
        elif part == "denominator":
            self._out.add(")", here)

    def _root(self, length: int) -> None:
        degree = _DEGREE.match(self._chars, self._at + length)
        if degree is None:
            self._emit("√", length)
        elif degree.group(1).strip() == "3":
            self._emit("∛", degree.end() - self._at)
        else:
            self._emit(" root_{", length)
            self._at = degree.start(1)
            for char in degree.group(1):
                self._emit(char, 1)
            self._emit("}", 1)

    def _delimiter(self, side: str, length: int) -> None:
        match = _DELIMITER.match(self._chars, self._at + length)
        if match is None:
            self._refuse(f"\\{side} needs a bracket after it: \\left( \\right)", length)
        bar = " abs(" if side == "left" else ")"
        self._emit(_DELIMITERS.get(match.group(1), bar), match.end() - self._at)

    def _upright(self, length: int) -> None:
        match = _UPRIGHT_WORD.match(self._chars, self._at + length)
        if match is None:
            self._refuse("only a name can be upright here: type the formula plainly", length)
        self._emit(f" {match.group(1)} ", match.end() - self._at)
