"""Where the package's sources are; each module is parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from metrics import tree_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Module:
    """One source file: `name` is its path from the root, with slashes on every system."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return len(self.text.splitlines())

    @property
    def package(self) -> str:
        """Return the first folder inside mnemosyne, or the file itself."""
        return self.name.split("/")[1].removesuffix(".py")


@cache
def _modules(folder: str) -> tuple[Module, ...]:
    modules = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        modules.append(Module(path.relative_to(ROOT).as_posix(), text, tree_of(path)))
    return tuple(modules)


@pytest.fixture(scope="session")
def sources() -> tuple[Module, ...]:
    """Return every module of the package."""
    return _modules("mnemosyne")


@pytest.fixture(scope="session")
def tests() -> tuple[Module, ...]:
    """Return every module of the tests."""
    return _modules("tests")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout."""
    return ROOT
