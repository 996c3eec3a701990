"""The report in Markdown: readable as it is, and nothing in it is markup that we did not write."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hostile import TEXTS, with_text
from markdown_it import MarkdownIt

from mnemosyne.progress.statistics import Leech
from mnemosyne.reports.markdown import escaped_markdown, markdown_lines
from mnemosyne.text import visible


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)


class Elements(HTMLParser):
    """Collects the names of elements and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_a_year_as_a_report(year):
    text = "".join(markdown_lines(year))
    assert text.startswith("# Progress\n\n11 March 2025 to 10 March 2026, as of 10 March 2026. Streak: ")
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "Activity", "Cards", "Streak", "Reviews per week", "Forecast", "True retention", "Grades", "Intervals",
        "Ease factors", "By tag", "By kind", "By number of links", "Misconceptions",
        "Proposed and chosen grades", "Leeches",
    ][: len(headings)]  # fmt: skip
    assert rendered(text).count("<table>") == len(headings)


def test_without_any_day_there_is_a_report_all_the_same(empty_progress):
    assert "| today | 0 | 0 | – | 0 | 0 | 0.0 |\n" in "".join(markdown_lines(empty_progress))


def test_a_long_table_is_cut_and_says_so(year):
    leech = Leech("card-1", "chain-rule", "recall", 9, 3, suspended=False)
    text = "".join(markdown_lines(replace(year, leeches=(leech,) * 1060)))
    assert text.count("card-1 |") == 60
    assert text.endswith("\n\n… and 1,000 more.\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_stays_text(year, text):
    elements = Elements(rendered("".join(markdown_lines(with_text(year, text)))))
    assert set(elements.names) <= {"h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td"}
    expected_text = " ".join(visible(text).split())
    assert "".join(elements.texts).count(expected_text) >= 6
    assert "\x1b" not in "".join(elements.texts)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [("chain rule", "chain rule"), ("a|b", "a\\|b"), ("- x", "\\- x"), ("2*x", "2\\*x"), ("a\nb", "a b")],
)
def test_characters_are_escaped_only_where_they_may_be_markup(text, markdown):
    assert escaped_markdown(text) == markdown
