"""`where` in choice, cloze and recall, computed values and conditions: what is accepted and how the rest is refused."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card_json import from_json, to_json
from mnemosyne.cards.question import make_question, variant_questions
from mnemosyne.deckfiles.loader import load_folders

MEND = "write 2..9, [2, 3, 5] or a*b"
WIDEN = "widen the ranges, or change `if`"
CONDITION = "write a < b, or a list such as [a < b, a + b != 7]"
CHOICE = """
  - id: one
    kind: choice
    ask: "Which is the derivative of $({a}x + {b})²$?"
    where: {a: 2..4, b: 1..3, c: 2*a, if: a != b}
    options:
      - {text: "${c}·({a}x + {b})$", right: true, why: "The bracket brings {a}."}
      - {text: "$2·({a}x + {b})$"}
"""
CLOZE = """
  - id: one
    kind: cloze
    text: "{a} times {b} is {{{c}}}, a {{product}}."
    where: {a: 2..3, b: 4..5, c: a*b}
    synonyms: {"{c}": ["{a} x {b}"]}
"""
RECALL = """
  - id: one
    kind: recall
    ask: Why is $x^{n}$ even?
    answer: Since {n} is.
    where: {n: [2, 4], m: n - 1, if: [m > 1, n < 10]}
    hint: "{m} is odd."
"""


@pytest.fixture
def load(tmp_path):
    """Return a function that loads a topic with these cards."""

    def loaded(cards: str):
        folder = tmp_path / "cards" / "small"
        folder.mkdir(parents=True)
        (folder / "deck.yaml").write_text(f"cards:{cards}", encoding="utf-8")
        return load_folders([tmp_path / "cards"], None)

    return loaded


@pytest.mark.parametrize("cards", [CHOICE, CLOZE, RECALL], ids=["choice", "cloze", "recall"])
def test_a_card_comes_back_from_the_deck_as_it_was(load, cards):
    loaded = load(cards)
    assert loaded.problems == ()
    (card,) = loaded.cards
    assert from_json(to_json(card)) == card
    assert [q.prompt for _, q in variant_questions(from_json(to_json(card)))] == [
        q.prompt for _, q in variant_questions(card)
    ]


def test_a_choice_has_fresh_numbers_in_every_text(load):
    (card,) = load(CHOICE).cards
    questions = [question for _, question in variant_questions(card)]
    assert len(questions) == 7
    options = {option.text: option for option in questions[0].expected.options}
    assert questions[0].prompt == "Which is the derivative of $(2x + 1)²$?"
    assert options.keys() == {"$4·(2x + 1)$", "$2·(2x + 1)$"}
    assert options["$4·(2x + 1)$"].why == "The bracket brings 2."


def test_a_cloze_computes_its_blank(load):
    (card,) = load(CLOZE).cards
    question = next(q for values, q in variant_questions(card) if values["c"] == 12)
    assert question.prompt == "3 times 4 is ____, a ____."
    assert [blank.accepted for blank in question.expected.blanks] == [("12", "3 x 4"), ("product",)]
    assert question.expected.whole == "3 times 4 is 12, a product."


def test_a_recall_keeps_the_braces_of_latex(load):
    (card,) = load(RECALL).cards
    question = make_question(card, 0)
    assert (question.prompt, question.expected.answer, question.hints) == (
        "Why is $x^{4}$ even?",
        "Since 4 is.",
        ("3 is odd.",),
    )


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("{a: 2..4, c: a*z}", "where.c: there is no parameter z; name one of those in `where`"),
        ("{a: [sin, cos], c: a + 1}", "where.c: a is a function, not a number; use parameters that are numbers"),
        ("{a: 2..4, c: (a}", "where.c: (a is neither values nor a formula: This ( is never closed; " + MEND),
        ("{a: 2..4, c: pi}", "where.c: pi uses no parameter; write [pi] for one value"),
        ("{a: d, c: a, d: c}", "where: a, c and d depend on each other; give one of them a range or a list"),
        ("{a: 2..4, c: 3..5, if: a > c + 9}", f"no values meet the conditions in `where`; {WIDEN}"),
        ("{a: 2..4, c: a, if: a}", "where.if: 'a' is not a condition; " + CONDITION),
        ("{a: 2..4, c: a, if: [a < 9, a < z]}", "where.if: there is no parameter z; name one of those in `where`"),
        ("{a: 2..4, c: 2..4, b: a*c}", "where.b is not used; leave it out, or use it in the card"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_where_is_reported(load, where, message):
    loaded = load(f'\n  - {{id: one, kind: recall, ask: "What is {{a}} + {{c}}?", answer: A sum., where: {where}}}\n')
    assert [str(problem).partition(": ")[2] for problem in loaded.problems] == [message]


def test_options_that_become_equal_are_reported(load):
    (problem,) = load(CHOICE.replace('"$2·({a}x + {b})$"', '"$({a}x + {b})·{c}$"')).problems
    assert problem.what.endswith(" mean the same")
    assert problem.mend == "leave one out"
