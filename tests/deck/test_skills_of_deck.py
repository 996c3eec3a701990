"""The skills of the bundled deck: every exercise takes some, and most skills are taken by several cards."""

from __future__ import annotations

from collections import Counter

from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.scheduling.skills.skill_uses import skill_uses
from mnemosyne.settings import bundled_cards

SEEDS = range(3)


def test_every_exercise_takes_skills_and_most_skills_are_taken_by_several_cards():
    cards_of = Counter[str]()
    without = []
    for card in load_folders([bundled_cards()]).cards:
        exercises = [make_question(card, seed).expected.exercise for seed in SEEDS]
        uses = [skill_uses(exercise) for exercise in exercises if exercise is not None]
        without += [card.id for skills in uses if not skills]
        cards_of.update({name for skills in uses for name in skills})
    assert without == []
    assert len(cards_of) >= 28
    assert {"sin", "ln", "exp", "power", "links-2", "links-3", "product", "paths", "implicit"} <= {
        name for name, cards in cards_of.items() if cards >= 5
    }
