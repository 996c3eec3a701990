"""Output: harmless, on the right stream, and JSON that survives any encoding."""

from __future__ import annotations

import json

import pytest

from mnemosyne.cli.output import as_message, json_line, print_json, progress_bar, say, warn


def test_a_message_goes_to_standard_error_on_one_line(capsys):
    say("data")
    warn("a message\nof two lines")
    captured = capsys.readouterr()
    assert captured.out == "data\n"
    assert captured.err == "mnemosyne: a message of two lines\n"


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("No such option: --jsn", "no such option: --jsn"),
        ("Another session is open.", "another session is open"),
        ("ANSWER is missing", "ANSWER is missing"),
        ("", ""),
    ],
)
def test_a_sentence_becomes_a_message(sentence, message):
    assert as_message(sentence) == message


def test_json_is_one_line_of_ascii(capsys):
    print_json({"read_as": "x²", "line": "a\nb"})
    out = capsys.readouterr().out
    assert out == '{"read_as": "x\\u00b2", "line": "a\\nb"}\n'
    assert json.loads(out) == {"read_as": "x²", "line": "a\nb"}


def test_json_refuses_what_json_does_not_have():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_line({"value": float("nan")})


def test_no_progress_bar_away_from_a_terminal(capsys):
    with progress_bar([1, 2, 3], "Checking", 3) as items:
        assert list(items) == [1, 2, 3]
    assert capsys.readouterr() == ("", "")
