"""Note: one item of another program, once its file is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from unicodedata import combining, normalize

from mnemosyne.text import hyphenated

_MOST_NAMED: Final = 12  # decks
CardKey: TypeAlias = tuple[str, int]  # a note's guid, and the index of one of its cards, from 0


@dataclass(frozen=True, slots=True)
class Note:
    """Two sides in Markdown, with `$…$` around formulas; for a cloze, the text with its blanks in Anki's syntax."""

    place: str  # the place in the file, as messages give it: "line 12"
    front: str  # the question, or the text of a cloze with `{{c1::word}}`
    back: str  # the answer; for a cloze, the text shown beside it
    tags: tuple[str, ...] = ()  # the tags, as written in the file
    guid: str = ""  # the id in the other program; empty if it has none
    cloze: bool = False  # whether the front has blanks
    both_ways: bool = False  # whether the question can also be asked for the answer
    lost: tuple[str, ...] = ()  # the parts that cannot be imported, such as pictures
    ordinal: int = 0  # the index of the card among those of one guid, if each has a note of its own
    hint: str = ""  # a hint, shown on request before the answer
    typed: bool = False  # whether it is typed in the other program


@dataclass(frozen=True, slots=True)
class SkippedNote:
    """An entry of a file that becomes no card."""

    place: str  # the place in the file
    why: str  # a phrase that follows a colon


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """The content of a file."""

    notes: tuple[Note, ...]  # the notes, in the order of the file
    left_out: tuple[SkippedNote, ...] = ()  # the entries that could not become notes
    suspended: frozenset[CardKey] = frozenset()  # the cards suspended in the other program
    flagged: frozenset[CardKey] = frozenset()  # the cards flagged there
    answers: int = 0  # answers in its log
    remarks: tuple[str, ...] = ()  # what else was changed or left out, in sentences


def tag_name(tag: str) -> str:
    """Return a tag in the form of card files, without accents; "" if no letter or digit is left."""
    return hyphenated("".join(char for char in normalize("NFKD", tag) if not combining(char)))


def deck_remark(decks: Collection[str]) -> str:
    """Return the remark that the decks of a file become tags."""
    names = list(dict.fromkeys(map(tag_name, sorted(decks))))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"The names of its {len(decks)} decks have become tags: {', '.join(names[:_MOST_NAMED])}{more}."


def missing_side(front: str, back: str, lost: Sequence[str], *, cloze: bool) -> str:
    """Return why the sides make no note; empty if they do."""
    if front and (back or cloze):
        return ""
    missing = "it has no answer" if front else "it has no question"
    return f"{missing} but {lost[0]}" if lost else missing


def sorted_out(results: Iterable[Note | SkippedNote]) -> ReadNotes:
    """Return the results, with notes and left-out entries separated."""
    notes: list[Note] = []
    left_out: list[SkippedNote] = []
    for result in results:
        if isinstance(result, Note):
            notes.append(result)
        else:
            left_out.append(result)
    return ReadNotes(tuple(notes), tuple(left_out))
