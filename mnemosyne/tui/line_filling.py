"""Line breaking: which pieces of a text go on each line, so that no word or sign stands alone on the last one."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST = 3  # fewest pieces of the last line but one for it to give one to a lone last piece
_JOINING = frozenset("+−=<>≤≥≈±")  # signs that are not separated from the text on either side
_ENDING = frozenset("·%")  # signs that are not separated from the text before them


def filled_lines(widths: Sequence[int], room: int) -> list[range]:
    """Return the indices of the pieces on each line: as many as fit, with a space between two.

    A last line of one piece gets another from the line before, if that has enough of them.
    """
    starts, used = [0], 0
    for number, width in enumerate(widths):
        if number > starts[-1] and used + 1 + width > room:
            starts.append(number)
            used = width
        else:
            used += width + (number > starts[-1])
    is_lone = len(starts) > 1 and starts[-1] == len(widths) - 1 and starts[-1] - starts[-2] >= _FEWEST
    if is_lone and widths[-2] + 1 + widths[-1] <= room:
        starts[-1] -= 1
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(widths)], strict=True)]


def unbroken_pieces(text: str, longest: int) -> list[str]:
    """Return the words of a text; a short formula such as 4x + 6 is one piece, of up to `longest` characters."""
    pieces: list[str] = []
    joins = False
    for word in text.split(" "):
        is_joining = word in _JOINING
        fits = bool(pieces) and len(pieces[-1]) + 1 + len(word) <= longest
        if pieces and pieces[-1] and (word in _ENDING or (fits and (joins or is_joining))):
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
        joins = is_joining
    return pieces
