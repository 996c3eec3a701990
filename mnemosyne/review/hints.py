"""Hints: steps towards a derivative, from the card's own hints or from the chain itself.

They go from the outside in: the outer function, what is inside it, how fast that changes. None
gives the outer derivative, so the learner still has to put the answer together. They are made in
this process from the expression alone, without waiting for the checker.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from mnemosyne.cards.question import Question, guarded
from mnemosyne.errors import CardError
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Call, Negation, Node, Power, Product, Quotient, Sum, children, symbols

if TYPE_CHECKING:
    from mnemosyne.verdict import Link

_TABLE = "Nothing is nested here: the table of derivatives is enough."
_RULES: dict[type, str] = {
    Sum: "A sum: differentiate term by term.",
    Product: "A product: one term for each factor that varies; differentiate that factor and keep the others.",
    Quotient: "A quotient u/v: (u′v − uv′)/v².",
    Power: "Base and exponent both vary: rewrite $u^v$ as $e^(v·ln(u))$.",
    Call: "More than one part varies: differentiate with respect to each and add.",
}


def has_hints(question: Question) -> bool:
    """Return whether there are any hints, without making them."""
    return bool(question.card.hints) or question.expected.has_made_hints


def hints_for(question: Question) -> tuple[str, ...]:
    """Return all hints for a question, the vaguest first; the card's own replace the first generated ones."""
    own = question.hints
    return (*own, *_generated_hints(question)[len(own) :])


def _generated_hints(question: Question) -> tuple[str, ...]:
    """Return the generated hints; none if they cannot be made, since a question must not fail because of hints."""
    try:
        return guarded(question.card, lambda: tuple(question.expected.made_hints(_of_function)))
    except CardError:
        return ()


@lru_cache(64)
def _of_function(line: str, variable: str) -> tuple[str, ...]:
    """Return the steps for a function, given as one line, by the variable."""
    from mnemosyne.calculus.chain_links import first_links  # late: slow to import
    from mnemosyne.calculus.derivative import Calculus
    from mnemosyne.calculus.expression_graph import Graph
    from mnemosyne.calculus.translate import to_graph

    f = read_printed(line, besides=frozenset((variable,)))
    graph = Graph()
    first = first_links(Calculus(graph, variable), to_graph(graph, f), most=3)
    if not first:
        return (f"Nothing here depends on {variable}.",)
    name = first[0].placeholder
    if len(first) == 1:
        return (_rule(f, variable),)
    of = first[0].of
    if of:
        return (
            _rule(f, variable),
            f"In ${of}$, {name} = ${first[0].inner}$ is inside ${first[0].outer}$.",
            _last(first),
        )
    return (
        f"The outer function is ${first[0].outer}$. What is {name}?",
        f"The inner function is {name} = ${first[0].inner}$.",
        _last(first),
    )


def _last(chain: Sequence[Link]) -> str:
    """Return how fast the inner expression of the first link changes; of an inner chain, only its first factor."""
    inner, link = f"${chain[0].inner}$", chain[1]
    if len(chain) == 2:
        return f"The derivative of {inner} is ${link.derivative}$. The outer derivative is yours to find."
    return (
        f"{inner} is itself a composition: ${link.outer}$ with ${link.inner}$ inside. "
        f"The first factor of its derivative is ${link.derivative}$."
    )


def _rule(f: Node, variable: str) -> str:
    """Return the rule for f without its constant factors and terms."""
    node = f
    while True:
        varying = [operand for operand in children(node) if variable in symbols(operand)]
        if len(varying) > 1:
            return _RULES[type(node)]
        if isinstance(node, Negation | Sum | Product) and varying:
            node = varying[0]
        else:
            return _TABLE
