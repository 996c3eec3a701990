"""The reports as HTML pages; imports pygal and Jinja."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from mnemosyne.reports.page.class_page import class_page
from mnemosyne.reports.page.page import Templates, page

if TYPE_CHECKING:
    from mnemosyne.progress.class_progress import ClassProgress
    from mnemosyne.progress.statistics import Statistics


def page_lines(statistics: Statistics, by_topic: Sequence[Statistics] = ()) -> Iterator[str]:
    """Yield the HTML page of the statistics, with a section for each of the topics given, piece by piece."""
    return page(statistics, by_topic, templates("page.html"))


def class_page_lines(progress: ClassProgress) -> Iterator[str]:
    """Yield the HTML page of a class, piece by piece."""
    return class_page(progress, templates("class_page.html"))


def templates(html: str) -> Templates:
    """Read a page's template, macros and stylesheet from the package."""
    folder = resources.files("mnemosyne.reports.page")
    return Templates(*(folder.joinpath(name).read_text(encoding="utf-8") for name in (html, "macros.html", "page.css")))
