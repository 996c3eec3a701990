"""Names that say something, docstrings that say what a module is for, and no promise left for later."""

from __future__ import annotations

import ast
import re

from metrics import nodes

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc", "stuff", "tools"}
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
DOCSTRING_LINES = range(1, 13)


def test_no_module_has_a_vague_name(sources, tests):
    vague = [module.name for module in (*sources, *tests) if VAGUE & set(re.split(r"[/._]", module.name))]
    assert vague == []


def test_no_class_is_a_manager_or_a_helper(sources):
    vague = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in sources
        for node in nodes(module.tree)
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Utils?|Base|Mixin)$", node.name)
    ]
    assert vague == []


def test_every_module_says_what_it_is_for(sources, tests):
    silent = [
        module.name for module in (*sources, *tests) if module.text.strip() and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_module_docstrings_are_two_to_twelve_lines_at_most(sources):
    long = {
        module.name: count
        for module in sources
        if (count := len((ast.get_docstring(module.tree) or "-").splitlines())) not in DOCSTRING_LINES
    }
    assert long == {}


def test_what_is_public_is_documented(sources):
    silent = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in sources
        for node in _public(module.tree)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_for_later(sources, tests):
    leftovers = [
        f"{module.name}:{number}"
        for module in (*sources, *tests)
        if not module.name.endswith("test_names.py")
        for number, line in enumerate(module.text.splitlines(), 1)
        if LEFTOVER.search(line)
    ]
    assert leftovers == []


def test_shared_modules_of_the_tests_have_unique_names(tests):
    """All folders of tests are on one search path: of two modules with one name, one would never be found."""
    shared = [
        name
        for module in tests
        if "/benchmarks/" not in module.name
        and not re.match(r"test_|conftest|__init__", name := module.name.split("/")[-1])
    ]
    assert sorted(name for name in set(shared) if shared.count(name) > 1) == []


def _public(tree):
    """Yield the public classes and functions at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
