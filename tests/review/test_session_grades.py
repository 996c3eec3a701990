"""What a grade stores, which cards are put aside, the time that counts, what is in the repository at each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mnemosyne.errors import StoreError
from mnemosyne.review.outcome import Progress
from mnemosyne.review.record import Attempt, Pending, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.verdict import Verdict, Word

TODAY = date(2024, 1, 15)
TOMORROW = date(2024, 1, 16)
NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(make_desk: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of three new cards."""
    desk = make_desk("a", "b", "c")
    desk.sit()
    return desk


class TestGrading:
    def test_the_log_holds_what_happened(self, make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> None:
        desk = make_desk(make_card("a", hints=("Which is outside?",)), "b")
        desk.hands.place = ZoneInfo("America/New_York")
        session = desk.sit()
        session.hint()
        desk.wrong("sign-flipped")
        desk.hands.state(seconds=31)
        desk.right(links=2)
        desk.hands.state(minutes=3)  # reading the links costs no answering time
        review = session.grade(4)
        assert review == Review(
            card_id="a",
            answered_at=NOON + timedelta(minutes=3, seconds=31),
            offset=timedelta(hours=-5),
            study_day=TODAY,
            drill=False,
            seed=1,
            answer="2x cos(x^2)",
            verdict="correct",
            misconception="sign-flipped",
            proposed=3,
            quality=4,
            hints=1,
            attempts=2,
            duration=timedelta(seconds=31),
            before=Memory(),
            after=Memory(1, 250, 1, 0, TOMORROW, TODAY),
            number=1,
            answers=(
                Attempt("cos(x^2)", "incorrect", "sign-flipped", links=2),
                Attempt("2x cos(x^2)", "correct", None, links=2),
            ),
        )
        assert desk.repository.log == [review]
        assert desk.repository.memory("a") == review.after
        assert desk.asked == "b"

    def test_a_question_that_was_given_up_has_no_verdict(self, desk: Any) -> None:
        desk.session.give_up()
        review = desk.session.grade(0)
        assert (review.answer, review.verdict, review.misconception) == ("", None, None)
        assert (review.proposed, review.quality, review.attempts) == (0, 0, 0)

    def test_giving_up_the_second_try_keeps_the_first_in_the_log(self, desk: Any) -> None:
        desk.wrong("outer-at-x")
        desk.session.give_up()
        review = desk.session.grade(1)
        assert (review.answer, review.verdict, review.misconception) == ("cos(x^2)", "incorrect", "outer-at-x")
        assert (review.proposed, review.attempts) == (1, 1)

    def test_a_recalled_answer_is_graded_by_the_learner_alone(self, desk: Any) -> None:
        desk.session.reveal()
        review = desk.session.grade(4)
        assert (review.verdict, review.proposed, review.quality, review.attempts) == (None, None, 4, 0)

    @pytest.mark.parametrize("quality", [-1, 6])
    def test_a_quality_outside_0_to_5_changes_nothing(self, desk: Any, quality: int) -> None:
        desk.right()
        with pytest.raises(ValueError, match=f"^quality must be 0 to 5, not {quality}$"):
            desk.session.grade(quality)
        assert desk.repository.log == []
        assert desk.session.grade(5).number == 1

    def test_a_fault_of_the_repository_is_not_taken_for_a_grade_elsewhere(
        self, desk: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: Review) -> Review:
            raise StoreError("the disk is full")

        outcome = desk.right()
        with monkeypatch.context() as patch:
            patch.setattr(desk.repository, "record", full)
            with pytest.raises(StoreError, match=r"^the disk is full$"):
                desk.session.grade(5)
        assert (desk.asked, desk.session.outcome) == ("a", outcome)
        assert desk.session.grade(5).number == 1

    def test_a_repository_that_cannot_write_leaves_the_question_to_be_graded_again(
        self, desk: Any, killed: type[BaseException]
    ) -> None:
        outcome = desk.right()
        desk.repository.kill_before_write(1)
        with pytest.raises(killed):
            desk.session.grade(5)
        desk.repository.kill_before_write(None)
        assert (desk.asked, desk.session.outcome, desk.repository.log) == ("a", outcome, [])
        assert desk.session.grade(5).number == 1
        assert desk.asked == "b"

    def test_progress_counts_cards_and_what_is_to_be_drilled(self, desk: Any) -> None:
        seen = [desk.session.progress]
        for quality in (5, 2, 3, 3, 4, 5):
            desk.do(quality)
            seen.append(desk.session.progress)
        assert seen == [
            Progress(0, 3, 0),
            Progress(1, 2, 0),
            Progress(2, 1, 1),
            Progress(3, 0, 2),  # b and c come again: b, because 3 is not enough
            Progress(3, 0, 2),  # b at 3 is not enough
            Progress(3, 0, 1),
            Progress(3, 0, 0),
        ]
        assert desk.asked is None

    def test_a_leech_is_announced_from_its_eighth_lapse_on(self, desk: Any, seen: Callable[..., None]) -> None:
        seen(desk.repository, TODAY, "a", "b", "c")
        for card_id, lapses in (("a", 6), ("b", 7), ("c", 8)):
            place = desk.repository.places[card_id]
            place.memory = replace(place.memory, lapses=lapses)
        desk.sit()
        announced = []
        for quality in (2, 0, 1):
            desk.do(quality)
            announced.append(desk.session.leech)
        assert announced == [False, True, True]
        assert desk.session.drilling
        desk.do(1)  # a drill is not a lapse
        assert not desk.session.leech

    def test_a_leech_that_is_remembered_is_not_announced(self, desk: Any, seen: Callable[..., None]) -> None:
        seen(desk.repository, TODAY, "a")
        desk.repository.places["a"].memory = replace(desk.repository.memory("a"), lapses=9)
        desk.sit()
        desk.do(3)
        assert not desk.session.leech


class TestPuttingAside:
    def test_a_buried_card_comes_back_the_next_study_day(self, desk: Any) -> None:
        desk.session.bury()
        assert desk.left() == ["b", "c"]
        assert desk.again().question is None
        desk.hands.state(hours=16)  # 04:00 of the next day
        desk.again()
        assert sorted(desk.left()) == ["a", "b", "c"]

    def test_a_suspended_card_does_not_come_again(self, desk: Any) -> None:
        desk.right()
        desk.session.suspend()
        assert desk.left() == ["b", "c"]
        desk.hands.state(days=400)
        desk.again()
        assert desk.left() == ["b", "c"]

    def test_a_drill_may_be_buried_too(self, desk: Any) -> None:
        desk.all(1, 1, 1)
        assert desk.asked == "a"
        desk.session.bury()
        assert desk.asked == "b"
        desk.session.suspend()
        assert desk.asked == "c"
        assert desk.session.progress == Progress(3, 0, 1)
        assert desk.left() == ["c"]

    def test_a_flag_is_set_and_removed(self, desk: Any) -> None:
        assert desk.session.flag() is True
        assert desk.repository.flagged("a")
        assert desk.session.flag() is False
        assert not desk.repository.flagged("a")


class TestTime:
    def test_a_pause_costs_no_answering_time(self, desk: Any) -> None:
        desk.hands.state(seconds=4)
        desk.session.pause()
        desk.hands.state(hours=1)
        desk.session.resume()
        desk.hands.state(seconds=3)
        desk.right()
        assert desk.session.grade(5).duration == timedelta(seconds=7)

    def test_an_answer_ends_a_pause(self, desk: Any) -> None:
        desk.session.pause()
        desk.hands.state(hours=1)
        desk.wrong("outer-at-x")
        desk.hands.state(seconds=3)
        desk.right()
        assert desk.session.grade(2).duration == timedelta(seconds=3)

    def test_an_answer_that_cannot_be_read_ends_a_pause(self, desk: Any) -> None:
        desk.session.pause()
        desk.session.answer("2x cos(", Verdict(Word.UNREADABLE))
        desk.hands.state(seconds=3)
        desk.right()
        assert desk.session.grade(5).duration == timedelta(seconds=3)

    def test_time_after_the_answer_does_not_count(self, desk: Any) -> None:
        desk.right()
        desk.session.resume()
        desk.hands.state(minutes=5)
        assert desk.session.grade(5).duration == timedelta()

    def test_a_clock_set_back_costs_no_time_and_does_no_harm(self, desk: Any) -> None:
        desk.hands.state(days=-400)
        desk.right()
        review = desk.session.grade(5)
        assert (review.duration, review.study_day) == (timedelta(), date(2022, 12, 11))
        assert desk.left() == ["b", "c"]

    def test_at_the_end_there_is_nothing_to_pause(self, make_desk: Callable[..., Any]) -> None:
        desk = make_desk()
        session = desk.sit()
        session.pause()
        session.resume()
        assert session.question is None


class TestPending:
    def test_every_step_is_in_the_repository(
        self, make_desk: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        desk = make_desk(make_card("a", hints=("Which is outside?",)))
        session = desk.sit()
        assert desk.repository.pending() == Pending("a", 1, False)
        desk.hands.state(seconds=2)
        session.hint()
        assert desk.repository.pending() == Pending("a", 1, False, 1, (), timedelta(seconds=2))
        desk.hands.state(seconds=2)
        desk.wrong("outer-at-x")
        first = Attempt("cos(x^2)", "incorrect", "outer-at-x", links=2)
        assert desk.repository.pending() == Pending("a", 1, False, 1, (first,), timedelta(seconds=4))
        desk.hands.state(seconds=2)
        session.pause()
        assert desk.repository.pending() == Pending("a", 1, False, 1, (first,), timedelta(seconds=6))
        desk.right(links=2)
        second = Attempt("2x cos(x^2)", "correct", None, links=2)
        assert desk.repository.pending() == Pending("a", 1, False, 1, (first, second), timedelta(seconds=6))
        session.grade(2)
        drill = desk.repository.pending()
        assert drill == Pending("a", drill.seed, True)
        assert drill.seed != 1
        desk.do(4)
        assert desk.repository.pending() is None
