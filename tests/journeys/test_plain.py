"""A session line by line, once through a real pipe: help, hints, a named mistake, undo; and killed in the middle."""

from __future__ import annotations

import csv
import io

import pytest
from program import Program, run_inside, run_process

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2), hints: [What is inside?]}
  - {id: second, kind: derivative, f: cos(x^3)}
  - {id: third, kind: recall, ask: Say the rule., answer: Outer times inner.}
"""
CHOOSE = "Type a number, :undo, or :practise with a query such as tag:power; or press Enter to finish.\n"


@pytest.fixture
def cards(tmp_path):
    """Return a folder with three cards."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path / "cards"


@pytest.fixture
def learner(tmp_path, cards, warm_children):
    """Return a function that runs the program in its own home, inside the tests' process or as a process."""

    def run(*arguments, lines=(), runner=run_inside, **environment):
        stdin = "".join(f"{line}\n" for line in lines)
        return Program(tmp_path / "home", runner)(*arguments, stdin=stdin, MNEMOSYNE_CARDS=str(cards), **environment)

    return run


def reviews(learner) -> list[tuple[str, str]]:
    out = learner("export", "reviews", "--format", "csv").out
    return [(row["card_id"], row["quality"]) for row in csv.DictReader(io.StringIO(out))]


def test_a_whole_session(learner):
    lines = [
        ":help", ":hint", ":hint", ":hint", ":hint",
        "2x cos(x^2", "2x cos(x^2)", "",  # correct after three hints, with an unreadable answer before
        "sin(x^3)*3x^2", "-sin(x^3)*3x^2", ":undo",  # a sign lost, corrected; then the grade before it is undone
        "2x cos(x^2)", "4", "5", "", "5", "",
    ]  # fmt: skip
    run = learner("review", "--plain", lines=lines, runner=run_process)
    out = run.out
    assert (run.status, run.err) == (0, "")
    for passage in (
        "Question 1 (derivative, first)\nDifferentiate sin(x²).\n> \n  :hint     show the next hint\n",
        "> \nHint 1 of 3: What is inside?\n> \nHint 2 of 3: The inner function is u = x².\n"
        "> \nHint 3 of 3: The derivative",
        " is yours to find.\n> \nThere are no more hints.\n",
        "> \nUnreadable: This ( is never closed.\n  2x cos(x^2\n        ^ column 7\n> \nCorrect: Proved.\n",
        "  correct after 3 hints; next review for grades 0–5: 1 d\nquality [3] > ",
        "Incorrect: ",
        "You have one more try.\n",
        "Undone: grade 3 for “Differentiate sin(x²)”.\n",
    ):
        assert passage in out
    assert out.endswith(
        "\nNo questions are left. The next card is due tomorrow.\n"
        "  1. Practise 1 card with mistakes in the last 7 days\n  2. Practise all 3 cards seen so far\n"
        "  3. Take an exam: functions that no card has, built from what you have met\n" + CHOOSE + "> \n"
        "3 reviews, 0 drills, 3 passed.\n  2 with grade 5, 1 with grade 4; 3 new; 1 minute\n  wrong sign: 1\n"
        "Tomorrow: 3 due, 0 new.\n"
    )
    assert reviews(learner) == [("first", "4"), ("second", "5"), ("third", "5")]


CHECK = (
    "  at x = 1.5: your answer {}, chain rule -1.88452, finite difference -1.88452 (step 1e-05, error about 5e-11)\n"
)


def test_an_unnamed_mistake_shows_what_is_known_and_may_be_corrected_once(learner):
    lines = ["7", ":hint", "2x cos(x^2)", ""]
    run = learner("review", "--plain", "--limit", "1", lines=lines)
    out = run.out
    assert run.err == ""
    assert (
        "Question 1 (derivative, first)\nDifferentiate sin(x²).\n> \n"
        "Incorrect: Not equal to the derivative (see the values below).\n" + CHECK.format("7") + ""
        "  the chain, outer to inner:\n    1. sin(u) at u = x^2\n    2. u^2 at u = x\nYou have one more try.\n"
        "> \nHint 1 of 3: What is inside?\n> \n"
    ) in out
    assert "  correct after an unnamed mistake and 1 hint" in out
    assert reviews(learner) == [("first", "2")]


def test_interrupted_before_the_second_try_it_says_again_what_is_known(learner):
    learner("review", "--plain", lines=["7"])
    out = learner("review", "--plain").out
    assert out.startswith(
        "Question 1 (derivative, first)\nDifferentiate sin(x²).\nYou answered: 7\n"
        "Incorrect: Not equal to the derivative (see the values below).\n" + CHECK.format("7") + ""
        "  the chain, outer to inner:\n    1. sin(u) at u = x^2\n    2. u^2 at u = x\nYou have one more try.\n> \n"
    )


