"""The order of learning: what a newcomer meets on the first day and in the first week, with ten new cards a day."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path

from bundled_deck import bundled_deck

from mnemosyne.cards.blanks import blanks
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.choice import Choice
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.lesson import parse_lesson

CARDS = bundled_deck().cards
PER_DAY = 10
OFTEN = 5  # cards that share a question
TYPED = {"derivative", "steps", "numeric", "backprop", "formula", "implicit", "antiderivative"}


def _units() -> dict[str, list[Card]]:
    return {str(path): list(cards) for path, cards in groupby(CARDS, key=lambda card: card.source.path)}


def test_a_derivative_is_typed_by_the_third_question() -> None:
    assert "derivative" in {card.kind for card in CARDS[:3]}


def test_the_first_day_has_every_common_kind() -> None:
    assert {"choice", "cloze", "derivative", "steps"} <= {card.kind for card in CARDS[:PER_DAY]}


def test_the_first_gradient_comes_in_the_first_week() -> None:
    assert "backprop" in {card.kind for card in CARDS[: 7 * PER_DAY]}


def test_the_words_of_backpropagation_come_after_a_gradient_and_a_derivative() -> None:
    first_gradient = next(place for place, card in enumerate(CARDS) if card.kind == "backprop")
    spoken_of = next(place for place, card in enumerate(CARDS) if "ackpropagation" in repr(card.content))
    assert first_gradient < spoken_of


def test_every_unit_takes_one_evening_and_mixes_kinds() -> None:
    for path, cards in _units().items():
        kinds = Counter(card.kind for card in cards)
        assert 7 <= len(cards) <= 12, path
        assert len(kinds) >= 2, path
        assert sum(kinds[kind] for kind in TYPED) >= 3, path


def test_at_most_five_cards_of_one_kind_follow_each_other() -> None:
    for path, cards in _units().items():
        longest = max(len(list(run)) for _, run in groupby(cards, key=lambda card: card.kind))
        assert longest <= 5, path


def test_a_choice_offers_four_options_or_more() -> None:
    few = [card.id for card in CARDS if isinstance(card.content, Choice) and len(card.content.options) < 4]
    assert few == []


def test_the_option_that_nothing_is_wrong_is_right_about_as_often_as_others() -> None:
    offered = [
        option.right
        for card in CARDS
        if isinstance(card.content, Choice)
        for option in card.content.options
        if option.text.startswith("Nothing; it is right")
    ]
    assert len(offered) >= 5
    assert 0.2 <= sum(offered) / len(offered) <= 0.5


def test_the_question_does_not_give_away_whether_something_is_wrong() -> None:
    for card in CARDS:
        if isinstance(card.content, Choice):
            is_offered = any(option.text.startswith("Nothing; it is right") for option in card.content.options)
            assert ("if anything" in card.content.ask) is is_offered, card.id


def test_no_question_is_asked_of_many_cards_word_for_word() -> None:
    """A sentence that says nothing about its card is read over; one that names a formula is left out."""
    counts = Counter(card.content.ask.split(". ")[-1] for card in CARDS if isinstance(card.content, Choice))
    assert [question for question, often in counts.items() if often > OFTEN and "$" not in question] == []


def test_no_blank_needs_a_symbol_that_no_keyboard_has() -> None:
    unreachable = [
        (card.id, blank)
        for card in CARDS
        if isinstance(card.content, Cloze)
        for blank in blanks(card.content.text, card.content.synonyms)
        if not any(answer.isascii() for answer in blank.accepted)
    ]
    assert unreachable == []


def test_every_section_without_subsections_has_a_card() -> None:
    """Where a learner presses c there is something to do; the review questions are asked in the section itself."""
    lesson = parse_lesson(Path(bundled_deck().topics[0].lesson or "").read_text(encoding="utf-8"))
    levels = [section.level for section in lesson.sections]
    ends = [here >= after for here, after in zip(levels, [*levels[1:], 0], strict=True)]
    anchors = {anchor for anchor, _ in lesson.named}
    last = {anchor for section, end in zip(lesson.sections, ends, strict=True) if end for anchor in section.anchors}
    assert (last & anchors) - {"review-questions"} <= {card.lesson for card in CARDS}
