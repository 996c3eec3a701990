"""Grading without a checker: an option by its number or letter, blanked words forgivingly.

Words match without regard to case, accents, punctuation at the ends and spacing; listed synonyms count in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mnemosyne.cards.folding import folded
from mnemosyne.cards.question import ExpectsOption, ExpectsWords


@dataclass(frozen=True, slots=True)
class Match:
    """Whether an answer is right, and what to say; an answer that is not readable is not graded."""

    right: bool
    message: str
    readable: bool = True


def match_option(expected: ExpectsOption, typed: str) -> Match:
    """Grade the number (from 1), the letter (from a) or the whole text of an option."""
    index = _option_index(expected, typed.strip())
    if index is None:
        return Match(False, f"Type a number from 1 to {len(expected.options)}.", readable=False)
    option = expected.options[index]
    if option.right:
        return Match(True, option.why or "Correct.")
    return Match(False, option.why or "That is not it.")


def _option_index(expected: ExpectsOption, typed: str) -> int | None:
    count = len(expected.options)
    if typed.isdecimal() and len(typed) <= 3:
        return int(typed) - 1 if 1 <= int(typed) <= count else None
    if len(typed) == 1 and 0 <= ord(typed.lower()) - ord("a") < count:
        return ord(typed.lower()) - ord("a")
    texts = [folded(option.text.replace("`", "")) for option in expected.options]
    text = folded(typed)
    return texts.index(text) if text and texts.count(text) == 1 else None


def match_words(expected: ExpectsWords, typed: str) -> Match:
    """Grade the words of all blanks, in order, separated by semicolons (commas do where there are as many)."""
    count = len(expected.blanks)
    if not typed.strip():
        return Match(False, "Type the missing word." if count == 1 else _how_many(count), readable=False)
    words = _split(typed, count)
    if len(words) != count:
        return Match(False, _how_many(count), readable=False)
    wrong = [i for i in range(count) if not _is_among(words[i], expected.blanks[i].accepted)]
    if not wrong:
        return Match(True, "Correct.")
    if all(_is_among(words[i], expected.blanks[i].other_letters) for i in wrong):
        return Match(False, "That is the same in other letters: write it in those of the question.", readable=False)
    if count == 1:
        return Match(False, f"The missing word is: {expected.blanks[0].accepted[0]}.")
    numbers = ", ".join(f"{i + 1} ({expected.blanks[i].accepted[0]})" for i in wrong)
    return Match(False, f"Not right: blank {numbers}.")


def _how_many(count: int) -> str:
    return f"Type {count} answers, separated by semicolons."


def _split(typed: str, count: int) -> Sequence[str]:
    if count == 1:
        return [typed]
    words = typed.split(";")
    return words if len(words) == count else typed.split(",")


def _is_among(word: str, accepted: Sequence[str]) -> bool:
    return folded(word) in map(folded, accepted)
