"""Reviews that skills cost, under each scheduler: python tests/benchmarks/skills.py [--learners N] [--theta T …].

Further argument: the first seed, --first SEED. Learners whose memory of a parametric card of the bundled deck
is to a share θ its own, and for the rest that of its skills, learn three new cards a day. SM-2 and FSRS
schedule each card by itself; skills ask cards that cover the skills that are due. Prints for each θ, over the
retentions aimed at, the reviews after the first meeting of a card (drills not counted), and how likely
compositions that were never asked are answered rightly, a mean over the days; both are medians over learners.
Then how many reviews skills need for the same recall as each other scheduler, between the points of their own
frontier. They need at least those of "no skill": of the cards whose own recall has fallen below the floor. Run
by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from statistics import fmean, median
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scheduling"))

from skilled_learner import SkilledLearner

from mnemosyne.cards.question import variant_questions
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import FsrsScheduler, GradedAnswer, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.skills.skill_fold import SkillFold
from mnemosyne.scheduling.skills.skill_memory import recall_of_skill
from mnemosyne.scheduling.skills.skill_plan import SkillQuestion, due_by_skills
from mnemosyne.scheduling.skills.skill_uses import SkillUses, skill_uses, weight
from mnemosyne.scheduling.sm2 import PASS
from mnemosyne.settings import bundled_cards

BEGIN: Final = date(2026, 1, 1).toordinal()
NEW_PER_DAY, MOST_DRILLS, VARIANTS = 3, 3, 12
CARD_RETENTIONS: Final = (0.7, 0.8, 0.85, 0.9, 0.95, 0.97)
SKILL_RETENTIONS: Final = (0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998)
SECONDS: Final = 30.0, 15.0  # for an answer: the card itself, and each skill
FORMS: Final = ("{0}", "x*{0}", "{1}*{0}", "{0}/(x^2 + 1)")  # of a composition and a function of x
FUNCTIONS: Final = (  # all of the deck, equally: what is rare in it is a skill as well
    *("sin(#)", "cos(#)", "tan(#)", "sec(#)", "csc(#)", "cot(#)", "arcsin(#)", "arccos(#)", "arctan(#)"),
    *("sinh(#)", "cosh(#)", "arsinh(#)", "exp(#)", "2^(#)", "ln(#)", "log(#, 10)", "sqrt(#)", "(#)^3", "1/(#)"),
    "sigmoid(#)",
)
COMPOSITIONS_DRAWN: Final = 300


@cache
def parametric() -> dict[str, list[Exercise]]:
    """Return variants of the parametric cards of the deck, in the order of learning."""
    exercises: dict[str, list[Exercise]] = {}
    for card in load_folders([bundled_cards()]).cards:
        if card.kind in {"derivative", "steps", "backprop"} and card.content.where:
            variants = (question.expected.exercise for _, question in variant_questions(card))
            candidates = [exercise for exercise in variants if exercise is not None]
            exercises[card.id] = Random(card.id).sample(candidates, min(VARIANTS, len(candidates)))
    return exercises


@cache
def never_asked() -> list[SkillUses]:
    """Return the skills of compositions that the deck does not have, made of all its functions."""
    deck_functions = {exercise.f for exercises in parametric().values() for exercise in exercises}
    pairs = [(outer, inner) for outer in FUNCTIONS for inner in FUNCTIONS]
    texts = [
        form.format(outer.replace("#", inner.replace("#", x)), inner.replace("#", "x"))
        for form in FORMS
        for outer, inner in pairs
        for x in ("x", "x^2 + 1", "3*x")
    ]
    new_texts = Random(1).sample(sorted({*texts} - deck_functions), COMPOSITIONS_DRAWN)
    return [skill_uses(Exercise(ExerciseKind.DERIVATIVE, text, "x")) for text in new_texts]


@dataclass(slots=True)
class Life:
    """A learner, and what a scheduler knows of him."""

    learner: SkilledLearner
    scheduler: Scheduler
    by_skills: float | None  # the retention that skills aim at; None where cards schedule
    memories: dict[str, Memory] = field(default_factory=dict)
    fold: SkillFold = field(default_factory=lambda: SkillFold(DEFAULT_WEIGHTS))
    answers: int = 0  # so far
    reviews: int = 0
    drills: int = 0

    def due(self, day: int) -> Sequence[str]:
        """Return the cards to review."""
        today = date.fromordinal(day)
        if self.by_skills is None:
            return [card_id for card_id, memory in self.memories.items() if memory.due_on(today)]
        questions = [
            SkillQuestion(card_id, weights, seconds, recall_on(memory, today, DEFAULT_WEIGHTS) or 0.0)
            for card_id, memory in self.memories.items()
            for weights, seconds in [usual(card_id)]
        ]
        recalls = {name: recall_of_skill(DEFAULT_WEIGHTS, memory, day) for name, memory in self.fold.memories.items()}
        return due_by_skills(questions, recalls, self.by_skills)

    def ask(self, card_id: str, day: int) -> None:
        """Ask a card until the answer is right."""
        for attempt in range(1 + MOST_DRILLS):
            exercise = self.learner.random.choice(parametric()[card_id])
            answer = self.learner.answer(self.answers, card_id, exercise, day, drill=attempt > 0)
            graded = GradedAnswer(answer.quality, date.fromordinal(day), answer.proposed, answer.drill)
            self.memories[card_id] = self.scheduler.review(card_id, self.memories.get(card_id, Memory()), graded)
            if self.by_skills is not None:
                self.fold.add(answer)
            self.answers += 1
            self.drills += attempt > 0
            if answer.quality >= PASS:
                return


@cache
def usual(card_id: str) -> tuple[dict[str, float], float]:
    """Return how much the variants of a card depend on each skill on average, and how long they take."""
    uses = [skill_uses(exercise) for exercise in parametric()[card_id]]
    names = {name for skills in uses for name in skills}
    weights = {name: fmean(weight(skills.get(name, 0)) for skills in uses) for name in sorted(names)}
    return weights, SECONDS[0] + SECONDS[1] * fmean(map(len, uses))


def lived(theta: float, scheduler: Scheduler, by_skills: float | None, seed: int, days: int) -> tuple[int, int, float]:
    """Return the reviews and the drills of a life, and the mean recall of compositions never asked."""
    life, recalls = Life(SkilledLearner(theta, Random(seed)), scheduler, by_skills), list[float]()
    new = iter(parametric())
    for day in range(BEGIN, BEGIN + days):
        if day - BEGIN >= 60 and day % 5 == 0:
            known_compositions = [uses for uses in never_asked() if uses.keys() <= life.learner.parts.keys()]
            recalls.append(fmean(life.learner.recall(uses, day) for uses in known_compositions))
        for card_id in life.due(day):
            life.ask(card_id, day)
            life.reviews += 1
        for card_id in islice(new, NEW_PER_DAY):
            life.ask(card_id, day)
    return life.reviews, life.drills, fmean(recalls)


def reviews_at(recall: float, frontier: Sequence[tuple[float, float]]) -> float | None:
    """Return the reviews for a recall, between the points (recall, reviews) of a frontier; None beyond its best."""
    points = sorted(frontier)
    if recall <= points[0][0]:
        return points[0][1]
    for (low, few), (high, many) in pairwise(points):
        if low <= recall <= high:
            return few + (many - few) * (recall - low) / (high - low)
    return None


def main() -> None:
    """Simulate all learners, and print what it cost them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--theta", type=float, nargs="+", default=[0.0, 0.3, 0.5, 0.7, 0.9, 1.0])
    options = parser.parse_args()
    print(f"{len(parametric())} parametric cards, {len(never_asked())} compositions never asked, {options.days} days")
    for theta in options.theta:
        _print_frontier(theta, range(options.first, options.first + options.learners), options.days)


