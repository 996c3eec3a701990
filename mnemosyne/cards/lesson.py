"""Lesson: a topic's Markdown as sections, each from a heading to the next one, with the anchors that name it.

Anchors are written as `## Formally {#formally}` or `<a id="formally"></a>`; the words of a heading make one
too. They are removed from the Markdown, since renderers do not know them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<title>.*?)\s*(?:\{#(?P<id>[\w-]+)\}\s*)?#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(?P<sign>[=-])(?P=sign)*\s*$")  # underlines that make the line above a heading
_TEXT = re.compile(r"^ {0,3}[^\s#>|*+`~-]")  # a line that can become one
_ANCHOR = re.compile(r"<a\s+(?:id|name)=\"(?P<id>[\w-]+)\"\s*>\s*(?:</a>)?\s*")


@dataclass(frozen=True, slots=True)
class LessonSection:
    """The section under one heading.

    `level` is 1 to 6; `line` is the line of the heading in the Markdown, counted from 0.
    """

    title: str  # the heading's text
    level: int
    line: int
    anchors: tuple[str, ...]  # the names by which it can be linked


@dataclass(frozen=True, slots=True)
class Lesson:
    """Markdown without explicit anchors, and its sections in order."""

    markdown: str  # the lesson's text
    sections: tuple[LessonSection, ...]
    named: tuple[tuple[str, int], ...] = ()  # the explicit anchors, with their lines counted from 1

    @property
    def repeated(self) -> dict[str, int]:
        """The anchors that the author gave to several sections, each with the line of its second
        occurrence, counted from 1.
        """
        earlier: set[str] = set()
        second_lines: dict[str, int] = {}
        for anchor, line in self.named:
            if anchor in earlier:
                second_lines.setdefault(anchor, line)
            earlier.add(anchor)
        return second_lines

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors of all sections."""
        return frozenset(anchor for section in self.sections for anchor in section.anchors)

    def number(self, *anchors: str | None) -> int | None:
        """Return the index of the section that the first known anchor names; None if none is known."""
        numbers = {
            anchor: number for number, section in reversed([*enumerate(self.sections)]) for anchor in section.anchors
        }
        return next((numbers[anchor] for anchor in anchors if anchor in numbers), None)

    def anchors_from(self, number: int) -> frozenset[str]:
        """Return the anchors of a section and of its subsections: up to the next heading of its level or above."""
        section = self.sections[number]
        names = set(section.anchors)
        for later in self.sections[number + 1 :]:
            if later.level <= section.level:
                break
            names.update(later.anchors)
        return frozenset(names)

    def text(self, number: int) -> str:
        """Return the text of a section with its subsections: up to the next heading of its level or above."""
        section = self.sections[number]
        later = (
            later_section.line for later_section in self.sections[number + 1 :] if later_section.level <= section.level
        )
        return "\n".join(self.markdown.split("\n")[section.line : next(later, None)]).rstrip() + "\n"


def parse_lesson(text: str) -> Lesson:
    """Return the lesson with its sections, all anchors removed from its text."""
    lines: list[str] = []
    sections: list[LessonSection] = []
    pending_anchors: list[str] = []
    anchor_lines: list[tuple[str, int]] = []
    fenced = False
    for number, source_line in enumerate(text.splitlines(), 1):
        line = source_line
        fence = bool(_FENCE.match(line))
        fenced ^= fence
        if fenced or fence:
            lines.append(line)
            continue
        if lines and (underline := _UNDERLINE.match(line)) and _TEXT.match(lines[-1]):
            line = f"{'#' if underline['sign'] == '=' else '##'} {lines.pop().strip()}"
        pending_anchors += [match["id"] for match in _ANCHOR.finditer(line)]
        bare = _ANCHOR.sub("", line)
        if heading := _HEADING.match(bare):
            own = [heading["id"]] if heading["id"] else []
            anchor_lines += [(anchor, number) for anchor in (*pending_anchors, *own)]
            anchors = (*pending_anchors, *own, slug(heading["title"]))
            sections.append(LessonSection(heading["title"], len(heading["level"]), len(lines), anchors))
            pending_anchors = []
            bare = f"{heading['level']} {heading['title']}"
        lines.append(bare)
    return Lesson("\n".join(lines), tuple(sections), tuple(anchor_lines))


def slug(title: str) -> str:
    """Return the anchor made from a heading's words: lower case, with hyphens between the words."""
    return "-".join(re.findall(r"\w+", title.lower()))
