"""A formula as long as may be typed may be longer when printed: it is shown, asked, judged and shown again."""

from __future__ import annotations

import pytest

from mnemosyne.deckfiles.loader import load_file
from mnemosyne.tui.wording import no_answer

LONG = {
    "sum": ("+".join(["x"] * 900), "900"),
    "powers": ("+".join(["x²"] * 600), "1200x"),
    "brackets": ("".join(["(x+1)"] * 390), "390 (x+1)^389"),
}
NESTED = f"{'sin(' * 60}x{')' * 60}"


@pytest.mark.thorough
@pytest.mark.parametrize(("f", "answer"), LONG.values(), ids=LONG)
async def test_a_formula_that_is_printed_longer_than_it_is_typed_can_be_asked(started, place, f, answer):
    place.write(f"cards:\n  - {{id: long, kind: derivative, f: '{f}'}}\n  - {{id: short, kind: derivative, f: x^2}}\n")
    assert load_file(place.deck_file).problems == ()
    async with started() as learner:
        assert "Differentiate" in learner.screen()
        await learner.paste(answer)
        await learner.press("enter")
        assert "✓ Correct" in await learner.press("end")
        assert "f(x) = x²" in await learner.press("enter")


@pytest.mark.thorough
async def test_a_deeply_nested_formula_can_be_asked_and_its_solution_shown(started, place):
    place.write(f"cards:\n  - {{id: deep, kind: derivative, f: '{NESTED}'}}\n")
    async with started() as learner:
        await learner.press("f3")
        pages = [await learner.press(key) for key in ("home", *["pagedown"] * 10)]
        assert "cos(x)·cos(sin(x))" in "".join(pages)


async def test_a_long_answer_is_read_live_and_judged(started, place):
    place.write("cards:\n  - {id: short, kind: derivative, f: 900 x}\n")
    async with started() as learner:
        await learner.paste("+".join(["1"] * 900))
        assert "Correct" in await learner.press("enter")


def test_without_a_key_that_shows_the_solution_the_text_names_none():
    assert no_answer("") == "Type an answer."
