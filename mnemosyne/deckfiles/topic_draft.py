"""The first files of a new topic, for its author to start from. `cards check` finds no problem in them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from string import Template
from tempfile import mkdtemp
from typing import Final

from mnemosyne.atomic_write import naming
from mnemosyne.deckfiles.loader import load_topic
from mnemosyne.deckfiles.writer import one_line_value
from mnemosyne.errors import InputError

_FILES: Final[Mapping[str, str]] = {
    "topic.yaml": """\
id: $name
title: $title
# description: One line on what the topic teaches.
# order: 20    # its place among the topics, the lowest first
""",
    "lesson.md": """\
# $heading

What is this topic about, and why is it worth learning? Begin with one example.

## The idea {#the-idea}

A heading has an anchor in braces. A card names it with `lesson: the-idea`; the
learner then sees this section beside the question, and after a mistake.

## An example {#an-example}

Work one example out, step by step.
""",
    "01-first-cards.yaml": """\
topic: $name
defaults: {lesson: the-idea}   # for cards that name no section of the lesson
cards:
  # Replace this card with your own; mnemosyne help kinds lists what a card can ask.
  - id: $card_id
    kind: derivative
    f: (a x + 1)^2
    where: {a: 2..9}
    hints: [What is inside the square?]
""",
}


def write_topic(folder: Path, name: str, title: str, card_id: str) -> list[Path]:
    """Write the files of a new topic and return their paths: all of them or none.

    Raises InputError if the folder already exists, or if a file would have a problem.
    """
    if folder.exists():
        raise InputError(f"{folder} already exists", "pass another name, or add cards to it with mnemosyne cards new")
    values = {"name": name, "title": one_line_value(title), "heading": title, "card_id": card_id}
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{name}.", dir=folder.parent))
    try:
        for file, text in _FILES.items():
            with naming(folder / file):
                (draft / file).write_text(Template(text).substitute(values), encoding="utf-8")
        if faults := load_topic(draft).problems:
            raise InputError(faults[0].what, faults[0].mend)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [folder / file for file in _FILES]
