"""The cards of a list that are selected for the next command, and the range that is being selected.

A range goes from its anchor to the cursor and moves with it. While it is `held` (`v`) every move of
the cursor makes it longer or shorter; otherwise (Shift) the next plain move ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class CardSelection:
    """The ids of the selected cards, and the row from 0 where a range begins, if one is being selected."""

    chosen: frozenset[str] = frozenset()
    anchor: int | None = None  # the row, from 0, where a range begins
    held: bool = False  # whether the range stays when the cursor moves without Shift

    def rows(self, cursor: int) -> range:
        """Return the rows of the range, the anchor's and the cursor's included."""
        if self.anchor is None:
            return range(0)
        return range(min(self.anchor, cursor), max(self.anchor, cursor) + 1)

    def all(self, ids: Sequence[str], cursor: int) -> frozenset[str]:
        """Return all selected ids, those of the range included."""
        if self.anchor is None:
            return self.chosen
        return self.chosen.union(ids[row] for row in self.rows(cursor) if row < len(ids))

    def stretched(self, cursor: int) -> CardSelection:
        """Begin a range at the cursor if there is none; called before a move with Shift."""
        return replace(self, anchor=cursor) if self.anchor is None else self

    def settled(self, ids: Sequence[str], cursor: int) -> CardSelection:
        """End a range that is not held; called before a plain move."""
        return self if self.held else CardSelection(self.all(ids, cursor))

    def toggle_range(self, ids: Sequence[str], cursor: int) -> CardSelection:
        """Begin a held range, or end it."""
        return CardSelection(self.all(ids, cursor)) if self.held else replace(self.stretched(cursor), held=True)

    def turned(self, ids: Sequence[str], cursor: int) -> CardSelection:
        """Select the card at the cursor, or deselect it."""
        selected = self.all(ids, cursor)
        return CardSelection(selected ^ {ids[cursor]}) if self.anchor is None else CardSelection(selected)

    def all_or_none(self, ids: Sequence[str], cursor: int) -> CardSelection:
        """Select all cards of the list; none if all are selected."""
        all_ids = frozenset(ids)
        return CardSelection() if self.all(ids, cursor) == all_ids else CardSelection(all_ids)
