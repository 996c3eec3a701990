"""The options of a choice: one of them is right, and no two of them say the same."""

from __future__ import annotations

import re

from mnemosyne.cards.card import Option
from mnemosyne.cards.folding import folded
from mnemosyne.deckfiles.card_file import CardFile
from mnemosyne.deckfiles.problems import shown
from mnemosyne.deckfiles.yaml_values import YamlPath
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import LINE, node_text
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node, Product, Sum, fold

_FORMULA = re.compile(r"[0-9^*/+()·²³√]")
_LONGEST_FORMULA = 100  # characters; a longer option is taken as words


def see_options(file: CardFile, options: tuple[Option, ...], base: YamlPath) -> None:
    """Note options that cannot be told apart, and any number of right ones but one."""
    right = sum(option.right for option in options)
    if right != 1:
        file.add((*base, "options"), f"{right} options are right", "mark exactly one with right: true")
    texts: dict[str, str] = {}
    for i, option in enumerate(options):
        meaning = _meaning(file, option.text)
        if meaning not in texts:
            texts[meaning] = option.text
        elif texts[meaning] == option.text:
            file.add((*base, "options", i), f"the option {shown(option.text)} stands here twice", "leave one out")
        else:
            message = f"the options {shown(texts[meaning])} and {shown(option.text)} say the same"
            file.add((*base, "options", i), message, "leave one out")


def _meaning(file: CardFile, text: str) -> str:
    """What an option says, whatever its case, spaces, and the order of its terms and factors."""
    bare = text.replace("`", "").replace("$", "").strip()
    if len(bare) <= _LONGEST_FORMULA and _FORMULA.search(bare):
        file.spend(len(bare))
        try:
            return fold(read(bare), _ordered)
        except ReadingError:
            pass
    return folded(bare) or bare


def _ordered(node: Node, lines: tuple[str, ...]) -> str:
    """The line of a node with the parts of a sum and of a product in one order."""
    parts = tuple(f"({line})" for line in lines)
    if isinstance(node, Sum | Product):
        return f"{type(node).__name__}{''.join(sorted(parts))}"
    return node_text(node, parts, LINE)
