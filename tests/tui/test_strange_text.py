"""Characters that a terminal executes, hides or reorders reach no line of any screen, wherever a deck has them."""

from __future__ import annotations

import unicodedata

import pytest

from mnemosyne.tui.app import StartScreen

SEARCHED = (range(0x20000), range(0xE0000, 0xE1000))  # the Unicode blocks with format characters
FORMATS = sorted(
    {chr(code) for block in SEARCHED for code in block if unicodedata.category(chr(code)) in ("Cf", "Zl", "Zp")}
    - {"\u200d"}
)
ALL = "x" + "".join(FORMATS)  # what card files may contain; control characters are refused there
SOME = "x\u202e\u2066\u200f\u00ad\ufeff"
NAME = "y\x1b[2J\x07\x9b\u202e\u2066\x85"  # what the name of a folder may contain


def quoted(text: str) -> str:
    """Return the text as a quoted YAML string, every character by its code point."""
    return '"' + "".join(f"\\U{ord(sign):08X}" for sign in text) + '"'


@pytest.fixture
def strange(place):
    """Write a deck with such characters in every text, in a folder with such a name."""
    folder = place.deck_file.parent.parent / NAME
    folder.mkdir()
    for path in place.deck_file.parent.iterdir():
        path.unlink()
    place.deck_file.parent.rmdir()
    text, short = quoted(ALL), quoted(SOME)
    (folder / "topic.yaml").write_text(f"title: {short}\n", encoding="utf-8")
    (folder / "lesson.md").write_text(f"# {SOME}\n\n{ALL}\n\n`{ALL}`\n\n    {ALL}\n", encoding="utf-8")
    (folder / f"{NAME}.yaml").write_text(
        "cards:\n"
        f"  - {{id: a, kind: numeric, ask: {text}, answer: 12, unit: {short}, hints: [{text}]}}\n"
        f"  - {{id: b, kind: cloze, text: {quoted(ALL + ' {{' + SOME + '}}')}}}\n"
        f"  - {{id: c, kind: choice, ask: {text}, "
        f"options: [{{text: {text}, right: true}}, {{text: {short}, why: {text}}}]}}\n"
        f"  - {{id: d, kind: recall, ask: {text}, answer: {text}, note: {text}, tags: [tag]}}\n"
        f"  - {{id: broken, kind: {short}, ask: {text}}}\n",
        encoding="utf-8",
    )
    return place


def is_shapeless(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and sign != "\u200d"


def shapeless_signs(screen: str) -> set[str]:
    return set(filter(is_shapeless, screen)) - {"\n"}


@pytest.mark.thorough
async def test_in_a_session(started, strange):
    steps = ["", "f2", "f4", "f4", "1", "enter", "1", "2", "f2", "x", "enter", "x", "enter", "3", "2", "enter", "3"]
    async with started() as learner:
        assert "x��" in learner.screen()
        for key in [*steps, "f3", "f4", "escape", "4", "ctrl+l", "escape", "f1", "escape", "escape"]:
            screen_text = await learner.press(*([key] if key else []))
            assert shapeless_signs(screen_text) == set(), f"after {key}"
        assert all(shapeless_signs(notice) == set() for notice in learner.notices)


@pytest.mark.thorough
async def test_around_a_session(started, strange):
    async with started(StartScreen.HOME, size=(120, 40)) as learner:
        for key in [
            "",
            "l",
            "t",
            "escape",
            "escape",
            "b",
            "j",
            "enter",
            "e",
            "escape",
            "slash",
            "s",
            "escape",
            "s",
            "n",
            "n",
        ]:
            screen_text = await learner.press(*([key] if key else []))
            assert shapeless_signs(screen_text) == set(), f"after {key}"
        assert all(shapeless_signs(notice) == set() for notice in learner.notices)


async def test_what_is_pasted_anywhere(started, place):
    first = filter(is_shapeless, map(chr, range(0xD800)))
    halves = map(chr, range(0xD801, 0xD900))  # of surrogate pairs
    pasted_text = "2" + "".join([*first, *halves, *FORMATS]) + "x"
    async with started(StartScreen.HOME) as learner:
        await learner.press("b", "slash")
        from textual import events

        learner.app.post_message(events.Paste(pasted_text))
        await learner.settle()
        assert shapeless_signs(learner.screen()) == set()
        assert learner.app.screen.query_one("QueryLine").value.startswith("2")
        await learner.press("escape", "escape", "enter")
        assert shapeless_signs(await learner.paste(pasted_text)) == set()
        assert learner.line.value.replace(" ", "") == "2x"


async def test_an_answer_from_elsewhere(started, place):
    """A log may come from another machine: at a second try, its answer is put on the line."""
    async with started() as learner:
        learner.line.say(f"2x{NAME}{ALL}")
        assert shapeless_signs(learner.line.value) == set()
        await learner.settle()
        assert shapeless_signs(learner.screen()) == set()
