"""A lesson as lines of text: its table of contents, one section, or all of it."""

from __future__ import annotations

from mnemosyne.cards.lesson import Lesson, parse_lesson
from mnemosyne.expressions.statement import statement_line
from mnemosyne.rich_text.lesson_formulas import with_formulas


def lesson_section_lines(text: str, anchor: str | None) -> list[str]:
    """Return the lines of the section that the anchor names; of the whole lesson if it has no such anchor."""
    lesson = parse_lesson(with_formulas(text, statement_line))
    number = lesson.number(anchor)
    headings = {f"{'#' * section.level} {section.title}": section.title for section in lesson.sections}
    lines = (lesson.markdown if number is None else lesson.text(number)).splitlines()
    return [headings.get(line, line) for line in lines] or ["This topic has no lesson."]


def contents_lines(lesson: Lesson) -> list[str]:
    """Return the table of contents of a lesson with more than one section; deeper levels are indented further."""
    if len(lesson.sections) < 2:
        return []
    return ["Contents", *(f"{'  ' * section.level}{section.title}" for section in lesson.sections), ""]
