"""The history of a session: which answers can be recalled, and going back and forth in it without losing the draft."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.tui.answer_history import AnswerHistory, Browsing

FORMULA, WORDS = Answering.FORMULA, Answering.WORDS


def test_the_newest_comes_first_and_each_text_once():
    history = (
        AnswerHistory().with_answer("a", FORMULA, "2x").with_answer("b", FORMULA, "3x").with_answer("c", FORMULA, "2x ")
    )
    assert history.offered("d", FORMULA) == ("2x", "3x")


def test_answers_to_the_same_card_are_left_out_since_they_could_give_it_away():
    history = AnswerHistory().with_answer("a", FORMULA, "2x cos(x^2)").with_answer("b", FORMULA, "3x")
    assert history.offered("a", FORMULA) == ("3x",)


def test_the_same_text_typed_for_another_card_is_left_out_too():
    history = AnswerHistory().with_answer("a", FORMULA, "2x").with_answer("b", FORMULA, "2x")
    assert history.offered("a", FORMULA) == ()


def test_words_are_not_offered_for_formulas():
    assert AnswerHistory().with_answer("a", WORDS, "inner").offered("b", FORMULA) == ()


def test_back_and_forth_to_the_draft():
    at = Browsing(("newest", "oldest"))
    at = at.earlier("draft")
    assert at.current_text == "newest"
    at = at.earlier("newest")
    assert at.current_text == "oldest"
    at = at.earlier("oldest")
    assert at.current_text == "oldest", "there is nothing before it"
    at = at.later("oldest").later("newest")
    assert at.current_text == "draft"
    assert at.later("draft").current_text == "draft"


def test_recalled_text_that_is_edited_becomes_the_draft():
    at = Browsing(("newest", "oldest")).earlier("draft").earlier("newest + 1")
    assert at.current_text == "newest"
    assert at.later("newest").current_text == "newest + 1"


def test_without_a_history_the_draft_stays():
    assert Browsing(()).earlier("draft").current_text == "draft"


@given(st.lists(st.text(max_size=3), max_size=4).map(tuple), st.text(max_size=3), st.lists(st.booleans(), max_size=12))
def test_the_draft_always_comes_last(texts, draft, ways):
    at, line_text = Browsing(texts), draft
    for back in ways:
        at = at.earlier(line_text) if back else at.later(line_text)
        line_text = at.current_text
    for _ in range(len(texts) + 1):
        at = at.later(line_text)
        line_text = at.current_text
    assert line_text == draft
