"""Calls that occur repeatedly in a printed text, as every link of a chain does in its derivative.

A chain of n links repeats its inner functions n times over. Parsing each only once takes time in proportion
to the different calls, and the shared nodes are walked only once as well. Only for printed texts: the nodes
keep the position of their first occurrence, while errors in a typed text must point at the exact place.
"""

from __future__ import annotations

from mnemosyne.expressions.operators import CallHead, Operand

FEW_CHARACTERS = 200  # texts up to this length are parsed faster than they are searched for repetitions
MOST_KEPT = 4_000_000  # characters


class RepeatedCalls:
    """The calls of one text parsed so far, by their text."""

    def __init__(self, chars: str) -> None:
        self._chars = chars
        self._ends = _ends(chars)
        self._operands: dict[str, Operand] = {}
        self._room = MOST_KEPT

    def operand(self, head: CallHead, bracket: int) -> Operand | None:
        """Return the call of a function, whose bracket opens at `bracket`, if the same text was parsed before."""
        end = self._ends.get(bracket)
        if end is None or not _is_plain(head):
            return None
        start = head.token.start
        earlier = self._operands.get(self._chars[start:end])
        return None if earlier is None else earlier._replace(start=start, end=end)

    def keep(self, head: CallHead, operand: Operand) -> None:
        """Remember a parsed call, as long as there is room for its text."""
        self._room -= operand.end - operand.start
        if self._room > 0 and _is_plain(head):
            self._operands[self._chars[operand.start : operand.end]] = operand


def _is_plain(head: CallHead) -> bool:
    """Whether the bracket follows the name directly, and cannot be the degree of a root."""
    return head.exponent is None and head.index is None and head.token.text.lower() != "root"


def _ends(chars: str) -> dict[int, int]:
    """Return for each opening parenthesis the position after the one that closes it."""
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
