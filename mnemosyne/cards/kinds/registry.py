"""The kinds of card, by name, in the order of help and schema. This is the only list of them.

Each kind is a constant in the module of its name, which is imported when the kind is first needed: the first
question of a session only waits for its own kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from mnemosyne.cards.kinds.card_kind import CardKind

_NAMES: Final = (
    "derivative", "steps", "backprop", "numeric", "formula", "implicit", "antiderivative", "choice", "cloze", "recall",
)  # fmt: skip


class _Kinds(Mapping[str, CardKind]):
    def __getitem__(self, name: str) -> CardKind:
        if name not in _NAMES:
            raise KeyError(name)
        return _imported(name)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


@cache
def _imported(name: str) -> CardKind:
    kind: CardKind = getattr(import_module(f"mnemosyne.cards.kinds.{name}"), name.upper())
    assert kind.name == name
    return kind


KINDS: Final[Mapping[str, CardKind]] = _Kinds()
