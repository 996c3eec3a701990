"""cloze: the blanked words of a text, matched forgivingly.

Words match without regard to case, accents, punctuation at the ends and spacing; listed synonyms count in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from mnemosyne.cards import blanks
from mnemosyne.cards.blanks import Blank
from mnemosyne.cards.folding import folded, untypable
from mnemosyne.cards.kinds.card_field import CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    Answering,
    CardKind,
    Content,
    Expected,
    Judge,
    QuestionParts,
    matched,
    unmatched,
)
from mnemosyne.cards.kinds.card_reader import CardReader
from mnemosyne.cards.kinds.proving import Proving
from mnemosyne.cards.variants import Values
from mnemosyne.text import shown
from mnemosyne.verdict import Verdict

_WORDS = 10  # characters of a text with blanks that are read in the time of one of a formula


@dataclass(frozen=True, slots=True)
class ExpectsWords(Expected):
    """The blanked words in order, several separated by `;`."""

    blanks: tuple[Blank, ...]
    whole: str  # the text with all of them in place

    answering: ClassVar[Answering] = Answering.WORDS

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the verdict on the words of all blanks (separated by commas, where there are as many)."""
        del seed, judge
        count = len(self.blanks)
        if not text.strip():
            return unmatched("Type the missing word." if count == 1 else _how_many(count), text)
        words = _split(text, count)
        if len(words) != count:
            return unmatched(_how_many(count), text)
        wrong = [i for i in range(count) if not _is_among(words[i], self.blanks[i].accepted)]
        if wrong and all(_is_among(words[i], self.blanks[i].other_letters) for i in wrong):
            return unmatched("That is the same in other letters: write it in those of the question.", text)
        return matched(right=not wrong, message=self._message(wrong), stated=self.whole, text=text)

    def right_answer(self, proving: Proving) -> str:
        """Return the words, which can all be typed."""
        for blank in self.blanks:
            if all(signs := [untypable(word) for word in blank.accepted]):
                what = f"the blank {shown(blank.accepted[0])} has {signs[0][0]}, which no keyboard has"
                raise proving.error(what, f"add a word for it: {{{{{blank.accepted[0]}|…}}}}")
        return ";".join(blank.accepted[0] for blank in self.blanks)

    @property
    def field_count(self) -> int:
        """One for each blank."""
        return len(self.blanks)

    @property
    def label(self) -> str:
        """What the line holds."""
        return "words:" if len(self.blanks) > 1 else "word:"

    @property
    def placeholder(self) -> str:
        """What to type."""
        count = len(self.blanks)
        return f"{count} words with ; between them, then Enter" if count > 1 else "type it, then Enter"

    @property
    def stated(self) -> str:
        """The whole text."""
        return self.whole

    def _message(self, wrong: Sequence[int]) -> str:
        if not wrong:
            return "Correct."
        if len(self.blanks) == 1:
            return f"The missing word is: {self.blanks[0].accepted[0]}."
        return f"Not right: blank {', '.join(f'{i + 1} ({self.blanks[i].accepted[0]})' for i in wrong)}."


@dataclass(frozen=True, slots=True)
class Cloze(Content):
    """A `text` with {{blanks}}."""

    text: str
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what else is accepted for a blanked word
    # What says the same in other letters, as g'(x) does for du/dx: it is neither right nor wrong.
    other_letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)

    kind: ClassVar[str] = "cloze"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the text with a line for each blank."""
        del values, seed
        parts = blanks.blanks(self.text, self.synonyms, self.other_letters)
        return QuestionParts(blanks.hidden(self.text), ExpectsWords(parts, blanks.restored_text(self.text)))


def _read(card: CardReader) -> Cloze | None:
    fields = card.fields
    if "text" in card.absent:
        return None
    card.notes.spend(len(fields.text) // _WORDS)
    synonyms, other_letters = (
        {word: tuple(others) for word, others in lists.items()} for lists in (fields.synonyms, fields.other_letters)
    )
    parts = blanks.blanks(fields.text, synonyms, other_letters)
    _require_blanks(card, fields.text, parts)
    for key, lists in (("synonyms", synonyms), ("other_letters", other_letters)):
        for word in lists.keys() - {blank.accepted[0] for blank in parts}:
            what = f"{shown(word)} is not a blank of the text"
            card.add(key, what, "use the word as it stands there", within=word)
    return Cloze(fields.text, synonyms, other_letters=other_letters)


def _require_blanks(card: CardReader, text: str, parts: Sequence[Blank]) -> None:
    """Note blanks that are none."""
    rest = blanks.hidden(text)
    if blanks.is_anki(text):
        card.add("text", "this is a cloze of Anki", "write {{word}} for {{c1::word}}")
    elif "{{" in rest or "}}" in rest:
        card.add("text", "a blank is not closed, or not opened", "write it as {{word}}")
    elif not parts:
        card.add("text", "text has no blank", "put a word in {{ }}")
    if not all(folded(word) for blank in parts for word in blank.accepted):
        card.add("text", "a blank has no word", "write it as {{word}} or {{word|synonym}}")


def _how_many(count: int) -> str:
    return f"Type {count} answers, separated by semicolons."


def _split(typed: str, count: int) -> Sequence[str]:
    if count == 1:
        return [typed]
    words = typed.split(";")
    return words if len(words) == count else typed.split(",")


def _is_among(word: str, accepted: Sequence[str]) -> bool:
    return folded(word) in map(folded, accepted)


CLOZE: Final = CardKind(
    Cloze,
    "Fill in words.",
    (
        CardField("text", FieldType.TEXT, "A sentence with {{blanks}}.", stand_in="{{a}}"),
        CardField("synonyms", FieldType.WORD_LISTS, "What else is accepted for a blanked word.", default={}),
        CardField(
            "other_letters",
            FieldType.WORD_LISTS,
            "What says the same in other letters: neither right nor wrong, the learner is told so.",
            default={},
        ),
    ),
    _read,
    proved_at="text",
)
