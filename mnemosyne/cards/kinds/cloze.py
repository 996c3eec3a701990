"""cloze: the blanked words of a text, matched forgivingly.

Case, accents, punctuation at the ends and spacing do not matter; listed synonyms count in full.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from mnemosyne.cards import blanks
from mnemosyne.cards.blanks import Blank
from mnemosyne.cards.folding import folded, untypable
from mnemosyne.cards.kinds.card_field import WHERE, WRONG, CardField, FieldType
from mnemosyne.cards.kinds.card_kind import (
    Answering,
    CardKind,
    Content,
    Expected,
    QuestionParts,
    matched,
    missing_fields,
    unmatched,
)
from mnemosyne.cards.template import blanked_sentence, sentence
from mnemosyne.cards.variants import Rules, Values, Where, WrongAnswers
from mnemosyne.text import for_message
from mnemosyne.verdict import FieldVerdict, Verdict, Word, right_fields_phrase

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_reader import CardReader
    from mnemosyne.cards.kinds.proving import Judge, VariantProof

WordLists: TypeAlias = Mapping[str, tuple[str, ...]]
_COMMA = re.compile(r",(?![^()\[\]{}]*[)\]}])")  # outside of brackets: f(x, y) is one answer
_WORDS = 10  # characters of a text with blanks that take as long to read as one of a formula


@dataclass(frozen=True, slots=True)
class ExpectsWords(Expected):
    """The blanked words in order, several separated by `;`."""

    blanks: tuple[Blank, ...]  # the blanks, in the order of the text
    whole: str  # the text with all the words in place
    wrong: WrongAnswers = ()  # wrong words, each with its feedback

    answering: ClassVar[Answering] = Answering.WORDS

    def judge(self, text: str, seed: int, judge: Judge) -> Verdict:
        """Return the verdict on the words of all blanks, separated by semicolons, or by commas if their number fits."""
        del seed, judge
        count = len(self.blanks)
        words, separator = _split(text, count)
        if len(words) != count or not all(map(str.strip, words)):
            return self._not_all(words, separator, text)
        wrong = [i for i in range(count) if not self._is_among(words[i], self.blanks[i].accepted)]
        if wrong and all(self._is_among(words[i], self.blanks[i].other_letters) for i in wrong):
            return _other_letters(words, wrong[0], text)
        if count == 1:
            message = self._feedback(text) if wrong else "Correct."
            return matched(right=not wrong, message=message, stated=self.whole, text=text)
        verdict = replace(
            matched(right=not wrong, message="Correct.", stated=self.whole, text=text),
            fields=tuple(self._field(i, word.strip(), right=i not in wrong) for i, word in enumerate(words)),
        )
        return replace(verdict, message=right_fields_phrase(verdict, "blank")) if wrong else verdict

    def _field(self, index: int, typed: str, *, right: bool) -> FieldVerdict:
        word = Word.CORRECT if right else Word.INCORRECT
        feedback = "" if right else self._feedback(typed)
        return FieldVerdict(_blank_name(index), word, typed, self.blanks[index].accepted[0], feedback)

    def _not_all(self, words: Sequence[str], separator: str, text: str) -> Verdict:
        """Return the message that names the missing words, or says that there are too many."""
        count = len(self.blanks)
        if count == 1:
            return unmatched("Type the missing word.", text)
        missing, end = missing_fields(words, [*map(_blank_name, range(count))], separator)
        fault = missing or f"You typed {len(words)} answers"
        return unmatched(f"{fault}. Type {count} answers, separated by semicolons.", text, (end, end))

    def right_answer(self, proving: VariantProof) -> str:
        """Return the words; raise NotProvedError if some cannot be typed on a keyboard."""
        unusual = [blank.accepted[0] for blank in self.blanks if all(map(untypable, blank.accepted))]
        if unusual:
            contain = ", ".join(f"the blank {for_message(word)} contains {untypable(word)[0]}" for word in unusual)
            spellings = ", ".join(f"{{{{{word}|…}}}}" for word in unusual)
            verb = "is" if len(unusual) == 1 else "are"
            raise proving.error(f"{contain}, which {verb} on no keyboard", f"add a typable spelling: {spellings}")
        return ";".join(blank.accepted[0] for blank in self.blanks)

    @property
    def feedback(self) -> frozenset[str]:
        """The author's feedback on wrong words."""
        return frozenset(why for _, why in self.wrong)

    @property
    def field_names(self) -> tuple[str, ...]:
        """A name for each of several blanks; empty for a single one."""
        return tuple(map(_blank_name, range(len(self.blanks)))) if len(self.blanks) > 1 else ()

    @property
    def label(self) -> str:
        """The label before the answer line."""
        return "word:"

    @property
    def placeholder(self) -> str:
        """The prompt for the answer line, or how to move between blanks."""
        return "Tab: next blank; Enter: check all" if len(self.blanks) > 1 else "type it, then Enter"

    def detail_lines(self) -> list[str]:
        """Return the instruction for typing several words on one line."""
        return [f"  (type {len(self.blanks)} answers, with ; between them)"] if len(self.blanks) > 1 else []

    @property
    def stated(self) -> str:
        """The complete text."""
        return self.whole

    def is_stated(self, answer: str) -> bool:
        """Whether the answer is the blanked word itself, not a synonym, which may occur elsewhere in the text."""
        return len(self.blanks) == 1 and self._is_among(answer, self.blanks[0].accepted[:1])

    def foreseen(self, proving: VariantProof) -> WrongAnswers:
        """Return the author's wrong words, each in the first blank where it is wrong, with the other blanks right."""
        del proving
        return tuple((self._with(word), why) for word, why in self.wrong)

    def _with(self, word: str) -> str:
        words = [blank.accepted[0] for blank in self.blanks]
        at = next((i for i, blank in enumerate(self.blanks) if not self._is_among(word, blank.accepted)), 0)
        return ";".join([*words[:at], word, *words[at + 1 :]])

    def _feedback(self, typed: str) -> str:
        """Return the author's feedback on a wrong word; empty if it is not foreseen."""
        return next((why for word, why in self.wrong if self._is_among(typed, (word,))), "")

    def _is_among(self, word: str, accepted: Sequence[str]) -> bool:
        """Whether a word is one of several; f is not F where the text has both."""
        return folded(word, self.whole) in (folded(text, self.whole) for text in accepted)


