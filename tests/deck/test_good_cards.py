"""What makes a good card holds for all of them: nothing but the mathematics gives its answer away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest
from bundled_deck import bundled_deck
from sample_size import sample

from mnemosyne.calculus.check import check
from mnemosyne.cards.blanks import blanks
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.choice import Choice
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.numeric import Numeric, reduced_line
from mnemosyne.cards.variants import variants
from mnemosyne.expressions.exact import exact_value
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import Call, Node, fold
from mnemosyne.verdict import Link, Problem, Word

CARDS = bundled_deck().cards
CHOICES = [card for card in CARDS if isinstance(card.content, Choice)]
MOST_OF_OTHERS = 1.25  # how long a right option may be, in lengths of the longest wrong one
OFTEN = 3  # cards that offer an option; from here on a learner notices whether it is ever right
SENTENCE = re.compile(r"(?!(?!sinh |arsinh )[a-z]{2,} ).*[.?]")  # a function's name may be the beginning of one
BLANK = re.compile(r"\{\{.*?\}\}")
ALIKE = 0.3  # the share of two cards' words that are in both
COMMON = re.compile(
    "the|and|are|for|from|has|how|its|not|one|that|this|was|what|when|where|which|why|with|does|each|every|then|there|"
    "you|your|two|three|six|times?|fast|twice|derivatives?|functions?|compositions?"
)


def options() -> Iterator[tuple[str, bool]]:
    for card in CHOICES:
        for option in card.content.options:
            yield option.text.rstrip(".").lower(), option.right


def test_an_option_that_is_offered_often_is_right_somewhere() -> None:
    offered = defaultdict(list)
    for text, right in options():
        offered[text].append(right)
    assert [text for text, rights in offered.items() if len(rights) >= OFTEN and not any(rights)] == []


def test_none_of_the_others_is_right_about_as_often_as_an_option_by_chance() -> None:
    """With four or five options, a learner who always picks that one is right on a quarter of the cards."""
    rights = [right for text, right in options() if re.match(r"(neither|nothing|none)\b", text)]
    assert 1 / 5 <= sum(rights) / len(rights) <= 1 / 3


def test_the_longest_option_is_right_no_more_often_than_one_by_chance() -> None:
    """A learner who picks the longest option without looking at the question gains nothing."""
    by_chance = sum(1 / len(card.content.options) for card in CHOICES)
    longest = 0.0
    for card in CHOICES:
        most = max(len(option.text) for option in card.content.options)
        tied = [option.right for option in card.content.options if len(option.text) == most]
        longest += sum(tied) / len(tied)
    assert longest <= by_chance


@pytest.mark.parametrize("card", CHOICES, ids=lambda card: card.id)
def test_the_right_option_does_not_stand_out_by_its_length(card: Card) -> None:
    assert isinstance(card.content, Choice)
    right, wrong = (max(len(o.text) for o in card.content.options if o.right is is_right) for is_right in (True, False))
    assert right <= MOST_OF_OTHERS * wrong


@pytest.mark.parametrize("card", [card for card in CARDS if card.hints], ids=lambda card: card.id)
def test_a_hint_is_a_whole_sentence(card: Card) -> None:
    """In a YAML list, a comma that is not inside quotation marks cuts a sentence in two."""
    assert [hint for hint in card.hints if not SENTENCE.fullmatch(hint)] == []


@pytest.mark.parametrize("card", [card for card in CARDS if isinstance(card.content, Cloze)], ids=lambda card: card.id)
def test_the_missing_word_does_not_appear_in_the_rest_of_the_sentence(card: Card) -> None:
    rest = re.sub(r"\$[^$]*\$|\S*[/=]\S*", " ", BLANK.sub(" ", card.content.text)).lower()
    accepted = [word.lower() for blank in blanks(card.content.text, card.content.synonyms) for word in blank.accepted]
    assert [word for word in accepted if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest)] == []


@pytest.mark.parametrize(
    "card", [card for card in CARDS if isinstance(card.content, Numeric)], ids=lambda card: card.id
)
def test_the_answer_is_not_a_number_in_the_question(card: Card) -> None:
    """A factor or a sum that happens to be one of the numbers in a variant or two gives nothing away."""
    value_sets = variants(card.content.where, card.content.rules)
    given_away = 0
    for values in value_sets:
        question = card.content.question(values, 0)
        answer = question.expected.answer
        number = (reduced_line(read(answer)) or answer).replace("-", "−")
        given_away += bool(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d./²³])", question.prompt))
    assert given_away <= len(value_sets) / 10


PIECEWISE = ("abs", "sign", "step", "relu", "max", "min")


@pytest.mark.parametrize(
    "card", [card for card in CARDS if isinstance(card.content, Numeric)], ids=lambda card: card.id
)
def test_the_correct_answer_is_shown_with_its_piecewise_functions_evaluated(card: Card) -> None:
    """At an exact number they have an exact value: `3·step(−1)` is 0."""
    answers = [
        card.content.question(values, 0).expected.stated for values in variants(card.content.where, card.content.rules)
    ]
    assert [line for line in answers if fold(read_printed(line), _has_piecewise_number)] == []


def _has_piecewise_number(node: Node, operands: tuple[bool, ...]) -> bool:
    is_piecewise = isinstance(node, Call) and node.function in PIECEWISE
    return any(operands) or (is_piecewise and all(exact_value(operand) is not None for operand in node.arguments))


def word_stems(card: Card) -> frozenset[str]:
    """Return the beginnings of the words of a card, with its right answer and without its formulas."""
    content = card.content
    match card.kind:
        case "choice":
            text = " ".join((content.ask, *(option.text for option in content.options if option.right)))
        case "cloze":
            text = re.sub(r"\|[^}]*", "", content.text)
        case _:
            text = f"{content.ask} {content.answer}"
    words = re.findall(r"[a-z]{3,}", re.sub(r"\$[^$]*\$", " ", text).lower())
    return frozenset(word[:6] for word in words if not COMMON.fullmatch(word))


def test_the_same_fact_is_asked_once_in_words() -> None:
    words = {
        card.id: word_stems(card)
        for card in CARDS
        if card.kind == "recall"
        or (card.kind in ("choice", "cloze") and {"words", "networks", "difference-quotients"} & set(card.tags))
    }
    alike = [
        (first, second)
        for first, second in combinations(words, 2)
        if len(words[first] & words[second]) >= ALIKE * len(words[first] | words[second]) > 1
    ]
    assert alike == []


def test_no_two_cards_ask_for_the_same_derivative() -> None:
    cards_by_question = defaultdict(set)
    for card in CARDS:
        if card.kind in ("derivative", "antiderivative", "steps"):
            content = card.content
            for values in variants(content.where, content.rules):
                line = content.question(values, 0).expected.line
                cards_by_question[card.kind, line, getattr(content, "order", 1)].add(card.id)
    assert [ids for ids in cards_by_question.values() if len(ids) > 1] == []


@pytest.mark.sampled
@pytest.mark.parametrize(
    "card",
    sample([card for card in CARDS if card.kind == "derivative" and "two-functions" in card.tags], 8),
    ids=lambda card: card.id,
)
def test_a_factor_that_is_forgotten_makes_a_difference(card: Card) -> None:
    """Where g′ is 1, or the outer function is the identity, the chain rule has nothing to teach."""
    value_sets = variants(card.content.where, card.content.rules)
    for values in value_sets[:: max(1, len(value_sets) // 3)]:
        expected = card.content.question(values, 0).expected
        assert not [link for link in links(expected.problem(0)) if read(link.derivative) == read("1")]


def links(problem: Problem) -> tuple[Link, ...]:
    return check(problem, "0").links


@pytest.mark.parametrize(
    ("name", "typed"),
    [("leibniz-form", "g′(x)"), ("leibniz-form", "u'"), ("outer-derivative-symbol", "f′(u)")],
)
def test_the_same_derivative_in_lagranges_notation_is_not_called_wrong(name: str, typed: str) -> None:
    (card,) = (card for card in CARDS if card.id == name)
    verdict = card.content.question({}, 0).expected.judge(typed, 0, check)
    assert verdict.word is Word.UNREADABLE
    assert verdict.message == "That means the same in other symbols: use those of the question."
