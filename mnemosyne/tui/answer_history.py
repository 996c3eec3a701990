"""The answers typed in a session, which can be recalled: the history itself, and a position while browsing it.

Answers to the current card are left out: on a second try, in a drill or after an undo, an earlier
right answer would give the solution away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mnemosyne.cards.kinds.card_kind import Answering


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer that was given."""

    card_id: str  # the card that was asked
    way: Answering  # how the answer was typed; only entries of the same way are offered again
    text: str  # the answer, as typed


@dataclass(frozen=True, slots=True)
class AnswerHistory:
    """The answers typed in a session."""

    entries: tuple[Entry, ...] = ()  # oldest first

    def with_answer(self, card_id: str, way: Answering, text: str) -> AnswerHistory:
        """Return the history with one more answer."""
        return AnswerHistory((*self.entries, Entry(card_id, way, text.strip())))

    def offered(self, card_id: str, way: Answering) -> tuple[str, ...]:
        """Return the earlier answers to offer for a card that is answered the same way, except its own.

        Newest first, without duplicates.
        """
        own = {entry.text for entry in self.entries if entry.card_id == card_id}
        texts = (entry.text for entry in reversed(self.entries) if entry.way is way)
        return tuple(dict.fromkeys(text for text in texts if text not in own))


@dataclass(frozen=True, slots=True)
class Browsing:
    """A position in the texts, 0 being the newest; -1 is the draft, which is never lost."""

    texts: tuple[str, ...]  # the newest first
    draft: str = ""  # the answer that was being typed
    at: int = -1  # the position

    @property
    def current_text(self) -> str:
        """The text at this position."""
        return self.draft if self.at < 0 else self.texts[self.at]

    def earlier(self, text: str) -> Browsing:
        """Go one text further back; `text` is what the line contains now."""
        here = self._with(text)
        return replace(here, at=min(here.at + 1, len(self.texts) - 1))

    def later(self, text: str) -> Browsing:
        """Go one text forward, finally to the draft."""
        here = self._with(text)
        return replace(here, at=max(here.at - 1, -1))

    def _with(self, text: str) -> Browsing:
        """Make the text the draft if the learner has changed it."""
        return self if text == self.current_text else replace(self, draft=text, at=-1)
