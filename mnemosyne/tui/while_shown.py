"""Callbacks and events that may come when a widget is already leaving the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.widget import Widget

Shown = TypeVar("Shown", bound=Widget)
Given = ParamSpec("Given")


def while_shown(method: Callable[Concatenate[Shown, Given], None]) -> Callable[Concatenate[Shown, Given], None]:
    """Let a method do nothing once its widget has begun to leave the screen: the widget's children go before it."""

    @wraps(method)
    def unless_leaving(widget: Shown, /, *args: Given.args, **kwargs: Given.kwargs) -> None:
        if widget.is_attached and widget.display:
            method(widget, *args, **kwargs)

    return unless_leaving
