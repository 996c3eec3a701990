"""`grade` and `explain`: the contract's words, fields and exit statuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FIELDS = [
    "id",
    "verdict",
    "certainty",
    "misconception",
    "message",
    "expected",
    "read_as",
    "column",
    "evidence",
    "links",
    "elapsed_ms",
    "mistaken_link",
]


def test_a_right_answer(mnemosyne):
    run = mnemosyne("grade", "sin(x^2)", "2x cos(x^2)")
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "Correct: Proved.\n"
        "  read as: 2*x*cos(x^2)\n"
        "  correct answer: 2*x*cos(x^2)\n"
        "  at x = 1.5: your answer -1.88452, chain rule -1.88452, "
        "finite difference -1.88452 (step 1e-05, error about 5e-11)\n"
        "  the chain, outer to inner:\n"
        "    1. sin(u) at u = x^2: cos(x^2)\n"
        "    2. u^2 at u = x: 2*x\n"
    )


def test_a_wrong_answer_is_named(mnemosyne):
    run = mnemosyne("grade", "sin(x^2)", "cos(x^2)")
    assert run.status == 1
    assert run.out.startswith(
        "Incorrect: In sin(x²) the inner function is x²; multiply by its derivative too.\n"
        "  mistake: inner derivative missing (missing-inner-derivative)\n"
        "  correct answer: 2*x*cos(x^2)\n"
    )


def test_an_unreadable_answer_is_pointed_at(mnemosyne):
    run = mnemosyne("grade", "sin(x^2)", "2x cos(x^2")
    assert (run.status, run.err) == (2, "")
    assert run.out == "Unreadable: This ( is never closed.\n  2x cos(x^2\n        ^ column 7\n"


def test_the_json_has_the_contracts_fields(mnemosyne):
    run = mnemosyne("grade", "sin(x^2)", "cos(x^2)", "--json")
    verdict = json.loads(run.out)
    assert list(verdict) == FIELDS
    assert list(verdict["evidence"]) == ["at", "yours", "chain_rule", "finite_difference"]
    assert verdict["verdict"] == "incorrect"
    assert verdict["misconception"] == "missing-inner-derivative"
    assert verdict["links"][0] == {
        "outer": "sin(u)",
        "inner": "x^2",
        "derivative": "cos(x^2)",
        "of": "",
        "placeholder": "u",
    }
    assert (verdict["id"], verdict["column"]) == (None, None)


def test_an_answer_may_begin_with_a_minus(mnemosyne):
    assert mnemosyne("grade", "cos(x)", "-sin(x)").status == 0


def test_another_variable(mnemosyne):
    assert mnemosyne("grade", "sin(t^2)", "2t cos(t^2)", "--var", "t").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["grade", "sin(", "x"],
            "mnemosyne: f cannot be read: This ( is never closed. (column 4)",
        ),
        (["grade", "x + 1/0", "1"], "mnemosyne: f cannot be used: 1/0 has no real value. (column 5)"),
        (
            ["explain", "ln(-1-x^2)"],
            "mnemosyne: f cannot be used: ln(−1 − x²) is not defined on any interval. (column 1)",
        ),
        (["grade"], "mnemosyne: F is missing; use mnemosyne grade 'sin(x^2)' '2x cos(x^2)'"),
        (["grade", "x"], "mnemosyne: ANSWER is missing; use mnemosyne grade 'sin(x^2)' '2x cos(x^2)'"),
        (["explain"], "mnemosyne: F is missing; use mnemosyne explain 'sin(x^2)'"),
        (
            ["grade", "x", "1", "--var", "xy"],
            "mnemosyne: the variable 'xy' is not a letter; use one letter, such as x, t or theta",
        ),
        (
            ["grade", "x", "1", "--jsn"],
            "mnemosyne: got unexpected extra argument(s) (--jsn); see mnemosyne grade --help",
        ),
        (["grade", "x", "--jsn"], "mnemosyne: no such option: --jsn; did you mean --json? see mnemosyne grade --help"),
    ],
)
def test_bad_input_is_one_line(mnemosyne, arguments, message):
    run = mnemosyne(*arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.strip() == message


def test_explain_shows_the_chain(mnemosyne):
    run = mnemosyne("explain", "sin(sqrt(x))^2")
    assert run.out == (
        "f(x) = sin(sqrt(x))^2\n"
        "  the chain, outer to inner:\n"
        "    1. u^2 at u = sin(sqrt(x)): 2*sin(sqrt(x))\n"
        "    2. sin(u) at u = sqrt(x): cos(sqrt(x))\n"
        "    3. sqrt(u) at u = x: 1/(2*sqrt(x))\n"
        "f'(x) = sin(sqrt(x))*cos(sqrt(x))/sqrt(x)\n"
    )
    document = json.loads(mnemosyne("explain", "sin(x^2)", "--json").out)
    assert document["derivative"] == "2*x*cos(x^2)"
    assert [link["outer"] for link in document["links"]] == ["sin(u)", "u^2"]


def test_a_batch_answers_every_line_in_order(mnemosyne):
    lines = [
        {"id": 1, "f": "sin(x^2)", "answer": "2x cos(x^2)"},
        {"id": "two", "f": "sin(x^2)", "answer": "cos(x^2)"},
        {"f": "sin(x^2)"},
        {"id": 4, "f": "e^t", "answer": "e^t", "var": "t"},
    ]
    run = mnemosyne("grade", "--batch", "-", stdin="\n".join(map(json.dumps, lines)))
    documents = [json.loads(line) for line in run.out.splitlines()]
    assert [document.get("verdict") for document in documents] == ["correct", "incorrect", None, "correct"]
    assert [document["id"] for document in documents] == [1, "two", None, 4]
    assert documents[0]["expected"] is None
    assert documents[0]["links"] is None
    error = '"answer" is missing; write {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'
    assert documents[2] == {"id": None, "line": 3, "error": error}
    assert run.status == 2
    assert run.err == f"mnemosyne: -: 1 line not graded, first line 3: {error}\n"


@pytest.mark.parametrize(
    ("f", "message"),
    [
        ("x + 1/0", "f cannot be used: 1/0 has no real value. (column 5)"),
        ("ln(-1-x^2)", "f cannot be used: ln(−1 − x²) is not defined on any interval. (column 1)"),
        (
            "sinc(x)",
            "f cannot be read: The name “sinc” is not a function or variable here: "
            "type sin if you mean that. (column 1)",
        ),
    ],
)
def test_a_batch_refuses_a_function_with_the_same_words_as_grade(mnemosyne, f, message):
    assert mnemosyne("grade", f, "1").err == f"mnemosyne: {message}\n"
    lines = [{"id": 1, "f": "sin(x)", "answer": "cos(x)"}, {"id": 2, "f": f, "answer": "1"}, {"f": "x"}]
    run = mnemosyne("grade", "--batch", "-", stdin="\n".join(map(json.dumps, lines)))
    documents = [json.loads(line) for line in run.out.splitlines()]
    assert documents[0]["verdict"] == "correct"
    assert documents[1] == {"id": 2, "line": 2, "error": message}
    assert documents[2]["line"] == 3
    assert (run.status, run.err) == (2, f"mnemosyne: -: 2 lines not graded, first line 2: {message}\n")


def test_a_batch_explains_on_demand(mnemosyne, tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text('{"f": "sin(x^2)", "answer": "1"}\n', encoding="utf-8")
    verdict = json.loads(mnemosyne("grade", "--batch", path, "--explain").out)
    assert verdict["expected"] == "2*x*cos(x^2)"
    assert len(verdict["links"]) == 2


def test_a_hostile_answer_is_decided_within_the_deadline(mnemosyne):
    run = mnemosyne("grade", "x", "9**9**9**9", "--json")
    verdict = json.loads(run.out)
    assert (run.status, verdict["verdict"], verdict["message"]) == (
        2,
        "undecided",
        "The numbers in this answer are too large to compute.",
    )


def test_bytes_that_are_no_text_are_unreadable(mnemosyne):
    run = mnemosyne("grade", "sin(x^2)", "2x\udcff")
    assert (run.status, run.out) == (2, "")
    assert run.err == "mnemosyne: ANSWER is not UTF-8: '2x\\udcff'; see mnemosyne grade --help\n"


def test_a_batch_with_several_checkers_prints_the_same_lines_in_the_same_order(mnemosyne, tmp_path):
    file = tmp_path / "answers.jsonl"
    lines = [json.dumps({"f": f"sin({n % 7 + 2}x)", "answer": "3cos(3x)", "id": n}) for n in range(60)]
    file.write_text("\n".join([*lines[:30], "not JSON", *lines[30:]]))
    single, several = (mnemosyne("grade", "--batch", file, "--jobs", jobs) for jobs in ("1", "3"))
    without_times = [
        [{**json.loads(line), "elapsed_ms": 0} for line in run.out.splitlines()] for run in (single, several)
    ]
    assert without_times[0] == without_times[1]
    assert [line.get("id") for line in without_times[0]] == [*range(30), None, *range(30, 60)]
    assert (single.status, several.status) == (2, 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes and devices are files on POSIX only")
def test_a_batch_is_read_from_a_regular_file_or_an_open_pipe_only(mnemosyne, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        run = mnemosyne("grade", "--batch", path)
        message = f"mnemosyne: {path}: this is not a regular file; give a file of JSON lines, or - for standard input\n"
        assert (run.status, run.out, run.err) == (2, "", message)
    reader, writer = os.pipe()
    with os.fdopen(reader), os.fdopen(writer, "wb") as lines:
        lines.write(b'{"f": "x^2", "answer": "2x"}\n')
        lines.close()
        run = mnemosyne("grade", "--batch", f"/dev/fd/{reader}")
    assert (run.status, json.loads(run.out)["verdict"]) == (0, "correct")


def test_long_numbers_are_shortened_for_people_and_whole_in_json(mnemosyne):
    run = mnemosyne("grade", "x^2", "1e999")
    assert "  read as: 1000000000…(1,000 digits)" in run.out.splitlines()
    assert json.loads(mnemosyne("grade", "x^2", "1e999", "--json").out)["read_as"] == f"1{'0' * 999}"
    assert mnemosyne("explain", "1e999 x^2").out.splitlines() == [
        "f(x) = 1000000000…(1,000 digits)*x^2",
        "  the chain, outer to inner:",
        "    1. 1000000000…(1,000 digits)*u^2 at u = x: 2000000000…(1,000 digits)*x",
        "f'(x) = 2000000000…(1,000 digits)*x",
    ]
    letters = "a" * 500
    run = mnemosyne("grade", "x^2", f"{letters}(x)")
    assert run.out == (f"Unreadable: The name “{letters[:39]}…” is not a function or variable here.\n  column 1\n")


def test_jobs_is_an_option_of_a_batch_only(mnemosyne):
    run = mnemosyne("grade", "x^2", "2x", "--jobs", "2")
    assert (run.status, run.err) == (2, "mnemosyne: --jobs needs --batch; leave it out for one answer\n")
