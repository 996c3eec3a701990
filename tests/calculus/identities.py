"""The formula book's identities of functions, for `rewriting`: name to rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rewriting import (
    ALGEBRA,
    HALF,
    ONE,
    PI,
    TWO,
    Rule,
    call,
    exactly_half,
    exp,
    half,
    minus,
    positive,
    product,
    square,
    twice,
    whole,
)

from mnemosyne.expressions.tree import Call, Constant, Negation, Node, Number, Power, Product, Quotient, Sum, number

FOUR = number(4)


def of(name: str, change: Callable[[Node], Node]) -> Rule:
    """The rule that rewrites one function."""

    def rule(node: Node) -> Node | None:
        match node:
            case Call(function, (u,)) if function == name:
                return change(u)
            case Power(Constant("e"), u) if name == "exp":
                return change(u)
        return None

    return rule


def of_square(name: str, change: Callable[[Node], Node]) -> Rule:
    """The rule that rewrites a function's square."""

    def rule(node: Node) -> Node | None:
        match node:
            case Power(Call(function, (u,)), Number(value)) if function == name and value == 2:
                return change(u)
        return None

    return rule


def pair(one: str, other: str, change: Callable[[Node, Node], Node]) -> Rule:
    """The rule that rewrites a product of two functions that stand in it."""

    def rule(node: Node) -> Node | None:
        if not isinstance(node, Product):
            return None
        first = next((f for f in node.factors if isinstance(f, Call) and f.function == one), None)
        second = next((f for f in node.factors if isinstance(f, Call) and f.function == other and f is not first), None)
        if first is None or second is None:
            return None
        rest = tuple(f for f in node.factors if f is not first and f is not second)
        return product((*rest, change(first.arguments[0], second.arguments[0])))

    return rule


def of_sum(name: str, change: Callable[[Node, Node], Node]) -> Rule:
    """The rule that rewrites a function of a sum."""

    def rule(node: Node) -> Node | None:
        match node:
            case Call(function, (Sum((u, *rest)),)) if function == name:
                return change(u, rest[0] if len(rest) == 1 else Sum(tuple(rest)))
            case Power(Constant("e"), Sum((u, *rest))) if name == "exp":
                return change(u, rest[0] if len(rest) == 1 else Sum(tuple(rest)))
        return None

    return rule


def sin(u: Node) -> Node:
    """sin u."""
    return call("sin", u)


def cos(u: Node) -> Node:
    """cos u."""
    return call("cos", u)


def log(u: Node) -> Node:
    """ln u."""
    return call("ln", u)


def root(u: Node) -> Node:
    """√u."""
    return call("sqrt", u)


def size(u: Node) -> Node:
    """|u|."""
    return call("abs", u)


TRIGONOMETRIC: Mapping[str, Rule] = {
    "sin² = 1 - cos²": of_square("sin", lambda u: minus(ONE, square(cos(u)))),
    "cos² = 1 - sin²": of_square("cos", lambda u: minus(ONE, square(sin(u)))),
    "sin² = (1 - cos 2u)/2": of_square("sin", lambda u: half(minus(ONE, cos(twice(u))))),
    "cos² = (1 + cos 2u)/2": of_square("cos", lambda u: half(Sum((ONE, cos(twice(u)))))),
    "sec² = 1 + tan²": of_square("sec", lambda u: Sum((ONE, square(call("tan", u))))),
    "csc² = 1 + cot²": of_square("csc", lambda u: Sum((ONE, square(call("cot", u))))),
    "tan² = sec² - 1": of_square("tan", lambda u: minus(square(call("sec", u)), ONE)),
    "sin = 2 sin cos": of("sin", lambda u: Product((TWO, sin(half(u)), cos(half(u))))),
    "cos = cos² - sin²": of("cos", lambda u: minus(square(cos(half(u))), square(sin(half(u))))),
    "cos = 1 - 2 sin²": of("cos", lambda u: minus(ONE, twice(square(sin(half(u)))))),
    "sin = cos(π/2 - u)": of("sin", lambda u: cos(minus(half(PI), u))),
    "cos = sin(u + π/2)": of("cos", lambda u: sin(Sum((u, half(PI))))),
    "sin = -sin(-u)": of("sin", lambda u: Negation(sin(Negation(u)))),
    "cos = -cos(u + π)": of("cos", lambda u: Negation(cos(Sum((u, PI))))),
    "tan = sin/cos": of("tan", lambda u: Quotient(sin(u), cos(u))),
    "tan = sin 2u/(1 + cos 2u)": of("tan", lambda u: Quotient(sin(twice(u)), Sum((ONE, cos(twice(u)))))),
    "cot = cos/sin": of("cot", lambda u: Quotient(cos(u), sin(u))),
    "sec = 1/cos": of("sec", lambda u: Quotient(ONE, cos(u))),
    "csc = 1/sin": of("csc", lambda u: Quotient(ONE, sin(u))),
    "sin cos = sum": pair("sin", "cos", lambda u, v: half(Sum((sin(Sum((u, v))), sin(minus(u, v)))))),
    "cos sin = sum": pair("cos", "sin", lambda u, v: half(minus(sin(Sum((u, v))), sin(minus(u, v))))),
    "cos cos = sum": pair("cos", "cos", lambda u, v: half(Sum((cos(Sum((u, v))), cos(minus(u, v)))))),
    "sin(u + v)": of_sum("sin", lambda u, v: Sum((Product((sin(u), cos(v))), Product((cos(u), sin(v)))))),
    "cos(u + v)": of_sum("cos", lambda u, v: minus(Product((cos(u), cos(v))), Product((sin(u), sin(v))))),
    "sec tan = sin/cos²": pair("sec", "tan", lambda u, v: Quotient(sin(v), Product((cos(u), cos(v))))),
}

