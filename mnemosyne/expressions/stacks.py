"""The two stacks of the parser: the operands read so far and the operators still waiting for theirs.

Precedence is decided here, under the conventions in force; wherever another convention would decide
otherwise, its name is added to `doubts`, so that other readings are only tried if there are any. There is no
recursion: a formula 1,000 operators deep is 1,000 entries of a list.
"""

from __future__ import annotations

from fractions import Fraction

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.conventions import Conventions
from mnemosyne.expressions.lexer import ROOT_SIGNS, Token, TokenKind
from mnemosyne.expressions.operators import CallHead, Level, Operand, Operator
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Symbol,
    children,
)
from mnemosyne.expressions.typed_text import TypedText
from mnemosyne.expressions.vocabulary import POWER


class Stacks:
    """Operands and operators, and the application of the one to the other."""

    def __init__(self, text: TypedText, conventions: Conventions, most_deep: int) -> None:
        self.text = text
        self.conventions = conventions
        self.most_deep = most_deep
        self.operands: list[Operand] = []
        self.operators: list[Operator] = []
        self.frames: list[Operator] = []
        self.doubts: set[str] = set()
        self._whole = Operator("whole", Level.BRACKET, Token(TokenKind.END, "", 0, 0))

    def open(self, frame: Operator) -> None:
        """Begin a bracket."""
        if len(self.frames) == self.most_deep:
            raise self._too_deep(frame.token.start, frame.token.end)
        self.operators.append(frame)
        self.frames.append(frame)

    def close(self) -> Operator:
        """End the innermost bracket; its operands stay on the stack."""
        self.reduce_to_frame()
        self.operators.pop()
        return self.frames.pop()

    def reduce_to_frame(self) -> None:
        """Apply all pending operators inside the innermost bracket."""
        while self.operators and self.operators[-1].sign not in _FRAMES:
            if self.operators[-1].sign == "rest":
                self.operators.pop()
            else:
                self.reduce()

    def bare_call(self, head: CallHead) -> None:
        """Read a function whose argument has no brackets."""
        self.operators.append(Operator("call", Level.FUNCTION, head.token, head=head))
        if head.function in _ROOTS:
            self._frame().bare_root = True
            if self.conventions.sum_under_root:
                self.operators.append(Operator("rest", Level.BRACKET, head.token))

    def in_exponent(self) -> bool:
        """Return whether the top operand is an exponent, so that (x+1)^4 15 can only be a product."""
        signs = [operator.sign for operator in self.operators[-2:]]
        return signs[-1:] == ["^"] or signs == ["^", "neg"]

    def _frame(self) -> Operator:
        return self.frames[-1] if self.frames else self._whole

    def push(self, node: Node, start: int, end: int, height: int = 0) -> None:
        """Add an operand."""
        if height > self.most_deep:
            raise self._too_deep(start, end)
        self.operands.append(Operand(node, start, end, height))

    def infix(self, sign: str, token: Token, *, implicit: bool = False) -> None:
        """Read an operator between two operands: apply what binds tighter on its left, then push it."""
        level = self._level(sign, token, implicit=implicit)
        if sign in "+-":
            self._doubt_sum()
        while self.operators and self.operators[-1].level is not Level.BRACKET:
            if sign in "*/" and self._inside(sign, token, implicit=implicit):
                level = Level.INSIDE
                break
            if not self._holds(self.operators[-1], sign, level, token, implicit=implicit):
                break
            self.reduce()
        self.operators.append(Operator(sign, level, token))
        if sign == "/" and self.text.follower(token.end) not in ("(", "[", "{", "|"):
            self._frame().bare_denominator = True
            if self.conventions.sum_in_denominator:
                self.operators.append(Operator("rest", Level.BRACKET, token))

    def _doubt_sum(self) -> None:
        """Note a doubt about a sum after a denominator or a root without brackets, which may have been forgotten."""
        if self._frame().bare_denominator:
            self.doubts.add("sum_in_denominator")
        if self._frame().bare_root:
            self.doubts.add("sum_under_root")

    def reduce(self) -> None:
        """Apply the top operator to its operands."""
        operator = self.operators.pop()
        right = self.operands.pop()
        if operator.sign == "neg":
            node: Node = Negation(right.node, self.text.span(operator.token.start, right.end))
            self.push(node, operator.token.start, right.end, right.height + 1)
        elif operator.head is not None:
            self.apply(operator.head, (right,), right.end)
        else:
            left = self.operands.pop()
            span = self.text.span(left.start, right.end)
            node = self._join(operator, left.node, right.node, span)
            negated = right.height + 1 if operator.sign == "-" else _height(right, node)
            height = max(_height(left, node), negated) + 1
            self.push(node, left.start, right.end, height)

    def apply(self, head: CallHead, arguments: tuple[Operand, ...], end: int) -> None:
        """Push the call of a function, with the base and the exponent of its name."""
        if head.function == "root" and head.index is None and len(arguments) > 1:
            self.doubts.add("degree_first")
            arguments = tuple(reversed(arguments)) if self.conventions.degree_first else arguments
        if head.function == "log" and head.index is None and len(arguments) == 1:
            self.doubts.add("log_to_base_ten")
            ten = Operand(_TEN, head.token.start, head.token.end)
            operands: tuple[Operand, ...] = (*arguments, ten) if self.conventions.log_to_base_ten else arguments
            function = "log" if self.conventions.log_to_base_ten else "ln"
        else:
            operands = (*arguments, head.index) if head.index else arguments
            function = head.function
        if function == "log" and isinstance(operands[-1].node, Constant) and operands[-1].node.name == "e":
            function, operands = "ln", operands[:1]
        start = head.token.start
        height = max(operand.height for operand in operands) + 1
        nodes, span = tuple(operand.node for operand in operands), self.text.span(start, end)
        node: Node = Power(nodes[0], nodes[1], span) if function == POWER else Call(function, nodes, span)
        if head.exponent is not None:
            node = Power(node, head.exponent.node, node.span)
            height = max(height, head.exponent.height) + 1
        self.push(node, start, end, height)

    def _join(self, operator: Operator, left: Node, right: Node, span: Span) -> Node:
        match operator.sign:
            case "+":
                return Sum((*_terms(left), *_terms(right)), span)
            case "-":
                minus = self.text.span(operator.token.start, operator.token.end)
                return Sum((*_terms(left), Negation(right, (minus[0], span[1]))), span)
            case "*":
                return Product((*_factors(left), *_factors(right)), span)
            case "/":
                return Quotient(left, right, span)
            case _:
                return Power(left, right, span)

    def _level(self, sign: str, token: Token, *, implicit: bool) -> Level:
        if sign in "+-":
            return Level.SUM
        if sign == "^":
            return Level.POWER
        tight = self.conventions.tight_product or (self.conventions.tight_adjacent and not token.spaced)
        return Level.TIGHT_PRODUCT if implicit and tight else Level.PRODUCT

    def _holds(self, top: Operator, sign: str, level: Level, token: Token, *, implicit: bool) -> bool:
        """Whether the top operator takes the operand on its right before the new one does."""
        if sign == "^":
            return self._holds_power(top)
        if implicit and top.sign == "/" and top.level is Level.PRODUCT:
            self.doubts.add("tight_product")
            if not token.spaced:
                self.doubts.add("tight_adjacent")
        return top.level >= level

    def _holds_power(self, top: Operator) -> bool:
        if top.sign == "^":
            self.doubts.add("power_to_the_left")
            return self.conventions.power_to_the_left
        owner = next((o for o in reversed(self.operators) if o.level not in (Level.MINUS, Level.INSIDE)), top)
        if owner.level is Level.FUNCTION:
            self.doubts.add("power_of_function")
            return self.conventions.power_of_function
        return False

    def _inside(self, sign: str, token: Token, *, implicit: bool) -> bool:
        """Whether a product or quotient continues a bare argument or an exponent."""
        at = len(self.operators) - 1
        if self.operators[at].level is Level.MINUS and at:
            at -= 1
        owner = self.operators[at]
        if owner.level is Level.FUNCTION and owner.head is not None:
            return self._inside_argument(owner.head, sign, token, implicit=implicit)
        return owner.sign == "^" and self._inside_exponent(at, sign, token, implicit=implicit)

    def _inside_argument(self, head: CallHead, sign: str, token: Token, *, implicit: bool) -> bool:
        left = self.operands[-1].node
        if head.token.text in ROOT_SIGNS:
            touches = implicit and not token.spaced
            if touches:
                self.doubts.add("long_argument")
            return touches and self.conventions.long_argument
        if implicit and _goes_on(left, token, spaced=head.function not in ("ln", "log")):
            self.doubts.add("short_argument")
            return not self.conventions.short_argument
        if not (implicit or sign == "/" or _is_coefficient(left)):
            return False
        self.doubts.add("long_argument")
        return self.conventions.long_argument

    def _inside_exponent(self, at: int, sign: str, token: Token, *, implicit: bool) -> bool:
        if sign == "/":
            below = self.operators[at - 1] if at else None
            if below is not None and below.level is Level.MINUS and at > 1:
                below = self.operators[at - 2]
            if below is not None and below.sign == "^":
                return False  # e^x^2/2: only the whole exponent can be meant
            self.doubts.add("quotient_in_exponent")
            return self.conventions.quotient_in_exponent
        left = self.operands[-1].node
        if not implicit or isinstance(left, Quotient) or not _goes_on(left, token, spaced=True):
            return False
        convention = "spaced_product_in_exponent" if token.spaced else "product_in_exponent"
        self.doubts.add(convention)
        return bool(getattr(self.conventions, convention))

    def _too_deep(self, start: int, end: int) -> ReadingError:
        message = f"This is nested more than {self.most_deep} levels deep: simplify the formula."
        return ReadingError(message, self.text.span(start, end))


