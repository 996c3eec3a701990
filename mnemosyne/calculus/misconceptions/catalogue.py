"""The misconceptions by id, in the order in which they are tried; imports neither flint nor sympy."""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.constants import CONSTANT_ADDED, CONSTANT_FACTOR, CONSTANT_KEPT, MULTIPLES
from mnemosyne.calculus.misconceptions.exponentials import BASES_AND_CONSTANTS, EXPONENTIALS
from mnemosyne.calculus.misconceptions.graphs import GRAPHS, OTHER_OPERAND
from mnemosyne.calculus.misconceptions.links import LEFT_AND_LOST, LINKS
from mnemosyne.calculus.misconceptions.misconception import Misconception
from mnemosyne.calculus.misconceptions.other_questions import OF_ANTIDERIVATIVES, OF_CURVES, OF_ORDERS
from mnemosyne.calculus.misconceptions.powers import OF_DERIVATIVES, POWERS, TERMWISE
from mnemosyne.calculus.misconceptions.products import OTHER_RULES, PRODUCTS, QUOTIENT_SUM, TERMS
from mnemosyne.calculus.misconceptions.table_entries import INVERSES_AND_DEGREES, SIGNS, TABLE
from mnemosyne.calculus.misconceptions.whole_answers import FUNCTION_MISREAD, WHOLE_ANSWERS, WRONG_VARIABLE

_IN_ORDER: tuple[Misconception, ...] = (
    *LINKS,
    QUOTIENT_SUM,  # before sign-flipped, which is often the same answer
    *SIGNS,
    *POWERS,
    *EXPONENTIALS,
    *PRODUCTS,
    *LEFT_AND_LOST,
    *OF_DERIVATIVES,
    *TABLE,
    TERMWISE,
    *BASES_AND_CONSTANTS,
    *INVERSES_AND_DEGREES,
    *MULTIPLES,
    *OTHER_RULES,
    *TERMS,
    CONSTANT_KEPT,
    *WHOLE_ANSWERS,
    WRONG_VARIABLE,
    OTHER_OPERAND,
    *GRAPHS,
    CONSTANT_FACTOR,
    CONSTANT_ADDED,
    FUNCTION_MISREAD,
    *OF_ORDERS,
    *OF_ANTIDERIVATIVES,
    *OF_CURVES,
)
CATALOGUE: dict[str, Misconception] = {entry.id: entry for entry in _IN_ORDER}
OF_GRAPHS = tuple(entry.id for entry in GRAPHS)


def title_of(identity: str) -> str:
    """Return the title of a misconception; for an unknown id, its words."""
    entry = CATALOGUE.get(identity)
    return entry.title if entry else identity.replace("-", " ")


def is_careless(identity: str | None) -> bool:
    """Return whether a mistake is a careless one, in a rule that the learner knows."""
    return identity in CATALOGUE and CATALOGUE[identity].careless
