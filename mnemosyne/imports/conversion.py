"""From a note to cards: a cloze for blanks, else a self-graded question, or the offer of a derivative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from mnemosyne.cards.blanks import SHOWN
from mnemosyne.cards.card import MOST_TAGS
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import symbols
from mnemosyne.imports.deletions import cloze_parts, deletions, numbers, with_blanks
from mnemosyne.imports.note import Note, tag_name
from mnemosyne.text import hyphenated

CardFields: TypeAlias = dict[str, str | list[str]]

_MOST_ID: Final = 48  # characters of an id before its hash
_LONGEST_TYPED: Final = 60  # characters of an answer that can be typed

_FLAGS: Final = re.IGNORECASE | re.DOTALL | re.VERBOSE
_QUESTIONS: Final = (
    re.compile(r"(?: please \s+ )? (?: differentiate | derive ) \s* :? \s* (?P<f> .+ )", _FLAGS),
    re.compile(
        r"""(?: what(?:'s|’s|\s+is) | find | compute | calculate | give )? \s* (?: the \s+ )? (?: first \s+ )?
        derivative \s+ (?: of | for ) \s* :? \s* (?P<f> .+ )""",
        _FLAGS,
    ),
    re.compile(
        r"""(?: (?: what(?:'s|’s|\s+is) | find | compute ) \s+ )? \$? \s*
        (?: \\frac \s* \{\s* d \s*\} \s* \{\s* d \s* (?P<x1> \w ) \s*\} | d \s*/\s* d(?P<x2> \w ) ) \s*
        (?: \$ \s* )? (?P<f> .+ )""",
        _FLAGS,
    ),
)
_VARIABLE: Final = re.compile(
    r"\s*,?\s*(?:with respect to|w\.?r\.?t\.?|by)\s+\$?(?P<x>\w)\$?\s*[.?]?\s*$", re.IGNORECASE
)
_LEFT_SIDE: Final = re.compile(r"\s*(?:[a-zA-Z]\s*\(\s*(\w)\s*\)|y)\s*=\s*")
_DERIVATIVE_SIDE: Final = re.compile(
    r"""\s* (?: [a-zA-Z] \s* (?: '|’|′|\\prime ) \s* (?: \(\s*\w\s*\) )? | d[a-z]\s*/\s*d\w | \\frac\{d\w\}\{d\w\} )
    \s*=\s*""",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A card made of a note."""

    note: Note
    fields: CardFields  # the fields, as in a card file
    changed: tuple[str, ...] = ()  # how the card differs from the note, in clauses
    offer: DerivativeOffer | None = None  # a derivative question to replace it, if the checker finds the answer right
    ordinal: int = 0  # the index of the card among the note's cards in Anki

    @property
    def card_id(self) -> str:
        """The id of the card."""
        return str(self.fields["id"])


def conversions(note: Note) -> Iterator[Conversion]:
    """Yield the cards of a note: one for each number of its blanks, two if it is asked both ways."""
    lost = (*(f"{name} is left out" for name in note.lost), *_lost_tags(note))
    if note.cloze:
        yield from _clozes(note, lost)
        return
    part = ("", "reversed")[note.ordinal] if note.ordinal < 2 else str(note.ordinal + 1)
    offer = derivative_offer(note)
    if note.typed and offer is None and _fits_blank(note.back):
        fields = {**_blanked(note, f"{note.front}\n\n{{{{{note.back}}}}}", part), **_hint(note.hint)}
        yield Conversion(note, fields, (*lost, "turned into a cloze card; its answer is typed"), ordinal=note.ordinal)
        return
    yield Conversion(note, _recall(note, note.front, note.back, part), lost, offer, note.ordinal)
    if note.both_ways:
        yield Conversion(note, _recall(note, note.back, note.front, "reversed"), lost, ordinal=1)


def _clozes(note: Note, lost: tuple[str, ...]) -> Iterator[Conversion]:
    parts = cloze_parts(note.front)
    blank_numbers = numbers(parts)
    for number in blank_numbers:
        ordinal = int(number) - 1
        part = "" if len(blank_numbers) == 1 else number
        text = with_blanks(parts, number, lambda blank: f"{{{{{blank.word}}}}}")
        blanks = list(deletions(parts, number))
        hint = _hint("; ".join(dict.fromkeys(filter(None, (blank.hint for blank in blanks)))))
        if any(re.search(r"[{}|]", blank.word) for blank in blanks) or re.search(r"\{\{(?![^{}|]+\}\})", text):
            hidden = with_blanks(parts, number, lambda _: SHOWN)
            answer = "; ".join(_in_formula(hidden, i, blank.word) for i, blank in enumerate(blanks))
            answer += f"\n\n{note.back}" if note.back else ""
            why = "turned into a question that you grade yourself, since its blank has braces"
            yield Conversion(note, {**_recall(note, hidden, answer, part), **hint}, (*lost, why), ordinal=ordinal)
        else:
            dropped = ("the text that Anki shows beside the answer is left out",) if note.back else ()
            yield Conversion(note, {**_blanked(note, text, part), **hint}, (*lost, *dropped), ordinal=ordinal)


def _in_formula(hidden: str, index: int, word: str) -> str:
    """Return the word of a blank, as a formula if the blank is inside one."""
    inside = "".join(hidden.split(SHOWN)[: index + 1]).count("$") % 2 == 1
    return f"${word}$" if inside else word


def _fits_blank(answer: str) -> bool:
    """Return whether an answer can be typed as one word of a cloze."""
    return len(answer) <= _LONGEST_TYPED and not re.search(r"[{}|$`*\n]", answer)


def _blanked(note: Note, text: str, part: str) -> CardFields:
    return {"id": _id(note, text, part), "kind": "cloze", "text": text, **_tags(note)}


def _recall(note: Note, ask: str, answer: str, part: str) -> CardFields:
    sides = {"ask": ask, "answer": answer}
    return {"id": _id(note, ask, part), "kind": "recall", **sides, **_hint(note.hint), **_tags(note)}


def _hint(hint: str) -> CardFields:
    return {"hint": hint} if hint else {}


def derivative_fields(conversion: Conversion) -> CardFields:
    """Return the fields of the card that the checker grades."""
    offer = conversion.offer
    assert offer is not None
    variable: CardFields = {} if offer.variable == "x" else {"variable": offer.variable}
    return {"id": conversion.fields["id"], "kind": "derivative", "f": offer.f, **variable, **_tags(conversion.note)}


def _tags(note: Note) -> CardFields:
    names = _tag_names(note)[:MOST_TAGS]
    return {"tags": names} if names else {}


def _tag_names(note: Note) -> list[str]:
    return list(dict.fromkeys(name for tag in note.tags if (name := tag_name(tag))))


def _lost_tags(note: Note) -> Iterator[str]:
    yield from (
        f"the tag {tag} is left out: it has no Latin letters or digits" for tag in note.tags if not tag_name(tag)
    )
    if (count := len(_tag_names(note))) > MOST_TAGS:
        yield f"it has {count:,} tags, of which the first {MOST_TAGS} are kept"


def _id(note: Note, text: str, part: str) -> str:
    """Return an id that stays the same in later imports; if the note has a guid, even when its text changes."""
    mark = sha256((note.guid or text).encode(errors="surrogatepass")).hexdigest()[:8]
    head = "anki" if note.guid else hyphenated(text)[:_MOST_ID].strip("-") or "card"
    return "-".join(filter(None, (head, mark, part)))


@dataclass(frozen=True, slots=True)
class DerivativeOffer:
    """A derivative that a note asks for, offered as a card for the checker if it is proved."""

    f: str  # the function, in the notation of card files
    variable: str  # the name with respect to which it is differentiated
    answer: str  # the derivative, as written in the note


def derivative_offer(note: Note) -> DerivativeOffer | None:
    """Return the derivative that a note asks for; None if there is none, or if it cannot be read."""
    front = note.front.replace("**", "").strip()
    match = next((match for question in _QUESTIONS if (match := question.fullmatch(front))), None)
    if match is None:
        return None
    groups = match.groupdict()
    text, variable = match["f"], groups.get("x1") or groups.get("x2")
    if variable_match := _VARIABLE.search(text):
        text, variable = text[: variable_match.start()], variable_match["x"]
    text = _bare(text.rstrip(" .?!"))
    if side := _LEFT_SIDE.match(text):
        text, variable = text[side.end() :], side[1] or variable
    answer = _bare(note.back.rstrip(" ."))
    side = _DERIVATIVE_SIDE.match(answer)
    return _readable(text, variable, answer[side.end() :] if side else answer)


def _bare(text: str) -> str:
    """Return the text without the delimiters of its formula."""
    return text.strip().removesuffix(".").strip("$").strip()


def _readable(text: str, variable: str | None, answer: str) -> DerivativeOffer | None:
    try:
        tree = read(text)
        read(answer)
    except ReadingError:
        return None
    names = symbols(tree)
    variable = variable or ("x" if "x" in names or len(names) != 1 else next(iter(names)))
    return DerivativeOffer(to_line(tree), variable, answer) if variable in names else None
