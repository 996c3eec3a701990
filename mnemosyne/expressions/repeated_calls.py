"""Calls that stand in a printed text more than once, as every link of a chain does in its derivative.

A chain of n links repeats its inner functions n times over: read once each, such a text takes the time of its different
calls, and what is read is shared, so that whatever walks over it does each once. Only for printed texts: the nodes keep
the place where they stood first, while what is said of a typed text points at where it was typed.
"""

from __future__ import annotations

from mnemosyne.expressions.operators import CallHead, Operand

FEW_CHARACTERS = 200  # texts up to this length are read faster than they are searched for repetitions
MOST_KEPT = 4_000_000  # characters


class RepeatedCalls:
    """The calls of one text that were read so far, by how they are written."""

    def __init__(self, chars: str) -> None:
        self._chars = chars
        self._ends = _ends(chars)
        self._operands: dict[str, Operand] = {}
        self._room = MOST_KEPT

    def operand(self, head: CallHead, bracket: int) -> Operand | None:
        """Return the call of a function, whose bracket opens at a place, if the same was read before."""
        end = self._ends.get(bracket)
        if end is None or not _is_plain(head):
            return None
        start = head.token.start
        earlier = self._operands.get(self._chars[start:end])
        return None if earlier is None else earlier._replace(start=start, end=end)

    def keep(self, head: CallHead, operand: Operand) -> None:
        """Remember a call that was read, unless its text is too long."""
        self._room -= operand.end - operand.start
        if self._room > 0 and _is_plain(head):
            self._operands[self._chars[operand.start : operand.end]] = operand


def _is_plain(head: CallHead) -> bool:
    """Whether nothing stands between the name and its bracket, and the bracket cannot be the degree of a root."""
    return head.exponent is None and head.index is None and head.token.text.lower() != "root"


def _ends(chars: str) -> dict[int, int]:
    """Return for each opening parenthesis the place behind the one that closes it."""
    ends: dict[int, int] = {}
    open_places: list[int] = []
    at = -1
    for part in chars.split(")"):
        for before in part.split("(")[:-1]:
            at += len(before) + 1
            open_places.append(at)
        at += len(part.rsplit("(", 1)[-1]) + 1
        if open_places:
            ends[open_places.pop()] = at + 1
    return ends
