"""The themes: ours have a high contrast, Textual's own have our colours too, and every screen works in all."""

from __future__ import annotations

import re
from itertools import product

import pytest
from sample_size import sample
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from mnemosyne.tui.app import StartScreen
from mnemosyne.tui.preferences import THEME_NAMES
from mnemosyne.tui.theme import MEANINGS, THEMES, meanings_in

AA = 4.5  # WCAG 2.2, 1.4.3: contrast of text with its background
TEXT = [name for name in MEANINGS if name != "line"]  # lines and frames carry no meaning of their own
OURS = {theme.name: theme for theme in THEMES}


def contrast(text: str, ground: str) -> float:
    """Return WCAG's contrast ratio: 1 for the same colour, 21 for black on white."""
    light, dark = sorted((_luminance(Color.parse(text)), _luminance(Color.parse(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    channels = [value / 255 for value in (color.r, color.g, color.b)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_as_the_standard_defines_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("name", "meaning", "ground"), product(OURS, TEXT, ["background", "surface", "panel"]))
def test_every_meaning_is_readable_on_every_background(name, meaning, ground):
    theme = OURS[name]
    assert contrast(theme.variables[meaning], getattr(theme, ground)) >= AA


@pytest.mark.parametrize("name", OURS)
def test_plain_text_and_text_on_a_key_are_readable(name):
    theme = OURS[name]
    for ground in (theme.background, theme.surface, theme.panel):
        assert contrast(theme.foreground, ground) >= 7
    assert contrast(theme.background, theme.variables["key"]) >= AA


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_textuals_themes_have_a_colour_for_every_meaning(name):
    meanings = meanings_in(BUILTIN_THEMES[name])
    assert meanings.keys() == MEANINGS.keys()
    assert all(Color.parse(value) for value in meanings.values())


@pytest.mark.parametrize("name", sorted(name for name in BUILTIN_THEMES if not name.startswith("ansi")))
def test_right_and_wrong_differ_in_textuals_themes(name):
    meanings = meanings_in(BUILTIN_THEMES[name])
    assert len({meanings[meaning] for meaning in ("right", "wrong", "unsure", "key")}) == 4


@pytest.mark.parametrize("name", sorted(name for name in BUILTIN_THEMES if not name.startswith("ansi")))
def test_every_meaning_is_readable_in_textuals_themes(name):
    theme = BUILTIN_THEMES[name]
    meanings, colors = meanings_in(theme), theme.to_color_system().generate()
    low = {
        (meaning, ground): contrast(meanings[meaning], colors[ground])
        for meaning, ground in product(TEXT, ("background", "surface", "panel"))
    }
    assert {place: ratio for place, ratio in low.items() if ratio < AA} == {}


SOME_PLACEHOLDERS = ("monokai", "solarized-light", "atom-one-dark", "textual-dark")
SOME = sample(("mnemosyne-light", "nord", "ansi-dark", "textual-light"), 1)


async def every_theme(learner, themes) -> None:
    """Check that the screen says the same in every theme."""
    screen = learner.screen()
    for theme in themes:
        learner.app.theme = theme
        await learner.pilot.pause()
        assert learner.screen() == screen, theme


@pytest.mark.thorough
@pytest.mark.sampled
async def test_a_review_works_in_every_theme(started):
    async with started() as learner:
        await learner.answer("cos(x^2)")
        await every_theme(learner, SOME)
        await learner.answer("x")
        await every_theme(learner, sample(THEME_NAMES, 2))
        await learner.press("f4")
        await every_theme(learner, SOME)
        for key in ("escape", "4", *["f5"] * 4):  # a command counts for a question only once the question has been seen
            await learner.press(key)
        await learner.without_notices()
        assert "Session finished" in learner.screen()
        await every_theme(learner, SOME)


@pytest.mark.thorough
@pytest.mark.sampled
async def test_home_help_and_settings_work_in_every_theme(started):
    async with started(StartScreen.HOME) as learner:
        await every_theme(learner, SOME)
        await learner.press("f1")
        await every_theme(learner, SOME)
        await learner.press("escape", "comma")
        await every_theme(learner, sample(THEME_NAMES, 2))


async def test_colours_change_with_the_theme_and_come_back_with_it(started):
    async with started(StartScreen.HOME) as learner:
        own_color = learner.app.theme_variables["right"]
        learner.app.theme = "nord"
        await learner.settle()
        assert learner.app.theme_variables["right"] == meanings_in(BUILTIN_THEMES["nord"])["right"] != own_color
        await learner.press("f8")
        assert learner.app.theme == "mnemosyne-dark"
        assert learner.app.theme_variables["right"] == own_color


def test_stylesheets_name_only_what_every_theme_has(pytestconfig):
    variables = set(App().get_css_variables()) | MEANINGS.keys()
    sheets = [*(pytestconfig.rootpath / "mnemosyne" / "tui").rglob("*.tcss")]
    assert sheets
    for sheet in sheets:
        used = set(re.findall(r"\$([a-z-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= variables, sheet.name


def placeholder_contrasts(learner) -> dict[str, float]:
    """Return for each theme the lowest contrast of a placeholder on the screen."""
    lines = list(learner.app.screen.query(Input))
    assert lines
    ratios = {}
    for theme in (*OURS, *SOME_PLACEHOLDERS):
        learner.app.theme = theme
        styles = [(line.get_component_styles("input--placeholder"), line.background_colors[1]) for line in lines]
        ratios[theme] = min(contrast(style.color.hex, ground.hex) for style, ground in styles)
    return ratios


@pytest.mark.thorough
async def test_every_placeholder_is_readable(started):
    async with started() as learner:
        on_screens = [placeholder_contrasts(learner)]
        await learner.press("escape", "b")
        on_screens.append(placeholder_contrasts(learner))
        await learner.press("escape", "l", "slash")
        on_screens.append(placeholder_contrasts(learner))
    assert {theme: ratio for ratios in on_screens for theme, ratio in ratios.items() if ratio < AA} == {}
