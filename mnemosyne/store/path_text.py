"""The type of the columns that hold paths of files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, TypeDecorator

from mnemosyne.store.stored_path import path_in, path_out


class PathText(TypeDecorator[str]):
    """The path of a file, whose name need not be UTF-8."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: object) -> Any:
        """Return the path as the column holds it."""
        return path_out(value) if isinstance(value, str) else value

    def process_result_value(self, value: Any, _dialect: object) -> Any:
        """Return the path as the system knows it; what is damaged comes as it is."""
        return path_in(value) if isinstance(value, str) else value
