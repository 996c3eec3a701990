"""A learner whose memory of an exercise is partly that of its card and partly that of its skills, by a true θ.

Each part is remembered or not independently: the card with the probability R^θ, each skill with R^(w(1 − θ));
an answer is right if all of them are. What was forgotten is learnt again, and the rest is strengthened, by
FSRS's rules. A forgotten skill shows in a named misconception for a share of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import AGAIN, DEFAULT_WEIGHTS, GOOD, FsrsParameters, FsrsState, Weights
from mnemosyne.scheduling.skills.blame import SPEAKS_FOR
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.scheduling.skills.skill_uses import SkillUses, skill_uses, weight

_NAME_OF = {skill: name for name, skills in reversed(SPEAKS_FOR.items()) for skill in skills}
_FIRST_RIGHT = 0.8  # the chance that a part is remembered the first time it is met


@dataclass(slots=True)
class SkilledLearner:
    """What a learner truly remembers."""

    theta: float
    random: Random
    named: float = 0.6  # the share of mistakes that show which skill was forgotten
    weights: Weights = DEFAULT_WEIGHTS
    parts: dict[str, tuple[FsrsState, int]] = field(default_factory=dict)  # cards and skills: state, day seen

    def recall_of(self, part: str, day: int) -> float:
        """Return the true probability that a card or a skill is remembered."""
        if part not in self.parts:
            return _FIRST_RIGHT
        state, last_day = self.parts[part]
        return fsrs.retrievability(self.weights, state.stability, day - last_day)

    def recall(self, uses: SkillUses, day: int, card_id: str | None = None) -> float:
        """Return the true probability of a right answer; without a card, of an exercise that was never asked."""
        theta = 0.0 if card_id is None else self.theta
        probability = self.recall_of(card_id, day) ** theta if card_id is not None else 1.0
        for name, times in uses.items():
            probability *= self.recall_of(name, day) ** (weight(times) * (1 - theta))
        return probability

    def answer(self, event: int, card_id: str, exercise: Exercise, day: int, *, drill: bool = False) -> ExerciseAnswer:
        """Answer an exercise, and learn from it."""
        uses = skill_uses(exercise)
        chances = {card_id: self.theta, **{name: weight(uses[name]) * (1 - self.theta) for name in uses}}
        forgotten = [part for part in chances if self.random.random() >= self.recall_of(part, day) ** chances[part]]
        for part in chances:
            self._learn(part, day, AGAIN if part in forgotten else GOOD)
        skills = [part for part in forgotten if part in uses]
        is_named = skills and self.random.random() < self.named
        name = _NAME_OF[skills[0]] if is_named else None
        quality = 1 if forgotten else 4
        return ExerciseAnswer(f"{event:09}", card_id, day, exercise, quality, 4, drill, misconception=name)

    def _learn(self, part: str, day: int, rating: int) -> None:
        if part in self.parts:
            state, last_day = self.parts[part]
            self.parts[part] = fsrs.next_state(self.weights, state, day - last_day, rating), day
        else:
            self.parts[part] = fsrs.first_state(self.weights, rating), day


OUTER = ("sin", "cos", "tan", "ln", "exp", "sqrt", "arctan", "sinh")
COMPOSITIONS = tuple(
    Exercise(ExerciseKind.DERIVATIVE, f, "x")
    for number, outer in enumerate(OUTER)
    for middle in (OUTER[(number + 3) % 8], OUTER[(number + 5) % 8])
    for f in (f"{outer}(x^2 + 1)", f"{outer}({middle}(x))", f"x*{outer}(3*x)", f"{outer}({middle}(x^2))/x")
)


def skilled_log(
    theta: float, answers: int, *, seed: int = 1, new_per_day: int = 2, most_cards: int = 10_000
) -> list[ExerciseAnswer]:
    """Return the log of such a learner whose cards FSRS schedules."""
    return log_of(SkilledLearner(theta, Random(seed)), answers, new_per_day, most_cards)


def log_of(
    learner: SkilledLearner, answers: int, new_per_day: int = 2, most_cards: int = 10_000
) -> list[ExerciseAnswer]:
    """Return the log of a learner whose cards FSRS schedules; each forgotten card is drilled once."""
    parameters = FsrsParameters()
    schedule: dict[str, tuple[FsrsState, int]] = {}  # for each card: the scheduler's state, and the day it is due
    log: list[ExerciseAnswer] = []
    day = 738_000
    last: dict[str, int] = {}
    while len(log) < answers:
        day += 1
        new = [f"card-{number}" for number in range(len(schedule), min(most_cards, len(schedule) + new_per_day))]
        for card_id in [*(name for name, (_, due) in schedule.items() if due <= day), *new]:
            exercise = COMPOSITIONS[int(card_id[5:]) % len(COMPOSITIONS)]
            passed = False
            for drill in (False, True):
                if passed:
                    continue
                log.append(learner.answer(len(log), card_id, exercise, day, drill=drill))
                passed = log[-1].quality >= 3
                rating = GOOD if passed else AGAIN
                if card_id in schedule:
                    state = fsrs.next_state(DEFAULT_WEIGHTS, schedule[card_id][0], day - last[card_id], rating)
                else:
                    state = fsrs.first_state(DEFAULT_WEIGHTS, rating)
                last[card_id] = day
                schedule[card_id] = state, day + fsrs.interval(parameters, state.stability)
    return log
