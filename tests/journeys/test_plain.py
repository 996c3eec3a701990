"""A session line by line through a real pipe: with help, hints, a named mistake, undo; and killed in the middle."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import pytest

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2), hints: [What is inside?]}
  - {id: second, kind: derivative, f: cos(x^3)}
  - {id: third, kind: recall, ask: Say the rule., answer: Outer times inner.}
"""


@pytest.fixture
def learner(tmp_path):
    """A home of his own with three cards; runs the program in it."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    environment = {
        **os.environ,
        "MNEMOSYNE_HOME": str(tmp_path / "home"),
        "MNEMOSYNE_CARDS": str(tmp_path / "cards"),
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "mnemosyne", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )

    return start


def reviews(learner) -> list[tuple[str, str]]:
    out, _ = learner("export", "reviews", "--format", "csv").communicate(timeout=60)
    return [(row["card_id"], row["quality"]) for row in csv.DictReader(io.StringIO(out))]


def test_a_whole_session(learner):
    lines = [
        ":help", ":hint", ":hint", ":hint", ":hint",
        "2x cos(x^2", "2x cos(x^2)", "",  # correct after three hints, an unreadable slip before
        "sin(x^3)*3x^2", "-sin(x^3)*3x^2", ":undo",  # a sign lost, corrected; then the grade before it is taken back
        "2x cos(x^2)", "4", "5", "", "5", "",
    ]  # fmt: skip
    process = learner("review", "--plain")
    out, err = process.communicate("\n".join(lines), timeout=120)
    assert (process.returncode, err) == (0, "")
    for said in (
        "Question 1 (derivative, first)\nDifferentiate `sin(x²)`.\n> \n  :hint     show the next hint\n",
        "> \nHint 1 of 3: What is inside?\n> \nHint 2 of 3: Inside is u = `x^2`.\n> \nHint 3 of 3: The derivative",
        " is yours to find.\n> \nThere is no further hint.\n",
        "> \nUnreadable: this ( is never closed\n  2x cos(x^2\n        ^ column 7\n> \nCorrect.\n",
        "  correct after 3 hints; back in 0: 1 d, 1: 1 d, 2: 1 d, 3: 1 d, 4: 1 d, 5: 1 d\nquality [3] > ",
        "Incorrect: ",
        "Try once more.\n",
        "Taken back: first, quality 3.\n",
    ):
        assert said in out
    assert out.endswith("\n3 reviews, 0 drills, 3 correct.\n  a sign is wrong: 1\nTomorrow: 3 due, 0 new.\n")
    assert reviews(learner) == [("first", "4"), ("second", "5"), ("third", "5")]


def test_killed_in_the_middle_it_goes_on_with_nothing_lost(learner):
    process = learner("review", "--plain")
    process.stdin.write("2x cos(x^2)\n4\ncos(x^3)\n")
    process.stdin.flush()
    while "Incorrect" not in process.stdout.readline():
        pass
    process.kill()
    process.communicate()
    assert reviews(learner) == [("first", "4")]
    again = learner("review", "--plain")
    out, _ = again.communicate("-3x^2 sin(x^3)\n\n", timeout=60)
    assert out.startswith("Question 1 (derivative, second)\n")
    assert "at the second try" in out, "the try before the kill still counts"
    assert reviews(learner)[0] == ("first", "4")


def test_the_end_of_the_input_is_quit(learner):
    process = learner("review", "--plain", "--limit", "1")
    out, err = process.communicate("", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("> \n0 reviews, 0 drills, 0 correct.\nTomorrow: 0 due, 3 new.\n")
