"""The report as an HTML page: the templates are read from the package, pygal and Jinja imported only for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.progress.class_progress import ClassProgress
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.reports.page.page import Templates


def page_lines(statistics: Statistics, by_topic: Sequence[tuple[str, Statistics]] = ()) -> Iterator[str]:
    """Yield the HTML page of the statistics, with a section for each topic's title and own ones, piece by piece."""
    from mnemosyne.reports.page.page import page

    return page(statistics, by_topic, templates("page.html"))


def class_page_lines(progress: ClassProgress) -> Iterator[str]:
    """Yield the HTML page of a class, piece by piece."""
    from mnemosyne.reports.page.class_page import class_page

    return class_page(progress, templates("class_page.html"))


def templates(html: str) -> Templates:
    """Read a page's HTML, the macros and the stylesheet from the package."""
    from mnemosyne.reports.page.page import Templates

    folder = resources.files("mnemosyne.reports.page")
    return Templates(*(folder.joinpath(name).read_text(encoding="utf-8") for name in (html, "macros.html", "page.css")))
