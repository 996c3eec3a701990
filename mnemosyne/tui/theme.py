"""Two themes of our own, one dark and one light; every colour is named by what it means, never by what it looks like.

The meanings are theme variables (`$right`, `$wrong`, `$formula` ...), so that stylesheets and drawn text say the same
words. Colour is never the only signal: each use is doubled by a sign or a word, and NO_COLOR loses nothing.
"""

from __future__ import annotations

from textual.theme import Theme

MEANINGS = {
    "right": "what is correct",
    "wrong": "what is proved incorrect, and errors",
    "unsure": "undecided, unreadable, warnings",
    "formula": "mathematics",
    "function": "names of functions, while they are typed",
    "quiet": "labels and everything that may be overlooked",
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
    """Return our meanings in the colours of a theme that does not know them: each in the one that comes nearest."""
    colors = theme.to_color_system().generate()
    foreground = colors["foreground"]
    colors_by_meaning = {meaning: colors.get(name, foreground) for meaning, name in _ELSEWHERE.items()}
    # Themes of a terminal's own colours fade by mixing, which text drawn in them cannot.
    return {meaning: foreground if " " in color else color for meaning, color in colors_by_meaning.items()}
