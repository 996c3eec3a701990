"""The tables of README and CONTRIBUTING, made from the code that they describe.

`python tests/readme_tables.py` writes them. Each is between `<!-- NAME -->` and `<!-- end -->`; a test compares
them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import typer

from mnemosyne.cli.app import app
from mnemosyne.cli.reference import reference
from mnemosyne.tui.command import keys_text
from mnemosyne.tui.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
FILES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
SESSION_KEYS = ("check", "accept", "grade", "hint", "show", "passage", "skip", "suspend", "undo", "edit", "pause")
CODE_COLUMNS = ("command", "keys", "line", "kind", "id", "setting", "default", "export", "column", "table", "benchmark")
_TABLE = re.compile(r"<!-- (?P<name>[a-z ]+) -->\n.*?<!-- end -->", re.DOTALL)


def markdown(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown, with names in code style."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads)]
    lines += [[_cell(head, cell) for head, cell in zip(heads, row, strict=True)] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(head: str, cell: str) -> str:
    escaped = cell.replace("|", "\\|")
    return f"`{escaped}`" if head in CODE_COLUMNS and cell else escaped


def session_keys() -> str:
    """Return the keys that matter most in a session."""
    by_id = {command.id: command for command in COMMANDS}
    rows = ((keys_text(by_id[name]), by_id[name].description) for name in SESSION_KEYS)
    return markdown(("keys", "what they do"), rows)


def benchmarks() -> str:
    """Return every benchmark with what it measures: the beginning of its docstring."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("*.py"))
    texts = ((script, ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or "") for script in scripts)
    rows = ((script.stem, text.partition(": python")[0]) for script, text in texts if ": python tests/" in text)
    return markdown(("benchmark", "measures"), rows)


def table(name: str) -> str:
    """Return the table with this name."""
    if name == "session keys":
        return session_keys()
    if name == "benchmarks":
        return benchmarks()
    whole = reference(name, typer.main.get_command(app))
    return markdown(whole.heads, whole.rows)


def with_tables(text: str) -> str:
    """Return the text with every table as the code has it."""
    return _TABLE.sub(lambda match: f"<!-- {match['name']} -->\n{table(match['name'])}\n<!-- end -->", text)


if __name__ == "__main__":
    for file in FILES:
        file.write_text(with_tables(file.read_text(encoding="utf-8")), encoding="utf-8")
