"""From notes to the fields of cards."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.deckfiles.loader import load_given
from mnemosyne.deckfiles.writer import card_text
from mnemosyne.imports.conversion import DerivativeOffer, conversions, derivative_fields
from mnemosyne.imports.note import Note


def offer(front: str, back: str = "2x") -> DerivativeOffer | None:
    (conversion,) = conversions(Note("line 1", front, back))
    return conversion.offer


@pytest.mark.parametrize(
    ("front", "f", "variable"),
    [
        (r"Differentiate $\sin(x^2)$.", "sin(x^2)", "x"),
        ("What is the derivative of x^3?", "x^3", "x"),
        ("Find the **derivative** of ln(t) with respect to t", "ln(t)", "t"),
        ("derivative of e^(a x) w.r.t. a", "e^(a*x)", "a"),
        ("d/dx e^(3x)", "e^(3*x)", "x"),
        (r"$\frac{d}{dt} t^2$", "t^2", "t"),
        ("Differentiate f(s) = s^2", "s^2", "s"),
        ("Differentiate y = x^2", "x^2", "x"),
    ],
)
def test_notes_that_ask_for_a_derivative_are_recognised(front, f, variable):
    assert offer(front) == DerivativeOffer(f, variable, "2x")


@pytest.mark.parametrize(
    "front", ["What is a derivative?", "Differentiate the outer function", "Define the derivative", "derivative of 5"]
)
def test_notes_that_do_not_are_left_alone(front):
    assert offer(front) is None


@pytest.mark.parametrize(
    "back", ["f'(x) = 2x", "$2x$", "$f'(x)=2x$.", "dy/dx = 2x", r"$\frac{dy}{dx} = 2x$", "y' = 2x"]
)
def test_the_left_side_of_the_answer_is_left_out(back):
    derivative_offer = offer("Differentiate x^2", back)
    assert derivative_offer is not None
    assert derivative_offer.answer == "2x"


def test_a_derivative_becomes_a_card():
    (conversion,) = conversions(Note("note 1", "Differentiate t^2", "2t", ("Chain Rule::easy",), guid="a!b"))
    assert derivative_fields(conversion) == {
        "id": conversion.fields["id"], "kind": "derivative", "f": "t^2", "variable": "t", "tags": ["chain-rule-easy"],
    }  # fmt: skip


def test_a_cloze_is_a_card_for_each_number():
    note = Note("note 1", "{{c1::One}} {{c2::two::hint}} {{c1::three}}", "", guid="g", cloze=True)
    assert [(card.fields["text"], str(card.fields["id"])[-2:]) for card in conversions(note)] == [
        ("{{One}} two {{three}}", "-1"),
        ("One {{two}} three", "-2"),
    ]


def test_a_blank_with_braces_becomes_a_recall_card():
    note = Note("note 1", r"{{c1::$\frac{a}{b}$}} is a fraction", "See there.", cloze=True)
    (card,) = conversions(note)
    assert (card.fields["kind"], card.fields["ask"]) == ("recall", "____ is a fraction")
    assert card.fields["answer"] == "$\\frac{a}{b}$\n\nSee there."
    assert card.changed == ("turned into a question that you grade yourself, since its blank has braces",)


def test_ids_stay_the_same_when_the_text_changes():
    def ids(front: str, guid: str) -> list[object]:
        return [card.fields["id"] for card in conversions(Note("note 1", front, "b", guid=guid, both_ways=True))]

    assert ids("one", "g") == ids("two", "g") == ["anki-cd0aa985", "anki-cd0aa985-reversed"]
    assert ids("one", "g") != ids("one", "h")
    assert ids("What is it?", "")[0] == "what-is-it-bbff7b98" == ids("What is it?", "")[0]


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="{}:|c1$\\`\n- #'\""), min_size=1, max_size=40
).filter(str.strip)


@given(TEXTS, TEXTS, st.booleans(), st.booleans())
def test_every_card_is_loaded_as_it_was_meant_or_refused_with_a_reason(front, back, cloze, both_ways):
    note = Note("note 1", front.strip(), back.strip(), ("Tag::One",), cloze=cloze, both_ways=both_ways)
    for conversion in conversions(note):
        loaded = load_given(card_text("imported", conversion.fields).encode(), Path("c.yaml"), {})
        assert loaded.problems or loaded.cards[0].id == conversion.fields["id"]
        if loaded.cards and conversion.fields["kind"] == "recall":
            content = loaded.cards[0].content
            assert (content.ask, content.answer) == (conversion.fields["ask"], conversion.fields["answer"])


def test_tags_beyond_those_that_a_card_may_have_are_left_out_with_a_remark():
    (conversion,) = conversions(Note("note 1", "q", "a", tuple(f"t{i}" for i in range(53)), guid="g"))
    assert conversion.fields["tags"] == [f"t{i}" for i in range(50)]
    assert conversion.changed == ("it has 53 tags, of which the first 50 are kept",)
