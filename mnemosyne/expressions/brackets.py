"""Which brackets and bars of a text belong together, and which are unmatched; also while it is being typed.

Pairs are matched as in the parser: a bar closes after an operand, and opens where an operand is expected. A
`;` ends everything that is open, since it separates formulas.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from mnemosyne.expressions.lexer import TokenKind
from mnemosyne.expressions.typed_pieces import TypedPiece, typed_pieces
from mnemosyne.expressions.typed_text import plain_text

_OPENERS = {")": "(", "]": "[", "}": "{"}
_SHOWN = frozenset("()[]{}|")
_LEAVES = frozenset((TokenKind.NUMBER, TokenKind.SYMBOL, TokenKind.CONSTANT, None))


@dataclass(frozen=True, slots=True)
class Brackets:
    """`pairs` of positions, the opening one first; `alone` are the positions of unmatched brackets."""

    pairs: tuple[tuple[int, int], ...] = ()
    alone: tuple[int, ...] = ()

    def near(self, cursor: int) -> tuple[int, ...]:
        """Return the pair with a bracket at the cursor, or else just left of it; empty if there is none."""
        for place in (cursor, cursor - 1):
            for pair in self.pairs:
                if place in pair:
                    return pair
            if place in self.alone:
                return ()
        return ()


@lru_cache(maxsize=8)  # called again whenever the cursor moves
def brackets(typed: str, names: frozenset[str] | None = None) -> Brackets:
    """Return the brackets of a text; `names` as in `reading.read`."""
    matching = _Matching()
    for piece in typed_pieces(typed, names):
        matching.take(piece)
    matching.forget()
    return matching.visible_brackets(typed)


@dataclass(slots=True)
class _Open:
    """An open bracket: its sign, its position, and whether it belongs to a function's name, as in sin^(n+1) x."""

    sign: str
    place: int
    of_name: bool


@dataclass(slots=True)
class _Matching:
    """Matches brackets: `_complete` says that an operand is there, `_name` that a function waits for one."""

    _open: list[_Open] = field(default_factory=list)
    _pairs: list[tuple[int, int]] = field(default_factory=list)
    _alone: list[int] = field(default_factory=list)
    _complete: bool = False
    _name: bool = False
    _raised: bool = False  # an exponent or index of a function's name comes next

    def take(self, piece: TypedPiece) -> None:
        """Process the next piece."""
        place = piece.end - 1
        if piece.text == ";":
            self.forget()
        elif piece.kind is TokenKind.OPEN:
            self._opens(piece.text, place)
        elif piece.kind is TokenKind.CLOSE:
            self._closes(_OPENERS[piece.text], place)
        elif piece.kind is TokenKind.BAR:
            self._bar(place)
        elif piece.kind in _LEAVES:
            self._there(of_name=self._raised)
        elif piece.kind is TokenKind.FUNCTION:
            self._complete, self._name, self._raised = False, True, False
        else:
            self._raised = self._name and piece.kind in (TokenKind.POWER, TokenKind.SUBSCRIPT, TokenKind.MINUS)
            self._complete, self._name = False, self._raised

    def forget(self) -> None:
        """Start over; brackets that are still open count as unmatched."""
        self._alone += [bracket.place for bracket in self._open]
        self._open.clear()
        self._complete = self._name = self._raised = False

    def visible_brackets(self, typed: str) -> Brackets:
        """Return those brackets that are visible as such.

        The plain form of a superscript or a LaTeX command may contain others.
        """

        def seen(place: int) -> bool:
            return plain_text(typed[place]).chars in _SHOWN

        pairs = (pair for pair in self._pairs if seen(pair[0]) and seen(pair[1]))
        return Brackets(tuple(sorted(pairs)), tuple(sorted(place for place in set(self._alone) if seen(place))))

    def _there(self, *, of_name: bool) -> None:
        """Note a complete operand, or an exponent or index of a function name that still waits for its operand."""
        self._complete, self._name, self._raised = not of_name, of_name, False

    def _opens(self, sign: str, place: int) -> None:
        self._open.append(_Open(sign, place, self._raised))
        self._complete = self._name = self._raised = False

    def _closes(self, sign: str, place: int) -> None:
        while self._open and self._open[-1].sign == "|" != sign:
            self._alone.append(self._open.pop().place)
        if not self._open or self._open[-1].sign != sign:
            self._alone.append(place)
            self._there(of_name=False)
            return
        opened = self._open.pop()
        self._pairs.append((opened.place, place))
        self._there(of_name=opened.of_name)

    def _bar(self, place: int) -> None:
        if self._complete and self._open and self._open[-1].sign == "|":
            self._closes("|", place)
        else:
            self._opens("|", place)
