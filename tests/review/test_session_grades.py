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
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of three new cards."""
    learner = make_learner("a", "b", "c")
    learner.start()
    return learner


class TestGrading:
    def test_the_log_holds_what_happened(self, make_learner: Callable[..., Any], make_card: Callable[..., Any]) -> None:
        learner = make_learner(make_card("a", hints=("Which is outside?",)), "b")
        learner.clock.place = ZoneInfo("America/New_York")
        session = learner.start()
        session.hint()
        learner.wrong("sign-flipped")
        learner.clock.turn(seconds=31)
        learner.right(links=2)
        learner.clock.turn(minutes=3)  # reading the links costs no answering time
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
        assert learner.repository.log == [review]
        assert learner.repository.memory("a") == review.after
        assert learner.asked_id == "b"

    def test_a_question_that_was_given_up_has_no_verdict(self, learner: Any) -> None:
        learner.session.give_up()
        review = learner.session.grade(0)
        assert (review.answer, review.verdict, review.misconception) == ("", None, None)
        assert (review.proposed, review.quality, review.attempts) == (0, 0, 0)

    def test_giving_up_the_second_try_keeps_the_first_in_the_log(self, learner: Any) -> None:
        learner.wrong("outer-at-x")
        learner.session.give_up()
        review = learner.session.grade(1)
        assert (review.answer, review.verdict, review.misconception) == ("cos(x^2)", "incorrect", "outer-at-x")
        assert (review.proposed, review.attempts) == (1, 1)

    def test_a_recalled_answer_is_graded_by_the_learner_alone(self, learner: Any) -> None:
        learner.session.reveal()
        review = learner.session.grade(4)
        assert (review.verdict, review.proposed, review.quality, review.attempts) == (None, None, 4, 0)

    @pytest.mark.parametrize("quality", [-1, 6])
    def test_a_quality_outside_0_to_5_changes_nothing(self, learner: Any, quality: int) -> None:
        learner.right()
        with pytest.raises(ValueError, match=f"^quality must be 0 to 5, not {quality}$"):
            learner.session.grade(quality)
        assert learner.repository.log == []
        assert learner.session.grade(5).number == 1

    def test_a_fault_of_the_repository_is_not_taken_for_a_grade_elsewhere(
        self, learner: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: Review) -> Review:
            raise StoreError("the disk is full")

        outcome = learner.right()
        with monkeypatch.context() as patch:
            patch.setattr(learner.repository, "record", full)
            with pytest.raises(StoreError, match=r"^the disk is full$"):
                learner.session.grade(5)
        assert (learner.asked_id, learner.session.outcome) == ("a", outcome)
        assert learner.session.grade(5).number == 1

    def test_a_repository_that_cannot_write_leaves_the_question_to_be_graded_again(
        self, learner: Any, killed: type[BaseException]
    ) -> None:
        outcome = learner.right()
        learner.repository.kill_before_write(1)
        with pytest.raises(killed):
            learner.session.grade(5)
        learner.repository.kill_before_write(None)
        assert (learner.asked_id, learner.session.outcome, learner.repository.log) == ("a", outcome, [])
        assert learner.session.grade(5).number == 1
        assert learner.asked_id == "b"

    def test_progress_counts_cards_and_what_is_to_be_drilled(self, learner: Any) -> None:
        progress_by_step = [learner.session.progress]
        for quality in (5, 2, 3, 3, 4, 5):
            learner.do(quality)
            progress_by_step.append(learner.session.progress)
        assert progress_by_step == [
            Progress(0, 3, 0),
            Progress(1, 2, 0),
            Progress(2, 1, 1),
            Progress(3, 0, 2),  # b and c come again: b, because 3 is not enough
            Progress(3, 0, 2),  # b at 3 is not enough
            Progress(3, 0, 1),
            Progress(3, 0, 0),
        ]
        assert learner.asked_id is None

    def test_a_leech_is_announced_from_its_eighth_lapse_on(self, learner: Any, make_due: Callable[..., None]) -> None:
        make_due(learner.repository, TODAY, "a", "b", "c")
        for card_id, lapses in (("a", 6), ("b", 7), ("c", 8)):
            place = learner.repository.places[card_id]
            place.memory = replace(place.memory, lapses=lapses)
        learner.start()
        announced = []
        for quality in (2, 0, 1):
            learner.do(quality)
            announced.append(learner.session.leech)
        assert announced == [False, True, True]
        assert learner.session.drilling
        learner.do(1)  # a drill is not a lapse
        assert not learner.session.leech

    def test_a_leech_that_is_remembered_is_not_announced(self, learner: Any, make_due: Callable[..., None]) -> None:
        make_due(learner.repository, TODAY, "a")
        learner.repository.places["a"].memory = replace(learner.repository.memory("a"), lapses=9)
        learner.start()
        learner.do(3)
        assert not learner.session.leech


class TestPuttingAside:
    def test_a_buried_card_comes_back_the_next_study_day(self, learner: Any) -> None:
        learner.session.bury()
        assert learner.finish() == ["b", "c"]
        assert learner.restart().question is None
        learner.clock.turn(hours=16)  # 04:00 of the next day
        learner.restart()
        assert sorted(learner.finish()) == ["a", "b", "c"]

    def test_a_suspended_card_does_not_come_again(self, learner: Any) -> None:
        learner.right()
        learner.session.suspend()
        assert learner.finish() == ["b", "c"]
        learner.clock.turn(days=400)
        learner.restart()
        assert learner.finish() == ["b", "c"]

    def test_a_drill_may_be_buried_too(self, learner: Any) -> None:
        learner.grade_all(1, 1, 1)
        assert learner.asked_id == "a"
        learner.session.bury()
        assert learner.asked_id == "b"
        learner.session.suspend()
        assert learner.asked_id == "c"
        assert learner.session.progress == Progress(3, 0, 1)
        assert learner.finish() == ["c"]

    def test_a_flag_is_set_and_removed(self, learner: Any) -> None:
        assert learner.session.flag() is True
        assert learner.repository.flagged("a")
        assert learner.session.flag() is False
        assert not learner.repository.flagged("a")


class TestTime:
    def test_a_pause_costs_no_answering_time(self, learner: Any) -> None:
        learner.clock.turn(seconds=4)
        learner.session.pause()
        learner.clock.turn(hours=1)
        learner.session.resume()
        learner.clock.turn(seconds=3)
        learner.right()
        assert learner.session.grade(5).duration == timedelta(seconds=7)

    def test_an_answer_ends_a_pause(self, learner: Any) -> None:
        learner.session.pause()
        learner.clock.turn(hours=1)
        learner.wrong("outer-at-x")
        learner.clock.turn(seconds=3)
        learner.right()
        assert learner.session.grade(2).duration == timedelta(seconds=3)

    def test_an_answer_that_cannot_be_read_ends_a_pause(self, learner: Any) -> None:
        learner.session.pause()
        learner.session.answer("2x cos(", Verdict(Word.UNREADABLE))
        learner.clock.turn(seconds=3)
        learner.right()
        assert learner.session.grade(5).duration == timedelta(seconds=3)

    def test_time_after_the_answer_does_not_count(self, learner: Any) -> None:
        learner.right()
        learner.session.resume()
        learner.clock.turn(minutes=5)
        assert learner.session.grade(5).duration == timedelta()

    def test_a_clock_set_back_costs_no_time_and_does_no_harm(self, learner: Any) -> None:
        learner.clock.turn(days=-400)
        learner.right()
        review = learner.session.grade(5)
        assert (review.duration, review.study_day) == (timedelta(), date(2022, 12, 11))
        assert learner.finish() == ["b", "c"]

    def test_at_the_end_there_is_nothing_to_pause(self, make_learner: Callable[..., Any]) -> None:
        learner = make_learner()
        session = learner.start()
        session.pause()
        session.resume()
        assert session.question is None


class TestPending:
    def test_every_step_is_in_the_repository(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        learner = make_learner(make_card("a", hints=("Which is outside?",)))
        session = learner.start()
        assert learner.repository.pending() == Pending("a", 1, False)
        learner.clock.turn(seconds=2)
        session.hint()
        assert learner.repository.pending() == Pending("a", 1, False, 1, (), timedelta(seconds=2))
        learner.clock.turn(seconds=2)
        learner.wrong("outer-at-x")
        first = Attempt("cos(x^2)", "incorrect", "outer-at-x", links=2)
        assert learner.repository.pending() == Pending("a", 1, False, 1, (first,), timedelta(seconds=4))
        learner.clock.turn(seconds=2)
        session.pause()
        assert learner.repository.pending() == Pending("a", 1, False, 1, (first,), timedelta(seconds=6))
        learner.right(links=2)
        second = Attempt("2x cos(x^2)", "correct", None, links=2)
        assert learner.repository.pending() == Pending("a", 1, False, 1, (first, second), timedelta(seconds=6))
        session.grade(2)
        drill = learner.repository.pending()
        assert drill == Pending("a", drill.seed, True)
        assert drill.seed != 1
        learner.do(4)
        assert learner.repository.pending() is None
