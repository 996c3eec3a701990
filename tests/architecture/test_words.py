"""One name for one thing: what is public is defined once, or the reason for a second definition stands here."""

from __future__ import annotations

import ast

import pytest
from metrics import PACKAGE, ROOT, SAYS_NOTHING, local_names, modules, own_aliases, public_definitions, stems, twice

COMMAND = "a command of the command line, named for what it does, and the rule it calls"
WORD = "one word of the learner: the command, the screen, and what both show"
KIND = "a kind of card, as `kind:` says it, and what is worked out or drawn of it"
TYPES: dict[str, str] = {}
FUNCTIONS = {
    "check": COMMAND,
    "explain": COMMAND,
    "review": COMMAND,
    "main": "the entry point of each process, the program's and the checker's",
}
FILES = {
    "app": "Typer and Textual both call it so",
    "antiderivative": KIND,
    "derivative": KIND,
    "formula": KIND,
    "implicit": KIND,
    "help": WORD,
    "lesson": WORD,
    "review": WORD,
    "stats": WORD,
    "summary": WORD,
}
PARTICIPLES = {
    "waiting": "the word of the glossary for what a study day asks",
    "writing": "a transaction that writes, beside `reading`",
}
MOST_ALIASES = 3
MOST_SAY_NOTHING = 0.005  # share of all local names that are bare participles and pronouns, in each folder


@pytest.mark.parametrize(
    ("kinds", "reasons"),
    [((ast.ClassDef,), TYPES), ((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTIONS)],
    ids=["types", "functions"],
)
def test_what_is_public_is_defined_once_or_for_a_reason(kinds: tuple[type, ...], reasons: dict[str, str]):
    assert {
        name: places for name, places in twice(public_definitions(modules(), kinds)).items() if name not in reasons
    } == {}


def test_a_file_name_is_used_once_or_for_a_reason():
    assert {name: places for name, places in twice(stems(modules())).items() if name not in FILES} == {}


def test_every_reason_is_needed():
    trees = modules()
    assert {*twice(public_definitions(trees, (ast.FunctionDef, ast.AsyncFunctionDef)))} >= FUNCTIONS.keys()
    assert {*twice(public_definitions(trees, (ast.ClassDef,)))} >= TYPES.keys()
    assert {*twice(stems(trees))} >= FILES.keys()


def test_our_own_names_are_hardly_ever_imported_under_another():
    assert len(own_aliases(modules())) <= MOST_ALIASES


def test_types_functions_and_files_are_named_for_what_they_are():
    trees = modules()
    definitions = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [
        (node.name, module) for module, tree in trees.items() for node in tree.body if isinstance(node, definitions)
    ]
    names += [(module.rpartition(".")[2], module) for module in trees]
    assert {name for name, _ in names if name.strip("_").lower() in SAYS_NOTHING} == PARTICIPLES.keys()


@pytest.mark.parametrize("folder", [PACKAGE, "tests"])
def test_local_names_say_what_they_hold(folder: str):
    names = [
        (name.strip("_"), module, line)
        for module, tree in modules(ROOT / folder).items()
        for name, line in local_names(tree)
    ]
    empty = [(name, module, line) for name, module, line in names if name in SAYS_NOTHING]
    assert len(empty) <= MOST_SAY_NOTHING * len(names), empty
