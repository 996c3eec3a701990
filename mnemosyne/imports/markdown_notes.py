"""Notes written in Markdown: `Q:` and `A:`, `C:` with blanks, `question::answer`, `:::`
for both directions, `==blank==`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mnemosyne.imports.html_text import reduce_plain
from mnemosyne.imports.note import Note, ReadNotes, SkippedNote, sorted_out

_LABEL: Final = re.compile(r"(?:[-*+] +)?(Q|A|C):[ \t]*(.*)", re.IGNORECASE)
_HIGHLIGHT: Final = re.compile(r"==(?=\S)(.+?)(?<=\S)==")
_BRACKETS: Final = re.compile(r"(?<![\\\]!])\[([^\[\]]+)\](?!\()")
_OWN_BLANK: Final = re.compile(r"\{\{(?!c[0-9]+::)([^{}|]+)\}\}")  # as in a card file
_SPLIT: Final = re.compile(r"(?<!:)(:::?)(?!:)")
_SPARED: Final = re.compile(r"\$[^$]*\$|`[^`]*`")  # formulas and code, in which the markers of notes have no meaning
_FENCE: Final = re.compile(r"\s*(```|~~~)")


def read_markdown(text: str) -> ReadNotes:
    """Return the notes of a text; all other text is skipped."""
    results = (_note(f"line {line}", block) for line, block in _blocks(text))
    return sorted_out(result for result in results if result is not None)


def _blocks(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield labelled texts as {"q": …, "a": …} or {"c": …}, and each other line as {"": …}, with their line numbers."""
    block: dict[str, list[str]] = {}
    begin, label, fenced = 0, "", False
    for number, line in enumerate([*text.removeprefix("\ufeff").splitlines(), "---"], 1):
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _LABEL.match(line)
        ends = line.strip() == "---" or line.startswith("#") or (label == "c" and not line.strip())
        if match and match[1].lower() == "a" and block.keys() == {"q"}:
            label = "a"
            block["a"] = [match[2]]
        elif match or (block and ends and not fenced):
            if block:
                yield begin, {name: "\n".join(lines).strip() for name, lines in block.items()}
            label = match[1].lower() if match else ""
            block, begin = ({label: [match[2]]} if match else {}), number
        elif label:
            block[label].append(line)
        elif not fenced and line.strip():
            yield number, {"": line.strip()}


def _note(place: str, block: dict[str, str]) -> Note | SkippedNote | None:
    if "c" in block:
        return _cloze(place, block["c"], brackets=True)
    if "q" in block:
        answer = reduce_plain(block.get("a", "")).text
        return Note(place, reduce_plain(block["q"]).text, answer) if answer else SkippedNote(place, "it has no answer")
    if "a" in block:
        return SkippedNote(place, "it has no question")
    return _line(place, block[""])


def _line(place: str, line: str) -> Note | SkippedNote | None:
    bare = _SPARED.sub(lambda match: " " * len(match[0]), line)
    if split := _SPLIT.search(bare):
        front, back = (reduce_plain(side).text for side in (line[: split.start()].lstrip("-*+ "), line[split.end() :]))
        if front and back:
            return Note(place, front, back, both_ways=split[1] == ":::")
        return SkippedNote(place, "one side of the :: is empty")
    return _cloze(place, line.lstrip("-*+ "), brackets=False) if _HIGHLIGHT.search(bare) else None


def _cloze(place: str, text: str, *, brackets: bool) -> Note | SkippedNote:
    """Return the note of a text with blanks, all asked at once."""
    text = _OWN_BLANK.sub(r"{{c1::\1}}", _HIGHLIGHT.sub(r"{{c1::\1}}", reduce_plain(text).text))
    if brackets and "{{c1::" not in text:
        text = _outside_formulas(text)
    return (
        Note(place, text, "", cloze=True)
        if "{{c" in text
        else SkippedNote(place, "it has no blank; write one as [word]")
    )


def _outside_formulas(text: str) -> str:
    parts, end = [], 0
    for match in _SPARED.finditer(text):
        parts += [_BRACKETS.sub(r"{{c1::\1}}", text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _BRACKETS.sub(r"{{c1::\1}}", text[end:])])
