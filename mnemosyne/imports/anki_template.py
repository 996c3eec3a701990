"""Anki's templates: which of its note's fields a card shows, on its front and on its back.

Source: the Anki manual, "Card Templates": `{{Field}}`, `{{#Field}}…{{/Field}}` if a
field is not empty, `{{^Field}}…{{/Field}}` if it is empty, and filters such as
`{{type:Field}}`, `{{hint:Field}}`, `{{cloze:Field}}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_TAG: Final = re.compile(r"\{\{([^{}]+)\}\}")
_NOTHING: Final = re.compile(r"\s|&nbsp;|</?(?:br|div|p)\s*/?>", re.IGNORECASE)
_ANSWER_MARK: Final = re.compile(r"<hr\b[^>]*\bid\s*=\s*[\"']?answer\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Template:
    """How a note type makes a card."""

    question: str  # HTML with tags
    answer: str  # HTML with tags


@dataclass(slots=True)
class ShownCard:
    """A card as shown, in HTML."""

    front: str = ""  # the front, with the blanks of a cloze in Anki's syntax
    back: str = ""  # the back, without the part that repeats the front
    hints: list[str] = field(default_factory=list)  # hints, which the front shows only on request
    typed: str = ""  # the text to type as the answer; empty if nothing is typed


def shown_card(template: Template, values: Mapping[str, str]) -> ShownCard:
    """Return the card that a template makes of the values of the fields, given by name."""
    card = ShownCard()
    card.front = _filled(template.question, values, card)
    card.back = _ANSWER_MARK.split(_filled(template.answer, values, None), maxsplit=1)[-1]
    return card


def _filled(text: str, values: Mapping[str, str], front: ShownCard | None) -> str:
    """Return one side; `front` collects the hints and typed answer of a front; None for a back."""
    parts: list[str] = []
    outer: list[bool] = []  # whether the text around each open condition is visible
    visible, end = True, 0
    for match in _TAG.finditer(text):
        parts += [text[end : match.start()]] if visible else []
        end, tag = match.end(), match[1].strip()
        if tag[0] in "#^":
            outer.append(visible)
            has_text = bool(_NOTHING.sub("", values.get(tag[1:].strip(), "")))
            visible = visible and has_text is (tag[0] == "#")
        elif tag[0] == "/":
            visible = outer.pop() if outer else True
        elif visible:
            parts.append(_value(tag, values, front))
    return "".join([*parts, text[end:] if visible else ""])


def _value(tag: str, values: Mapping[str, str], front: ShownCard | None) -> str:
    """Return the replacement of a tag; empty for tags that Anki itself fills in, such as FrontSide."""
    *filters, name = (part.strip() for part in tag.split(":"))
    value = values.get(name, "")
    if "cloze" in filters:
        return value if front and "type" not in filters else ""
    if any(name.startswith("tts") for name in filters):
        return ""
    if front and "type" in filters:
        front.typed = value
        return ""
    if front and "hint" in filters:
        front.hints += [value] if value else []
        return ""
    return value
