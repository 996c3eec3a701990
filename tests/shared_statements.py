"""Compiled statements that all decks of the tests share: SQLAlchemy keeps them for each engine anew.

A program opens one deck, but the tests open thousands, and compiled the same statements for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from mnemosyne.store import engine

_KEPT = 2000  # statements


class _SharedDialect(SQLiteDialect_pysqlite):
    """A dialect that equals any other of its class: a statement that is compiled for one does for all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


@contextmanager
def statements_compiled_once() -> Iterator[None]:
    """Let all decks that are opened share one cache of compiled statements."""
    compiled = LRUCache[Any, Any](_KEPT)

    def create(*arguments: Any, **options: Any) -> Engine:
        new_engine = create_engine(*arguments, **options)
        new_engine.dialect.__class__ = _SharedDialect
        new_engine._compiled_cache = compiled
        return new_engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create)
        yield
