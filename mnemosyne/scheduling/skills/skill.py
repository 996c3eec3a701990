"""Skill: one thing that exercises require, with a stable id for the log and a plain name for screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Skill:
    """Something learnt and forgotten separately: a function's derivative, a rule, a chain of some length."""

    id: str  # stored, so it must never change
    name: str  # the name that screens show


POWER, ROOT, RECIPROCAL = "power", "root", "reciprocal"
EXPONENTIAL, OTHER_BASE, VARYING_EXPONENT = "exp", "exp-base", "varying-exponent"
LOGARITHM, LOGARITHM_BASE = "ln", "log-base"
ABSOLUTE, EXTREME, ACTIVATION = "abs", "max", "activation"
PRODUCT, QUOTIENT, PATHS = "product", "quotient", "paths"
ORDER, AT_POINT, IMPLICIT = "order", "at-point", "implicit"
MOST_LINKS: Final = 4  # longer chains are the same skill
CHAINS: Final = {links: f"links-{links}" for links in range(2, MOST_LINKS + 1)}  # ids by the number of links

_TRIGONOMETRIC: Final = {
    **{"sin": "sine of something", "cos": "cosine of something", "tan": "tangent of something"},
    **{"sec": "secant", "csc": "cosecant", "cot": "cotangent"},
}
_INVERSE: Final = {
    **{"arcsin": "arcsine", "arccos": "arccosine", "arctan": "arctangent"},
    **{"arcsec": "arcsecant", "arccsc": "arccosecant", "arccot": "arccotangent"},
}
_HYPERBOLIC: Final = {
    **{"sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "sech": "hyperbolic secant"},
    **{"csch": "hyperbolic cosecant", "coth": "hyperbolic cotangent"},
    **{"arsinh": "inverse hyperbolic sine", "arcosh": "inverse hyperbolic cosine"},
    **{"artanh": "inverse hyperbolic tangent", "arsech": "inverse hyperbolic secant"},
    **{"arcsch": "inverse hyperbolic cosecant", "arcoth": "inverse hyperbolic cotangent"},
}
TRIGONOMETRIC: Final = frozenset(_TRIGONOMETRIC)
INVERSE: Final = frozenset(_INVERSE)
HYPERBOLIC: Final = frozenset(_HYPERBOLIC)

_NAMES: Final = {
    **_TRIGONOMETRIC,
    **_INVERSE,
    **_HYPERBOLIC,
    **{EXPONENTIAL: "exponential", OTHER_BASE: "exponential with another base"},
    **{LOGARITHM: "logarithm", LOGARITHM_BASE: "logarithm with another base"},
    **{POWER: "power of something", ROOT: "root", RECIPROCAL: "reciprocal", VARYING_EXPONENT: "varying exponent"},
    **{ABSOLUTE: "absolute value", EXTREME: "maximum and minimum", ACTIVATION: "activation"},
    **{CHAINS[2]: "two links", CHAINS[3]: "three links", CHAINS[4]: "four or more links"},
    **{PRODUCT: "product", QUOTIENT: "quotient", PATHS: "sum of paths"},
    **{ORDER: "second and higher derivatives", AT_POINT: "value at a point", IMPLICIT: "implicit differentiation"},
}
# the skills by id, in the order in which screens list them
SKILLS: Final = {skill_id: Skill(skill_id, name) for skill_id, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class SkillsDay:
    """The cards scheduled by skills, and those to ask on a day, due or not."""

    cards: frozenset[str]  # ids of the cards scheduled by skills
    met_by: Mapping[str, tuple[str, ...]]  # the due skills that each card is asked for, in the order of the day

    @property
    def asked_ids(self) -> tuple[str, ...]:
        """The ids of the cards to be asked on the day, in order."""
        return tuple(self.met_by)
