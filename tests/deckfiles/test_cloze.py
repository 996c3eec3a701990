"""Cloze cards in card files: Anki's blanks, blanks that nobody can type, and synonyms that differ only in letters."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card_json import from_json, to_json
from mnemosyne.deckfiles.loader import load_file


@pytest.fixture
def loaded(tmp_path):
    """Return a function that loads a file with one card."""

    def load(card):
        path = tmp_path / "deck.yaml"
        path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
        return load_file(path)

    return load


def test_a_cloze_of_anki_is_reported(loaded):
    deck = loaded('{id: a, kind: cloze, text: "The {{c1::inner}} one."}')
    assert [problem.what for problem in deck.problems] == ["this is an Anki cloze"]
    assert deck.problems[0].mend == "write {{word}} for {{c1::word}}"


def test_a_synonym_in_other_letters_belongs_to_a_blank(loaded):
    card = "{id: a, kind: cloze, text: 'The {{du/dx}}.', other_letters: {du/dx: [\"g'(x)\"]}}"
    (cloze_card,) = loaded(card).cards
    assert cloze_card.content.other_letters == {"du/dx": ("g'(x)",)}
    assert from_json(to_json(cloze_card)) == cloze_card
    (problem,) = loaded(card.replace("{du/dx:", "{dx/du:")).problems
    assert problem.what == "dx/du is not a blank in the text"


def test_a_card_without_other_letters_is_stored_as_before(loaded):
    (card,) = loaded("{id: a, kind: cloze, text: 'The {{inner}}.'}").cards
    assert '"content":["The {{inner}}.",{}]' in to_json(card)
    assert from_json(to_json(card)) == card
