"""A class as tables, JSON, Moodle's CSV and a page: whatever a learner calls himself or his cards is harmless."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from browser import start
from hostile import TEXTS

from mnemosyne.collection.report_pages import class_page_lines
from mnemosyne.progress.class_progress import (
    CardDifficulty,
    ClassDay,
    ClassProgress,
    ClassScope,
    LearnerProgress,
    MisconceptionSpread,
)
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Frequency, Rate
from mnemosyne.reports.class_tables import class_document, class_tables, moodle_lines
from mnemosyne.reports.csv_lines import GUARDED
from mnemosyne.reports.table import long_lines

DAY = date(2026, 3, 10)
SCOPE = ClassScope(Period(date(2026, 2, 11), DAY))
ADA = LearnerProgress("ada", date(2026, 1, 7), DAY, 14, 120, 40, Rate(90, 100), Rate(60, 80), timedelta(minutes=30))
BOB = LearnerProgress("bob", date(2026, 1, 7), None, 0, 0, 0, Rate(0, 0), Rate(0, 0), timedelta())
CLASS = ClassProgress(
    "algebra",
    SCOPE,
    (ADA, BOB),
    (ClassDay(date(2026, 3, 9), 1, 80), ClassDay(DAY, 1, 40)),
    (MisconceptionSpread("chain-added", (("ada", 4), ("bob", 1)), Frequency(5, 40), Frequency(2, 80)),),
    (CardDifficulty("sine-of-square", 2, 1, Rate(3, 5)),),
)


def test_the_week_is_the_last_seven_days_of_the_period():
    assert SCOPE.week == Period(date(2026, 3, 4), DAY)
    assert ClassScope(Period(DAY, DAY)).week == Period(DAY, DAY)


def test_moodle_gets_usernames_and_whole_percents_and_no_grade_where_there_is_none():
    assert "".join(moodle_lines(CLASS, GUARDED)) == (
        "username,Mnemosyne: days worked (%),Mnemosyne: retention (%)\nada,50,75\nbob,0,\n"
    )


def test_csv_is_one_figure_on_a_line():
    assert [line.rstrip("\n") for line in long_lines(class_tables(CLASS))][:9] == [
        "section,name,measure,value,unit",
        "learners,ada,this week,40,answers",
        "learners,ada,in the period,120,answers",
        "learners,ada,days,14,days",
        "learners,ada,last day,2026-03-10,",
        "learners,ada,time,30.0,minutes",
        "learners,ada,passed,90.0,%",
        "learners,ada,retention,75.0,%",
        "learners,ada,tests,80,reviews",
    ]


def test_tables_of_one_learner_do_not_count_learners():
    ada = replace(CLASS, scope=replace(SCOPE, learner="ada"), learners=(ADA,))
    misconceptions, cards, days = class_tables(ada)[1:]
    assert [(table.about, [head.name for head in table.heads], table.rows[0]) for table in (misconceptions, cards)] == [
        (
            "The most frequent first.",
            ["misconception", "this week", "before", "now", "trend"],
            ("chain added", 5, 2.5, 12.5, "rising"),
        ),
        (
            "Cards with failed reviews, the least often passed first.",
            ["card", "reviews", "passed"],
            ("sine-of-square", 5, 60.0),
        ),
    ]
    assert days.rows == ((date(2026, 3, 9), 80), (DAY, 40))


def test_json_has_counts_from_which_every_rate_can_be_computed():
    document = json.loads(json.dumps(class_document(CLASS)))
    assert document["learners"][0] == {
        "name": "ada", "joined": "2026-01-07", "last_day": "2026-03-10", "days": 14, "answers": 120, "week_answers": 40,
        "reviews": {"passed": 90, "of": 100}, "retention": {"passed": 60, "of": 80}, "spent_s": 1800.0,
    }  # fmt: skip
    assert document["learners"][1]["last_day"] is None
    assert document["misconceptions"] == [
        {
            "misconception": "chain-added", "title": "chain added", "trend": "growing",
            "week": {"times": 5, "answers": 40}, "before": {"times": 2, "answers": 80},
            "learners": [{"name": "ada", "times": 4}, {"name": "bob", "times": 1}],
        }
    ]  # fmt: skip
    assert document["cards"] == [
        {"card": "sine-of-square", "learners": 2, "failing": 1, "reviews": {"passed": 3, "of": 5}}
    ]


def with_text(text: str) -> ClassProgress:
    """Return the class with the text wherever a learner's program can put it."""
    spread, card = CLASS.misconceptions[0], CLASS.cards[0]
    return replace(
        CLASS,
        scope=replace(SCOPE, topic=text, topic_title=text),
        misconceptions=(replace(spread, misconception=text),),
        cards=(replace(card, card=text),),
    )


class Elements(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_text_in_the_page_and_in_csv(text: str):
    page = "".join(class_page_lines(with_text(text)))
    elements = Elements()
    elements.feed(page)
    assert {"script", "img", "a"}.isdisjoint(elements.names)
    assert not any(name.startswith("on") for name in elements.attributes)
    for cell in (cell for row in csv.reader(long_lines(class_tables(with_text(text)))) for cell in row):
        assert cell[:1] not in ("=", "+", "@", "\t", "\r")


@pytest.mark.thorough
def test_a_page_in_a_browser_causes_no_errors_and_no_requests(tmp_path):
    path = tmp_path / "class.html"
    pages = ["".join(class_page_lines(with_text(text))) for text in TEXTS.values()]
    bodies = [page.split("<body>")[1].split("</body>")[0] for page in pages]
    path.write_text(f"{pages[0].split('<body>')[0]}<body>{''.join(bodies)}</body></html>", encoding="utf-8")
    view = start(tmp_path).show(path)
    assert view.dom.count("</footer>") == len(TEXTS)
    assert (view.console, view.requests) == ((), ())


def test_the_page_says_who_works_and_whose_misconceptions_stand_out():
    page = "".join(class_page_lines(CLASS))
    assert "<h1>Class algebra</h1>" in page
    assert "<strong>1</strong> <span>of 2 learners this week</span>" in page
    assert "<td>ada 4×, bob</td>" in page
    assert "11 February 2026 to 10 March 2026. This week: 4 March 2026 to 10 March 2026." in page


def test_a_learner_has_a_page_of_his_own():
    page = "".join(class_page_lines(replace(CLASS, scope=replace(SCOPE, learner="ada"), learners=(ADA,))))
    assert "<h1>ada</h1>" in page
    assert "<span>of 28 in the period</span>" in page
    assert "Learners at work" not in page


def test_one_answer_is_in_the_singular():
    page = "".join(class_page_lines(replace(CLASS, learners=(replace(ADA, week_answers=1, answers=1),))))
    assert page.count("<strong>1</strong> <span>answer</span>") == 2


def test_a_class_without_any_reviews_has_a_page():
    empty = replace(CLASS, learners=(BOB,), days=(), misconceptions=(), cards=())
    assert "".join(class_page_lines(empty)).count("Nothing to show yet.") == 3
