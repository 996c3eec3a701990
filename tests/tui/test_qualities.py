"""The row of grades: the reason for the proposed grade takes a single line, lest the verdict above lose one."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from mnemosyne.review.quality import Proposal, propose
from mnemosyne.review.record import GAVE_UP, Attempt
from mnemosyne.tui.widgets.qualities import Grading, Qualities

SMALL = 76  # cells between the margins of a terminal that is 80 cells wide
RIGHT = Attempt("2x cos(x^2)", "correct", None)
WRONG = Attempt("cos(x^2)", "incorrect", "missing-inner-derivative")
CARELESS = Attempt("-2x cos(x^2)", "incorrect", "sign-flipped")
UNNAMED = Attempt("7", "incorrect", None)
PARTLY = Attempt("x^2; cos(u); 7; 7", "incorrect", None, 2, 4, 2)
UNDECIDED = Attempt("x^x^x^x", "undecided", None)
GIVEN_UP = Attempt("", GAVE_UP, None)
REVEALED = Attempt("", None, None)
FIRST = (WRONG, CARELESS, UNNAMED, PARTLY)
ENDS = [(last,) for last in (RIGHT, UNDECIDED, GIVEN_UP, REVEALED, *FIRST)] + [
    *product(FIRST, (RIGHT, UNDECIDED, GIVEN_UP, *FIRST))
]


def proposals():
    for attempts, hints, seconds, options in product(ENDS, (0, 2), (5, 3599), (0, 3)):
        quality, reason = propose(attempts, hints, timedelta(seconds=seconds), timedelta(seconds=75), options)
        for drill_counts in (False, True):
            yield Proposal(quality, reason, (1,) * 6, drill_counts)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", [{}, {"drill": True}, {"practice": True}], ids=["review", "drill", "practice"])
def test_why_a_grade_is_proposed_takes_one_line_on_a_small_terminal(mode):
    tall = {
        picture.lines[0].plain
        for proposal in proposals()
        if (picture := Qualities().draw(Grading(proposal, **mode), SMALL)).height != 4 or picture.width > SMALL
    }
    assert tall == set()


def test_where_there_is_room_what_the_grade_does_to_the_schedule_is_said_in_full():
    quick = Proposal(5, "correct in 5 s; target 30 s", (1,) * 6)
    drill = Grading(Proposal(3, "correct after an unnamed mistake and 2 hints", (1,) * 6), drill=True)

    def heading(subject: Grading, width: int) -> str:
        return Qualities().draw(subject, width).lines[0].plain

    assert heading(Grading(quick, drill=True), SMALL).endswith("  drill: schedule unchanged")
    assert heading(Grading(quick), SMALL).endswith("  ↻ = again today")
    assert heading(drill, SMALL).endswith("mistake and 2 hints)          drill")
    assert heading(drill, 100).endswith("  drill: schedule unchanged")
