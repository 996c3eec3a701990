"""The progress as Markdown, readable both as it is and rendered.

Text from a deck stays text, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports import phrases
from mnemosyne.reports.progress_tables import all_tables
from mnemosyne.reports.table import Table
from mnemosyne.text import pluralize, visible

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:$])")
_SAFE: Final = re.compile(r"[\w ,.:%–-]*", re.ASCII)
MOST_ROWS: Final = 60  # most rows of a table; the other formats have all
_BY_DAY: Final = {"days", "misconceptions-by-span"}  # too long to read; the other formats have them


def markdown_lines(statistics: Statistics) -> Iterator[str]:
    """Yield the report in pieces of whole lines, each ending in a line feed."""
    topic = f" in {escaped_markdown(statistics.topic_title)}" if statistics.topic_title else ""
    yield f"# Progress{topic}\n\n"
    streak = pluralize(statistics.streak.current, "day")
    yield f"{phrases.period_text(statistics.period)}, as of {phrases.long_day(statistics.today)}. Streak: {streak}.\n"
    for table in all_tables(statistics):
        if table.rows and table.id not in _BY_DAY:
            yield from _section(table)


def escaped_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it as it is, on one line."""
    line = " ".join(visible(text).split())
    return line if _SAFE.fullmatch(line) and not line.startswith(("-", "+")) else _SIGNS.sub(r"\\\1", line)


def _section(table: Table) -> Iterator[str]:
    yield f"\n## {escaped_markdown(table.title)}\n\n"
    if table.about:
        yield f"{table.about}\n\n"
    yield _row(_head(head.name, head.unit) for head in table.heads)
    yield _row("---:" if head.numeric else "---" for head in table.heads)
    for texts in islice(table.texts(), MOST_ROWS):
        yield _row(map(escaped_markdown, texts))
    if len(table.rows) > MOST_ROWS:
        yield f"\n… and {len(table.rows) - MOST_ROWS:,} more.\n"


def _head(name: str, unit: str) -> str:
    return escaped_markdown(name) if unit == "%" or unit in name else f"{escaped_markdown(name)} ({unit})"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
