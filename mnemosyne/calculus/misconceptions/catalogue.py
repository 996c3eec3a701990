"""The misconceptions by id, in the order in which they are tried: plain data for every layer, no flint and no sympy."""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.misconception import Misconception
from mnemosyne.calculus.misconceptions.of_answers import OF_ANSWERS
from mnemosyne.calculus.misconceptions.of_graphs import OF_GRAPHS
from mnemosyne.calculus.misconceptions.of_links import OF_LINKS

CATALOGUE: dict[str, Misconception] = {entry.id: entry for entry in (*OF_LINKS, *OF_ANSWERS, *OF_GRAPHS)}


def title_of(identity: str) -> str:
    """What a misconception is called; one that a later version knew keeps its id as a name."""
    known = CATALOGUE.get(identity)
    return known.title if known else identity.replace("-", " ")
