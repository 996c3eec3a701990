"""Batch: order is kept, a bad line is one error object in its place, and nothing stops the rest."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cli.batch import LINE_LIMIT, SKIPPED_LIMIT, Batch, bounded_lines, parse_line, to_request
from mnemosyne.errors import InputError
from mnemosyne.verdict import Verdict, Word

GOOD = b'{"f": "sin(x^2)", "answer": "2x cos(x^2)", "id": "good"}\n'
WRITE = '; write one object per line: {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'


def echo(requests):
    """A checker that finds everything correct and says what it was asked."""
    for problem, answer in requests:
        yield Verdict(Word.CORRECT, read_as=f"{problem.f} by {problem.variable}: {answer}")


def ahead(requests):
    """A checker that reads everything before its first verdict, as a pipelined one may."""
    return echo(list(requests))


def documents(*lines, check_many=echo):
    return list(Batch(check_many).documents(lines))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", f"not JSON at column 2: Expecting property name enclosed in double quotes{WRITE}"),
        (b"\x00", f"not JSON at column 1: Expecting value{WRITE}"),
        (b"\xff\xfe{\x00", "not UTF-8 at byte 1; save the file as UTF-8"),
        (b"[1]", f"not a JSON object{WRITE}"),
        (b"[" * 50_000, f"not usable JSON: a number is too long, or the nesting is too deep{WRITE}"),
        (b'{"id": ' + b"9" * 5_000 + b"}", f"not usable JSON: a number is too long, or the nesting is too deep{WRITE}"),
        (b'{"id": NaN}', '"id" must be a string or a number'),
        (b'{"id": 1e999}', '"id" must be a string or a number'),
        (b'{"id": {}}', '"id" must be a string or a number'),
        (b'"' + b"x" * LINE_LIMIT + b'"', f"longer than {LINE_LIMIT} bytes; give one formula and one answer per line"),
    ],
    ids=["cut", "nul", "utf-16", "array", "deep", "long-number", "nan", "infinite", "object-id", "long"],
)
def test_a_line_that_is_no_request_says_why(line, message):
    with pytest.raises(InputError) as caught:
        parse_line(line)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"answer": "x"}, '"f" is missing; write {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'),
        ({"f": "x"}, '"answer" is missing; write {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'),
        ({"f": 1, "answer": "x"}, '"f" must be a string; write {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'),
        ({"f": "x", "answer": None}, '"answer" must be a string; write {"f": "sin(x^2)", "answer": "2x cos(x^2)"}'),
        ({"f": "x", "answer": "1", "variable": "t"}, 'unknown field "variable"; choose from: f, answer, var, id'),
        (
            {"f": "x", "answer": "1", "var": "xx"},
            "the variable 'xx' is not a letter; use one letter, such as x, t or theta",
        ),
        (
            {"f": "x", "answer": "1", "var": "1"},
            "the variable '1' is not a letter; use one letter, such as x, t or theta",
        ),
    ],
)
def test_a_field_that_is_wrong_is_named(fields, message):
    with pytest.raises(InputError) as caught:
        to_request(fields)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", ["", " ", "?"])
def test_an_empty_function_is_not_reported_as_an_empty_answer(function):
    (document,) = documents(json.dumps({"f": function, "answer": "1"}).encode())
    assert document["error"] == "f is empty; write the function to differentiate, such as sin(x^2)"


def test_a_function_that_cannot_be_read_is_an_error_of_its_line():
    (document,) = documents(b'{"f": "sin(x^2", "answer": "1", "id": 7}')
    assert document == {"id": 7, "line": 1, "error": "f cannot be read: This ( is never closed. (column 4)"}


@pytest.mark.parametrize("check_many", [echo, ahead], ids=["line-by-line", "pipelined"])
def test_every_line_is_answered_in_its_place(check_many):
    lines = [b"bad\n", GOOD, b"\n", b"   \n", b"[]\n", GOOD.replace(b"good", b"again"), b"worse"]
    verdicts = documents(*lines, check_many=check_many)
    assert [(document["id"], document.get("line"), document.get("verdict")) for document in verdicts] == [
        (None, 1, None),
        ("good", None, "correct"),
        (None, 5, None),
        ("again", None, "correct"),
        (None, 7, None),
    ]


def test_failures_are_counted_and_the_first_is_kept():
    batch = Batch(echo)
    list(batch.documents([GOOD, b"1", b"2"]))
    assert (batch.failures, batch.first and batch.first.line) == (2, 2)


def test_the_variable_and_the_answer_reach_the_checker():
    (document,) = documents('{"f": "t²", "answer": "2t", "var": "t"}'.encode())
    assert document["read_as"] == "t² by t: 2t"


def test_a_byte_order_mark_is_no_fault():
    assert documents(b"\xef\xbb\xbf" + GOOD)[0]["verdict"] == "correct"


def test_one_answer_is_printed_before_the_next_line_is_read():
    given_lines = iter([GOOD, GOOD])
    verdicts = Batch(echo).documents(given_lines)
    assert next(verdicts)["verdict"] == "correct"
    assert list(given_lines) == [GOOD]


def test_a_long_line_is_cut_and_the_rest_read_on():
    stream = io.BytesIO(b"x" * 1_000_000 + b"\n" + GOOD)
    lines = list(bounded_lines(stream))
    assert [len(line) for line in lines] == [LINE_LIMIT + 1, len(GOOD)]


def test_a_long_line_at_the_end_is_cut_too():
    assert [len(line) for line in bounded_lines(io.BytesIO(b"x" * 200_000))] == [LINE_LIMIT + 1]


class Endless:
    """A device that never ends a line."""

    def __init__(self, start=b""):
        self.lines = io.BytesIO(start)
        self.bytes_read = 0

    def readline(self, most):
        line = self.lines.readline(most) or b"\0" * most
        self.bytes_read += len(line)
        return line


@pytest.mark.parametrize("check_many", [echo, ahead])
def test_a_line_without_an_end_is_the_last_and_those_before_it_are_answered(check_many):
    device = Endless(GOOD)
    batch = Batch(check_many)
    answered, refused = batch.documents(bounded_lines(device))
    assert answered["verdict"] == "correct"
    assert refused == {
        "id": None,
        "line": 2,
        "error": "it has no end within 64 MiB, and nothing more was read; give one formula and one answer per line",
    }
    assert (batch.failures, batch.first.line) == (1, 2)
    assert device.bytes_read < 2 * SKIPPED_LIMIT


@given(st.lists(st.binary(max_size=40)))
def test_no_bytes_in_a_line_stop_the_lines_after_it(lines):
    stream = io.BytesIO(b"\n".join([*lines, b""]) + GOOD)
    verdicts = documents(*bounded_lines(stream))
    assert verdicts[-1]["verdict"] == "correct"
    assert all(json.dumps(document, allow_nan=False) for document in verdicts)
