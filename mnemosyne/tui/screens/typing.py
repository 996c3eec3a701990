"""What a screen with an answer line commands while an answer is typed: completing, signs, earlier answers."""

from __future__ import annotations

from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.widgets.answer_box import AnswerBox

_TYPING = frozenset(("complete", "previous_field", "signs", "earlier", "later"))


class TypingScreen(PlacedScreen):
    """Passes the commands on to its answer box; they are off while nothing is typed."""

    def earlier_answers(self) -> tuple[str, ...]:
        """Return what may be taken up again, the newest first."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an answer line there is nothing to complete; without mathematics there are no signs."""
        available = super().check_action(action, parameters)
        if not available or action not in _TYPING:
            return available
        return self._box.display and (action != "signs" or self._box.mathematics)

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    def action_complete(self) -> None:
        """Write the rest of the word, or go to the next field."""
        self._box.complete()

    def action_previous_field(self) -> None:
        """Go to the field before."""
        self._box.previous_field()

    def action_signs(self) -> None:
        """Open the row of signs."""
        self._box.open_signs()

    def action_earlier(self) -> None:
        """Take up what was typed before."""
        self._box.browse(self.earlier_answers(), back=True)

    def action_later(self) -> None:
        """Go forward again."""
        self._box.browse(self.earlier_answers(), back=False)
