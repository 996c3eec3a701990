"""The anchors of a lesson: `## Formally {#formally}`, and a heading's own words where it names none."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(text: str) -> frozenset[str]:
    """All anchors of a lesson's Markdown text."""
    return frozenset(match[2] or slug(match[1]) for match in _HEADING.finditer(_FENCE.sub("", text)))


def slug(title: str) -> str:
    """The anchor of a heading that names none."""
    return "-".join(re.findall(r"\w+", title.lower()))
