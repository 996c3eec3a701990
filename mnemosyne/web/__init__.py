"""The app in a browser tab: a page with a terminal, and behind it the app in a separate process."""

from __future__ import annotations

from typing import Final

DRIVER_VARIABLE: Final = "TEXTUAL_DRIVER"  # the variable that tells Textual which driver to use
WEB_DRIVER: Final = "mnemosyne.tui.web_driver:PipeDriver"
