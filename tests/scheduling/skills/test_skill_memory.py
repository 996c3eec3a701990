"""Memories of skills: by example to the last digit, and what holds for every fold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from folds import skill_fold
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import AGAIN, DEFAULT_WEIGHTS, GOOD, HARD, FsrsState
from mnemosyne.scheduling.skills.skill_memory import (
    ExerciseAnswer,
    SkillMemory,
    learned,
    recall_of_skill,
)
from mnemosyne.scheduling.skills.skill_uses import weight

COMPOSITION = Exercise(ExerciseKind.DERIVATIVE, "sin(x^2)", "x")  # takes sin and links-2
BEFORE = {"sin": SkillMemory(20.0, 5.0, 100), "links-2": SkillMemory(8.0, 6.0, 106)}
DAY = 110
FIELDS = st.lists(st.booleans(), min_size=4, max_size=4).map(tuple) | st.just(())
ANSWERS = st.builds(
    ExerciseAnswer,
    event_id=st.text("0123456789abcdef", min_size=1, max_size=4),
    card_id=st.just("card"),
    day=st.integers(738_000, 738_400),
    exercise=st.builds(
        Exercise,
        kind=st.sampled_from((ExerciseKind.DERIVATIVE, ExerciseKind.STEPS)),
        f=st.sampled_from(("sin(x^2)", "sin(ln(x))^3", "x*e^(3*x)")),
        by=st.just("x"),
    ),
    quality=st.integers(0, 5),
    hints=st.integers(0, 2),
    misconception=st.none() | st.sampled_from(sorted(CATALOGUE)),
    right_fields=FIELDS,
)
LOGS = st.lists(ANSWERS, max_size=12, unique_by=lambda answer: answer.event_id)


def memory_after(name: str, rating: int) -> SkillMemory:
    """Return the memory of a skill after a rating, and after its own elapsed time."""
    before = BEFORE[name]
    state = fsrs.next_state(DEFAULT_WEIGHTS, FsrsState(*before[:2]), DAY - before.day, rating)
    return SkillMemory(round(state.stability, 12), round(state.difficulty, 12), DAY)


def memories_after(quality: int, **facts: object) -> dict[str, SkillMemory]:
    """Return the memories of skills after an answer to sin(x²)."""
    answer = replace(ExerciseAnswer("1", "card", DAY, COMPOSITION, quality), **facts)
    return learned(DEFAULT_WEIGHTS, BEFORE, answer)


@pytest.mark.parametrize(
    ("answer", "sine", "chain"),
    [
        ({"quality": 5}, GOOD, GOOD),
        ({"quality": 4}, GOOD, GOOD),
        ({"quality": 3, "hints": 1}, HARD, HARD),
        ({"quality": 1, "misconception": "missing-inner-derivative"}, GOOD, AGAIN),
        ({"quality": 1, "misconception": "trig-sign"}, AGAIN, GOOD),
        ({"quality": 1, "misconception": "trig-sign", "hints": 2}, AGAIN, HARD),
        ({"quality": 3, "misconception": "trig-sign"}, HARD, GOOD),  # corrected at the second try
        ({"quality": 1, "misconception": "constant-added"}, GOOD, GOOD),  # no mistake in what was asked
    ],
)
def test_evidence_is_exact(answer: dict[str, object], sine: int, chain: int):
    assert memories_after(**answer) == {"sin": memory_after("sin", sine), "links-2": memory_after("links-2", chain)}


def test_without_a_name_the_blame_is_shared_in_proportion_to_what_was_probably_forgotten():
    forgotten = {name: 1 - recall_of_skill(DEFAULT_WEIGHTS, memory, DAY) for name, memory in BEFORE.items()}
    states = memories_after(0)
    for name, doubt in forgotten.items():
        blame = doubt / sum(forgotten.values())
        good, again = memory_after(name, GOOD), memory_after(name, AGAIN)
        assert states[name].stability == pytest.approx(good.stability ** (1 - blame) * again.stability**blame)
        assert states[name].difficulty == pytest.approx(good.difficulty * (1 - blame) + again.difficulty * blame)
    assert states["sin"].stability < memory_after("sin", GOOD).stability


@pytest.mark.parametrize("doubt", [0.05, 0.4, 9.0])
def test_the_card_takes_its_share_of_the_blame_where_no_mistake_is_named(doubt: float):
    answer = ExerciseAnswer("1", "card", DAY, COMPOSITION, 1)
    forgotten = {
        name: weight(1) * (1 - recall_of_skill(DEFAULT_WEIGHTS, memory, DAY)) for name, memory in BEFORE.items()
    }
    states = learned(DEFAULT_WEIGHTS, BEFORE, answer, doubt)
    for name, of_skill in forgotten.items():
        blame = of_skill / (sum(forgotten.values()) + doubt)
        good, again = memory_after(name, GOOD), memory_after(name, AGAIN)
        assert states[name].stability == pytest.approx(good.stability ** (1 - blame) * again.stability**blame)
    answer_with_mistake = replace(answer, misconception="trig-sign")
    assert learned(DEFAULT_WEIGHTS, BEFORE, answer_with_mistake, doubt) == learned(
        DEFAULT_WEIGHTS, BEFORE, answer_with_mistake
    )


def test_a_skill_that_is_used_more_often_is_blamed_more():
    alike = dict.fromkeys(("sin", "cos"), SkillMemory(20.0, 5.0, 100))
    states = learned(
        DEFAULT_WEIGHTS, alike, ExerciseAnswer("1", "card", DAY, replace(COMPOSITION, f="sin(sin(cos(x)))"), 1)
    )
    assert states["sin"].stability < states["cos"].stability


def test_skills_that_were_known_a_moment_ago_share_the_blame_equally():
    alike = dict.fromkeys(("sin", "links-2"), SkillMemory(20.0, 5.0, DAY))
    states = learned(DEFAULT_WEIGHTS, alike, ExerciseAnswer("1", "card", DAY, COMPOSITION, 1))
    assert states["sin"] == states["links-2"]
    assert states["sin"].stability < 20


@pytest.mark.parametrize(
    ("right_fields", "misconception", "ratings"),
    [
        ((True, False, True, False), "trig-sign", (AGAIN, AGAIN)),
        ((True, False, True, True), "trig-sign", (AGAIN, GOOD)),
        ((True, False, True, True), None, (AGAIN, GOOD)),
        ((False, True, True, True), None, (GOOD, AGAIN)),
        ((True, True, True, False), None, (GOOD, AGAIN)),
    ],
)
def test_each_field_counts_for_its_own_skills(
    right_fields: tuple[bool, ...], misconception: str | None, ratings: tuple[int, int]
):
    steps = replace(COMPOSITION, kind=ExerciseKind.STEPS)
    states = memories_after(1, exercise=steps, right_fields=right_fields, misconception=misconception)
    assert states == {
        name: memory_after(name, rating) for name, rating in zip(("sin", "links-2"), ratings, strict=True)
    }


def test_a_new_skill_begins_as_a_card_does():
    states = learned(DEFAULT_WEIGHTS, {}, ExerciseAnswer("1", "card", DAY, COMPOSITION, 4))
    first = SkillMemory(*fsrs.first_state(DEFAULT_WEIGHTS, GOOD), DAY)
    assert states == {"sin": pytest.approx(first), "links-2": pytest.approx(first)}


@given(LOGS, st.randoms(use_true_random=False))
def test_the_order_of_the_log_decides_and_nothing_else(log: list[ExerciseAnswer], random):
    shuffled = list(log)
    random.shuffle(shuffled)
    assert skill_fold(DEFAULT_WEIGHTS, shuffled).memories == skill_fold(DEFAULT_WEIGHTS, log).memories


@given(LOGS)
def test_the_fold_can_be_continued_after_any_answer(log: list[ExerciseAnswer]):
    """An undo folds the log without its last answer: it is exact."""
    memories: dict[str, SkillMemory] = {}
    in_order = sorted(log, key=lambda answer: answer.event_id)
    for number, answer in enumerate(in_order):
        assert memories == skill_fold(DEFAULT_WEIGHTS, in_order[:number]).memories
        memories |= learned(DEFAULT_WEIGHTS, memories, answer)
    assert memories == skill_fold(DEFAULT_WEIGHTS, log).memories


@given(LOGS, st.integers(738_000, 740_000))
def test_memories_stay_within_their_bounds(log: list[ExerciseAnswer], day: int):
    for name, memory in skill_fold(DEFAULT_WEIGHTS, log).memories.items():
        assert memory.stability >= fsrs.LEAST_STABILITY / 2
        assert 1 <= memory.difficulty <= 10
        assert 0 < recall_of_skill(DEFAULT_WEIGHTS, memory, day) <= 1
        assert memory.day == max(answer.day for answer in log if name in _skills(answer))


@given(LOGS, ANSWERS)
def test_a_right_answer_never_weakens_and_a_wrong_one_is_never_better(log: list[ExerciseAnswer], answer):
    memories = skill_fold(DEFAULT_WEIGHTS, log).memories
    right = learned(DEFAULT_WEIGHTS, memories, replace(answer, quality=5, hints=0, misconception=None))
    wrong = learned(DEFAULT_WEIGHTS, memories, replace(answer, quality=1))
    for name, memory in right.items():
        assert name not in memories or memory.stability >= memories[name].stability
        assert wrong[name].stability <= memory.stability


def _skills(answer: ExerciseAnswer) -> set[str]:
    return {*learned(DEFAULT_WEIGHTS, {}, answer)}
