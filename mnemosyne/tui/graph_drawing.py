"""A computation graph as a picture: one line for each node, and in the margin the edges from its inputs, downwards.

Every node with a formula has its own column in the margin, from its first input's line to its
arrow; columns that do not overlap are shared. A cell knows in which of four directions lines leave
it.
"""

from __future__ import annotations

from collections.abc import Sequence

from mnemosyne.cards.forward import GraphNode, forward
from mnemosyne.cards.kinds.backprop import ExpectsGradient
from mnemosyne.cards.kinds.card_kind import Expected
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.tui.formula import on_one_line
from mnemosyne.tui.numbers import decimal
from mnemosyne.tui.picture import Picture, above, beside, words

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_SIGNS = {
    **{0: " ", _UP | _DOWN: "│", _LEFT | _RIGHT: "─", _DOWN | _RIGHT: "╭", _UP | _RIGHT: "╰", _RIGHT: "─"},
    **{_UP | _DOWN | _RIGHT: "├", _UP | _LEFT | _RIGHT: "┴", _DOWN | _LEFT | _RIGHT: "┬"},
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}
Way = tuple[int, tuple[int, ...]]  # the row of a node, and the rows of its inputs


def graph_of(expected: Expected, *, path_shown: bool) -> Picture:
    """Return the drawing of the computation graph that a question is about."""
    assert isinstance(expected, ExpectsGradient), "no other kind has a graph"
    return graph(forward(expected.graph, expected.at), expected.path if path_shown else frozenset())


def graph(nodes: Sequence[GraphNode], path: frozenset[str] = frozenset()) -> Picture:
    """Return the picture of a graph, with values behind the formulas where they are known.

    The nodes of the `path` are marked by a sign, and the edges between them by their colour.
    """
    rows = {node.name: row for row, node in enumerate(nodes)}
    ways = [(rows[node.name], tuple(rows[name] for name in node.feeds)) for node in nodes if node.feeds]
    columns = _columns(ways)
    passed = {rows[name] for name in path if name in rows}
    path_rows = [
        ((row, tuple(feed for feed in feeds if feed in passed)), column)
        for (row, feeds), column in zip(ways, columns, strict=True)
        if row in passed and passed.intersection(feeds)
    ]
    width = max(columns, default=-1) + 1
    path_cells = _cells([way for way, _ in path_rows], [column for _, column in path_rows], len(nodes), width)
    lines = []
    for row, (node, signs) in enumerate(zip(nodes, margin(ways, len(nodes)), strict=True)):
        marked = [bool(cell) for cell in path_cells[row]] + [any(path_cells[row])] * 2
        edges = [words(sign, "bold $key" if on_path else "$quiet") for sign, on_path in zip(signs, marked, strict=True)]
        sign = words("● " if row in passed else "  ", "bold $key")
        lines.append(beside([*edges, *[sign] * bool(path), _node(node)]))
    return above(lines)


def margin(ways: Sequence[Way], height: int) -> list[str]:
    """Return the margin of each line, with an arrow if the node has inputs."""
    columns = _columns(ways)
    cells = _cells(ways, columns, height, max(columns, default=-1) + 1)
    fed = {row for row, _ in ways}
    return ["".join(_SIGNS[cell] for cell in line) + ("▸ " if n in fed else "─ ") for n, line in enumerate(cells)]


def _cells(ways: Sequence[Way], columns: Sequence[int], height: int, width: int) -> list[list[int]]:
    """Return the directions in which lines leave each cell of the margin."""
    cells = [[0] * width for _ in range(height)]
    for column, (row, feeds) in zip(columns, ways, strict=True):
        at = width - 1 - column
        for line in range(min(feeds), row + 1):
            cells[line][at] |= (_UP if line > min(feeds) else 0) | (_DOWN if line < row else 0)
            if line in feeds or line == row:
                cells[line][at] |= _RIGHT
                for right in range(at + 1, width):
                    cells[line][right] |= _LEFT | _RIGHT
    return cells


def _columns(ways: Sequence[Way]) -> list[int]:
    """Return the column of each node's edges, counted from the text, so that no two overlap."""
    occupied: list[list[tuple[int, int]]] = []
    columns: list[int] = []
    for row, feeds in ways:
        first = min(feeds)
        free = (c for c, spans in enumerate(occupied) if all(row < low or high < first for low, high in spans))
        column = next(free, len(occupied))
        occupied += [[]] * (column == len(occupied))
        occupied[column] = [*occupied[column], (first, row)]
        columns.append(column)
    return columns


def _node(node: GraphNode) -> Picture:
    parts = [words(node.name, "bold $formula")]
    if node.formula is not None:
        parts += [words(" = ", "$quiet"), on_one_line(to_unicode_line(node.formula))]
    if node.value is not None:
        parts += [words(" = ", "$quiet"), words(decimal(node.value), "bold")]
    return beside(parts)
