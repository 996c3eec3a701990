"""Subjects stay pure, text is never evaluated, and exceptions are caught by name except in a few places."""

from __future__ import annotations

import ast
import sys

import pytest
from metrics import nodes

STANDARD_LIBRARY_ONLY = {"expressions", "scheduling", "cards", "review", "progress", "errors"}
SUBJECTS = STANDARD_LIBRARY_ONLY | {"calculus", "reports"}
IMPURE = {
    "asyncio", "fcntl", "io", "multiprocessing", "os", "pathlib", "random", "resource", "secrets", "shutil", "signal",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip
IN_MEMORY = {"mnemosyne/reports/anki_package.py": {"io", "sqlite3"}}  # an archive of a database, made in memory only
CLOCKS = {"now", "today", "utcnow", "fromtimestamp"}
EVALUATORS = {"eval", "exec", "compile", "__import__", "parse_expr", "sympify", "S", "lambdify", "literal_eval"}
CATCHES_EVERYTHING = {
    "mnemosyne/calculus/symbolic.py",  # around sympy, which may fail in any way
    "mnemosyne/cards/question.py",
    "mnemosyne/cli/entry.py",
    "mnemosyne/checker/child.py",
    "mnemosyne/collection/syncing.py",  # on a thread of its own, while a session continues
}


@pytest.mark.parametrize("package", sorted(STANDARD_LIBRARY_ONLY))
def test_these_packages_use_only_the_standard_library(sources, package):
    foreign = [
        f"{module.name}: {name}"
        for module in sources
        if module.package == package
        for name in _imports(module.tree)
        if name not in sys.stdlib_module_names and name != "mnemosyne"
    ]
    assert foreign == []


def test_subjects_touch_no_file_process_clock_or_chance(sources):
    impure = [
        f"{module.name}: {name}"
        for module in sources
        if module.package in SUBJECTS
        for name in _imports(module.tree)
        if name in IMPURE - IN_MEMORY.get(module.name, set())
        and not (name == "random" and module.package in {"cards", "calculus", "review"})
    ]
    assert impure == []


def test_chance_in_a_subject_comes_from_a_seed(sources):
    unseeded = [
        f"{module.name}:{call.lineno}"
        for module in sources
        if module.package in SUBJECTS
        for call in _calls(module.tree)
        if _dotted(call.func).startswith("random.") and (_dotted(call.func) != "random.Random" or not call.args)
    ]
    assert unseeded == []


def test_subjects_ask_no_clock(sources):
    clock_calls = [
        f"{module.name}:{call.lineno}"
        for module in sources
        if module.package in SUBJECTS
        for call in _calls(module.tree)
        if _dotted(call.func).rpartition(".")[0] in {"datetime", "date", "datetime.datetime", "datetime.date"}
        and _dotted(call.func).rpartition(".")[2] in CLOCKS
    ]
    assert clock_calls == []


def test_nothing_evaluates_text(sources):
    evaluations = [
        f"{module.name}:{call.lineno} {_dotted(call.func)}"
        for module in sources
        for call in _calls(module.tree)
        if _evaluates(_dotted(call.func))
    ]
    assert evaluations == []


def test_workers_are_given_functions_and_started_in_one_place(sources):
    starting = {
        module.name for module in sources for call in _calls(module.tree) if _dotted(call.func).endswith("run_worker")
    }
    assert starting == {"mnemosyne/tui/workers.py"}


def test_only_the_last_resorts_catch_every_exception(sources):
    broad = {
        module.name
        for module in sources
        for node in nodes(module.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    assert broad <= CATCHES_EVERYTHING


def _evaluates(dotted):
    owner, _, name = dotted.rpartition(".")
    return name in EVALUATORS and owner in {"", "builtins", "sympy", "sp", "ast", "sympy.parsing.sympy_parser"}


def _catches_everything(handler):
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False  # it cleans up and raises the exception again
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(_dotted(kind) in {"Exception", "BaseException"} for kind in kinds)


def _imports(tree):
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.partition(".")[0]


def _calls(tree):
    return (node for node in nodes(tree) if isinstance(node, ast.Call))


def _dotted(node):
    """Return `a.b.c` for a chain of attributes; an empty text for anything else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def test_processes_are_started_in_two_places_only(sources):
    starting = {
        f"{module.name}:{_dotted(call.func)}"
        for module in sources
        for call in _calls(module.tree)
        if _dotted(call.func).rpartition(".")[0] in {"subprocess", "os"}
        and _dotted(call.func)
        .rpartition(".")[2]
        .startswith(("Popen", "run", "call", "check_", "system", "popen", "spawn", "exec"))
    }
    assert starting == {"mnemosyne/checker/python.py:subprocess.Popen", "mnemosyne/editor.py:subprocess.run"}