@dataclass(frozen=True, slots=True)
class Cloze(Content):
    """A `text` with {{blanks}}."""

    text: str
    # further words accepted for a blanked word
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # The same in other notation, such as g'(x) for du/dx: neither right nor wrong.
    other_letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)
    wrong: WrongAnswers = field(default=(), kw_only=True)  # wrong words, each with its feedback

    where: Where = field(default_factory=dict, kw_only=True)  # the values of each parameter
    rules: Rules = field(default=(), kw_only=True)  # the conditions on the values

    kind: ClassVar[str] = "cloze"

    def question(self, values: Values, seed: int) -> QuestionParts:
        """Return the text with the parameters' values substituted and a line for each blank."""
        del seed
        text = blanked_sentence(self.text, values)
        parts = blanks.blanks(text, _concrete(self.synonyms, values), _concrete(self.other_letters, values))
        wrong = tuple((sentence(word, values), sentence(why, values)) for word, why in self.wrong)
        return QuestionParts(blanks.hidden(text), ExpectsWords(parts, blanks.restored_text(text), wrong))


def _concrete(lists: WordLists, values: Values) -> WordLists:
    return {
        sentence(word, values): tuple(sentence(synonym, values) for synonym in synonyms)
        for word, synonyms in lists.items()
    }


def _read(card: CardReader) -> Cloze | None:
    fields, params = card.fields, card.parameters()
    if params is None or "text" in card.absent:
        return None
    card.notes.spend(len(fields.text) // _WORDS)
    synonyms, other_letters = (
        {word: tuple(words) for word, words in lists.items()} for lists in (fields.synonyms, fields.other_letters)
    )
    card.require_texts(params, [(("text",), blanks.BLANK_BRACES.sub(r"\1", fields.text))])
    for values in (card.sample(params) if params[0] else [{}])[:1]:
        text = blanked_sentence(fields.text, values)
        parts = blanks.blanks(text, _concrete(synonyms, values), _concrete(other_letters, values))
        _require_blanks(card, text, parts)
        for key, lists in (("synonyms", synonyms), ("other_letters", other_letters)):
            for word in (word for word in lists if sentence(word, values) not in {part.accepted[0] for part in parts}):
                message = f"{for_message(word)} is not a blank in the text"
                card.add(key, message, "write the word as it appears there", within=word)
    wrong = tuple((foreseen.answer, foreseen.why) for foreseen in fields.wrong)
    return Cloze(fields.text, synonyms, other_letters=other_letters, wrong=wrong, where=params[0], rules=params[1])


def _require_blanks(card: CardReader, text: str, parts: Sequence[Blank]) -> None:
    """Note malformed or missing blanks."""
    rest = blanks.hidden(text)
    if blanks.is_anki(text):
        card.add("text", "this is an Anki cloze", "write {{word}} for {{c1::word}}")
    elif "{{}}" in rest:
        card.add("text", "a blank has no word", "write it as {{word}} or {{word|synonym}}")
    elif "{{" in rest or "}}" in rest:
        card.add("text", "a blank is not closed, or not opened", "write it as {{word}}")
    elif not parts:
        card.add("text", "the text has no blank", "put a word in {{ }}")
    if not all(folded(word) for blank in parts for word in blank.accepted):
        card.add("text", "a blank has no word", "write it as {{word}} or {{word|synonym}}")


def _blank_name(index: int) -> str:
    """Return the name of one of several blanks; `index` counts from 0."""
    return f"blank {index + 1}"


def _other_letters(words: Sequence[str], index: int, text: str) -> Verdict:
    blank_name = "That" if len(words) == 1 else _blank_name(index).capitalize()
    message = f"{blank_name} means the same in other symbols: use those of the question."
    start = sum(len(word) + 1 for word in words[:index])
    return unmatched(message, text, (start, start + len(words[index])))


def _split(typed: str, count: int) -> tuple[Sequence[str], str]:
    """Return the words and the separator between them."""
    if count == 1:
        return [typed], ""
    by_commas = _COMMA.split(typed)
    return (typed.split(";"), ";") if ";" in typed or len(by_commas) != count else (by_commas, ",")


CLOZE: Final = CardKind(
    Cloze,
    "Fill in the missing words.",
    (
        CardField("text", FieldType.TEXT, "A sentence with {{blanks}}.", stand_in="{{a}}"),
        CardField("synonyms", FieldType.WORD_LISTS, "Other answers accepted for a blank.", default={}),
        CardField(
            "other_letters",
            FieldType.WORD_LISTS,
            "Answers in other symbols: neither right nor wrong; the learner is asked to use the question's symbols.",
            default={},
        ),
        WHERE,
        WRONG,
    ),
    _read,
    proved_at="text",
)
