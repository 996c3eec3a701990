"""The report as an HTML page: the templates are read from the package, pygal and Jinja imported only for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.reports.page.page import Templates


def page_lines(statistics: Statistics) -> Iterator[str]:
    """The page, piece by piece."""
    from mnemosyne.reports.page.page import page

    return page(statistics, templates())


def templates() -> Templates:
    """The page's HTML and its stylesheet, as the package has them."""
    from mnemosyne.reports.page.page import Templates

    folder = resources.files("mnemosyne.reports.page")
    html, css = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    return Templates(html, css)