_ROOTS = frozenset(("sqrt", "cbrt", "root"))
_FRAMES = frozenset("(|")
_TEN = Number(Fraction(10))


def _height(operand: Operand, node: Node) -> int:
    """Return the height of an operand under its new node; one less if it was merged into it, as a sum in a sum is."""
    is_flattened = isinstance(node, Sum | Product) and type(operand.node) is type(node)
    return operand.height - 1 if is_flattened else operand.height


def _terms(node: Node) -> tuple[Node, ...]:
    return node.terms if isinstance(node, Sum) else (node,)


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _is_coefficient(node: Node) -> bool:
    """Return whether the node is a coefficient such as 2, π, 2π or 1/2, in front of the variable in an argument."""
    plain = Number | Constant
    return isinstance(node, plain) or (
        isinstance(node, Product | Quotient | Power) and all(isinstance(child, plain) for child in children(node))
    )


def _goes_on(left: Node, token: Token, *, spaced: bool) -> bool:
    """Whether a bare argument continues with this token: sin 2x, sin 2πx, sin ax, but not sin x e^x or sin 2 cos x."""
    if _is_coefficient(left):
        if token.kind in (TokenKind.SYMBOL, TokenKind.CONSTANT):
            return spaced or not token.spaced
        return not token.spaced or token.text in ROOT_SIGNS
    last = left.factors[-1] if isinstance(left, Product) else left
    base = last.base if isinstance(last, Power) else last
    return isinstance(base, Symbol) and token.kind is TokenKind.SYMBOL and not token.spaced
