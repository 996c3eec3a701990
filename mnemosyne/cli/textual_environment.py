"""The environment variables that Textual reads when it is imported: values that would end the app are left out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mnemosyne.cli.output import warn
from mnemosyne.regular_file import open_regular
from mnemosyne.web import DRIVER_VARIABLE, WEB_DRIVER

_COLOR_SYSTEMS: Final = ("auto", "standard", "256", "truecolor", "windows")
_NUMBERS: Final = ("ESCDELAY", "TEXTUAL_DIM_FACTOR", "TEXTUAL_FPS", "TEXTUAL_SCREENSHOT", "TEXTUAL_SLOW_THRESHOLD")
_MOST: Final = 1_000_000
_LONGEST: Final = 40  # characters of a value that a message shows


def prepare_environment() -> None:
    """Remove what Textual cannot use, with one warning each; call it before Textual is imported."""
    for name, advice in advice_on(os.environ).items():
        value = os.environ.pop(name)
        shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        warn(f"{name}={shown} is ignored; {advice}, or unset it")
    if os.environ.get(DRIVER_VARIABLE) != WEB_DRIVER:
        for size in ("COLUMNS", "LINES"):  # with these, Textual would ignore resizes
            os.environ.pop(size, None)


def advice_on(environment: Mapping[str, str]) -> dict[str, str]:
    """Return, for each variable whose value Textual cannot use, what to set it to."""
    advice = {}
    if environment.get("TEXTUAL_COLOR_SYSTEM", "auto") not in _COLOR_SYSTEMS:
        advice["TEXTUAL_COLOR_SYSTEM"] = f"set it to {', '.join(_COLOR_SYSTEMS[:-1])} or {_COLOR_SYSTEMS[-1]}"
    if environment.get(DRIVER_VARIABLE, WEB_DRIVER) != WEB_DRIVER:
        advice[DRIVER_VARIABLE] = "Mnemosyne sets it itself where it is needed"
    for name in _NUMBERS:
        if _is_too_large(environment.get(name, "")):
            advice[name] = f"set it to at most {_MOST:,}"
    if not _can_be_log(environment.get("TEXTUAL_LOG", "")):
        advice["TEXTUAL_LOG"] = "set it to the path of a file that can be written"
    return advice


def _can_be_log(path: str) -> bool:
    """Whether Textual can append to the file; "" means no log."""
    try:
        if path:
            open_regular(Path(path), os.O_WRONLY | os.O_APPEND | os.O_CREAT, "ab").close()
    except (OSError, ValueError):
        return False
    return True


def _is_too_large(text: str) -> bool:
    """Whether a text is a number that is too large; Textual itself takes its default for what is no whole number."""
    try:
        return abs(int(text)) > _MOST
    except ValueError:
        return False
