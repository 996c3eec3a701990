"""The report as an HTML page: the templates are read from the package, pygal and Jinja imported only for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.reports.page.page import Templates


def page_lines(statistics: Statistics) -> Iterator[str]:
    """Yield the HTML page of the statistics, piece by piece."""
    from mnemosyne.reports.page.page import page

    return page(statistics, templates())


def templates() -> Templates:
    """Read the page's HTML and its stylesheet from the package."""
    from mnemosyne.reports.page.page import Templates

    folder = resources.files("mnemosyne.reports.page")
    html, css = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    return Templates(html, css)
