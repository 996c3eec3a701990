"""Items that are made on first use and cached for later readers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """The items of a source, each drawn from it once."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._items: list[T] = []

    def __iter__(self) -> Iterator[T]:
        for at in count():
            if at == len(self._items):
                try:
                    item = next(self._source)
                except StopIteration:
                    return
                self._items.append(item)
            yield self._items[at]
