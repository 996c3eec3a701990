"""What Anki's templates show of a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.imports.anki_template import ShownCard, Template, shown_card

VALUES = {"Front": "dog", "Back": "Hund", "Empty": "<br> &nbsp;", "Text": "{{c1::a}} b"}


@pytest.mark.parametrize(
    ("question", "answer", "card"),
    [
        ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", ShownCard("dog", "Hund")),
        ("{{Front}}", '{{Front}}<hr class="x" id="answer">{{ Back }}', ShownCard("dog", "Hund")),
        ("What is {{text:Front}}?", "{{Back}}!", ShownCard("What is dog?", "Hund!")),
        ("{{#Back}}yes {{/Back}}{{^Back}}no{{/Back}}", "", ShownCard("yes ", "")),
        ("{{#Empty}}yes{{Front}}{{/Empty}}{{^Empty}}no{{/Empty}}", "", ShownCard("no", "")),
        ("{{#Empty}}{{#Back}}a{{/Back}}b{{/Empty}}c", "", ShownCard("c", "")),
        ("{{#Back}}{{^Back}}a{{/Back}}b{{/Back}}c", "", ShownCard("bc", "")),
        ("{{Front}} {{type:Back}}", "{{FrontSide}}<hr id=answer>{{type:Back}}", ShownCard("dog ", "Hund", [], "Hund")),
        ("{{Front}}{{hint:Back}}", "{{Back}}", ShownCard("dog", "Hund", ["Hund"])),
        ("{{cloze:Text}}{{type:cloze:Text}}", "{{cloze:Text}}<br>{{Back}}", ShownCard("{{c1::a}} b", "<br>Hund")),
        ("{{Nobody}}{{Tags}}{{tts de_DE:Front}}x", "", ShownCard("x", "")),
        ("{{Front}}{{/Front}} {{", "{{#Back}}open", ShownCard("dog {{", "open")),
    ],
)
def test_what_a_card_shows(question, answer, card):
    assert shown_card(Template(question, answer), VALUES) == card


PIECES = st.sampled_from(
    ["{{", "}}", "#", "^", "/", "Front", "{{Front}}", "{{#Back}}", "{{/Back}}", ":", "type:", "<hr id=answer>"]
)


@given(st.lists(PIECES).map("".join), st.lists(PIECES).map("".join))
def test_any_template_shows_something(question, answer):
    card = shown_card(Template(question, answer), VALUES)
    assert isinstance(card.front + card.back + card.typed, str)


@given(st.text(alphabet="ab <>/", max_size=9), st.text(alphabet="ab <>/", max_size=9))
def test_a_template_of_ankis_own_shows_the_fields_themselves(front, back):
    card = shown_card(
        Template("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"), {"Front": front, "Back": back}
    )
    assert (card.front, card.back.strip()) == (front, back.strip())
