"""Options of several commands: `--json`, and `--since` and `--until` of a period, with their parser."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final

import typer

from mnemosyne.errors import InputError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="The first study day, as YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last study day, as YYYY-MM-DD.")]
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read_days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Return the two study days; raise InputError for an invalid date or a period that ends before it begins."""
    first, last = _day("--since", since), _day("--until", until)
    if first and last and last < first:
        raise InputError(f"--since {since} is after --until {until}", "pass the earlier day to --since")
    return first, last


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"{option} {text} is not a date", "write it as YYYY-MM-DD, such as 2026-03-10")
