"""The page as text: complete, escaped, sealed off from everything, in the colours of the terminal."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hostile import TEXTS, with_text

from mnemosyne.collection.report_pages import page_lines, templates
from mnemosyne.progress.statistics import Leech, Rate
from mnemosyne.reports.page.page import policy, tiles
from mnemosyne.text import visible
from mnemosyne.tui.theme import DARK, LIGHT

VOID = {"meta", "br", "hr"}
LOADING = {
    "script", "link", "img", "iframe", "object", "embed", "a", "form", "use", "image", "audio", "video", "base",
}  # fmt: skip


class Page(HTMLParser):
    """The elements of a page; one that is not closed is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def text(year):
    return "".join(page_lines(year))


def test_every_heading_is_there(text):
    assert re.findall(r"<h2>(.*?)</h2>", text) == [
        "The year", "Activity", "Forecast", "True retention", "Intervals", "Ease factors",
        "Results", "Misconceptions and their trends", "Grades", "Proposed and chosen grades", "Leeches",
    ]  # fmt: skip


def test_a_topic_has_a_section_of_its_own(year):
    page = "".join(
        page_lines(year, [replace(year, topic_title=title) for title in ("The chain rule", "Integrals <b>")])
    )
    assert re.findall(r'<section class="wide" id="topic-\d">\n<h2>(.*?)</h2>', page) == [
        "The chain rule",
        "Integrals &lt;b&gt;",
    ]
    section = page.partition('id="topic-1">')[2].partition("</section>")[0]
    assert re.findall("<figcaption>(.*?)</figcaption>", section) == ["Reviews per week", "True retention"]
    cards, reviews = r"120 cards: 0 new, \d+ young, \d+ mature", r"[\d,]+ reviews in this period"
    assert re.search(rf"<p>{cards}; \d+ due now\. {reviews}; true retention: \d+ % of", section)
    assert re.findall(r"<summary>Table: (.*?)</summary>", section) == [
        "Reviews per week",
        "True retention",
        "Misconceptions",
    ]


def test_a_topic_without_reviews_after_an_interval_has_no_retention(year):
    span = replace(year.retention[-1], young=Rate(0, 0), mature=Rate(0, 0))
    new_topic = replace(year, retention=(*year.retention[:-1], span), topic_title="Limits")
    section = "".join(page_lines(year, [new_topic] * 2)).partition('id="topic-1">')[2].partition("</section>")[0]
    assert re.search(r"reviews in this period\.</p>", section)


def test_only_short_tables_are_kept_on_one_printed_page(text):
    tables = re.findall(r"<table( class=\"short\")?>.*?<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert {bool(kind) for kind, _ in tables} == {True, False}
    for kind, body in tables:
        assert bool(kind) == (body.count("<tr>") <= 15)


def test_every_picture_has_a_text_and_every_section_of_pictures_a_table(text):
    pictures = [attributes for _, attributes in Page(text).elements if attributes.get("role") == "img"]
    assert len(pictures) >= 12
    assert all(attributes["aria-label"] for attributes in pictures)
    for section in re.findall(r"<section.*?</section>", text, re.DOTALL):
        assert "<svg" not in section or re.search(r"<details[^>]*><summary>.*?<table", section, re.DOTALL)


def test_the_policy_allows_the_stylesheet_and_nothing_else(text):
    css = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    stated = next(a["content"] for _, a in Page(text).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert stated == policy(css)
    assert stated == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_nothing_outside_the_file_is_referred_to(text):
    for tag, attributes in Page(text).elements:
        assert tag not in LOADING
        assert not attributes.keys() & {"src", "href", "xlink:href", "style", "srcset", "action"}
        assert not any(name.startswith("on") for name in attributes)
    assert not re.search(r"https?:|url\(|@import|//", text.replace("</", ""))


@pytest.mark.thorough
@pytest.mark.parametrize("hostile", TEXTS.values(), ids=TEXTS)
def test_a_text_stays_text(year, hostile):
    """The page has the same elements as with any other text of this length, and the text can be seen in it."""
    usual = Page("".join(page_lines(with_text(year, "u" * len(visible(hostile))))))
    hostile_page = Page("".join(page_lines(with_text(year, hostile))))
    assert [tag for tag, _ in hostile_page.elements] == [tag for tag, _ in usual.elements]
    assert [sorted(names) for _, names in hostile_page.elements] == [sorted(names) for _, names in usual.elements]
    page_text = "".join(hostile_page.texts)
    assert page_text.count(visible(hostile)) >= 8
    assert not set(page_text) & set("\x00\x07\x1b\u202e\u2066\ud83d")


def test_a_page_of_nothing_is_complete(empty_progress):
    page_text = "".join(Page("".join(page_lines(empty_progress))).texts)
    assert "No study days in the last year." in page_text
    assert "No misconception was named in this period." in page_text
    assert "None: you do not keep forgetting any card." in page_text
    assert page_text.count("Nothing to show yet.") == 7
    assert "No grade has been proposed yet." in page_text


def test_the_worst_leeches_are_shown_and_the_others_counted(year):
    leech = Leech("card-1", "chain-rule", "recall", 9, 3, suspended=False)
    many = replace(year, leeches=tuple(replace(leech, card_id=f"leech-{n}") for n in range(1225)))
    text = "".join(page_lines(many))
    assert text.count('<th scope="row">leech-') == 20
    assert '<p class="note">1,205 more: mnemosyne cards list leech</p>' in text


def test_two_pages_of_the_same_figures_are_the_same(year, text):
    assert "".join(page_lines(year)) == text


@pytest.mark.parametrize(("theme", "place"), [(LIGHT, 0), (DARK, 1)], ids=["light", "dark"])
def test_the_colours_are_those_of_the_terminal(theme, place):
    blocks = re.findall(r":root \{(.*?)\}", templates("page.html").css, re.DOTALL)
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", blocks[place]))
    ground = {name: getattr(theme, name) for name in ("background", "surface", "panel", "foreground")}
    meanings = {name: theme.variables[name] for name in colours if name not in ground}
    assert colours == ground | meanings


def test_one_thing_is_in_the_singular(year):
    single = replace(
        year,
        done=replace(year.done, reviews=1),
        done_today=replace(year.done_today, reviews=1),
        streak=replace(year.streak, current=1, longest=1_200),
    )
    notes = [(tile.value, tile.note.partition(",")[0]) for tile in tiles(single)]
    assert [notes[0], notes[1], notes[-1]] == [("1", "review"), ("1", "day; longest 1"), ("1", "review")]
    assert [tile.value for tile in tiles(replace(single, done=replace(single.done, reviews=1_200)))][-1] == "1,200"
