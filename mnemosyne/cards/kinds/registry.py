"""The kinds of card, by name, in the order of help and schema. This list is the only one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mnemosyne.cards.kinds.antiderivative import ANTIDERIVATIVE
from mnemosyne.cards.kinds.backprop import BACKPROP
from mnemosyne.cards.kinds.card_kind import CardKind
from mnemosyne.cards.kinds.choice import CHOICE
from mnemosyne.cards.kinds.cloze import CLOZE
from mnemosyne.cards.kinds.derivative import DERIVATIVE
from mnemosyne.cards.kinds.formula import FORMULA
from mnemosyne.cards.kinds.implicit import IMPLICIT
from mnemosyne.cards.kinds.numeric import NUMERIC
from mnemosyne.cards.kinds.recall import RECALL
from mnemosyne.cards.kinds.steps import STEPS

KINDS: Final[Mapping[str, CardKind]] = {
    kind.name: kind
    for kind in (DERIVATIVE, STEPS, BACKPROP, NUMERIC, FORMULA, IMPLICIT, ANTIDERIVATIVE, CHOICE, CLOZE, RECALL)
}
