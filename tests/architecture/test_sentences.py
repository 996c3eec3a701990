"""What users read: a sentence begins with a capital and ends with a full stop; anything else is a label, without one.

The message and the hint of an error are phrases, of which each medium makes one sentence. What is said of a
formula that cannot be read is already a sentence, since it is shown as it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from metrics import modules

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.settings.declared import SETTINGS
from mnemosyne.tui.commands import COMMANDS

STOPS = (".", "?", "!", "…")
NAMED = re.compile(
    r"[a-z]+(, [a-z]+)*:? |[a-z] |mnemosyne |[a-z]+\.\w|\{\}|asked: "
)  # an option's kind, a symbol, the program
LETTERS = re.compile(r"[^\W\d_]")
SENTENCES = {"ReadingError", "say", "_say", "notify"}  # calls whose text is shown as it is


def text_of(node: ast.expr) -> str | None:
    """Return a string as it is written, `{}` for each value in it; None for anything else."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)
    return None


def calls() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the place, the name and the strings among the first three arguments of every call."""
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                texts = [text for argument in node.args[:3] if (text := text_of(argument)) is not None]
                yield f"{module}:{node.lineno}", name, texts


def is_sentence(text: str) -> bool:
    """Return whether a text begins with a capital, a sign or a value, and ends with a stop or a value."""
    return not text[:1].islower() and text.endswith((*STOPS, "}"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_what_a_command_does_is_a_label_with_a_capital(command):
    assert command.description[:1].isupper()
    assert not command.description.endswith(".")
    assert command.label == command.label.lower()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_what_a_setting_means_is_a_phrase(setting):
    assert setting.meaning[:1].islower()
    assert not setting.meaning.endswith(".")


@pytest.mark.parametrize("misconception", CATALOGUE.values(), ids=lambda misconception: misconception.id)
def test_a_misconception_has_a_phrase_for_a_title_and_a_sentence_to_say(misconception):
    assert misconception.title[:1].islower()
    assert not misconception.title.endswith(".")
    assert is_sentence(misconception.message)


def test_what_an_error_says_and_hints_are_phrases():
    wrong = [
        (place, text)
        for place, name, texts in calls()
        if name.endswith("Error") and name not in SENTENCES
        for number, text in enumerate(texts)
        if text.endswith(".") or (number > 0 and text[:1].isupper())
    ]
    assert wrong == []


def test_text_that_is_shown_as_it_is_is_a_sentence():
    wrong = [
        (place, texts[0])
        for place, name, texts in calls()
        if name in SENTENCES
        and not place.startswith("mnemosyne.cli")
        and texts
        and LETTERS.search(texts[0].replace("{}", ""))
        if len(texts[0].split()) > 1 and not texts[0].startswith(" ") and not is_sentence(texts[0])
    ]
    assert wrong == []


def test_what_ends_like_a_sentence_begins_like_one():
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    wrong = []
    for module, tree in modules().items():
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, documented) and ast.get_docstring(node)
        }
        wrong += [
            (f"{module}:{node.lineno}", text)
            for node in ast.walk(tree)
            if isinstance(node, ast.expr) and id(node) not in docstrings
            if (text := text_of(node)) and text.endswith(".") and len(text.split()) > 2
            if text[:1].islower() and not NAMED.match(text)
        ]
    assert wrong == []