EXPONENTIAL: Mapping[str, Rule] = {
    "e^(u + v)": of_sum("exp", lambda u, v: Product((exp(u), exp(v)))),
    "e^u = 1/e^(-u)": of("exp", lambda u: Quotient(ONE, exp(Negation(u)))),
    "e^u = (e^(u/2))²": of("exp", lambda u: square(exp(half(u)))),
    "e^u = exp(u)": of("exp", lambda u: call("exp", u)),
    "sinh": of("sinh", lambda u: half(minus(exp(u), exp(Negation(u))))),
    "cosh": of("cosh", lambda u: half(Sum((exp(u), exp(Negation(u)))))),
    "tanh": of("tanh", lambda u: minus(ONE, Quotient(TWO, Sum((exp(twice(u)), ONE))))),
    "tanh = sinh/cosh": of("tanh", lambda u: Quotient(call("sinh", u), call("cosh", u))),
    "coth = 1/tanh": of("coth", lambda u: Quotient(ONE, call("tanh", u))),
    "sech = 1/cosh": of("sech", lambda u: Quotient(ONE, call("cosh", u))),
    "csch = 1/sinh": of("csch", lambda u: Quotient(ONE, call("sinh", u))),
    "sinh = 2 sinh cosh": of("sinh", lambda u: Product((TWO, call("sinh", half(u)), call("cosh", half(u))))),
    "cosh = √(1 + sinh²)": of("cosh", lambda u: root(Sum((ONE, square(call("sinh", u)))))),
    "cosh² = 1 + sinh²": of_square("cosh", lambda u: Sum((ONE, square(call("sinh", u))))),
    "sinh² = cosh² - 1": of_square("sinh", lambda u: minus(square(call("cosh", u)), ONE)),
    "sech² = 1 - tanh²": of_square("sech", lambda u: minus(ONE, square(call("tanh", u)))),
    "csch² = coth² - 1": of_square("csch", lambda u: minus(square(call("coth", u)), ONE)),
    "sigmoid": of("sigmoid", lambda u: Quotient(ONE, Sum((ONE, exp(Negation(u)))))),
    "sigmoid = e^u/(1 + e^u)": of("sigmoid", lambda u: Quotient(exp(u), Sum((ONE, exp(u))))),
    "sigmoid = (1 + tanh)/2": of("sigmoid", lambda u: half(Sum((ONE, call("tanh", half(u)))))),
    "softplus": of("softplus", lambda u: log(Sum((ONE, exp(u))))),
    "softplus = u + ln(1 + e^-u)": of("softplus", lambda u: Sum((u, log(Sum((ONE, exp(Negation(u)))))))),
}


def power_as_exponential(node: Node) -> Node | None:
    """c^u = e^(u ln c)."""
    match node:
        case Power(Number(value) as c, u) if value > 0 and not isinstance(u, Number):
            return exp(Product((u, log(c))))
    return None


def log_of_product(node: Node) -> Node | None:
    """ln(cu) = ln c + ln u."""
    match node:
        case Call("ln", (Product((c, *rest)),)) if positive(c):
            return Sum((log(c), log(product(tuple(rest)))))
        case Call("ln", (Quotient(u, c),)) if positive(c):
            return minus(log(u), log(c))
    return None


