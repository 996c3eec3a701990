"""Options, and words that match in spite of case, spacing, accents, hyphens, or as synonyms; never another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_checker import LocalChecker

from mnemosyne.cards.blanks import blanks, hidden, restored_text
from mnemosyne.cards.kinds.card_kind import Expected
from mnemosyne.cards.kinds.choice import ExpectsOption, Option
from mnemosyne.cards.kinds.cloze import ExpectsWords

CHECKER = LocalChecker()  # never called


def judged(expected: Expected, typed: str) -> tuple[str, str]:
    """Return the word and the message of the verdict."""
    verdict = expected.judge(typed, 0, CHECKER)
    return verdict.word.value, verdict.message


OPTIONS = ExpectsOption(
    (Option("`2x`", True, ""), Option("the square", False, "It is inside."), Option("a third", False, ""))
)


@pytest.mark.parametrize("typed", ["1", " 1 ", "a", "A", "2x", "`2x`"])
def test_an_option_by_number_letter_or_text(typed):
    assert judged(OPTIONS, typed) == ("correct", "Correct.")


def test_a_wrong_option_says_why():
    assert judged(OPTIONS, "2") == ("incorrect", "It is inside.")
    assert judged(OPTIONS, "THE  SQUARE") == ("incorrect", "It is inside.")
    assert judged(OPTIONS, "c") == ("incorrect", "That is not the right option.")


def test_a_letter_that_is_another_options_text_costs_nothing():
    options = ExpectsOption((Option("$b$", True, ""), Option("$x$", False, ""), Option("$c$", False, "")))
    assert judged(options, "b") == ("unreadable", "Type a number from 1 to 3.")
    assert [judged(options, typed)[0] for typed in ("a", "c", "x", "1")] == [
        "correct",
        "incorrect",
        "incorrect",
        "correct",
    ]


@pytest.mark.parametrize("typed", ["", "0", "4", "d", "nothing", "١٢٣٤"])
def test_what_names_no_option_costs_nothing(typed):
    assert judged(OPTIONS, typed) == ("unreadable", "Type a number from 1 to 3.")


def words(text: str, **synonyms: tuple[str, ...]) -> ExpectsWords:
    return ExpectsWords(blanks(text, synonyms), restored_text(text))


@pytest.mark.parametrize("typed", ["inner", "INNER", " inner. ", "ínner", "inside", "within"])
def test_case_spacing_and_accents_of_a_word_do_not_matter(typed):
    assert judged(words("The {{inner|inside}} one.", inner=("within",)), typed) == ("correct", "Correct.")


def test_a_capital_is_another_letter_where_the_text_has_the_small_one():
    expected = words("If F'(x) = f(x), then {{F}} is an antiderivative of f.")
    assert [judged(expected, typed)[0] for typed in ("F", "f")] == ["correct", "incorrect"]
    assert judged(words("The force is {{F}}."), "f") == ("correct", "Correct.")


def test_another_word_is_wrong_and_the_correct_answer_says_the_right_one():
    """A message that names it too would say it twice on one screen."""
    verdict = words("The {{inner}} one.").judge("outer", 0, CHECKER)
    assert (verdict.word.value, verdict.message, verdict.expected) == ("incorrect", "", "The inner one.")


def fields(text: ExpectsWords, typed: str) -> list[tuple[str, str, str]]:
    """Return for each field the word on it, what was typed in it and what belongs there."""
    return [(field.word.value, field.answer, field.expected) for field in text.judge(typed, 0, CHECKER).fields]


def test_each_of_several_blanks_is_judged_by_itself():
    expected = words("From {{outer}} to {{inner}}.")
    assert judged(expected, "outer; x") == ("incorrect", "1 of 2 blanks is right.")
    assert fields(expected, "outer; x") == [("correct", "outer", "outer"), ("incorrect", "x", "inner")]
    assert judged(expected, "outer, inner") == ("correct", "Correct.")
    assert fields(expected, "outer, inner") == [("correct", "outer", "outer"), ("correct", "inner", "inner")]


def test_a_comma_in_brackets_separates_no_answers():
    expected = words("On {{[0, 1]}} the function is {{f(x, y)}}.")
    assert judged(expected, "[0, 1]; f(x, y)") == ("correct", "Correct.")
    assert judged(expected, "[0, 1], f(x, y)") == ("correct", "Correct.")
    assert judged(expected, "[0, 1]") == (
        "unreadable",
        "Blank 2 is empty. Type 2 answers, separated by semicolons.",
    )


@given(st.lists(st.booleans(), min_size=2, max_size=6))
def test_the_right_blanks_are_counted(right):
    texts = words(" ".join(f"{{{{word{number}}}}}" for number in range(len(right))))
    verdict = texts.judge(";".join(f"word{n}" if ok else "other" for n, ok in enumerate(right)), 0, CHECKER)
    assert [field.word.value == "correct" for field in verdict.fields] == right
    assert verdict.right_fields == sum(right)
    assert (verdict.word.value == "correct") == all(right)


@pytest.mark.parametrize(
    ("typed", "message", "at"),
    [
        ("outer", "Blank 2 is empty. Type 2 answers, separated by semicolons.", 5),
        ("outer; ", "Blank 2 is empty. Type 2 answers, separated by semicolons.", 7),
        ("; inner", "Blank 1 is empty. Type 2 answers, separated by semicolons.", 0),
        ("a; b; c", "You typed 3 answers. Type 2 answers, separated by semicolons.", 7),
        ("", "Blank 1 and blank 2 are empty. Type 2 answers, separated by semicolons.", 0),
    ],
)
def test_too_few_or_too_many_words_cost_nothing(typed, message, at):
    verdict = words("From {{outer}} to {{inner}}.").judge(typed, 0, CHECKER)
    assert (verdict.word.value, verdict.message, verdict.span) == ("unreadable", message, (at, at))


def test_a_blank_is_hidden_and_filled_in_again():
    assert hidden("From {{outer|outside}} to {{inner}}.") == "From ____ to ____."
    assert restored_text("From {{outer|outside}} to {{inner}}.") == "From outer to inner."


LETTERS = ExpectsWords(blanks("dy/dx = dy/du · {{du/dx}}.", {}, {"du/dx": ("g'(x)",)}), "")


@pytest.mark.parametrize("typed", ["g'(x)", "g’(x)", " g′ (x) "])
def test_an_equivalent_in_other_symbols_costs_nothing_where_the_card_says_so(typed):
    message = "That means the same in other symbols: use those of the question."
    assert judged(LETTERS, typed) == ("unreadable", message)
    assert judged(words("{{du/dx}}"), typed) == ("incorrect", "")


def test_one_wrong_word_beside_other_symbols_is_wrong():
    expected = ExpectsWords(blanks("{{inner}} {{du/dx}}", {}, {"du/dx": ("g'(x)",)}), "")
    assert judged(expected, "outer; g'(x)") == ("incorrect", "0 of 2 blanks are right.")


def test_of_several_blanks_the_one_in_other_symbols_is_named_and_pointed_at():
    expected = ExpectsWords(blanks("{{inner}} {{du/dx}}", {}, {"du/dx": ("g'(x)",)}), "")
    verdict = expected.judge("inner; g'(x)", 0, CHECKER)
    assert verdict.message == "Blank 2 means the same in other symbols: use those of the question."
    assert verdict.span == (6, 12)


@given(st.text())
def test_no_text_is_an_error_in_a_match(text):
    judged(OPTIONS, text)
    judged(words("From {{outer}} to {{inner}}."), text)
