"""The blanks of Anki's clozes, `{{c1::word::hint}}`, which may be nested."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

_SIGN: Final = re.compile(r"\{\{c([0-9]{1,4}(?:,[0-9]{1,4})*)::|\}\}")


@dataclass(slots=True)
class Deletion:
    """A blank of a cloze."""

    numbers: tuple[str, ...]  # the numbers of the cards that ask for it
    sign: str  # its opening, as written in the text
    parts: list[str | Deletion] = field(default_factory=list)  # its content, including the hint

    @property
    def word(self) -> str:
        """The word to fill in, with the words of nested blanks in their places."""
        return self._sides[0].strip()

    @property
    def hint(self) -> str:
        """The hint that Anki shows in place of the blank; empty if there is none."""
        return self._sides[1].strip()

    @property
    def _sides(self) -> tuple[str, str]:
        word, _, hint = filled(self.parts).partition("::")
        return word, hint.split("::")[0]


Parts: TypeAlias = list[str | Deletion]


def cloze_parts(text: str) -> Parts:
    """Return a text as a list of its blanks and the text between them; an unclosed blank is text."""
    open_blanks: list[Deletion] = [Deletion((), "")]
    end = 0
    for match in _SIGN.finditer(text):
        open_blanks[-1].parts.append(text[end : match.start()])
        end = match.end()
        if match[1]:
            open_blanks.append(Deletion(tuple(dict.fromkeys(match[1].split(","))), match[0]))
        elif len(open_blanks) > 1:
            blank = open_blanks.pop()
            open_blanks[-1].parts.append(blank)
        else:
            open_blanks[-1].parts.append(match[0])
    open_blanks[-1].parts.append(text[end:])
    return [part for blank in open_blanks for part in ([blank.sign] if blank.sign else []) + blank.parts]


def filled(parts: Parts) -> str:
    """Return the text with the words in place of the blanks."""
    return "".join(part if isinstance(part, str) else part.word for part in parts)


def with_blanks(parts: Parts, number: str, blank: Callable[[Deletion], str]) -> str:
    """Return the text with the blanks of one number formatted by `blank`, and the words of the others."""

    def written(part: str | Deletion) -> str:
        if isinstance(part, str):
            return part
        if number in part.numbers:
            return blank(part)
        return with_blanks(part.parts, number, blank).partition("::")[0] if _asks(part, number) else part.word

    return "".join(map(written, parts))


def deletions(parts: Parts, number: str) -> Iterator[Deletion]:
    """Yield the blanks of one number, except those nested in another of that number."""
    for part in parts:
        if not isinstance(part, str):
            if number in part.numbers:
                yield part
            else:
                yield from deletions(part.parts, number)


def numbers(parts: Parts) -> list[str]:
    """Return the numbers of the blanks, in order of first occurrence."""
    blank_numbers: list[str] = []
    for part in parts:
        if not isinstance(part, str):
            blank_numbers += [*part.numbers, *numbers(part.parts)]
    return list(dict.fromkeys(blank_numbers))


def _asks(blank: Deletion, number: str) -> bool:
    return next(deletions(blank.parts, number), None) is not None
