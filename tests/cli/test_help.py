"""`help`: every reference table, as text that fits the terminal and as JSON."""

from __future__ import annotations

import json
import re

import pytest
import typer

from mnemosyne.cli.app import app
from mnemosyne.cli.help import wrapped_lines
from mnemosyne.cli.reference import Reference, reference

COMMAND_LINE = typer.main.get_command(app)
TOPICS = (
    "commands",
    "keys",
    "plain",
    "kinds",
    "texts",
    "grading",
    "mistakes",
    "settings",
    "schedulers",
    "skills",
    "columns",
    "schema",
    "sync",
    "class",
)


def test_without_a_topic_it_lists_the_topics(mnemosyne):
    run = mnemosyne("help")
    assert run.status == 0
    assert [line.split()[0] for line in run.out.splitlines()[1:-1]] == list(TOPICS)
    assert json.loads(mnemosyne("help", "--json").out) == list(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_a_table(mnemosyne, topic):
    run = mnemosyne("help", topic.upper())
    table = reference(topic, COMMAND_LINE)
    assert run.status == 0
    assert run.out.splitlines()[0] == table.about
    assert all(row[0].split()[0] in run.out for row in table.rows)
    assert json.loads(mnemosyne("help", topic, "--json").out) == table.document()


EXAMPLES = [row[2] for row in reference("grading", COMMAND_LINE).rows if row[2]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_verdicts_get_those_verdicts(mnemosyne, example):
    function, answer, verdict = re.fullmatch(r"(.+): (.+) is (\w+)", example).groups()
    document = json.loads(mnemosyne("grade", function, answer, "--json").out)
    assert document["verdict"] == verdict


def test_the_example_of_a_compared_answer_is_not_proved(mnemosyne):
    certainties = {
        row[0]: json.loads(mnemosyne("grade", *re.fullmatch(r"(.+): (.+) is correct", row[2]).groups(), "--json").out)
        for row in reference("grading", COMMAND_LINE).rows[:2]
    }
    assert [document["certainty"] for document in certainties.values()] == ["proved", "compared"]


def test_an_unknown_topic_is_one_line(mnemosyne):
    run = mnemosyne("help", "grades")
    assert (run.status, run.out) == (2, "")
    assert run.err == f"mnemosyne: there is no topic grades; the topics are {', '.join(TOPICS)}\n"


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("topic", TOPICS)
def test_no_line_is_wider_than_the_terminal(topic, width):
    table = reference(topic, COMMAND_LINE)
    narrowest = 14 * len(table.heads)
    assert max(map(len, wrapped_lines(table, width))) <= max(width, narrowest, len(table.about))


def test_cells_are_wrapped_beside_each_other():
    table = Reference("x", "About.", ("name", "meaning"), (("one two three four", "a b c d e f g h i j"),))
    assert list(wrapped_lines(table, 26)) == [
        "About.",
        "",
        "name           meaning",
        "one two three  a b c d e f g",
        "four           h i j",
    ]
