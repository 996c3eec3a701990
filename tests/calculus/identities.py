"""The formula book's identities of functions, for `rewriting`: name to rule."""

from __future__ import annotations

from collections.abc import Mapping

from identity_rules import FOUR, log, of, of_square, of_sum, root, size
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
from trigonometry import TRIGONOMETRIC

from mnemosyne.expressions.tree import Call, Constant, Negation, Node, Number, Power, Product, Quotient, Sum, number

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


def product_of_roots(node: Node) -> Node | None:
    """√u·√v = √(uv), √u/√v = √(u/v)."""
    match node:
        case Product((*rest, Call("sqrt", (u,)), Call("sqrt", (v,)))):
            return product((*rest, root(Product((u, v)))))
        case Quotient(Call("sqrt", (u,)), Call("sqrt", (v,))):
            return root(Quotient(u, v))
    return None


def product_of_exponentials(node: Node) -> Node | None:
    """e^u·e^v = e^(u + v), e^u/e^v = e^(u - v)."""
    match node:
        case Product((*rest, Power(Constant("e"), u), Power(Constant("e"), v))):
            return product((*rest, exp(Sum((u, v)))))
        case Quotient(Power(Constant("e"), u), Power(Constant("e"), v)):
            return exp(minus(u, v))
        case Power(Power(Constant("e"), u), v) if whole(v):
            return exp(Product((v, u)))
    return None


def split_power(node: Node) -> Node | None:
    """u^(n - 1) = uⁿ/u, u^(3/2) = u·√u."""
    match node:
        case Power(u, Sum((n, Negation(Number(value))))) if value == 1:
            return Quotient(Power(u, n), u)
        case Power(u, Number(value)) if value.denominator == 2 and value > 1:
            return Product((Power(u, number((value.numerator - 1) // 2)), root(u)))
    return None


def conjugate(node: Node) -> Node | None:
    """1/(a + √b) = (a - √b)/(a² - b)."""
    match node:
        case Quotient(above, Sum((a, Call("sqrt", (b,)) as below))):
            return Quotient(Product((above, minus(a, below))), minus(square(a), b))
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
    "√u·√v = √(uv)": product_of_roots,
    "e^u·e^v = e^(u + v)": product_of_exponentials,
    "u^(n - 1) = uⁿ/u": split_power,
    "1/(a + √b)": conjugate,
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
