"""Events as lines: what is written is read again, and nothing else is taken for an event."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.review.log_event import LATEST_STAMP, EventKind, LogEvent, event_in, line_of, new_id

FACTS = {
    "offset": 0, "day": "2026-03-10", "card": "sine", "seed": 7, "drill": False, "practice": False, "answer": "2x",
    "verdict": "correct", "misconception": None, "proposed": 3, "quality": 3, "hints": 0, "attempts": 2,
    "duration": 9_000_000, "fuzzed": False, "exercise": None, "fields": None, "answers": None,
}  # fmt: skip
FIRST = {
    "answer": "x", "verdict": "incorrect", "misconception": "sign-flipped", "links": 2, "fields": 0, "right_fields": 0,
}  # fmt: skip
SECOND = {**FIRST, "answer": "2x", "verdict": "correct", "misconception": None}
REVIEW = LogEvent(new_id(1_773_000_000_000_000, 5), "laptop", EventKind.REVIEW, 1_773_000_000_000_000, FACTS)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
counts = st.integers(0, 10**9)
attempts = st.fixed_dictionaries(
    {
        "answer": texts, "verdict": st.none() | texts, "misconception": st.none() | texts, "links": counts,
        "fields": counts, "right_fields": counts,
    }
)  # fmt: skip


@given(st.none() | st.lists(attempts, max_size=3), texts)
def test_what_is_written_is_read_again(answers: list[dict[str, Any]] | None, answer: str):
    event = replace(REVIEW, facts={**FACTS, "answers": answers, "answer": answer})
    assert event_in(line_of(event)) == event


def test_an_event_of_a_program_that_kept_only_the_last_answer_is_read():
    document = json.loads(line_of(REVIEW))
    for name in ("exercise", "fields", "answers", "crc"):
        del document[name]
    text = json.dumps(document, separators=(",", ":"))[:-1]
    line = f'{text},"crc":"{crc32(text.encode()):08x}"}}'
    assert event_in(line) == REVIEW


@pytest.mark.parametrize(
    "answers",
    [
        "x", {}, 7, [7], ["x"], [[]], [{}], [{**FIRST, "more": 1}], [{**FIRST, "answer": None}],
        [{**FIRST, "verdict": 1}], [{**FIRST, "misconception": []}], [{**FIRST, "links": -1}],
        [{**FIRST, "links": 1.5}], [{**FIRST, "fields": True}], [FIRST, {**SECOND, "right_fields": 10**10}],
        [{**FIRST, "answer": "\ud800"}],
    ],
)  # fmt: skip
def test_answers_of_another_form_are_refused(answers: Any):
    document = {**json.loads(line_of(REVIEW)), "answers": answers}
    del document["crc"]
    text = json.dumps(document, separators=(",", ":"))[:-1]
    with pytest.raises(ValueError, match=r"^this review event has no usable answers$"):
        event_in(f'{text},"crc":"{crc32(text.encode()):08x}"}}')


def test_two_answers_are_one_line():
    event = replace(REVIEW, facts={**FACTS, "answers": [FIRST, SECOND]})
    head = f'{{"v":1,"id":"{REVIEW.id}","device":"laptop","kind":"review","moment":1773000000000000,"offset":0,'
    tail = (
        '"fuzzed":false,"exercise":null,"fields":null,"answers":[{"answer":"x","verdict":"incorrect","misconception":"sign-flipped","links":2,'
        '"fields":0,"right_fields":0},{"answer":"2x","verdict":"correct","misconception":null,"links":2,"fields":0,'
        '"right_fields":0}]'
    )
    line = line_of(event)
    assert line.startswith(head)
    assert line[: line.index(',"crc":"')].endswith(tail)


@pytest.mark.parametrize("year", [9500, 9997, 10500])
def test_an_event_after_which_no_other_could_come_is_refused(year: int):
    stamp = int((year - 1970) * 365.2425 * 86_400_000_000)
    event_id = f"{stamp // 1000:012x}{REVIEW.id[12:]}"
    with pytest.raises(ValueError, match=r"^this event is too far in the future$"):
        event_in(line_of(replace(REVIEW, id=event_id)))
    assert event_in(line_of(replace(REVIEW, id=new_id(LATEST_STAMP, 1)))).id == new_id(LATEST_STAMP, 1)
