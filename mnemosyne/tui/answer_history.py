"""What was typed in a session, to be taken up again: a value for the session, and one for going back and forth in it.

Answers to the card that is asked are left out: at a second try, in a drill or after an undo an earlier right answer
would give the question away.
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
    """The answers typed in a session, oldest first."""

    entries: tuple[Entry, ...] = ()  # oldest first

    def with_answer(self, card_id: str, way: Answering, text: str) -> AnswerHistory:
        """Return the history with one more answer."""
        return AnswerHistory((*self.entries, Entry(card_id, way, text.strip())))

    def offered(self, card_id: str, way: Answering) -> tuple[str, ...]:
        """Return what may be taken up for another card that is answered the same way.

        The newest first, each text once.
        """
        own = {entry.text for entry in self.entries if entry.card_id == card_id}
        texts = (entry.text for entry in reversed(self.entries) if entry.way is way)
        return tuple(dict.fromkeys(text for text in texts if text not in own))


@dataclass(frozen=True, slots=True)
class Browsing:
    """A place in the texts, the newest being 0; at -1 stands the draft, which is never lost."""

    texts: tuple[str, ...]  # the newest first
    draft: str = ""  # the answer that was being typed
    at: int = -1  # the place

    @property
    def shown(self) -> str:
        """The text at this place."""
        return self.draft if self.at < 0 else self.texts[self.at]

    def earlier(self, text: str) -> Browsing:
        """Go one text further back; `text` is what stands on the line now."""
        here = self._with(text)
        return replace(here, at=min(here.at + 1, len(self.texts) - 1))

    def later(self, text: str) -> Browsing:
        """Go one text forward, at last to the draft."""
        here = self._with(text)
        return replace(here, at=max(here.at - 1, -1))

    def _with(self, text: str) -> Browsing:
        """Return what was changed is the draft from now on."""
        return self if text == self.shown else replace(self, draft=text, at=-1)
