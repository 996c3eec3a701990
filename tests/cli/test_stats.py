"""`stats`: as text, as JSON, for a topic and a period, and what it refuses."""

from __future__ import annotations

import json

import jsonschema
import pytest


def test_the_document_is_as_the_schema_says(mnemosyne):
    mnemosyne("review", "--plain", "--limit", "1", stdin=":show\n\n:quit\n")
    schema = json.loads(mnemosyne("stats", "--schema").out)
    run = mnemosyne("stats", "--json")
    document = json.loads(run.out)
    jsonschema.validate(document, schema)
    assert (run.status, run.err) == (0, "")
    assert document["done_today"]["reviews"] == 1
    assert document["streak"] == {"current": 1, "longest": 1}
    assert document["topics"] == ["chain-rule"]


def test_in_a_pipe_there_are_no_plots_and_no_colours(mnemosyne):
    run = mnemosyne("stats")
    assert run.out.startswith("Progress in all topics, ")
    assert "\x1b" not in run.out
    assert "Reviews per" not in run.out


def test_a_period_and_a_topic(mnemosyne):
    run = mnemosyne("stats", "--topic", "chain-rule", "--since", "2026-01-01", "--until", "2026-01-31")
    assert run.out.splitlines()[0] == "Progress in The chain rule, 1 January 2026 to 31 January 2026"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--topic", "nix"), "no card has the topic nix; choose from: chain-rule"),
        (
            ("--since", "2026-02-01", "--until", "2026-01-01"),
            "--since 2026-02-01 is after --until 2026-01-01; pass the earlier day to --since",
        ),
        (
            ("--since", "yesterday"),
            "--since yesterday is not a date; write it as YYYY-MM-DD, such as 2026-03-10",
        ),
        (
            ("--until", "2026-02-30"),
            "--until 2026-02-30 is not a date; write it as YYYY-MM-DD, such as 2026-03-10",
        ),
    ],
)
def test_what_is_not_valid_is_one_line_and_status_2(mnemosyne, arguments, message):
    run = mnemosyne("stats", *arguments)
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {message}\n")
