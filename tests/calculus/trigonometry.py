"""The formula book's identities of sines and cosines: name to rule."""

from __future__ import annotations

from collections.abc import Mapping

from identity_rules import FOUR, THREE, cos, of, of_square, of_sum, pair, sin, tan, third
from rewriting import ONE, PI, TWO, Rule, call, half, minus, square, twice

from mnemosyne.expressions.tree import Negation, Power, Product, Quotient, Sum

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
    "sin 3v": of("sin", lambda u: minus(Product((THREE, sin(third(u)))), Product((FOUR, Power(sin(third(u)), THREE))))),
    "sin = 2t/(1 + t²)": of("sin", lambda u: Quotient(twice(tan(half(u))), Sum((ONE, square(tan(half(u))))))),
    "cos = (1 - t²)/(1 + t²)": of(
        "cos", lambda u: Quotient(minus(ONE, square(tan(half(u)))), Sum((ONE, square(tan(half(u))))))
    ),
    "sin sin = sum": pair("sin", "sin", lambda u, v: half(minus(cos(minus(u, v)), cos(Sum((u, v)))))),
    "tan(u + v)": of_sum("tan", lambda u, v: Quotient(Sum((tan(u), tan(v))), minus(ONE, Product((tan(u), tan(v)))))),
    "sec tan = sin/cos²": pair("sec", "tan", lambda u, v: Quotient(sin(v), Product((cos(u), cos(v))))),
}
