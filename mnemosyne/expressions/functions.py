"""The functions that a formula may use: the name of each, its alternative spellings, and its operands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A real function: `name` is how it is printed, `spellings` are read as the same, `arity` is
    the number of operands.
    """

    name: str
    spellings: tuple[str, ...] = ()
    arity: int = 1
    inverse: str | None = None  # the function that name^-1 means


_TABLE = (
    Function("sin", inverse="arcsin"),
    Function("cos", inverse="arccos"),
    Function("tan", ("tg",), inverse="arctan"),
    Function("sec", inverse="arcsec"),
    Function("csc", ("cosec",), inverse="arccsc"),
    Function("cot", ("cotan", "ctg"), inverse="arccot"),
    Function("arcsin", ("asin",), inverse="sin"),
    Function("arccos", ("acos",), inverse="cos"),
    Function("arctan", ("atan", "arctg"), inverse="tan"),
    Function("arcsec", ("asec",), inverse="sec"),
    Function("arccsc", ("acsc",), inverse="csc"),
    Function("arccot", ("acot", "arcctg"), inverse="cot"),
    Function("sinh", ("sh",), inverse="arsinh"),
    Function("cosh", ("ch",), inverse="arcosh"),
    Function("tanh", ("th",), inverse="artanh"),
    Function("sech", inverse="arsech"),
    Function("csch", ("cosech",), inverse="arcsch"),
    Function("coth", inverse="arcoth"),
    Function("arsinh", ("asinh", "arcsinh"), inverse="sinh"),
    Function("arcosh", ("acosh", "arccosh"), inverse="cosh"),
    Function("artanh", ("atanh", "arctanh"), inverse="tanh"),
    Function("arsech", ("asech", "arcsech"), inverse="sech"),
    Function("arcsch", ("acsch", "arccsch"), inverse="csch"),
    Function("arcoth", ("acoth", "arccoth"), inverse="coth"),
    Function("exp", inverse="ln"),
    Function("ln", ("log",), inverse="exp"),
    Function("log", (), arity=2),  # log(x, base): log10, log2, lg, log_a
    Function("sqrt", ("√",)),
    Function("cbrt", ("∛",)),
    Function("root", ("nthroot", "surd"), arity=2),  # root(x, n), the real root
    Function("abs"),
    Function("sign", ("sgn",)),
    Function("sigmoid", ("σ",)),
    Function("relu", ("ReLU",)),
    Function("softplus"),
    Function("step", ("heaviside",)),
    Function("max", (), arity=2),
    Function("min", (), arity=2),
)

FUNCTIONS: dict[str, Function] = {function.name: function for function in _TABLE}

# Full names, as other languages and textbooks have them: read, but neither printed nor suggested.
WRITTEN_OUT: dict[str, str] = {
    **dict.fromkeys(("sen", "sine", "sinus"), "sin"),
    **dict.fromkeys(("cosine", "cosinus"), "cos"),
    **dict.fromkeys(("tangent", "tangens"), "tan"),
    **{"secant": "sec", "cosecant": "csc", "cotangent": "cot"},
    **{"arcsine": "arcsin", "arccosine": "arccos", "arctangent": "arctan"},
    **dict.fromkeys(("loge", "logarithm"), "ln"),
    **{"absolute": "abs", "squareroot": "sqrt"},
}
