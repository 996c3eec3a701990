"""Strict Typer: command lines with nothing passed over in silence.

Of two values for one option Click takes the last, and it hands on arguments that are no text: both are usage errors
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


class StrictCommand(TyperCommand):
    """A command that takes each option once, and only text as text."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a usage error for an option with two values, or for a text that is not UTF-8."""
        _require_once(ctx, self.make_parser(ctx).parse_args(list(args))[2])
        rest = super().parse_args(ctx, args)
        _require_text(ctx)
        return rest


class StrictGroup(TyperGroup):
    """A group of commands; the same for the options of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; a usage error for an option with two values, or for a text that is not UTF-8."""
        _require_once(ctx, self.make_parser(ctx).parse_args(list(args))[2])
        rest = super().parse_args(ctx, args)
        _require_text(ctx)
        return rest


class StrictTyper(typer.Typer):
    """What commands are added to."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=StrictGroup, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Add a function as a command."""
        return super().command(name, cls=StrictCommand, **options)


def _require_once(ctx: Any, parameters: Iterable[Any]) -> None:
    """Fail for the first option that is given a second value."""
    names = set()
    for parameter in parameters:
        takes_one = parameter.param_type_name == "option" and not (parameter.multiple or parameter.is_flag)
        if takes_one and parameter.name in names:
            ctx.fail(f"{parameter.opts[-1]} is given twice: pass it once")
        names.add(parameter.name)


def _require_text(ctx: Any) -> None:
    """Fail for the first value with bytes that are no text; the name of a file may have such bytes."""
    for parameter in ctx.command.params:
        value = ctx.params.get(parameter.name)
        for text in value if isinstance(value, list | tuple) else (value,):
            if isinstance(text, str) and not _is_text(text):
                name = parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar
                ctx.fail(f"{name} is not UTF-8: {text!a}")


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
