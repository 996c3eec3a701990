"""Text: the characters of others' text that a terminal or a page may get, and the name meant by a mistyped one.

A character without a shape of its own, such as a control code, a mark that turns the direction of text around or a
private sign, is shown as �: nothing is hidden, nothing obeyed, and what follows stays where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

# categories without a shape, from controls to line separators
_SHAPELESS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JOINER: Final = "\u200d"  # makes one sign of several, such as 👩‍🔬
_LETTERS_PER_SLIP: Final = 3  # one slip is forgiven for every three letters: `nwe` is new, `zzz` is not tag
_MOST_QUOTED: Final = 40  # characters of what an author wrote that fit into a message
LONGEST_QUESTION: Final = 60  # characters of a question in a sentence about it
_LONGEST_NAME: Final = 80  # characters; longer names are not compared letter by letter


def visible(text: str) -> str:
    """Return the text with every character that has no shape shown as �; line feeds, tabs and joiners stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def is_unicode(text: str) -> bool:
    """Return whether a text can be written in UTF-8; a file's name that is no UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def escaped(name: str) -> str:
    """Return a name with its bytes that are no UTF-8 written out: `m\\xfcsli.yaml`."""
    return "".join(f"\\x{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in name)


def hyphenated(text: str) -> str:
    """Return a text as ids, tags and files are named: lower-case letters, digits and hyphens; "" if it has none."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def calendar_day(day: date) -> str:
    """Return a day as screens and sentences write it: `7 Mar 2026`, in English wherever the program runs."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def capitalized(text: str) -> str:
    """Return the text with a capital first letter; unlike `str.capitalize`, the rest stays as it is."""
    return text[:1].upper() + text[1:]


def as_sentence(message: str) -> str:
    """Return a message of one line with a capital, unless a name or a place begins it, and with a full stop."""
    first = message.partition(" ")[0].rstrip(",;:")
    whole = capitalized(message) if len(first) > 1 and first.isalpha() else message
    return whole if whole.endswith((".", "!", "?", "…", ".”", ".)")) else f"{whole}."


def one_line(text: str) -> str:
    """Return the visible text with every run of white space, line breaks too, as one space."""
    return visible(" ".join(text.split()))


def shown(value: object) -> str:
    """Return what an author wrote, as far as it fits into a message."""
    text = str(value)
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"


def short_question(prompt: str) -> str:
    """Return a card's question as a sentence names it: on one line, cut where it is long."""
    text = one_line(prompt)
    return text if len(text) <= LONGEST_QUESTION else f"{text[: LONGEST_QUESTION - 1].rstrip()}…"


def has_shape(character: str) -> bool:
    """Return whether a character is seen where it stands; a joiner is, in what it joins."""
    return character == _JOINER or unicodedata.category(character) not in _SHAPELESS


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that a word is a slip, an abbreviation or a longer form of; None if none is near enough."""
    typed = word.casefold()
    distances = [(_slips(typed, name.casefold()), name) for name in names]
    near = [(slips, name) for slips, name in distances if _is_near(slips, typed, name.casefold())]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def suggestion(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return the hint on an unknown name: the nearest known one, else `otherwise` or the names that there are."""
    known_names = list(names)
    near = nearest(word, known_names)
    return f"did you mean {near}?" if near else otherwise or choices(known_names)


def choices(names: Iterable[str]) -> str:
    """Return the hint that lists all the names that there are."""
    return f"choose from: {', '.join(names)}"


def _is_near(slips: int, word: str, name: str) -> bool:
    is_prefix = (len(word) > 2 and name.startswith(word)) or (len(name) > 3 and word.startswith(name))
    return is_prefix or slips * _LETTERS_PER_SLIP <= max(len(word), len(name))


def _slips(word: str, name: str) -> int:
    """Return the fewest letters to add, drop, change or swap with their neighbour that make the name of the word."""
    longest = max(len(word), len(name))
    if longest > _LONGEST_NAME or abs(len(word) - len(name)) * _LETTERS_PER_SLIP > longest:
        return longest  # too far apart already, so that long words cost nothing
    before: list[int] = []
    row = list(range(len(name) + 1))
    for at, letter in enumerate(word):
        earlier, before, row = before, row, [at + 1]
        for column, name_letter in enumerate(name):
            swapped = at and column and letter == name[column - 1] and name_letter == word[at - 1]
            swap = [earlier[column - 1] + 1] if swapped else []
            row.append(min(before[column + 1] + 1, row[column] + 1, before[column] + (letter != name_letter), *swap))
    return row[-1]


def _shown(character: str) -> str:
    return character if character in "\n\t" or has_shape(character) else "�"


def all_of(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: `u`, `u and v`, `u, v and w`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def missing_phrase(names: Sequence[str]) -> str:
    """Return which parts of an answer are missing, as a sentence begins: `dy/du and dy/dx are missing`."""
    phrase = f"{all_of(names)} {'is' if len(names) == 1 else 'are'} missing"
    return capitalized(phrase) if " " in names[0] else phrase  # a symbol keeps its case


def parse_json(text: str | bytes) -> Any:
    """Return the value that a JSON text is; ValueError for any other text, and for one nested too deeply to read."""
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def whole_percent(hundredths: float) -> str:
    """Return a figure in percent as `92 %`: the one place that rounds it."""
    return f"{hundredths:.0f} %"


def pluralize(count: int, thing: str, things: str = "") -> str:
    """Return a count with its noun: `1 card`, `3 cards`, `1,200 reviews`."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
