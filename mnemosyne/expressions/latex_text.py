r"""LaTeX commands in plain form: \frac{a}{b} becomes ({a}/{b}), \sqrt[3]{x} becomes ∛{x}, \sin becomes sin.

Text to text, in order, so that every character keeps its origin and the lexer need not know LaTeX. Groups
stay braces, which the lexer reads as parentheses. The open groups are a list: there is no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.typed_text import TextBuilder, TypedText
from mnemosyne.expressions.vocabulary import FUNCTION_WORDS, GREEK

_LETTERS = {**GREEK, "pi": "π", "varepsilon": "ε", "varphi": "φ", "vartheta": "θ"}
_PLAIN = {
    **dict.fromkeys(("cdot", "times", "ast"), "·"),
    **{"div": "/", "prime": "'"},
    **{"infty": "∞", "int": "∫", "partial": "∂", "circ": "°", "pm": "±", "lim": " lim "},
    **dict.fromkeys((",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "textstyle", "limits", "nolimits"), " "),
    **dict.fromkeys(("bigl", "bigr", "Bigl", "Bigr", "big", "Big", "biggl", "biggr"), ""),
    **dict.fromkeys(("(", ")", "[", "]"), " "),  # the delimiters of a formula in a text
    **dict.fromkeys(("boxed", "fbox", "nonumber", "notag"), ""),
    **{"{": "(", "}": ")", "lbrace": "(", "rbrace": ")", "lvert": " abs(", "rvert": ")", "vert": "|"},
    **_LETTERS,
}
_LAST_LINE = re.compile(r"\\\\\s*(?=$|\$|\\end|\\\])")
_DELIMITERS = {"(": "(", ")": ")", "[": "[", "]": "]", "\\{": "(", "\\}": ")"}
_COMMAND = re.compile(r"\\([A-Za-z]+|.)\s?")
_UPRIGHT_WORD = re.compile(r"\*?\s*\{\s*([A-Za-z]+)\s*\}")
_DELIMITER = re.compile(r"\s*(\\[{}]|\\[lr]vert|[()\[\]|.])")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([A-Za-z]+)\*?\}")
_ENVIRONMENTS = frozenset(
    ("equation", "align", "aligned", "gather", "gathered", "split", "math", "displaymath", "flalign", "multline")
)
_DEGREE = re.compile(r"\s*\[([^\[\]\\]*)\]")


def without_latex(text: TypedText) -> TypedText:
    """Return the same text with LaTeX commands and dollar signs in plain form."""
    return _Rewriting(text).run()


@dataclass(slots=True)
class _Group:
    """An open brace: `part` is plain, numerator or denominator; `start` is its position in the output.

    `over` says that it has become a fraction.
    """

    part: str
    start: int
    over: bool = False


class _Rewriting:
    """One pass over the text; `_open` holds the open braces."""

    def __init__(self, text: TypedText) -> None:
        self._text = text
        self._chars = text.chars
        self._at = 0
        self._out = TextBuilder()
        self._whole = _Group("whole", 0)
        self._open: list[_Group] = []
        self._environments = False

    def run(self) -> TypedText:
        while self._at < len(self._chars):
            char = self._chars[self._at]
            if char == "\\":
                self._command()
            elif char == "$" or (char == "&" and self._environments):
                self._emit(" ", 1)
            elif char == "{":
                self._begin("plain")
            elif char == "}" and self._open:
                self._end(self._open.pop())
            else:
                self._emit(char, 1)
        if self._whole.over:
            self._out.add("}", self._text.span(self._at - 1, self._at))
        return self._out.text()

    def _begin(self, part: str) -> None:
        self._open.append(_Group(part, len(self._out)))
        self._emit("{", 1)

    def _end(self, group: _Group) -> None:
        here = self._text.span(self._at, self._at + 1)
        self._emit("}", 1)
        if group.over:
            self._out.add(")", here)
        self._after_group(group.part)

    def _emit(self, chars: str, length: int) -> None:
        """Write `chars` for the next `length` characters."""
        self._out.add(chars, self._text.span(self._at, self._at + length))
        self._at += length

    def _refuse(self, message: str, length: int) -> NoReturn:
        raise ReadingError(message, self._text.span(self._at, self._at + length))

    def _command(self) -> None:
        match = _COMMAND.match(self._chars, self._at)
        if match is None:
            self._refuse("Type letters after a backslash, as in \\sin.", 1)
        name, length = match.group(1), match.end() - self._at
        structure = _STRUCTURES.get(name)
        if structure is not None:
            structure(self, name, length)
        elif name in _PLAIN:
            self._emit(_PLAIN[name], length)
        elif name in FUNCTION_WORDS:
            self._emit(f" {name} ", length)
        else:
            function = next((name[:end] for end in range(len(name), 1, -1) if name[:end] in FUNCTION_WORDS), "")
            advice = f"Type a space after \\{function}." if function else ""
            self._refuse(advice or f"Type the formula without \\{name}: it is not known here.", len(name) + 1)

    def fraction(self, _: str, length: int) -> None:
        """Read a fraction of two parts."""
        self._emit("(", length)
        self._part("numerator")

    def _part(self, part: str) -> None:
        """Begin the numerator or the denominator of a fraction: a group or a single character."""
        while self._chars[self._at : self._at + 1] == " ":
            self._at += 1
        char = self._chars[self._at : self._at + 1]
        if char == "{":
            self._begin(part)
        elif char == "\\" and (match := _COMMAND.match(self._chars, self._at)) and match.group(1) in _LETTERS:
            self._emit(_LETTERS[match.group(1)], match.end() - self._at)
            self._after_group(part)
        elif char.isalnum():
            self._emit(char, 1)
            self._after_group(part)
        else:
            self._at = min(self._at, len(self._chars) - 1)
            self._refuse("Give \\frac two parts in braces: \\frac{1}{2}.", 1)

    def _after_group(self, part: str) -> None:
        """Go on after a group: a numerator is followed by its denominator."""
        here = self._text.span(self._at - 1, self._at)
        if part == "numerator":
            self._out.add("/", here)
            self._part("denominator")
        elif part == "denominator":
            self._out.add(")", here)

    def root(self, _: str, length: int) -> None:
        """Read a root, with its degree."""
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

    def delimiter(self, side: str, length: int) -> None:
        """Read a bracket that LaTeX stretches around its content."""
        match = _DELIMITER.match(self._chars, self._at + length)
        if match is None:
            self._refuse(f"Type a bracket after \\{side}, as in \\left( \\right).", length)
        bar = " abs(" if side == "left" else ")"
        if match.group(1) == ".":
            bar = ""
        self._emit(_DELIMITERS.get(match.group(1), bar), match.end() - self._at)

    def environment(self, _name: str, _length: int) -> None:
        """Skip a command that only surrounds a displayed formula."""
        match = _ENVIRONMENT.match(self._chars, self._at)
        if match is None or match.group(1) not in _ENVIRONMENTS:
            self._refuse("Paste only the formula: this LaTeX environment is not supported.", 6)
        self._environments = True
        self._emit(" ", len(match.group()))

    def line_break(self, _: str, length: int) -> None:
        """Read the end of a line, which must be the last one."""
        if not _LAST_LINE.match(self._chars, self._at):
            self._refuse("Paste only one line: this formula has several.", length)
        self._emit(" ", length)

    def over(self, _: str, length: int) -> None:
        r"""Turn the group, or the whole text, into a fraction: {a \over b} becomes ({a}/{b})."""
        group = self._open[-1] if self._open else self._whole
        if group.over:
            self._refuse("Type only one \\over in a group: it is not clear what is over what.", length)
        group.over = True
        here = self._text.span(self._at, self._at + length)
        self._out.insert(group.start, "{" if group is self._whole else "(", here)
        self._emit("}/{", length)

    def upright(self, _: str, length: int) -> None:
        """Read a name in upright letters."""
        match = _UPRIGHT_WORD.match(self._chars, self._at + length)
        if match is None:
            self._refuse("Leave out this command: it can contain only a name.", length)
        self._emit(f" {match.group(1)} ", match.end() - self._at)


_STRUCTURES: Mapping[str, Callable[[_Rewriting, str, int], None]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _Rewriting.fraction),
    **dict.fromkeys(("left", "right"), _Rewriting.delimiter),
    **dict.fromkeys(("begin", "end"), _Rewriting.environment),
    **dict.fromkeys(("operatorname", "mathrm", "text", "textrm", "mathit", "mathbf", "mathop"), _Rewriting.upright),
    **{"sqrt": _Rewriting.root, "over": _Rewriting.over, "\\": _Rewriting.line_break},
}
