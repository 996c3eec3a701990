"""The skills' state computed from the log, one answer after another; it can be saved and continued.

Everything that skills show and schedule follows from it: the memory of each skill, the skills of each card's
exercises, and whether the log supports scheduling by skills.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, Self

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import FsrsState, Weights
from mnemosyne.scheduling.skills.own_memory import FEWEST_ANSWERS, LossSums, OwnMemoryFold, ScoredRecall
from mnemosyne.scheduling.skills.skill_memory import (
    ExerciseAnswer,
    OwnState,
    SkillMemory,
    card_after,
    learned,
    recall_of_skill,
)
from mnemosyne.scheduling.skills.skill_uses import SkillUses, skill_uses, weight
from mnemosyne.scheduling.sm2 import PASS

# the largest θ used for blaming a card's own memory; skills keep the rest, so that θ can fall
MOST_SHARE: Final = 0.95
FOLD_VERSION: Final = 2  # increment it when the same answers give another state: stored ones are recomputed


@dataclass(slots=True)
class CardAnswers:
    """The answers of a card: its own memory, and sums over the skills that its exercises needed."""

    own: OwnState
    answers: int
    seconds: float
    weights: dict[str, float]  # the sums of its dependence on each skill

    def add(self, uses: SkillUses, seconds: float) -> None:
        """Add an exercise with its skills."""
        self.answers += 1
        self.seconds += seconds
        for name, times in uses.items():
            self.weights[name] = self.weights.get(name, 0.0) + weight(times)


class SkillFold:
    """The state after the answers so far, under FSRS with these weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.memories: dict[str, SkillMemory] = {}
        self.answers: Counter[str] = Counter()  # how many answers needed each skill
        self.cards: dict[str, CardAnswers] = {}  # the cards met so far, by id
        self.own_memory = OwnMemoryFold()

    def add(self, answer: ExerciseAnswer) -> None:
        """Process the next answer of the log."""
        recall = self.scored(answer)
        if recall is not None:
            self.own_memory.add(recall)
        uses, card = skill_uses(answer.exercise), self.cards.get(answer.card_id)
        changed = learned(self.weights, self.memories, answer, self._own_doubt(answer))
        if card is not None:
            card.own = card_after(self.weights, card.own, answer)
        elif not answer.drill:
            card = self.cards[answer.card_id] = CardAnswers(card_after(self.weights, None, answer), 0, 0.0, {})
        if card is not None:
            card.add(uses, answer.seconds)
        self.memories |= changed
        self.answers.update(uses.keys())

    def _own_doubt(self, answer: ExerciseAnswer) -> float:
        """Return how likely the card's own memory caused a wrong answer, on the scale of the skills' w·(1 − R).

        It follows from the current θ: log p = θ·log R_card + (1 − θ)·Σ w·log R_skill, divided by 1 − θ.
        """
        if answer.quality >= PASS or self.own_memory.sums.answers < FEWEST_ANSWERS:
            return 0.0
        theta = min(MOST_SHARE, self.own_memory.sums.likeliest()[0])
        card = self.cards.get(answer.card_id)
        recall = 0.0
        if card is not None:
            state, last = card.own
            recall = fsrs.retrievability(self.weights, state.stability, max(0, answer.day - last))
        return theta / (1 - theta) * (1 - recall)

    def scored(self, answer: ExerciseAnswer) -> ScoredRecall | None:
        """Return the predictions for the next answer, and its result; None for one that is not scored.

        It is scored if it was scheduled, and its card and all of its skills were met before, the card on
        an earlier study day.
        """
        uses, card = skill_uses(answer.exercise), self.cards.get(answer.card_id)
        if card is None or answer.drill or not uses or not uses.keys() <= self.memories.keys():
            return None
        state, last = card.own
        if answer.day <= last:
            return None
        of_card = fsrs.retrievability(self.weights, state.stability, answer.day - last)
        of_skills = (
            (weight(times), recall_of_skill(self.weights, self.memories[name], answer.day))
            for name, times in uses.items()
        )
        return ScoredRecall(of_card, tuple(of_skills), answer.quality >= PASS)

    @property
    def state(self) -> dict[str, Any]:
        """The whole state as JSON values."""
        return {
            "memories": self.memories,
            "answers": self.answers,
            "cards": {
                card_id: [*card.own[0], card.own[1], card.answers, card.seconds, card.weights]
                for card_id, card in self.cards.items()
            },
            "losses": self.own_memory.sums,
            "earlier": self.own_memory.earlier,
        }

    @classmethod
    def from_state(cls, weights: Weights, state: Any) -> Self:
        """Return the fold with this `state`."""
        fold = cls(weights)
        fold.memories = {
            name: SkillMemory(float(stability), float(difficulty), int(day))
            for name, (stability, difficulty, day) in state["memories"].items()
        }
        fold.answers = Counter({name: int(count) for name, count in state["answers"].items()})
        fold.cards = {card_id: _card(*values) for card_id, values in state["cards"].items()}
        fold.own_memory = OwnMemoryFold(_sums(*state["losses"]), [_sums(*values) for values in state["earlier"]])
        return fold


def _card(
    stability: float, difficulty: float, day: int, answers: int, seconds: float, weights: dict[str, float]
) -> CardAnswers:
    own = FsrsState(float(stability), float(difficulty)), int(day)
    return CardAnswers(own, int(answers), float(seconds), {name: float(share) for name, share in weights.items()})


def _sums(answers: int, passed: int, losses: list[float]) -> LossSums:
    return LossSums(int(answers), int(passed), tuple(map(float, losses)))
