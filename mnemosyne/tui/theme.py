"""Our two themes, one dark and one light; every colour is named for what it means, never for what it looks like.

The meanings are theme variables (`$right`, `$wrong`, `$formula` …), used by stylesheets and drawn
text alike. Colour is never the only signal: a sign or a word says the same, so NO_COLOR loses
nothing.
"""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

READABLE = 4.5  # WCAG 2.2, 1.4.3: minimum contrast of text with its background
_STEPS = 10  # steps in which a colour is moved towards white or black until it is readable

MEANINGS = {
    "right": "what is correct",
    "wrong": "what is proved incorrect, and errors",
    "unsure": "undecided, unreadable, warnings",
    "formula": "mathematics",
    "function": "names of functions, while they are typed",
    "quiet": "labels and everything of less importance",
    "key": "a key to press, and what it does now",
    "new": "cards never seen",
    "drill": "same-day repeats",
    "line": "rules and frames",
}


def _theme(name: str, ground: dict[str, str], meanings: dict[str, str], *, dark: bool) -> Theme:
    assert meanings.keys() == MEANINGS.keys()
    widgets = {
        "border": meanings["key"],
        "border-blurred": meanings["line"],
        "block-cursor-text-style": "none",
        "input-cursor-background": meanings["key"],
        "input-cursor-foreground": ground["background"],
        "input-selection-background": f"{meanings['key']} 30%",
        "scrollbar": meanings["line"],
        "scrollbar-hover": meanings["quiet"],
        "scrollbar-active": meanings["key"],
        "scrollbar-background": ground["background"],
        "scrollbar-background-hover": ground["background"],
        "scrollbar-background-active": ground["background"],
        "scrollbar-corner-color": ground["background"],
    }
    return Theme(
        name=name,
        dark=dark,
        primary=meanings["key"],
        secondary=meanings["drill"],
        accent=meanings["formula"],
        success=meanings["right"],
        error=meanings["wrong"],
        warning=meanings["unsure"],
        variables=meanings | widgets,
        background=ground["background"],
        surface=ground["surface"],
        panel=ground["panel"],
        foreground=ground["foreground"],
    )


DARK = _theme(
    "mnemosyne-dark",
    {"background": "#14171f", "surface": "#1b1f2a", "panel": "#242a38", "foreground": "#d6dae5"},
    {
        "right": "#8fd19e",
        "wrong": "#f4978e",
        "unsure": "#e6c27a",
        "formula": "#f3e7c9",
        "function": "#b9c2f7",
        "quiet": "#8b93a7",
        "key": "#8fb8ff",
        "new": "#7fd0d6",
        "drill": "#d3a6e8",
        "line": "#3b4356",
    },
    dark=True,
)

LIGHT = _theme(
    "mnemosyne-light",
    {"background": "#faf8f3", "surface": "#f1eee6", "panel": "#e6e2d7", "foreground": "#2a2d36"},
    {
        "right": "#1f6f38",
        "wrong": "#a92b2f",
        "unsure": "#7a5600",
        "formula": "#1c2c58",
        "function": "#4a4fa3",
        "quiet": "#5c6170",
        "key": "#2456a8",
        "new": "#0f6670",
        "drill": "#7a3e96",
        "line": "#c9c3b4",
    },
    dark=False,
)

THEMES = (DARK, LIGHT)

_ELSEWHERE = {
    "right": "text-success",
    "wrong": "text-error",
    "unsure": "text-warning",
    "formula": "foreground",
    "function": "text-secondary",
    "quiet": "foreground-muted",
    "key": "text-primary",
    "new": "text-accent",
    "drill": "text-secondary",
    "line": "foreground-disabled",
}


def meanings_in(theme: Theme) -> dict[str, str]:
    """Return our colour variables for a theme that does not define them: the theme's closest colour for each.

    Text is made readable; rules and frames stay faint.
    """
    colors = theme.to_color_system().generate()
    foreground = colors["foreground"]
    colors_by_meaning = {meaning: colors.get(name, foreground) for meaning, name in _ELSEWHERE.items()}
    if foreground.startswith("ansi"):
        # Faded ANSI colours are mixed by Textual, which drawn text cannot do: it uses the foreground.
        return {meaning: foreground if " " in color else color for meaning, color in colors_by_meaning.items()}
    grounds = [Color.parse(colors[name]) for name in ("background", "surface", "panel")]
    return {
        meaning: color if meaning == "line" else _readable(Color.parse(color), grounds, dark=theme.dark)
        for meaning, color in colors_by_meaning.items()
    }


def _readable(color: Color, grounds: list[Color], *, dark: bool) -> str:
    """Return the colour, made lighter (darker on a light theme) until it is readable on every background."""
    opaque, extreme = grounds[0] + color, Color.parse("white" if dark else "black")
    shades = [opaque.blend(extreme, step / _STEPS) for step in range(_STEPS + 1)]
    return next((shade for shade in shades if min(_contrasts(shade, grounds)) >= READABLE), extreme).hex


def _contrasts(color: Color, grounds: list[Color]) -> list[float]:
    """Return the WCAG contrast ratio with each background: 1 for the same colour, 21 for black on white."""
    pairs = [sorted((_luminance(color), _luminance(ground))) for ground in grounds]
    return [(light + 0.05) / (dark + 0.05) for dark, light in pairs]


def _luminance(color: Color) -> float:
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
