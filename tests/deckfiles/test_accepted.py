"""Which cards are accepted, and which refused with which message: what would fail later is refused when it loads.

The cards and the messages are in accepted.txt: a card on a line, and under it each problem, or `taken`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mnemosyne.deckfiles.loader import load_file


def cards():
    cards_with_messages: list[tuple[str, list[str]]] = []
    for line in Path(__file__).with_name("accepted.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            cards_with_messages[-1][1].append(line.strip())
        else:
            cards_with_messages.append((line, []))
    return cards_with_messages


@pytest.mark.parametrize(("card", "messages"), cards(), ids=[card for card, _ in cards()])
def test_a_problem_is_reported_with_its_place_and_how_to_fix_it(tmp_path, card, messages):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
    loaded = load_file(path)
    problems = [str(problem).removeprefix(f"{path}:") for problem in loaded.problems]
    assert (problems or ["taken"]) == messages
    assert len(loaded.cards) == (not problems)
