"""Anki's log as events: what each row becomes, and that no row, however strange, becomes something else."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.imports.anki_history import AnkiAnswer, AnkiHistory, anki_history
from mnemosyne.review.log_event import EventKind, event_in, line_of, stamp_of
from mnemosyne.scheduling.fsrs import rating_of

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY_START = time(4)
MORNING = 1_773_133_200_000  # 2026-03-10 09:00 UTC
DAY = 86_400_000
CARDS = {("note", 0): "there", ("note", 1): "back", ("other", 0): "other"}
BY_HAND = "without an answer (changes to a due date by hand or by a setting)"


def history_of(*answers: AnkiAnswer, zone: str = "UTC") -> AnkiHistory:
    """Return what is imported of the answers."""
    return anki_history(answers, CARDS, NOW, ZoneInfo(zone), DAY_START)


def answer_by(button: int, moment: int = MORNING, kind: int = 1, factor: int = 2500, ordinal: int = 0) -> AnkiAnswer:
    """Return an answer to a card, given by pressing a button."""
    return AnkiAnswer(("note", ordinal), moment, button, 5_000, kind, factor)


def test_an_answer_is_a_review_with_all_that_anki_knows_of_it():
    (event,) = history_of(answer_by(3), zone="Europe/Berlin").events
    assert (event.kind, event.device, event.moment, stamp_of(event.id)) == (
        EventKind.REVIEW, "anki", MORNING * 1000, MORNING * 1000,
    )  # fmt: skip
    facts = {name: value for name, value in event.facts.items() if value is not None}
    assert facts == {
        "offset": 3_600_000_000, "day": "2026-03-10", "card": "there", "seed": 0, "drill": False, "practice": False,
        "answer": "", "quality": 4, "hints": 0, "attempts": 0, "duration": 5_000_000, "fuzzed": False,
    }  # fmt: skip


@pytest.mark.parametrize(("button", "quality"), [(1, 1), (2, 3), (3, 4), (4, 5)])
def test_each_button_is_a_grade_and_the_same_rating_for_fsrs(button, quality):
    facts = history_of(answer_by(button)).events[0].facts
    assert facts["quality"] == quality
    assert rating_of(facts["quality"], facts["proposed"]) == button


def test_learning_steps_are_drills_of_the_day():
    answers = [answer_by(button, MORNING + place * 60_000, 0, 0) for place, button in enumerate((1, 3, 3))]
    night = answer_by(3, MORNING + 18 * 3_600_000)  # 03:00: the study day lasts until four
    next_day = answer_by(3, MORNING + DAY)
    history = history_of(next_day, *reversed(answers), night)
    assert [(event.facts["drill"], event.facts["day"]) for event in history.events] == [
        (False, "2026-03-10"), (True, "2026-03-10"), (True, "2026-03-10"), (True, "2026-03-10"), (False, "2026-03-11"),
    ]  # fmt: skip


def test_what_is_filtered_without_rescheduling_is_practice_and_no_review_of_the_day():
    history = history_of(answer_by(3, MORNING, 3, 0), answer_by(3, MORNING + 1), answer_by(3, MORNING + 2, 3, 2500))
    assert [(event.facts["practice"], event.facts["drill"]) for event in history.events] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_a_card_that_was_forgotten_by_hand_is_reset_and_learnt_again_on_the_same_day():
    history = history_of(answer_by(3), answer_by(0, MORNING + 1, 4, 0), answer_by(1, MORNING + 2))
    assert [event.kind for event in history.events] == [EventKind.REVIEW, EventKind.RESET, EventKind.REVIEW]
    assert history.events[1].facts == {"day": "2026-03-10", "cards": ["there"]}
    assert history.events[2].facts["drill"] is False


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (answer_by(0, kind=4), BY_HAND),
        (answer_by(0, kind=5, factor=0), BY_HAND),
        (answer_by(5), "with values that Anki never writes"),
        (answer_by(-1), "with values that Anki never writes"),
        (AnkiAnswer(("note", 0), MORNING, 3, -1, 1, 2500), "with values that Anki never writes"),
        (answer_by(3, ordinal=2), "on cards that were not imported"),
        (AnkiAnswer(("gone", 0), MORNING, 3, 1, 1, 2500), "on cards that were not imported"),
        (answer_by(3, MORNING + 11 * DAY), "from the future, or from before 1970"),
        (answer_by(3, 0), "from the future, or from before 1970"),
        (answer_by(3, -(10**18)), "from the future, or from before 1970"),
        (answer_by(3, 10**18), "from the future, or from before 1970"),
    ],
)
def test_what_is_left_out_is_reported(answer, why):
    history = history_of(answer)
    assert (history.events, history.left_out) == ([], {why: 1})


whole = st.integers(-(2**63), 2**63 - 1)
moments = st.one_of(st.integers(1, MORNING * 2), st.integers(MORNING, MORNING + 9 * DAY), whole)
rows = st.builds(
    AnkiAnswer,
    st.sampled_from([*CARDS, ("gone", 0)]),
    moments,
    st.one_of(st.integers(0, 4), whole),
    st.one_of(st.integers(0, 10**5), whole),
    st.one_of(st.integers(0, 5), whole),
    st.sampled_from([0, 1300, 2500]) | whole,
)


@given(st.lists(rows, max_size=12), st.sampled_from(["UTC", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu"]))
def test_every_row_becomes_an_event_that_can_be_synced_or_is_reported(answers, zone):
    history = history_of(*answers, zone=zone)
    assert len(history.events) + sum(history.left_out.values()) == len(answers)
    assert [event_in(line_of(event)) for event in history.events] == history.events
    assert [event.moment for event in history.events] == sorted(event.moment for event in history.events)
    assert all(event.moment <= (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for event in
               history.events)  # fmt: skip
    firsts = [
        (event.facts["card"], event.facts["day"])
        for event in history.events
        if event.kind is EventKind.REVIEW and not (event.facts["drill"] or event.facts["practice"])
    ]
    if not any(event.kind is EventKind.RESET for event in history.events):
        assert len(firsts) == len(set(firsts))
    again = history_of(*answers, zone=zone)
    assert again.events == history.events