def test_the_link_at_which_the_mistake_happened_is_marked_once_the_solution_shows(learner):
    lines = ["cos(x^2)", "2x cos(x)", ""]
    out = learner("review", "--plain", "--limit", "1", lines=lines).out
    assert (
        "> \nIncorrect: In sin(x²) the inner function is x²; multiply by its derivative too.\n"
        "  mistake: inner derivative missing (missing-inner-derivative)\nYou have one more try.\n"
        "> \nIncorrect: Evaluate the outer derivative at x², not at x.\n  read as: 2*x*cos(x)\n"
        "  mistake: outer derivative evaluated at x (outer-at-x)\n  correct answer: 2*x*cos(x^2)\n"
        + CHECK.format("0.212212")
        + "  the chain, outer to inner:\n    1. sin(u) at u = x^2: cos(x^2)  ✗ mistake here\n"
        "    2. u^2 at u = x: 2*x  ✓\n"
    ) in out


def test_killed_in_the_middle_it_resumes_with_nothing_lost(learner, start_piped, tmp_path):
    session = start_piped(tmp_path / "home", "review", "--plain")
    session.read_until("\n> ")
    session.type_line("2x cos(x^2)", "quality [5] > ")
    session.type_line("4", "\n> ")
    session.type_line("cos(x^3)", "Incorrect")
    session.close()
    assert reviews(learner) == [("first", "4")]
    out = learner("review", "--plain", lines=["-3x^2 sin(x^3)", ""]).out
    assert out.startswith("Question 1 (derivative, second)\n")
    assert (
        "You answered: cos(x^3)\nIncorrect: That is the function itself: the question asks for its derivative.\n"
        "  mistake: not differentiated at all (not-differentiated)\nYou have one more try.\n> \n"
    ) in out
    assert "correct after a misconception" in out, "the try before the kill still counts"
    assert reviews(learner)[0] == ("first", "4")


def test_the_end_of_the_input_is_quit(learner):
    run = learner("review", "--plain", "--limit", "1")
    assert (run.status, run.err) == (0, "")
    assert run.out.endswith("> \n0 reviews, 0 drills, 0 passed.\nTomorrow: 0 due, 3 new.\n")


def test_a_grade_is_undone_after_the_last_question_and_in_the_next_session(learner):
    lines = ["2x cos(x^2)", "", "what", ":undo", "2x cos(x^2)", "4", ""]
    out = learner("review", "--plain", "--limit", "1", lines=lines).out
    assert (
        "No questions are left. This session was limited to 1 card: 2 more are waiting.\n"
        "  1. Go on with 2 cards that are waiting\n  2. Practise 1 card seen so far\n"
        "  3. Take an exam: functions that no card has, built from what you have met\n" + CHOOSE + "> \n" + CHOOSE
    ) in out
    assert "> \nUndone: grade 5 for “Differentiate sin(x²)”.\nQuestion 2 (derivative, first)\n" in out
    assert reviews(learner) == [("first", "4")]
    out = learner("review", "--plain", "--limit", "1", lines=[":undo"]).out
    assert "Undone: grade 4 for “Differentiate sin(x²)”.\n\nQuestion 2 (derivative, first)\n" in out
    assert reviews(learner) == []


def test_everything_the_full_session_can_do_with_a_card_is_possible(learner, tmp_path):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/sin(x^2)/sin(x^4)/" "$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    lines = [
        ":progress", ":edit", "4x^3 cos(x^4)", ":edit", "1",  # edited while asked, and once after the grade
        ":flag", ":flag", ":skip", ":suspend",
        "4x^3 cos(x^4)", "4",  # the drill
    ]  # fmt: skip
    run = learner("review", "--plain", lines=lines, EDITOR=str(editor), VISUAL="")
    assert (run.status, run.err) == (0, "")
    for passage in (
        "> \n0 done, 3 left; ",
        " s on this question.\n> \n\nQuestion 1 (derivative, first)\nDifferentiate sin(x⁴).\n> \nCorrect: Proved.\n",
        "\nQuestion 1 (derivative, first)\nDifferentiate sin(x⁴).\nYou answered: 4x^3 cos(x^4)\n  correct answer: ",
        "> \nFlagged.\n> \nUnflagged.\n> \nBuried until tomorrow. :undo brings it back.\n",
        "Suspended. :undo brings it back.\n",
        "Question 4 (derivative, first, again)\n",
        "drill: schedule unchanged, and below 4 the card comes back today\nquality [5] > ",
        "\n1 review, 1 drill, 0 passed.\n  1 with grade 1; 1 new; 1 minute\n",
    ):
        assert passage in run.out


def test_without_an_editor_it_says_so_and_continues(learner):
    lines = [":edit", "2x cos(x^2)"]
    out = learner("review", "--plain", lines=lines, EDITOR="no-such-editor", VISUAL="").out
    refusal = "EDITOR names no-such-editor, which does not exist; set EDITOR to another, such as nano."
    assert f"> \n{refusal}\n> \nCorrect" in out


