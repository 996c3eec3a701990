"""Which skills a named misconception implicates: the ONE table of it.

A misconception's rule reproduces the wrong answer, so the implicated skills failed and the rest was
right. If an exercise needs several of them, they share the blame; if it needs none of them, all of its
skills do. A misconception that is not in the table, like `integrated`, does not show which part failed:
all skills share the blame.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from mnemosyne.scheduling.skills import skill

_CHAIN: Final = frozenset(skill.CHAINS.values())
_POWERS: Final = frozenset((skill.POWER, skill.ROOT, skill.RECIPROCAL))
_EXPONENTIALS: Final = frozenset((skill.EXPONENTIAL, skill.OTHER_BASE, skill.VARYING_EXPONENT))
_LOGARITHMS: Final = frozenset((skill.LOGARITHM, skill.LOGARITHM_BASE))
_QUOTIENTS: Final = frozenset((skill.QUOTIENT, skill.RECIPROCAL))
_FUNCTIONS: Final = (
    skill.SKILLS.keys()
    - _CHAIN
    - {skill.PRODUCT, skill.QUOTIENT, skill.PATHS, skill.ORDER, skill.AT_POINT, skill.IMPLICIT}
)
_PRODUCT: Final = frozenset((skill.PRODUCT,))
_IMPLICIT: Final = frozenset((skill.IMPLICIT,))

NO_SKILL: Final = frozenset(  # a careless mistake, or the answer to another question: the skills asked for were known
    (
        *("domain-narrowed", "constant-added", "function-misread", "wrong-variable", "right-on-one-branch"),
        *("constant-of-integration-missing",),
    )
)
SPEAKS_FOR: Final[dict[str, AbstractSet[str]]] = {
    **dict.fromkeys(("missing-inner-derivative", "outer-at-x", "inner-derivative-inside"), _CHAIN),
    **dict.fromkeys(("swapped-inside-outside", "outer-not-differentiated", "added-not-multiplied"), _CHAIN),
    **dict.fromkeys(("inner-derivative-twice", "divided-by-inner-derivative", "derivatives-without-chain"), _CHAIN),
    **dict.fromkeys(("no-chain-at-all", "inner-derivative-only", "inner-replaced-by-its-derivative"), _CHAIN),
    **dict.fromkeys(
        ("inner-left-in-place", "lost-bracket", "inner-factor-dropped", "edge-missing", "factors-added"), _CHAIN
    ),
    **dict.fromkeys(("evaluated-at-wrong-node", "inner-derivative-not-divided", "inner-derivative-kept"), _CHAIN),
    **dict.fromkeys(("inner-derivative-multiplied", "divided-without-need", "inner-derivative-not-there"), _CHAIN),
    **dict.fromkeys(
        ("trig-sign", "degrees", "antiderivative-sign"), skill.TRIGONOMETRIC | skill.INVERSE | skill.HYPERBOLIC
    ),
    **dict.fromkeys(("inverse-as-reciprocal", "inverse-trig-square-dropped"), skill.INVERSE),
    "wrong-table-entry": _FUNCTIONS,
    **dict.fromkeys(("power-not-reduced", "power-factor-dropped", "power-lowered-twice", "power-raised"), _POWERS),
    **dict.fromkeys(("power-of-derivative", "exponent-not-raised", "raised-exponent-not-divided"), _POWERS),
    "power-termwise": _POWERS,
    "root-of-derivative": frozenset((skill.ROOT,)),
    **dict.fromkeys(("power-rule-on-exponential", "integral-power-rule-on-exponential"), _EXPONENTIALS),
    **dict.fromkeys(("exponential-base-log-dropped", "exponential-base-log-divided"), _EXPONENTIALS | _LOGARITHMS),
    **dict.fromkeys(("base-log-wrong", "integral-base-log"), _EXPONENTIALS | _LOGARITHMS),
    **dict.fromkeys(("log-of-inner-derivative", "log-not-inverted", "log-constant-kept"), _LOGARITHMS),
    "logarithm-of-power": _LOGARITHMS | _POWERS,
    "power-rule-on-reciprocal": frozenset((skill.RECIPROCAL, skill.POWER)),
    **dict.fromkeys(("product-rule-as-product", "product-rule-half", "product-as-sum"), _PRODUCT),
    **dict.fromkeys(("product-own-derivatives", "product-rule-minus", "product-term-wrong"), _PRODUCT),
    **dict.fromkeys(("quotient-sum", "quotient-order", "quotient-denominator"), _QUOTIENTS),
    **dict.fromkeys(("quotient-termwise", "quotient-wrong-square", "quotient-term-wrong"), _QUOTIENTS),
    "path-missing": frozenset((skill.PATHS,)),
    "activation-derivative": frozenset((skill.ACTIVATION,)),
    **dict.fromkeys(("order-too-low", "order-too-high", "differentiated-twice"), frozenset((skill.ORDER,))),
    **dict.fromkeys(("evaluated-first", "evaluated-at-wrong-place", "right-at-a-point"), frozenset((skill.AT_POINT,))),
    **dict.fromkeys(("slope-sign", "slope-inverted", "dependent-held-constant"), _IMPLICIT),
    **dict.fromkeys(("dependent-derivative-forgotten", "slope-on-independent-term"), _IMPLICIT),
    "equation-constant-kept": _IMPLICIT,
}


def suspects(misconception: str | None, skills: AbstractSet[str]) -> AbstractSet[str]:
    """Return the skills of an exercise that a wrong answer may be due to; empty if the mistake lies elsewhere.

    Without a misconception, or with one that is not in the table, these are all of them.
    """
    if misconception in NO_SKILL:
        return frozenset()
    named = SPEAKS_FOR.get(misconception or "", frozenset())
    return (named & skills) or skills
