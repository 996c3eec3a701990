"""A text on one line, and what of it is left out where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from mnemosyne.rich_text.plain_lines import run_text
from mnemosyne.rich_text.text_blocks import CodeBlock, ItemList, Line, Paragraph, Run, RunStyle, TextBlock
from mnemosyne.rich_text.text_reader import read_rich_text
from mnemosyne.text import shortened

_LONGEST_OPENING: Final = 48  # characters before a formula, such as "Give the value of the second derivative of"
_SHORTEST_OPENING: Final = 8  # characters: to cut a shorter one, such as "∂/∂w", makes hardly any room
_LONGEST_NAME: Final = 4  # characters of a formula that tells no card apart, such as f(x)

Piece = tuple[str, bool]  # a text, and whether it is a formula


def pieces_on_one_line(text: str) -> list[Piece]:
    """Return a text on one line, in pieces, each with whether it is a formula."""
    pieces: list[Piece] = []
    for line in _all_lines(read_rich_text(text)):
        pieces += [(" ", False)] if pieces else []
        pieces += [(run_text(run), bool(run.style & RunStyle.FORMULA)) for run in line]
    return pieces


def joined_pieces(pieces: Sequence[Piece]) -> str:
    """Return the text of the pieces."""
    return "".join(text for text, _ in pieces)


def without_common_opening(pieces: list[Piece], room: int, width: Callable[[str], int] = len) -> list[Piece]:
    """Return the pieces of a question, without its opening if that would hide the formula in a line with this room.

    Many questions open with the same words, and are told apart by the formula.
    """
    opening = _hiding_opening(pieces, shortened(joined_pieces(pieces), room, width))
    return [("… ", False), *pieces[opening:]] if opening else pieces


def _hiding_opening(pieces: Sequence[Piece], line: str) -> int:
    """Return how many pieces of a short opening keep the first formula, unless it is a mere name, out of the line."""
    before = 0
    for count, (text, is_formula) in enumerate(pieces):
        if is_formula:
            hidden = line.endswith("…") and len(line) <= before + len(text)
            cuts = _SHORTEST_OPENING <= before <= _LONGEST_OPENING and len(text) > _LONGEST_NAME
            return count if hidden and cuts else 0
        before += len(text)
    return 0


def _all_lines(blocks: Sequence[TextBlock]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from block.lines
            case CodeBlock():
                yield from ((Run(" ".join(line.split())),) for line in block.lines)
            case ItemList():
                for mark, item in zip(block.marks, block.items, strict=True):
                    first, *rest = [*_all_lines(item)] or [()]
                    yield from ((Run(f"{mark} "), *first), *rest)