def test_a_leech_is_announced(learner, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text("leech_lapses = 1\n", encoding="utf-8")
    out = learner("review", "--plain", "--limit", "1", lines=[":show", ""]).out
    assert (
        "You have forgotten this card once. Relearn it from the lesson, or suspend it: type :undo, then :suspend.\n"
    ) in out


def test_a_screen_reader_meets_neither_boxes_nor_control_codes(learner):
    lines = [":help", ":lesson", ":hint", ":show", "0", "cos(x^3)", ":show", "1", "", "5"]
    out = learner("review", "--plain", lines=lines).out
    assert [sign for sign in out if 0x2500 <= ord(sign) <= 0x259F] == [], "no frames, no blocks"
    assert [sign for sign in out if sign != "\n" and not sign.isprintable()] == []


def test_no_answer_and_one_that_is_too_long_cost_nothing_and_say_what_to_do(learner):
    lines = ["", "?", "idk", "x+" * 1_500, ":quit"]
    run = learner("review", "--plain", lines=lines)
    out = run.out
    assert run.err == ""
    assert out.count("Type an answer, or :show to see the solution.") == 2
    assert "Unreadable: Shorten the formula: it may have at most 2,000 characters." in out
    assert reviews(learner) == []


def test_where_nothing_is_left_something_else_can_be_chosen(learner):
    lines = ["2x cos(x^2)", "5", "nonsense", "1", ":show", "5", "", "5", ""]
    run = learner("review", "--plain", "--limit", "1", lines=lines)
    assert run.err == ""
    first_summary = CHOOSE + "> \n" + CHOOSE + "> \n1 review, 0 drills, 1 passed.\n  1 with grade 5; 1 new; 1 minute\n"
    assert first_summary in run.out
    assert "Tomorrow: 1 due, 2 new.\n\nQuestion 2 (derivative, second)\n" in run.out
    end = "2 reviews, 0 drills, 2 passed.\n  2 with grade 5; 2 new; 1 minute\nTomorrow: 3 due, 0 new.\n"
    assert run.out.endswith(end)


def test_practice_changes_no_schedule_and_is_logged_as_practice(learner):
    learner("review", "--plain", "--limit", "1", lines=["2x cos(x^2)", ""])
    before = learner("cards", "list", "--json").out
    lines = [":show", "", ":practise kind:recall", "", "5", ":practise tag:nix", ":practise nix:1", ""]
    run = learner("practise", "--plain", lines=lines)
    out = run.out
    assert (run.status, run.err) == (0, "")
    assert "Question 1 (derivative, first, practice)\nDifferentiate sin(x²).\n" in out
    assert "  given up; practice: schedule unchanged\nquality [0] > \n" in out
    assert "No questions are left. Practised 1 card. Practice changes no schedule.\n" in out
    assert "0 reviews, 0 drills, 0 passed.\n  1 practised, 0 passed\n" in out
    assert "Question 2 (recall, third, practice)\nSay the rule.\n" in out
    assert "No questions are left. No card matches.\n" in out
    assert "Unknown term nix:1; choose from: tag:, kind:, topic:, unit:.\n" in out
    assert learner("cards", "list", "--json").out == before
    rows = csv.DictReader(io.StringIO(learner("export", "reviews", "--format", "csv").out))
    logged = [(row["card_id"], row["drill"], row["practice"]) for row in rows]
    assert logged == [("first", "false", "false"), ("first", "false", "true"), ("third", "false", "true")]
    anki = learner("export", "reviews", "--format", "anki-revlog").out
    assert [(row["type"], row["factor"]) for row in csv.DictReader(io.StringIO(anki))][1:] == [("3", "0")] * 2
    assert len(learner("export", "reviews", "--format", "fsrs").out.splitlines()) == 2
    assert "matches the log (1 entry)" in learner("doctor").out
    assert "1 review (1 new), 0 drills, 2 practised, " in learner("stats").out


def test_an_exam_line_by_line(learner):
    run = learner(
        "practise", "--exam", "--limit", "2", "--plain", lines=[":show", "", ":flag", ":edit", ":show", "", ""]
    )
    assert run.out.count("practice)\nDifferentiate ") == 2
    assert run.out.count("answer it, show its solution, or leave the exam") == 1
    assert "exam questions cannot be edited" in run.out
    assert "0 reviews, 0 drills, 0 passed.\n  2 practised, 0 passed\n  " in run.out
    assert "0 of 2 right" in run.out
    refused = learner("practise", "tag:power", "--exam", "--plain", lines=[])
    assert (
        refused.err
        == "mnemosyne: --exam asks about functions that no card has; leave out the query, --mistakes and --ahead\n"
    )


def test_why_says_which_skills_a_question_exercises(learner):
    run = learner("review", "--plain", "--limit", "1", lines=[":why", "2x cos(x^2)", "", ""])
    assert "Skills that this card needs, and the probability that you remember each:\n  " in run.out
    assert "  two links: not met yet\n" in run.out
    assert "  sine of something: not met yet\n" in run.out
