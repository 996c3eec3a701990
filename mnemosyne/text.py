"""Text: which characters of others' text may be shown on a terminal or a page, and the name meant by a mistyped one.

An invisible character, such as a control code, a mark that reverses the direction of text or a private-use
character, is shown as �, so that nothing is hidden or obeyed and the rest keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

# categories of invisible characters, from controls to line separators
_SHAPELESS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JOINER: Final = "\u200d"  # joins several characters into one, such as 👩‍🔬
_LETTERS_PER_TYPO: Final = 3  # one typo is forgiven for every three letters: `nwe` is new, `zzz` is not tag
_MOST_QUOTED: Final = 40  # characters of an author's text in a message
_LONGEST_NAME: Final = 80  # characters; longer names are not compared letter by letter
_LONG_NUMBER: Final = re.compile(rf"\d{{{_MOST_QUOTED + 1},}}")  # one has up to 1,000 digits: 1e999
_DIGITS_SHOWN: Final = 10  # of such a number


def visible(text: str) -> str:
    """Return the text with every invisible character shown as �; line feeds, tabs and joiners are kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown_character, text))


def is_unicode(text: str) -> bool:
    """Return whether a text can be encoded in UTF-8; names of files that are not UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def escaped(name: str) -> str:
    """Return a name with the bytes that are not UTF-8 escaped: `m\\xfcsli.yaml`."""
    return "".join(f"\\x{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in name)


def hyphenated(text: str) -> str:
    """Return a text in the form of ids, tags and file names: lower-case letters, digits and hyphens; ""
    if it has none.
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def calendar_day(day: date) -> str:
    """Return a date as shown to learners, such as `7 Mar 2026`, in English whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def capitalized(text: str) -> str:
    """Return the text with a capital first letter; unlike `str.capitalize`, the rest is unchanged."""
    return text[:1].upper() + text[1:]


def as_sentence(message: str) -> str:
    """Return a message of one line with a capital, unless it begins with a name or a place, and with a full stop."""
    first = message.partition(" ")[0].rstrip(",;:")
    whole = capitalized(message) if len(first) > 1 and first.isalpha() else message
    return whole if whole.endswith((".", "!", "?", "…", ".”", ".)")) else f"{whole}."


def one_line(text: str) -> str:
    """Return a message of one line: visible, every run of white space, line breaks included, as one
    space, and long numbers shortened.
    """
    return with_short_numbers(visible(" ".join(text.split())))


def with_short_numbers(text: str) -> str:
    """Return a text for people with every number of more than 40 digits shortened: `1000000000…(1,000 digits)`."""
    return _LONG_NUMBER.sub(_short_number, text)


def _short_number(match: re.Match[str]) -> str:
    digits = match.group()
    return f"{digits[:_DIGITS_SHOWN]}…({len(digits):,} digits)"


def for_message(value: object) -> str:
    """Return an author's text, shortened to fit into a message."""
    text = str(value)
    return text if len(text) <= _MOST_QUOTED else f"{text[: _MOST_QUOTED - 1]}…"


def shortened(text: str, room: int, width: Callable[[str], int] = len) -> str:
    """Return the text in at most `room` characters, or what else `width` counts; what is cut ends in an ellipsis.

    It is cut between words and outside brackets, so that no half of `(3x + 1)⁵` is shown; anywhere only if it must be.
    """
    if width(text) <= room:
        return text
    end, depth, in_bars = 0, 0, False
    for place, sign in enumerate(text):
        if width(text[:place]) + 2 > room:
            break
        depth = max(0, depth + (sign in "([{") - (sign in ")]}"))
        in_bars ^= sign == "|"
        if sign == " " and not depth and not in_bars:
            end = place
    if kept := text[:end].rstrip(" ,;:"):
        return f"{kept} …"
    longest = min(len(text), room)  # a text without blanks may be long, and is looked at no further than it can show
    return next((f"{text[:end]}…" for end in range(longest, 0, -1) if width(text[:end]) < room), "…"[:room])


def has_shape(character: str) -> bool:
    """Return whether a character is visible; joiners are, in what they join."""
    return character == _JOINER or unicodedata.category(character) not in _SHAPELESS


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that a word is a typo, an abbreviation or a longer form of; None if none is near enough."""
    typed = word.casefold()
    distances = [(_edit_distance(typed, name.casefold()), name) for name in names]
    near = [(distance, name) for distance, name in distances if _is_near(distance, typed, name.casefold())]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def suggestion(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return the hint for an unknown name: the nearest known one, else `otherwise`, or the list of names."""
    known_names = list(names)
    near = nearest(word, known_names)
    return f"did you mean {near}?" if near else otherwise or choices(known_names)


def choices(names: Iterable[str]) -> str:
    """Return the hint that lists all the names."""
    return f"choose from: {', '.join(names)}"


def _is_near(distance: int, word: str, name: str) -> bool:
    is_prefix = (len(word) > 2 and name.startswith(word)) or (len(name) > 3 and word.startswith(name))
    return is_prefix or distance * _LETTERS_PER_TYPO <= max(len(word), len(name))


def _edit_distance(word: str, name: str) -> int:
    """Return the edit distance: the fewest letters to insert, delete, replace or swap with a neighbour."""
    longest = max(len(word), len(name))
    if longest > _LONGEST_NAME or abs(len(word) - len(name)) * _LETTERS_PER_TYPO > longest:
        return longest  # too far apart already, so that long words take no time
    before: list[int] = []
    row = list(range(len(name) + 1))
    for at, letter in enumerate(word):
        earlier, before, row = before, row, [at + 1]
        for column, name_letter in enumerate(name):
            swapped = at and column and letter == name[column - 1] and name_letter == word[at - 1]
            swap = [earlier[column - 1] + 1] if swapped else []
            row.append(min(before[column + 1] + 1, row[column] + 1, before[column] + (letter != name_letter), *swap))
    return row[-1]


def _shown_character(character: str) -> str:
    return character if character in "\n\t" or has_shape(character) else "�"


def all_of(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: `u`, `u and v`, `u, v and w`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def missing_phrase(names: Sequence[str]) -> str:
    """Return which parts of an answer are missing, as a sentence begins: `dy/du and dy/dx are missing`.

    A blank is a place, which is not missing but empty: `Blank 2 is empty`.
    """
    phrase = f"{all_of(names)} {'is' if len(names) == 1 else 'are'}"
    return f"{capitalized(phrase)} empty" if " " in names[0] else f"{phrase} missing"  # a symbol keeps its case


def parse_json(text: str | bytes) -> Any:
    """Return the parsed JSON; raise ValueError if it is invalid, or nested too deeply."""
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None


def whole_percent(hundredths: float) -> str:
    """Return a percentage such as `92 %`: the only place that rounds one."""
    return f"{hundredths:.0f} %"


def pluralize(count: int, thing: str, things: str = "") -> str:
    """Return a count with its noun: `1 card`, `3 cards`, `1,200 reviews`."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
