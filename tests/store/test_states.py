"""The cards as a stream: in the order of learning, with their marks, without those that are gone."""

from __future__ import annotations

from dataclasses import astuple

from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import card_search
from mnemosyne.store.sync import sync_cards


def test_every_card_with_its_memory_and_its_marks(deck, repository, make_card, make_review, day):
    sync_cards(deck, [make_card("b", 1), make_card("a"), make_card("gone", 2), make_card("c", 3, topic="limits")], {})
    sync_cards(deck, [make_card("b", 1), make_card("a"), make_card("c", 3, topic="limits")], {})
    after = repository.record(make_review("b", 4)).after
    repository.suspend("a", suspended=True)
    repository.flag("b", flagged=True)
    repository.bury("c", day)
    found = [astuple(state)[1:-1] for state in card_search.states(deck)]
    assert found == [
        ("cards/one.yaml", 1, True, False, None),
        ("cards/one.yaml", 4, False, True, None),
        ("cards/one.yaml", 10, False, False, plus_days(day, 1)),
    ]
    assert [state.memory for state in card_search.states(deck)] == [Memory(), after, Memory()]
    assert card_search.count_states(deck) == 3
    assert [state.line for state in card_search.states(deck, "limits")] == [10]
    assert card_search.count_states(deck, "limits") == 1