def log_of_power(node: Node) -> Node | None:
    """ln(uⁿ) = n ln|u|."""
    match node:
        case Call("ln", (Power(Constant("e"), u),)):
            return u
        case Call("ln", (Power(u, n),)) if whole(n):
            return Product((n, log(size(u))))
        case Call("ln", (Call("sqrt", (u,)),)):
            return half(log(u))
    return None


def root_as_power(node: Node) -> Node | None:
    """√u = u^(1/2)."""
    match node:
        case Call("sqrt", (u,)):
            return Power(u, HALF)
        case Power(u, n) if exactly_half(n):
            return root(u)
    return None


def root_of_product(node: Node) -> Node | None:
    """√(cu) = √c·√u."""
    match node:
        case Call("sqrt" | "cbrt", (Product((c, *rest)),)) if positive(c):
            return Product((call(node.function, c), call(node.function, product(tuple(rest)))))
        case Call("sqrt" | "cbrt", (Quotient(u, c),)) if positive(c):
            return Quotient(call(node.function, u), call(node.function, c))
    return None


def rationalized(node: Node) -> Node | None:
    """1/√u = √u/u."""
    match node:
        case Quotient(above, Call("sqrt", (u,)) as below):
            return Quotient(Product((above, below)), u)
        case Quotient(above, Product((*others, Call("sqrt", (u,)) as below))):
            return Quotient(Product((above, below)), Product((*others, u)))
    return None


def log_of_base(node: Node) -> Node | None:
    """log_b u = ln u/ln b."""
    match node:
        case Call("log", (u, b)):
            return Quotient(log(u), log(b))
        case Call("ln", (u,)):
            return Product((call("log", u, TWO), log(TWO)))
    return None


LOGARITHMS_AND_ROOTS: Mapping[str, Rule] = {
    "c^u = e^(u ln c)": power_as_exponential,
    "ln(cu) = ln c + ln u": log_of_product,
    "ln(uⁿ) = n ln|u|": log_of_power,
    "log_b u = ln u/ln b": log_of_base,
    "ln = -ln(1/u)": of("ln", lambda u: Negation(log(Quotient(ONE, u)))),
    "√u = u^(1/2)": root_as_power,
    "√(cu) = √c·√u": root_of_product,
    "1/√u = √u/u": rationalized,
    "∛u³": of("cbrt", lambda u: call("root", u, number(3))),
    "√u = 2√(u/4)": of("sqrt", lambda u: twice(root(Quotient(u, FOUR)))),
}

PIECES_AND_INVERSES: Mapping[str, Rule] = {
    "|u| = √u²": of("abs", lambda u: root(square(u))),
    "|u| = u sign u": of("abs", lambda u: Product((u, call("sign", u)))),
    "|u| = max(u, -u)": of("abs", lambda u: call("max", u, Negation(u))),
    "sign = u/|u|": of("sign", lambda u: Quotient(u, size(u))),
    "sign = |u|/u": of("sign", lambda u: Quotient(size(u), u)),
    "step = (1 + sign)/2": of("step", lambda u: half(Sum((ONE, call("sign", u))))),
    "relu = max(0, u)": of("relu", lambda u: call("max", number(0), u)),
    "relu = (u + |u|)/2": of("relu", lambda u: half(Sum((u, size(u))))),
    "relu = u step": of("relu", lambda u: Product((u, call("step", u)))),
    "arccos": of("arccos", lambda u: minus(half(PI), call("arcsin", u))),
    "arccot": of("arccot", lambda u: minus(half(PI), call("arctan", u))),
    "arctan odd": of("arctan", lambda u: Negation(call("arctan", Negation(u)))),
    "arsinh": of("arsinh", lambda u: log(Sum((u, root(Sum((square(u), ONE))))))),
    "artanh": of("artanh", lambda u: half(log(Quotient(Sum((ONE, u)), minus(ONE, u))))),
    "arcosh": of("arcosh", lambda u: log(Sum((u, root(minus(square(u), ONE)))))),
    "arcsec": of("arcsec", lambda u: call("arccos", Quotient(ONE, u))),
}

RULES: Mapping[str, Rule] = {
    **ALGEBRA,
    **TRIGONOMETRIC,
    **EXPONENTIAL,
    **LOGARITHMS_AND_ROOTS,
    **PIECES_AND_INVERSES,
}
