"""At most one class of ours stands between a class of Textual's and a screen or widget."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from textual.widget import Widget

import mnemosyne.tui


def test_screens_and_widgets_are_composed_and_not_inherited_in_steps():
    for module in pkgutil.walk_packages(mnemosyne.tui.__path__, "mnemosyne.tui."):
        import_module(module.name)
    own_classes = [cls for cls in _below(Widget) if cls.__module__.startswith("mnemosyne.")]
    chains = {cls.__qualname__: [base.__name__ for base in _our_bases(cls)] for cls in own_classes}
    assert len(chains) > 40
    assert {name: bases for name, bases in chains.items() if len(bases) > 1} == {}


def _below(cls: type) -> list[type]:
    return [deeper for child in cls.__subclasses__() for deeper in (child, *_below(child))]


def _our_bases(cls: type) -> list[type]:
    return [base for base in cls.__mro__[1:] if base.__module__.startswith("mnemosyne.") and issubclass(base, Widget)]
