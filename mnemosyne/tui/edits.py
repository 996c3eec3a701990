"""Undo and redo on the lines of an answer, and the drafts of questions that were left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question

_MOST: Final = 200  # texts that are kept at most


@dataclass(frozen=True, slots=True)
class Edits:
    """The successive `texts` of a line, the first empty; `at` is the index of the current one."""

    texts: tuple[str, ...] = ("",)
    at: int = 0

    @property
    def text(self) -> str:
        """The current text."""
        return self.texts[self.at]

    def typed(self, text: str) -> Edits:
        """Add a new text; a letter or digit that continues a word belongs to the same edit as the word."""
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
    """Whether letters or digits were only appended: `by` of them, after another one; with None any number, anywhere."""
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
    """The unsubmitted answers to questions that were left.

    A draft is kept if the question has the same seed (its card was edited meanwhile) or the same
    prompt (it came again unchanged); with other numbers it is a new question. Drills have drafts of
    their own.
    """

    _waiting: dict[tuple[str, bool], _Draft] = field(default_factory=dict)

    def keep(self, question: Question, edits: tuple[Edits, ...], *, drill: bool) -> None:
        """Remember the edits of each field."""
        self._waiting[question.card.id, drill] = _Draft(question.seed, question.prompt, edits)

    def of(self, question: Question, *, drill: bool) -> tuple[Edits, ...]:
        """Return the edits of each field; empty if there is no draft."""
        draft = self._waiting.get((question.card.id, drill))
        if draft is None or (draft.seed != question.seed and draft.prompt != question.prompt):
            return ()
        return draft.edits

    def drop(self, question: Question, *, drill: bool) -> None:
        """Drop the draft, because the answer was submitted."""
        self._waiting.pop((question.card.id, drill), None)
