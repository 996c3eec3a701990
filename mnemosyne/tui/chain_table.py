"""The chain as a picture, outer to inner: each function with what it is evaluated at, and its derivative there.

Derivatives that are kept back leave no column. Where a mistake happened at one link, every link has a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mnemosyne.tui.formula import on_one_line
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, table, words
from mnemosyne.verdict import Link

_MARKS = {True: words("✓", "$right"), False: words("✗ mistake here", "bold $wrong"), None: EMPTY}


def chain_table(links: Sequence[Link], width: int, right: Sequence[bool | None] = ()) -> Picture:
    """Return the links, those of each part of f under its name; `right` says which are to be ticked, or marked."""
    marks = [_MARKS[is_right] for is_right in right] or [EMPTY] * len(links)
    chains = [list(chain) for _, chain in groupby(zip(links, marks, strict=True), key=lambda marked: marked[0].of)]
    return above([_chain(chain, width) for chain in chains], gap=1)


def _chain(chain: Sequence[tuple[Link, Picture]], width: int) -> Picture:
    """One chain under the part of f that it belongs to."""
    first = chain[0][0]
    heads = ("link", "outer function", f"inner {first.placeholder}", *(["derivative"] if first.derivative else []))
    rows = [_row(number, link, mark) for number, (link, mark) in enumerate(chain, 1)]
    title = [beside([words("in ", "$quiet"), on_one_line(first.of)])] if first.of else []
    body = table([[words(head, "$quiet") for head in heads], *rows])
    if body.width <= width:
        return above([*title, body])
    stacked = (_stacked(number, link, mark) for number, (link, mark) in enumerate(chain, 1))
    return above([*title, words("the chain, outermost first", "$quiet"), *stacked])


def _row(number: int, link: Link, mark: Picture) -> list[Picture]:
    row = [words(f"{number}", "$quiet"), on_one_line(link.outer), on_one_line(link.inner)]
    if link.derivative:
        row.append(on_one_line(link.derivative, "bold $formula"))
    return [*row, mark] if mark.lines else row


def _stacked(number: int, link: Link, mark: Picture) -> Picture:
    first = beside(
        [
            words(f"{number}  ", "$quiet"),
            on_one_line(link.outer),
            words(f"  {link.placeholder} = ", "$quiet"),
            on_one_line(link.inner),
        ]
    )
    derivative = beside([words("′ = ", "$quiet"), on_one_line(link.derivative)]) if link.derivative else EMPTY
    return above([first, indented(derivative, 3), indented(mark, 3)])
