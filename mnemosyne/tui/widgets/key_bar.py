"""The key bar: the last line of every screen, with the keys that work at the moment and what they do.

It asks the screen which bindings are active, so it is always right and shows rebound keys. If there
is not enough room, minor commands are dropped first; help, which lists them all, stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from mnemosyne.tui.command import Command, key_name
from mnemosyne.tui.commands import BY_ID, COMMANDS
from mnemosyne.tui.widgets.symbol_row import SymbolRow

_GAP = "  "


class Key(NamedTuple):
    """One entry of the bar, and what a click on it does."""

    command: Command
    name: str
    label: str
    action: str
    node: DOMNode

    @property
    def width(self) -> int:
        """Its width in cells."""
        return len(self.name) + 1 + len(self.label)


class KeyBar(Widget):
    """Keys and what they do; a click runs the command."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self, labels: Callable[[], Mapping[str, str]] = dict) -> None:
        """`labels` returns, by command, the labels that differ at the moment; an empty one is not shown."""
        super().__init__()
        self._labels = labels
        self._known: list[Key] = []
        self._drawn_at = 0  # the indent with which it was drawn

    def on_mount(self) -> None:
        """Follow every change of the active bindings, and the text of the screen where that is moved."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._follow_text())

    def _follow_text(self) -> None:
        if self._indent != self._drawn_at:
            self.refresh()

    def keys(self) -> list[Key]:
        """Return the entries that fit, in the order of the commands."""
        offered = self._offered()
        room = self.content_size.width - self._indent
        for minor in reversed([key for key in offered if key.command.minor]):
            if _length(offered) <= room:
                break
            offered.remove(minor)
        while len(offered) > 1 and _length(offered) > room:
            offered.remove(next(key for key in reversed(offered) if key.command.id != "help"))
        return offered

    @property
    def _indent(self) -> int:
        """The cells from its own text to the left edge of the screen's text; 0 under a dialog."""
        if self.screen.is_modal:
            return 0
        left, inside = 0, _contents(self.screen)[:1]
        while len(inside) == 1:
            left, inside = inside[0].content_region.x, _contents(inside[0])
        return max(0, left - 1)

    def _offered(self) -> list[Key]:
        """Return the keys that work now; while the palette is open, those that worked before."""
        if self.app.screen is self.screen or not self._known:
            self._known = self._active()
        return list(self._known)

    def _active(self) -> list[Key]:
        typing = isinstance(self.screen.focused, Input | SymbolRow)
        offered: dict[str, Key] = {}
        labels = self._labels()
        for key, (node, binding, enabled, _) in self.screen.active_bindings.items():
            command = BY_ID.get(binding.id or "")
            label = labels.get(command.id, command.label) if command is not None else ""
            dead = typing and len(key_name(key)) == 1  # it would be typed
            if command is not None and label and command.id not in offered and enabled and not dead:
                offered[command.id] = Key(command, _short(key), label, binding.action, node)
        return [offered[command.id] for command in COMMANDS if command.id in offered]

    def render(self) -> Content:
        """Return the entries with a gap between them."""
        self._drawn_at = self._indent
        parts: list[str | tuple[str, str]] = [" " * self._drawn_at]
        for number, key in enumerate(self.keys()):
            if number:
                parts.append(_GAP)
            parts += [(key.name, "bold $key"), (f" {key.label}", "$quiet")]
        return Content.assemble(*parts)

    async def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        column = event.x - 1 - self._indent
        for key in self.keys():
            if 0 <= column < key.width:
                await self.app.run_action(key.action, key.node)
                return
            column -= key.width + len(_GAP)


def _contents(node: DOMNode) -> list[Widget]:
    """Return the visible children of a node, without the key bar and Textual's own."""
    shown = (child for child in node.children if isinstance(child, Widget) and child.display)
    return [child for child in shown if not (isinstance(child, KeyBar) or child.has_class("-textual-system"))]


def _length(keys: list[Key]) -> int:
    return sum(key.width for key in keys) + len(_GAP) * (len(keys) - 1)


def _short(key: str) -> str:
    """Return a short name of a key for the bar: `^Z`."""
    return key_name(key).replace("Ctrl+", "^")
