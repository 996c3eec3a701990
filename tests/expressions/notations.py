"""Over a hundred ways in which people write the same formula, drawn at random at every node of its tree.

What is written is what a person who means exactly this tree may type or paste: product signs, powers,
fractions, brackets, names of functions, spaces, labels, in plain text, in Unicode and in LaTeX.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from mnemosyne.expressions.grouping import decimal_text, grouped
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
)

TIMES = ("*", " * ", "·", " · ", "×", "∙", "⋅", "•", "✕", r"\cdot ", r" \times ", ".", " . ", " ", "", "\u2062")
POWERS = ("^", "^", "**", " ^ ", "˄", "ˆ", "↑", "raised", "braces", "pow")
BRACKETS = (
    *(("(", ")"), ("( ", " )"), ("[", "]"), ("{", "}"), ("（", "）"), (r"\left(", r"\right)")),
    *((r"\left[", r"\right]"), (r"\{", r"\}"), (r"\bigl(", r"\bigr)")),
)
FRACTIONS = ("/", " / ", "÷", "∕", "⁄", r"\frac", r"\dfrac", r"\tfrac", r"\over", "()/()")
MINUS = ("-", " - ", "−", " − ", "–", "—", "‑", "﹣")
PLUS = ("+", " + ", "  +  ", "＋", "\u2009+\u2009")
ROOTS = ("sqrt(", "√(", r"\sqrt{", "root(", "squareroot(", "Sqrt(", "√{", "sqrt[")
CUBE_ROOTS = ("cbrt(", "∛(", r"\sqrt[3]{", "root(,3)", "nthroot(,3)", "root(3)(", "³√(", "sqrt[3]{", r"\sqrt[3](")
BARS = (("|", "|"), ("abs(", ")"), (r"\left|", r"\right|"), (r"\lvert ", r"\rvert "), ("∣", "∣"), ("Abs(", ")"))
EXPONENTIALS = ("e^", "exp", "E^", "ℯ^", r"\mathrm{e}^", "%e^", r"\exp", r"\operatorname{e}^")
SPELLINGS: Mapping[str, Sequence[str]] = {
    "sin": ("Sin", "SIN", "sen", "sine", r"\sin"),
    "cos": ("Cos", "cosine", r"\cos"),
    "tan": ("tg", "tangent", r"\tan"),
    "sec": ("secant", r"\sec"),
    "csc": ("cosec", "cosecant", r"\csc"),
    "cot": ("cotan", "ctg", "cotangent", r"\cot"),
    "arcsin": ("asin", "arcsine", "sin^-1", "sin⁻¹", r"\arcsin", r"\sin^{-1}"),
    "arccos": ("acos", "cos^(-1)", r"\arccos"),
    "arctan": ("atan", "arctg", "tan^-1", "tan⁻¹", r"\arctan"),
    "sinh": ("sh", r"\sinh"),
    "cosh": ("ch", r"\cosh"),
    "tanh": ("th", r"\tanh"),
    "sech": (r"\operatorname{sech}",),
    "arsinh": ("asinh", "arcsinh", "sinh^-1"),
    "arcoth": ("acoth", "arccoth", "coth^-1"),
    "ln": ("log", "Ln", "loge", r"\ln", r"\log"),
    "sigmoid": ("σ", r"\sigma", "Sigmoid"),
    "sign": ("sgn", r"\operatorname{sgn}"),
}
ARGUMENTS = ("brackets", "brackets", "blank", "glued")
LETTERS = ("x", "x", "x", "𝑥", "ｘ", "X")
PIS = ("pi", "π", "Pi", r"\pi ", "%pi")
NUMBERS = ("plain", "plain", "plain", "point", "wide", "bold", "vulgar")
WRAPPINGS = (
    *("{}", "{}", "{}", " {} ", "${}$", "$${}$$", r"\({}\)", r"\[ {} \]", r"\boxed{{{}}}", r"\displaystyle {}"),
    *("f'(x) = {}", "y' = {}", "dy/dx = {}", r"\frac{{dy}}{{dx}} = {}", "d/dx(x^2) = {}", "y = {}", "f(x) = {}"),
    *("{} = dy/dx", "D = {}", "= {}", "{}.", "{},", "{} dx", r"{}\,dx", "(sin(x))' = {}"),
    *(r"\begin{{equation}}{}\end{{equation}}", r"\begin{{align*}} y' &= {} \\ \end{{align*}}", r"\left. {} \right."),
)
SPACES = (" ", " ", " ", "\u00a0", "\u2009", "  ")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_VULGAR = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾", Fraction(1, 5): "⅕"}
_ALL = (
    *(TIMES, POWERS, BRACKETS, FRACTIONS, MINUS, PLUS, ROOTS, CUBE_ROOTS, BARS, EXPONENTIALS, ARGUMENTS, LETTERS, PIS),
    *(NUMBERS, WRAPPINGS, SPACES, *SPELLINGS.values()),
)
STYLES = sum(len(set(styles)) for styles in _ALL) + len(SPELLINGS)


class Writer:
    """Writes trees; `used` counts the styles that were drawn."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)
        self.used: Counter[tuple[str, str]] = Counter()

    def write(self, tree: Node) -> str:
        """Return one way to write the tree."""
        text = self._draw("wrapping", WRAPPINGS).format(self._node(tree))
        return text.replace(" ", self._draw("space", SPACES))

    def _draw(self, kind: str, styles: Sequence[str]) -> str:
        style = self._source.choice(styles)
        self.used[kind, style] += 1
        return style

    def _node(self, node: Node) -> str:
        return _RULES[type(node)](self, node)

    def _bracketed(self, text: str) -> str:
        opening, closing = self._source.choice(BRACKETS)
        self.used["bracket", opening] += 1
        return f"{opening}{text}{closing}"

    def _operand(self, node: Node, index: int) -> str:
        text = self._node(children(node)[index])
        return self._bracketed(text) if grouped(node, index) else text

    def number(self, node: Number) -> str:
        """Write a number: 3, 3.0, ３, 𝟑, ½."""
        style, plain = self._draw("number", NUMBERS), decimal_text(node.value)
        if style == "point" and node.value.denominator == 1:
            return f"{plain}.0"
        if style == "wide":
            return plain.translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
        if style == "bold":
            return plain.translate({ord("0") + digit: chr(ord("𝟎") + digit) for digit in range(10)})
        return _VULGAR.get(node.value, plain) if style == "vulgar" else plain

    def symbol(self, node: Symbol) -> str:
        """Write the variable, in one of its shapes."""
        return self._draw("letter", LETTERS) if node.name == "x" else node.name

    def constant(self, node: Constant) -> str:
        """Write Euler's number or π."""
        return self._draw("pi", PIS) if node.name == "pi" else "e"

    def negation(self, node: Negation) -> str:
        """Write a minus in front."""
        return self._draw("minus", MINUS).strip() + self._operand(node, 0)

    def sum(self, node: Sum) -> str:
        """Write terms with a plus or a minus between them."""
        text = self._operand(node, 0)
        for index, term in enumerate(node.terms[1:], 1):
            if isinstance(term, Negation):
                text += self._draw("minus", MINUS) + self._operand(term, 0)
            else:
                text += self._draw("plus", PLUS) + self._operand(node, index)
        return text

    def product(self, node: Product) -> str:
        """Write factors with a sign, a blank or nothing between them."""
        text = self._operand(node, 0)
        for index in range(1, len(node.factors)):
            factor = self._operand(node, index)
            sign = self._draw("times", TIMES)
            text += (sign if self._parts(text, sign, factor, node.factors[index - 1]) else "*") + factor
        return text

    def _parts(self, left: str, sign: str, right: str, before: Node) -> bool:
        """Return whether a sign separates two factors as texts: 2 and 3 with nothing between are 23."""
        last, first = left.rstrip()[-1:], right.lstrip()[:1]
        if sign.strip() == ".":
            return not (first.isnumeric() or first == ".")
        if sign.strip() or sign == "\u2062":
            return True
        if isinstance(before, Call) and last not in ")]}|∣）":  # sin x x: the reader guesses where the argument ends
            return False
        if first == "³" and not sign:  # x³√x is the cube of x
            return False
        return not (first in "-+−|∣" or first == "." or (last.isnumeric() and first.isnumeric()) or last == "^")

    def quotient(self, node: Quotient) -> str:
        """Write a fraction, on a line or in LaTeX."""
        style = self._draw("fraction", FRACTIONS)
        above, below = self._node(node.numerator), self._node(node.denominator)
        if style == r"\over":
            return f"{{{above} \\over {below}}}"
        if style.startswith("\\"):
            return f"{style}{{{above}}}{{{below}}}"
        if style == "()/()":
            return f"{self._bracketed(above)}/{self._bracketed(below)}"
        return f"{self._operand(node, 0)}{style}{self._operand(node, 1)}"

    def power(self, node: Power) -> str:
        """Write a power, or an exponential."""
        if isinstance(node.base, Constant) and node.base.name == "e":
            return self._exponential(node.exponent)
        style = self._draw("power", POWERS)
        if style == "pow":
            return f"pow({self._node(node.base)}, {self._node(node.exponent)})"
        base = self._operand(node, 0)
        if isinstance(node.base, Call) and base[-1:] not in ")]}|∣）":
            base = self._bracketed(base)
        raised = decimal_text(node.exponent.value) if isinstance(node.exponent, Number) else ""
        if style == "raised" and raised.isdecimal():
            return base + raised.translate(_RAISED)
        if style == "braces":
            return f"{base}^{{{self._node(node.exponent)}}}"
        sign = "^" if style in ("raised", "braces") else style
        return f"{base}{sign}{self._exponent(node.exponent)}"

    def _exponent(self, node: Node) -> str:
        text = self._node(node)
        return text if isinstance(node, Number | Symbol) else self._bracketed(text)

    def _exponential(self, exponent: Node) -> str:
        style = self._draw("exponential", EXPONENTIALS)
        if style.endswith("^"):
            return style + self._exponent(exponent)
        return style + self._bracketed(self._node(exponent))

    def call(self, node: Call) -> str:
        """Write a function with its argument."""
        inside = [self._node(argument) for argument in node.arguments]
        if node.function == "abs":
            opening, closing = self._source.choice(BARS)
            return f"{opening}{inside[0]}{closing}" if "|" not in inside[0] else f"abs({inside[0]})"
        if node.function in ("sqrt", "cbrt"):
            return self._root(node.function, inside[0])
        name = self._draw(node.function, (node.function, *SPELLINGS.get(node.function, ())))
        style = self._draw("argument", ARGUMENTS)
        if (
            len(inside) > 1
            or style == "brackets"
            or node.function == "sigmoid"
            or not isinstance(node.arguments[0], Symbol)
        ):
            return f"{name}({', '.join(inside)})" if len(inside) > 1 else f"{name}{self._bracketed(inside[0])}"
        glued = style == "glued" and name.isalpha()  # a LaTeX command ends where its letters end
        return f"{name}{inside[0]}" if glued else f"{name} {inside[0]}"

    def _root(self, function: str, inside: str) -> str:
        opening = self._draw(function, ROOTS if function == "sqrt" else CUBE_ROOTS)
        name, comma, degree = opening.partition(",")
        closing = {"(": ")", "{": "}", "[": "]"}[name[-1]]
        return f"{name}{inside}{comma}{degree if comma else closing}"


_RULES: Mapping[type, Callable[[Writer, Node], str]] = {
    **{Number: Writer.number, Symbol: Writer.symbol, Constant: Writer.constant, Negation: Writer.negation},
    **{Sum: Writer.sum, Product: Writer.product, Quotient: Writer.quotient, Power: Writer.power, Call: Writer.call},
}
