"""Textbook integrands with right antiderivatives by several routes, and wrong ones as common mistakes give them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

# An outer function of u with its antiderivative.
OUTER = (
    *(("cos({u})", "sin({u})"), ("sin({u})", "-cos({u})"), ("e^({u})", "e^({u})"), ("{n}^({u})", "{n}^({u})/ln({n})")),
    *(("({u})^{n}", "({u})^({n}+1)/({n}+1)"), ("sqrt({u})", "2/3 ({u})^(3/2)"), ("1/({u})", "ln|{u}|")),
    *(("1/({u})^{n}", "({u})^(1-{n})/(1-{n})"), ("sec({u})^2", "tan({u})"), ("1/sqrt({u})", "2sqrt({u})")),
    *(("1/(1+({u})^2)", "arctan({u})"), ("1/sqrt(1-({u})^2)", "arcsin({u})"), ("sinh({u})", "cosh({u})")),
    *(("sec({u})tan({u})", "sec({u})"), ("tan({u})", "-ln|cos({u})|"), ("cosh({u})", "sinh({u})")),
)
# An inner function with its derivative.
INNER = (
    *(("{a}x", "{a}"), ("{a}x + {b}", "{a}"), ("{b} - {a}x", "(-{a})"), ("x^2", "2x"), ("x^2 + {b}", "2x")),
    *(("x^3 + {a}x", "(3x^2 + {a})"), ("sin(x)", "cos(x)"), ("e^x", "e^x"), ("ln(x)", "(1/x)"), ("x/{a}", "(1/{a})")),
    *(("sqrt(x)", "(1/(2sqrt(x)))"), ("x^2 - {a}x", "(2x - {a})"), ("tan(x)", "sec(x)^2"), ("1/x", "(-1/x^2)")),
)
POWERS = ("x^{n}", "{a}x", "1/x^{n}", "sqrt(x)", "1/x", "{b}")
POWERS_BACK = ("x^({n}+1)/({n}+1)", "{a}x^2/2", "x^(1-{n})/(1-{n})", "2/3 x sqrt(x)", "ln|x|", "{b}x")
OTHERS = (
    *(("x e^({a}x)", "(x/{a} - 1/{a}^2)e^({a}x)"), ("x cos(x)", "x sin(x) + cos(x)")),
    *(("x^2 ln(x)", "x^3 ln(x)/3 - x^3/9"), ("ln({a}x)", "x ln({a}x) - x"), ("sec(x)", "ln|sec(x)+tan(x)|")),
    *(("1/(x^2 - {a}^2)", "ln|(x-{a})/(x+{a})|/(2*{a})"), ("sin(x)^2", "x/2 - sin(2x)/4")),
    *(("cos(x)^3", "sin(x) - sin(x)^3/3"), ("arctan(x)", "x arctan(x) - ln(1+x^2)/2")),
    *(("e^x sin(x)", "e^x(sin(x) - cos(x))/2"), ("x/(x+{a})", "x - {a}ln|x+{a}|"), ("(x+1)/x", "x + ln|x|")),
)


@dataclass(frozen=True, slots=True)
class Integrand:
    """An integrand with one right antiderivative and wrong ones, each after the name of its mistake."""

    f: str
    right: str
    mistakes: tuple[tuple[str, str], ...]


def integrands(count: int, seed: int) -> Iterator[Integrand]:
    """Yield that many integrands: four in six by substitution, the others sums of powers and by parts."""
    source = random.Random(seed)
    for number in range(count):
        match number % 6:
            case 4:
                yield _of_powers(source)
            case 5:
                yield _from_table(source)
            case _:
                yield _by_substitution(source)


def routes(case: Integrand, source: random.Random) -> list[str]:
    """Return the right antiderivative with other constants, doubled and halved, and in another order."""
    number = source.randint(2, 9)
    return [
        f"{case.right} + C",
        f"C - {number} + {case.right}",
        f"(2*({case.right}) + ln({number}))/2 - C",
        f"K + x + ({case.right}) - x",
    ]


def _numbers(source: random.Random) -> dict[str, int]:
    return {"a": source.randint(2, 9), "b": source.randint(2, 9), "n": source.randint(2, 6)}


def _by_substitution(source: random.Random) -> Integrand:
    numbers = _numbers(source)
    (outer, primitive), (inner, slope) = source.choice(OUTER), source.choice(INNER)
    u, du = inner.format(**numbers), slope.format(**numbers)
    factor = source.randint(1, 7)
    f = f"{factor}*{outer.format(u=u, **numbers)}*{du}"
    back = primitive.format(u=u, **numbers)
    right = f"{factor}*({back})"
    mistakes = (
        ("inner derivative kept", f"{right}*{du}"),
        ("inner derivative squared", f"{right}*({du})^2"),
        ("divided by the inner derivative", f"{right}/({du})"),
        ("sign", f"-{right}"),
        ("not integrated", f),
        ("factor lost", f"{factor + 1}*({back})"),
    )
    return Integrand(f, right, mistakes)


def _of_powers(source: random.Random) -> Integrand:
    numbers = _numbers(source)
    indices = source.sample(range(len(POWERS)), 2)
    terms = [POWERS[i].format(**numbers) for i in indices]
    back = [POWERS_BACK[i].format(**numbers) for i in indices]
    mistakes = (("first term left", f"{terms[0]} + {back[1]}"), ("second term left", f"{back[0]} + {terms[1]}"))
    return Integrand(" + ".join(terms), " + ".join(back), mistakes)


def _from_table(source: random.Random) -> Integrand:
    numbers = _numbers(source)
    f, right = (text.format(**numbers) for text in source.choice(OTHERS))
    return Integrand(f, right, (("twice", f"2*({right})"), ("sign", f"-({right})")))
