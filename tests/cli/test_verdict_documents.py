"""Verdicts as JSON with the fields that other programs rely on."""

from __future__ import annotations

from verdict_examples import LINK, UNREADABLE, WRONG

from mnemosyne.cli.verdict_documents import explanation_document, verdict_document
from mnemosyne.verdict import Explanation


def test_the_document_has_the_fields_of_the_contract_in_order():
    document = verdict_document(WRONG, "a1")
    assert document == {
        "id": "a1",
        "verdict": "incorrect",
        "certainty": None,
        "misconception": "missing-inner-derivative",
        "message": "the inner function is x²; its derivative 2x is missing",
        "expected": "2*x*cos(x^2)",
        "read_as": "cos(x^2)",
        "column": None,
        "evidence": {
            "at": {"x": 1.5},
            "yours": -0.6281736227,
            "chain_rule": -1.884520868,
            "finite_difference": -1.884520868,
        },
        "links": [{"outer": "sin(u)", "inner": "x^2", "derivative": "cos(x^2)", "of": "", "placeholder": "u"}],
        "elapsed_ms": 2.346,
        "mistaken_link": 0,
    }
    assert list(document) == [
        "id", "verdict", "certainty", "misconception", "message", "expected", "read_as", "column", "evidence", "links",
        "elapsed_ms", "mistaken_link",
    ]  # fmt: skip


def test_fields_that_do_not_apply_are_null():
    assert verdict_document(UNREADABLE) == {
        "id": None,
        "verdict": "unreadable",
        "certainty": None,
        "misconception": None,
        "message": "This ( is never closed.",
        "expected": None,
        "read_as": None,
        "column": 7,
        "evidence": None,
        "links": None,
        "elapsed_ms": 0.0,
        "mistaken_link": None,
    }


def test_without_explain_the_document_leaves_out_the_solution():
    document = verdict_document(WRONG, explained=False)
    assert (document["expected"], document["links"], document["mistaken_link"]) == (None, None, None)


def test_an_explanation_as_a_document():
    assert explanation_document(Explanation("sin(x^2)", "x", "2*x*cos(x^2)", (LINK,))) == {
        "f": "sin(x^2)",
        "variable": "x",
        "derivative": "2*x*cos(x^2)",
        "links": [{"outer": "sin(u)", "inner": "x^2", "derivative": "cos(x^2)", "of": "", "placeholder": "u"}],
    }
