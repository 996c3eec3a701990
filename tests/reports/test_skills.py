"""What is known of skills: the text, the JSON, the table and the page show the same figures."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from sample import sample

from mnemosyne.collection.report_pages import page_lines
from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.document import progress_document, progress_schema
from mnemosyne.reports.progress_tables import all_tables
from mnemosyne.reports.terminal import progress_lines
from mnemosyne.scheduling.skills.known_skill import KnownSkill

SKILLS = (KnownSkill("links-3", 0.64, 12), KnownSkill("ln", 0.7149, 1), KnownSkill("sin", 0.92, 1204))


@pytest.fixture
def statistics_with_skills() -> Statistics:
    """Return statistics with skills."""
    return replace(sample(), skills=SKILLS)


def test_as_text(statistics_with_skills: Statistics):
    lines = list(progress_lines(statistics_with_skills, 80, plots=False))
    begin = next(place for place, line in enumerate(lines) if line.startswith("Skills"))
    assert lines[begin : begin + 4] == [
        "Skills, weakest first              remembered  answers",
        "  three links                            64 %       12  ██████████████",
        "  logarithm                              71 %        1  ████████████████",
        "  sine of something                      92 %    1,204  ████████████████████",
    ]


def test_as_json(statistics_with_skills: Statistics):
    document = progress_document(statistics_with_skills)
    jsonschema.validate(document, progress_schema())
    assert document["skills"] == [
        {"id": "links-3", "name": "three links", "recall": 0.64, "answers": 12},
        {"id": "ln", "name": "logarithm", "recall": 0.7149, "answers": 1},
        {"id": "sin", "name": "sine of something", "recall": 0.92, "answers": 1204},
    ]


def test_as_a_table_and_on_the_page(statistics_with_skills: Statistics):
    table = next(table for table in all_tables(statistics_with_skills) if table.id == "skills")
    assert next(iter(table.texts())) == ("three links", "64 %", "12")
    assert "the probability that you remember each of them today" in "".join(page_lines(statistics_with_skills))


def test_without_evidence_nothing_is_shown():
    assert "Skills" not in "\n".join(progress_lines(sample(), 80, plots=False))
    assert progress_document(sample())["skills"] == []
    assert "skills" not in {table.id for table in all_tables(sample())}
    assert "three links" not in "".join(page_lines(sample()))
