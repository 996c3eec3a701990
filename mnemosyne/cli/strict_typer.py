"""Strict Typer: nothing on a command line is silently ignored.

Click takes the last of two values for an option, and accepts arguments that are not text and
impossible paths: all these are usage errors here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from mnemosyne.text import nearest, one_line

TAKES_MINUS = {"ignore_unknown_options": True}  # an argument may begin with a minus, like an option
_FILES = (Path, list[Path])
_MAY_BE_BLANK = ("ANSWER", "QUERY", "VALUE")  # metavars of what may be blank: no answer, all cards, an empty text
_MISTYPED_OPTION = re.compile(r"--[a-z]{3,}(-[a-z]+)*(=.*)?")


def refuse_mistyped_options(context: typer.Context, *arguments: str) -> None:
    """Raise a usage error for the first argument that looks like a mistyped option, for commands with TAKES_MINUS."""
    for argument in arguments:
        if _MISTYPED_OPTION.fullmatch(argument):
            context.fail(no_such_option(context, argument))


def no_such_option(context: Any, option: str) -> str:
    """Return the message on an unknown option of the context's command, with the option that it may be a typo of."""
    names = [name[2:] for parameter in context.command.params for name in parameter.opts if name.startswith("--")]
    near = nearest(option.lstrip("-").partition("=")[0], [*names, "help"])
    return f"No such option: {one_line(option)}{f'. Did you mean --{near}?' if near else ''}"


class StrictCommand(TyperCommand):
    """A command that rejects repeated options, and values that are not text or not a file name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raise a usage error for a repeated option, or a value that is no text or file name."""
        _require_strict(self, ctx, args)
        return super().parse_args(ctx, args)


class StrictGroup(TyperGroup):
    """A group of commands that checks its own options in the same way."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raise a usage error for a repeated option, or a value that is no text or file name."""
        _require_strict(self, ctx, args)
        return super().parse_args(ctx, args)


class StrictTyper(typer.Typer):
    """A Typer whose commands and groups are strict."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=StrictGroup, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Add a function as a command."""
        return super().command(name, cls=StrictCommand, **options)


def _require_strict(command: Any, ctx: Any, args: Iterable[str]) -> None:
    """Raise a usage error for what Click would accept; not during completion, when the line is incomplete."""
    if ctx.resilient_parsing:
        return
    values, _, parameters = command.make_parser(ctx).parse_args(list(args))
    _require_once(ctx, parameters)
    _require_text(ctx, values)


def _require_once(ctx: Any, parameters: Iterable[Any]) -> None:
    """Raise a usage error for the first option that is repeated."""
    names = set()
    for parameter in parameters:
        takes_one = parameter.param_type_name == "option" and not (parameter.multiple or parameter.is_flag)
        if takes_one and parameter.name in names:
            ctx.fail(f"{parameter.opts[-1]} is given twice: pass it once")
        names.add(parameter.name)


def _require_text(ctx: Any, values: Mapping[str, Any]) -> None:
    """Raise a usage error for the first value that is not text, is blank, or, for a path, cannot be a file name."""
    for parameter in ctx.command.params:
        value = values.get(parameter.name)
        name = parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar
        for text in value if isinstance(value, list | tuple) else (value,):
            if not isinstance(text, str):
                continue
            if parameter.type_descriptor.annotation in _FILES:  # any bytes are allowed
                if not text:  # pathlib takes it for the current folder
                    ctx.fail(f"{name} is empty: pass the path of a file or a folder")
                if not _is_file_name(text):
                    ctx.fail(f"{name} cannot be the name of a file: {text!a}")
            elif not _is_text(text):
                ctx.fail(f"{name} is not UTF-8: {text!a}")
            elif not text.strip() and parameter.metavar not in _MAY_BE_BLANK:
                ctx.fail(f"{name} is empty: pass a value")  # a message would name nothing; a host would be every one


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_file_name(value: str) -> bool:
    try:
        return b"\0" not in os.fsencode(value)
    except UnicodeEncodeError:
        return False
