"""Small files and small functions: what does not fit on a screen or two is two things."""

from __future__ import annotations

import ast

from metrics import nodes

FILE_LINES = 400
FUNCTION_LINES = 40
USUAL_FUNCTION_LINES = 25  # nine functions in ten are shorter


def test_files_are_short(sources, tests):
    long = {module.name: module.lines for module in (*sources, *tests) if module.lines >= FILE_LINES}
    assert long == {}


def test_functions_are_short(sources):
    long = {
        f"{name}:{node.lineno} {node.name}": size for name, node, size in _functions(sources) if size >= FUNCTION_LINES
    }
    assert long == {}


def test_nine_functions_in_ten_fit_in_twenty_five_lines(sources):
    sizes = sorted(size for _, _, size in _functions(sources))
    assert sizes[len(sizes) * 9 // 10] < USUAL_FUNCTION_LINES


def _functions(modules):
    for module in modules:
        for node in nodes(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module.name, node, node.end_lineno - node.lineno + 1
