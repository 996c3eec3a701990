"""What the help says is sent to other devices is what an event has: a fact that is added must be listed there."""

from __future__ import annotations

import pytest

from mnemosyne.review.log_event import EventKind
from mnemosyne.store.carriers import REVIEW_FACTS

WORDS = {
    "offset": "time zone",
    "day": "study day",
    "card": "the card",
    "seed": "the numbers drawn",
    "drill": "a drill",
    "practice": "practice",
    "answer": "every answer",
    "verdict": "verdict",
    "misconception": "misconception",
    "proposed": "grades proposed",
    "quality": "given",
    "hints": "hints",
    "attempts": "attempts",
    "duration": "duration",
    "fuzzed": "its interval was varied",
    "answers": "every answer typed",
    "exercise": "the formulas that were differentiated",
    "fields": "which fields were right",
}
OTHERS = {
    EventKind.REVIEW: "every answer",
    EventKind.RESET: "resets",
    EventKind.SUSPENDED: "cards suspended",
    EventKind.FLAGGED: "flagged",
    EventKind.BURIED: "buried",
    EventKind.DUE: "due dates set by hand",
    EventKind.UNDO: "undos",
}


@pytest.mark.parametrize("page", ["SYNC", "CLASS"])
def test_every_fact_that_is_sent_is_listed(mnemosyne, page):
    text = " ".join(mnemosyne("help", page).out.split())
    words = [*(WORDS[fact] for fact in REVIEW_FACTS), *(OTHERS[kind] for kind in EventKind), "drawn, time,", "device"]
    assert [word for word in words if word not in text] == []
