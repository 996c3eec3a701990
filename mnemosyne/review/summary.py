"""The summary of a session: what it did, from the reviews it stored.

Undone reviews are not included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.review.record import Review
from mnemosyne.scheduling.skills.skill import SKILLS
from mnemosyne.scheduling.skills.skill_uses import skill_uses
from mnemosyne.scheduling.sm2 import PASS, QUALITIES


@dataclass(frozen=True, slots=True)
class Summary:
    """`reviews` excludes drills and practice and includes `new` cards; `correct` are those of quality 3 or more.

    `by_quality` counts the reviews of each quality from 0 to 5; `misconceptions` are those of all
    answers, most frequent first; `spent` is the time on all answers. `due_tomorrow` and
    `new_tomorrow` are what the next study day would ask.
    """

    reviews: int
    drills: int  # how many drills
    new: int
    correct: int
    by_quality: tuple[int, ...]
    misconceptions: tuple[tuple[str, int], ...]
    spent: timedelta
    due_tomorrow: int
    new_tomorrow: int
    practised: int = 0  # answers given in practice
    practised_correct: int = 0  # how many of them were correct
    # for an exam: (skill, questions that needed it, how many of them were right)
    by_skill: tuple[tuple[str, int, int], ...] = ()

    @property
    def minutes(self) -> int:
        """The time spent, in whole minutes, rounded up."""
        return -(-self.spent // timedelta(minutes=1))


def summarize(graded: Sequence[Review], due_tomorrow: int, new_tomorrow: int, *, exam: bool = False) -> Summary:
    """Return the summary of these reviews."""
    reviews = [review for review in graded if review.scheduled]
    practised = [review for review in graded if review.practice]
    qualities = Counter(review.quality for review in reviews)
    misconceptions = Counter(review.misconception for review in graded if review.misconception is not None)
    return Summary(
        reviews=len(reviews),
        drills=sum(review.drill for review in graded),
        new=sum(review.before.new for review in reviews),
        correct=sum(review.quality >= PASS for review in reviews),
        by_quality=tuple(qualities[quality] for quality in QUALITIES),
        misconceptions=tuple(misconceptions.most_common()),
        spent=sum((review.duration for review in graded), timedelta()),
        due_tomorrow=due_tomorrow,
        new_tomorrow=new_tomorrow,
        practised=len(practised),
        practised_correct=sum(review.quality >= PASS for review in practised),
        by_skill=_by_skill(practised) if exam else (),
    )


def _by_skill(practised: Sequence[Review]) -> tuple[tuple[str, int, int], ...]:
    """Return the skills of the answers, lowest share of right answers first."""
    answers: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for review in practised:
        exercise = exercise_in(review.exercise or "")
        skills = skill_uses(exercise).keys() if exercise else ()
        answers.update(skills)
        right.update(skills if review.quality >= PASS else ())
    names = sorted(answers, key=lambda name: (right[name] / answers[name], name))
    return tuple((SKILLS[name].name, answers[name], right[name]) for name in names)
