"""HTML reduced to Markdown: from a field of Anki to a text for a card file.

Formulas of MathJax and of Anki's own LaTeX become `$…$`. Pictures and sounds are left out, and listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "u": "*", "code": "`", "tt": "`"}
_BLOCKS: Final = frozenset({"p", "div", "table", "tr", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
_MEDIA: Final = {"img": "picture", "audio": "sound", "video": "video", "iframe": "frame", "object": "object"}
_SILENT: Final = frozenset({"script", "style", "head", "title"})
_MATHS: Final = re.compile(
    r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\[\$\$?\](.*?)\[/\$\$?\]|\[latex\](.*?)\[/latex\]", re.DOTALL | re.IGNORECASE
)
_SOUND: Final = re.compile(r"\[sound:([^\]]*)\]")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DECLARATION: Final = re.compile(r"<(?=[!?])")  # fields never need one, and the parser fails on a malformed one
_KEPT_BLANK: Final = "\x02"  # a space that is not collapsed
_HAS_MARKUP: Final = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """A text in Markdown, with the names of what was left out."""

    text: str  # the text, stripped of blanks; paragraphs are separated by an empty line
    lost: tuple[str, ...]  # such as "the picture graph.png"


def reduce_html(html: str) -> MarkdownText:
    """Return the text of a field written in HTML."""
    reducer = _Reducer()
    reducer.feed(_DECLARATION.sub("&lt;", _COMMENT.sub("", html)))
    reducer.close()
    return _tidied("".join(reducer.parts), reducer.lost)


def reduce_plain(text: str) -> MarkdownText:
    """Return the text of a field that is not HTML; its formulas become `$…$` as well."""
    return _tidied(text, [])


def is_html(text: str) -> bool:
    """Return whether a text has tags or entities of HTML."""
    return _HAS_MARKUP.search(text) is not None


class _Reducer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: list[str] = []
        self._silent = 0
        self._preformatted = 0
        self._lists: list[int | None] = []  # the number of the last item of each open list; None for bullets
        self._links: list[str] = []  # the targets of the open links

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "color" in attributes.get("style", "") or "color" in attributes:
            self.lost.append("the colouring")
        if tag in _SILENT:
            self._silent += 1
        elif tag in _MEDIA:
            self.lost.append(f"the {_MEDIA[tag]} {attributes.get('src') or 'without a name'}")
        elif tag == "a":
            self._links.append(attributes.get("href", ""))
        elif tag == "anki-mathjax":
            self.parts.append("\\(")
        else:
            self._layout(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            target = self._links.pop()
            self.parts.append(f" ({target})" if target.startswith(("http:", "https:")) else "")
        elif tag == "anki-mathjax":
            self.parts.append("\\)")
        elif tag in ("ul", "ol"):
            del self._lists[-1:]
            self.parts.append("" if self._lists else "\n")
        elif tag == "pre" and self._preformatted:
            self._preformatted -= 1
            self.parts[-1] = self.parts[-1].rstrip("\n")
            self.parts.append("\n```\n")
        else:
            self._mark(tag, opens=False)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace(" ", _KEPT_BLANK) if self._preformatted else data)

    def _layout(self, tag: str) -> None:
        """Start a line, a list item, a cell or formatted text."""
        if tag == "br":
            self.parts.append("\n")
        elif tag in ("ul", "ol"):
            self.parts.append("" if self._lists else "\n")
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.parts.append(self._item())
        elif tag in ("td", "th") and "".join(self.parts[-3:]).rpartition("\n")[2].strip():
            self.parts.append(" | ")
        elif tag == "pre":
            self._preformatted += 1
            self.parts.append("\n```\n")
        else:
            self._mark(tag, opens=True)

    def _item(self) -> str:
        """Return the start of a list item, given the lists around its own."""
        indent = _KEPT_BLANK * 3 * (len(self._lists) - 1)
        if not self._lists or self._lists[-1] is None:
            return f"\n{indent}- "
        self._lists[-1] += 1
        return f"\n{indent}{self._lists[-1]}. "

    def _mark(self, tag: str, *, opens: bool) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("sup", "sub"):
            self.parts.append(("^(" if tag == "sup" else "_(") if opens else ")")
        elif not self._preformatted:
            self.parts.append(_MARKS.get(tag, ""))


def _tidied(text: str, lost: list[str]) -> MarkdownText:
    lost += [f"the sound {name}" for name in _SOUND.findall(text)]
    text = _SOUND.sub("", text).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    text = _MATHS.sub(lambda match: f"${next(part for part in match.groups() if part is not None).strip()}$", text)
    text = re.sub(r"([\^_])\((\w)\)", r"\1\2", text)  # x^(2) becomes x^2
    text = re.sub(r"\*\*\s*\*\*|(?<!`)``(?!`)", "", text)
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).replace(_KEPT_BLANK, " ")
    return MarkdownText(whole.strip(), tuple(dict.fromkeys(lost)))
