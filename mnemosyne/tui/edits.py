"""Edits: the texts that stood on a line while it was typed, to go back to and forward again; and where they wait."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question

_MOST: Final = 200  # texts that are kept


@dataclass(frozen=True, slots=True)
class Edits:
    """`texts` in the order in which they stood there, the first empty; `at` is the place of the present one."""

    texts: tuple[str, ...] = ("",)
    at: int = 0

    @property
    def text(self) -> str:
        """The present text."""
        return self.texts[self.at]

    def typed(self, text: str) -> Edits:
        """Take in a new text; a letter or digit that continues a word belongs to the same edit as the word."""
        if text == self.text:
            return self
        texts = self.texts[: self.at + 1]
        if len(texts) > 1 and _continues(texts[-1], text) and _continues(texts[-2], texts[-1], by=None):
            texts = texts[:-1]
        texts = (*texts, text)[-_MOST:]
        return Edits(texts, len(texts) - 1)

    def undone(self) -> Edits:
        """Go one edit back, if there is one."""
        return replace(self, at=max(self.at - 1, 0))

    def redone(self) -> Edits:
        """Go one edit forward again, if there is one."""
        return replace(self, at=min(self.at + 1, len(self.texts) - 1))


def _continues(before: str, after: str, by: int | None = 1) -> bool:
    """Whether the text only grew at its end, by so many letters or digits after others; None is by any number."""
    added = after.removeprefix(before)
    if not after.startswith(before) or not added.isalnum() or (by is not None and len(added) != by):
        return False
    return by is None or before[-1:].isalnum()


@dataclass(frozen=True, slots=True)
class _Draft:
    seed: int
    prompt: str
    edits: tuple[Edits, ...]


@dataclass(slots=True)
class Drafts:
    """What was typed for questions that were left, until it is given as an answer.

    A question that was edited meanwhile has the same seed, one that comes again as it was the same prompt; a card that
    is asked with other numbers is another question, and a drill begins empty.
    """

    _waiting: dict[tuple[str, bool], _Draft] = field(default_factory=dict)

    def keep(self, question: Question, edits: tuple[Edits, ...], *, drill: bool) -> None:
        """Remember what is typed in each field."""
        self._waiting[question.card.id, drill] = _Draft(question.seed, question.prompt, edits)

    def of(self, question: Question, *, drill: bool) -> tuple[Edits, ...]:
        """Return what was typed in each field and not given."""
        draft = self._waiting.get((question.card.id, drill))
        if draft is None or (draft.seed != question.seed and draft.prompt != question.prompt):
            return ()
        return draft.edits

    def drop(self, question: Question, *, drill: bool) -> None:
        """Drop what was typed: the answer is given."""
        self._waiting.pop((question.card.id, drill), None)