def _print_frontier(theta: float, seeds: range, days: int) -> None:
    def middle(name: str, scheduler: Scheduler, by_skills: float | None = None) -> tuple[float, float]:
        lives = [lived(theta, scheduler, by_skills, seed, days) for seed in seeds]
        reviews, drills, recall = (median(figure) for figure in zip(*lives, strict=True))
        print(f"θ {theta:.1f}  {name:14} reviews {reviews:6.0f}  drills {drills:4.0f}  recall {recall:.4f}", flush=True)
        return recall, reviews

    def by_fsrs(retention: float) -> Scheduler:
        return FsrsScheduler(FsrsParameters(desired_retention=retention))

    baselines = [("SM-2", middle("SM-2", Sm2Scheduler()))]
    baselines += [(f"FSRS {aim:g}", middle(f"FSRS {aim:g}", by_fsrs(aim))) for aim in CARD_RETENTIONS]
    middle("no skill", by_fsrs(0.9), 0.0)
    frontier = [middle(f"skills {aim:g}", by_fsrs(0.9), aim) for aim in SKILL_RETENTIONS]
    for name, (recall, reviews) in baselines:
        fewer = reviews_at(recall, frontier)
        says = "beyond what skills reach" if fewer is None else f"skills need {fewer:6.0f}: {fewer / reviews - 1:+.0%}"
        print(f"θ {theta:.1f}  at the recall of {name:10} ({recall:.4f}, {reviews:.0f} reviews) {says}", flush=True)


if __name__ == "__main__":
    main()
