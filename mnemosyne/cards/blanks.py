"""The blanks of a cloze text: `{{word}}`, or `{{word|synonym}}` with further accepted words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = "____"
_ANKI = re.compile(r"\{\{c[0-9]+::")
BLANK_BRACES = re.compile(r"\{\{((?:[^{}]|\{\w+\})+)\}\}")  # a blank, whose word may contain parameters
_BLANK = re.compile(r"\{\{([^{}]+)\}\}")


@dataclass(frozen=True, slots=True)
class Blank:
    """One blanked word: `accepted` lists the word itself and then its synonyms; `other_letters` are
    equivalents in another notation, neither right nor wrong.
    """

    accepted: tuple[str, ...]
    other_letters: tuple[str, ...] = ()


def blanks(
    text: str, synonyms: Mapping[str, tuple[str, ...]], other_letters: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Blank, ...]:
    """Return the blanks in order."""
    listed = []
    for match in _BLANK.finditer(text):
        words = tuple(word.strip() for word in match[1].split("|"))
        listed.append(Blank((*words, *synonyms.get(words[0], ())), (other_letters or {}).get(words[0], ())))
    return tuple(listed)


def is_anki(text: str) -> bool:
    """Return whether a text has a blank in Anki's syntax, `{{c1::word}}`."""
    return _ANKI.search(text) is not None


def hidden(text: str) -> str:
    """Return the text of the question, with a line in place of each blank."""
    return _BLANK.sub(SHOWN, text)


def restored_text(text: str) -> str:
    """Return the text with every word in place."""
    return _BLANK.sub(lambda match: match[1].split("|")[0].strip(), text)
