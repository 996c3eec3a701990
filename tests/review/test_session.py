"""One question after the other: the states of a session, what each step returns, and what goes into the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.review.outcome import Outcome, OutcomeKind, Progress
from mnemosyne.review.ports import Scope
from mnemosyne.review.quality import Proposal
from mnemosyne.review.record import GAVE_UP, Attempt
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.memory import Memory
from mnemosyne.verdict import Verdict, Word

TODAY = date(2024, 1, 15)
TOMORROW = date(2024, 1, 16)
FIRST_INTERVALS = (1, 1, 1, 1, 1, 1)

NOT_ANSWERED = "^nothing has been answered, so there is nothing to grade$"
ANSWERED = "^the question has been answered and awaits a grade$"
FINISHED = "^the session is finished: no question is asked$"


@pytest.fixture
def learner(make_learner: Callable[..., Any]) -> Any:
    """Return a learner in front of the first of three new cards."""
    learner = make_learner("a", "b", "c")
    learner.start()
    return learner


@pytest.fixture
def formula_learner(make_learner: Callable[..., Any], make_card: Callable[..., Card]) -> Any:
    """Return a learner in front of a card that asks for a derivative."""
    learner = make_learner(make_card("a", "derivative"))
    learner.start()
    return learner


class TestAsking:
    def test_the_first_question_is_there_at_once(self, learner: Any) -> None:
        session = learner.session
        assert session.question.card.id == "a"
        assert session.outcome is None
        assert (session.drilling, session.attempts, session.hints_shown, session.leech) == (False, (), (), False)
        assert session.progress == Progress(done=0, left=3, drills=0)

    def test_an_empty_repository_has_nothing_to_ask(self, make_learner: Callable[..., Any]) -> None:
        session = make_learner().start()
        assert session.question is None
        assert session.progress == Progress(0, 0, 0)
        assert session.undo() is None

    def test_only_the_cards_of_the_scope_are_asked(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        learner = make_learner(
            make_card("a"), make_card("b", topic="limits", tags=("hard",)), make_card("c", tags=("hard",))
        )
        for scope, expected_ids in [
            (Scope(topic="limits"), ["b"]),
            (Scope(tag="hard"), ["b", "c"]),
            (Scope("chain-rule", "hard"), ["c"]),
        ]:
            repository = make_learner(*(place.card for place in learner.repository.places.values()))
            repository.start(scope=scope)
            assert repository.finish() == expected_ids

    def test_the_limit_is_on_cards_not_on_drills(self, learner: Any) -> None:
        learner.start(limit=2)
        assert learner.grade_all(1, 3) == ["a", "b"]
        assert learner.finish() == ["a", "b"]  # both again, as drills
        assert learner.session.summary().drills == 2

    def test_hints_come_one_by_one(self, make_learner: Callable[..., Any], make_card: Callable[..., Any]) -> None:
        learner = make_learner(make_card("a", hints=("Which is outside?", "Which is inside?")))
        session = learner.start()
        assert session.hint() == "Which is outside?"
        assert session.hints_shown == ("Which is outside?",)
        assert session.hint() == "Which is inside?"
        assert session.hint() is None
        assert session.hints_shown == ("Which is outside?", "Which is inside?")
        assert learner.right().proposal == Proposal(3, "correct after 2 hints", FIRST_INTERVALS)

    def test_a_card_removed_before_its_turn_is_skipped(self, learner: Any) -> None:
        learner.repository.remove("b")
        assert learner.finish() == ["a", "c"]

    def test_a_card_that_another_session_graded_meanwhile_is_skipped(self, learner: Any) -> None:
        learner.repository.places["b"].memory = Memory(1, 250, 1, 0, TOMORROW, TODAY)
        assert learner.finish() == ["a", "c"]

    def test_a_card_that_cannot_be_made_into_a_question_is_skipped(
        self, make_learner: Callable[..., Any], make_card: Callable[..., Any]
    ) -> None:
        broken = make_card("b", "derivative")
        learner = make_learner("a", replace(broken, content=replace(broken.content, f="sin((x", where={})), "c")
        learner.start()
        assert learner.finish() == ["a", "c"]


class TestAnswering:
    def test_an_unreadable_answer_leaves_no_trace(self, learner: Any) -> None:
        verdict = Verdict(Word.UNREADABLE, "This ( is never closed.", span=(6, 7))
        before = learner.repository.in_progress
        assert learner.session.answer("2x cos(x^2", verdict) == Outcome(OutcomeKind.UNREADABLE, verdict, None)
        assert (learner.session.attempts, learner.session.outcome) == ((), None)
        assert learner.repository.in_progress == before
        assert learner.right().proposal == Proposal(5, "correct in 0 s; target 30 s", FIRST_INTERVALS)

    def test_a_correct_answer_ends_the_question(self, learner: Any) -> None:
        learner.clock.turn(seconds=12)
        outcome = learner.right(links=2)
        assert outcome.kind is OutcomeKind.GRADED
        assert outcome.verdict.word is Word.CORRECT
        assert outcome.proposal == Proposal(5, "correct in 12 s; target 1 min", FIRST_INTERVALS)
        assert learner.session.outcome == outcome
        assert learner.asked_id == "a"

    def test_the_target_time_grows_with_the_links(self, learner: Any) -> None:
        learner.clock.turn(seconds=50)
        assert learner.right(links=1).proposal.reason == "correct in 50 s; target 45 s"

    def test_a_card_that_is_known_shows_what_each_quality_gives(
        self, make_learner: Callable[..., Any], make_due: Callable[..., None]
    ) -> None:
        learner = make_learner("a")
        make_due(learner.repository, TODAY, "a")
        learner.start()
        assert learner.right().proposal.intervals == (1, 1, 1, 15, 15, 16)

    def test_a_drill_shows_whether_the_card_comes_again_today_or_when_it_is_due(
        self, make_learner: Callable[..., Any]
    ) -> None:
        learner = make_learner("a")
        learner.start()
        learner.do(3)
        assert learner.session.drilling
        assert learner.right().proposal.intervals == (0, 0, 0, 0, 1, 1)

    def test_a_wrong_answer_with_a_named_mistake_may_be_corrected_once(self, learner: Any) -> None:
        outcome = learner.wrong("missing-inner-derivative")
        assert outcome.kind is OutcomeKind.TRY_AGAIN
        assert outcome.verdict.misconception == "missing-inner-derivative"
        assert outcome.proposal is None
        assert learner.session.outcome is None
        assert learner.right().proposal.reason == "correct after a misconception"
        assert [attempt.verdict for attempt in learner.session.attempts] == ["incorrect", "correct"]

    def test_there_is_no_third_try(self, learner: Any) -> None:
        learner.wrong("missing-inner-derivative")
        outcome = learner.wrong("outer-at-x")
        assert outcome.kind is OutcomeKind.GRADED
        assert (outcome.proposal.quality, outcome.proposal.reason) == (1, "incorrect on the second try")

    def test_an_unreadable_second_try_may_be_typed_again(self, learner: Any) -> None:
        learner.wrong("trig-sign")
        assert learner.session.answer("2x cos(", Verdict(Word.UNREADABLE)).kind is OutcomeKind.UNREADABLE
        assert learner.right().proposal.quality == 3

    def test_a_wrong_formula_without_a_named_mistake_may_be_corrected_once(self, formula_learner: Any) -> None:
        learner = formula_learner
        outcome = learner.wrong()
        assert (outcome.kind, outcome.proposal, learner.session.outcome) == (OutcomeKind.TRY_AGAIN, None, None)
        assert learner.session.verdict == outcome.verdict
        proposal = learner.right().proposal
        assert (proposal.quality, proposal.reason) == (2, "correct after an unnamed mistake")

    def test_the_second_try_after_an_unnamed_mistake_survives_a_kill(self, formula_learner: Any) -> None:
        formula_learner.wrong()
        session = formula_learner.restart()
        assert (session.outcome, session.verdict) == (None, Verdict(Word.INCORRECT))
        assert formula_learner.wrong().proposal.reason == "incorrect on the second try"

    def test_a_wrong_choice_is_final(self, make_learner: Callable[..., Any], make_card: Callable[..., Card]) -> None:
        learner = make_learner(make_card("a", "choice"))
        learner.start()
        outcome = learner.wrong()
        assert (outcome.kind, outcome.proposal.quality, outcome.proposal.reason) == ("graded", 1, "incorrect")

    @pytest.mark.parametrize("misconception", ["missing-inner-derivative", None])
    def test_with_the_setting_off_there_is_no_second_try(self, formula_learner: Any, misconception: str | None) -> None:
        formula_learner.start(Rules(second_try=False))
        assert formula_learner.wrong(misconception).kind is OutcomeKind.GRADED

    def test_giving_up(self, learner: Any) -> None:
        outcome = learner.session.give_up()
        assert outcome == Outcome(OutcomeKind.GRADED, None, Proposal(0, "given up", FIRST_INTERVALS))
        assert learner.session.attempts == (Attempt("", GAVE_UP, None),)

    def test_giving_up_the_second_try(self, learner: Any) -> None:
        learner.wrong("outer-at-x")
        outcome = learner.session.give_up()
        assert (outcome.proposal.quality, outcome.proposal.reason) == (1, "incorrect, then given up")

    def test_revealing_leaves_the_grade_to_the_learner(self, learner: Any) -> None:
        proposal = Proposal(None, "compare your answer with the one shown and grade yourself", FIRST_INTERVALS)
        assert learner.session.reveal() == Outcome(OutcomeKind.GRADED, None, proposal)

    def test_an_undecided_answer_leaves_the_grade_to_the_learner(self, learner: Any) -> None:
        outcome = learner.session.answer("x^x^x^x", Verdict(Word.UNDECIDED, "past the deadline"))
        reason = "compare the two answers and grade yourself"
        assert outcome.proposal == Proposal(None, reason, FIRST_INTERVALS)
        assert learner.session.reveal() == outcome

    def test_calls_in_the_wrong_state_are_refused(self, learner: Any) -> None:
        session = learner.session
        with pytest.raises(RuntimeError, match=NOT_ANSWERED):
            session.grade(4)
        learner.right()
        for call in (learner.right, learner.wrong, session.give_up, session.reveal, session.hint):
            with pytest.raises(RuntimeError, match=ANSWERED):
                call()
        session.grade(5)
        learner.finish()
        for call in (learner.right, session.give_up, session.reveal, session.hint, session.bury, session.suspend):
            with pytest.raises(RuntimeError, match=FINISHED):
                call()
        for call in (session.flag, session.reload):
            with pytest.raises(RuntimeError, match=FINISHED):
                call()
        with pytest.raises(RuntimeError, match=NOT_ANSWERED):
            session.grade(4)
