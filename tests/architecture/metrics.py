"""The shape of the package in figures: python tests/architecture/metrics.py.

What is counted here is what the tests beside it limit: names that are defined twice, import cycles, local names
that say nothing (bare participles and pronouns), aliases of our own imports, and sizes.
"""

from __future__ import annotations

import ast
import gc
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "mnemosyne"
# Bare participles and pronouns: `found` does not say what was found.
SAYS_NOTHING = {
    "found", "told", "known", "named", "shown", "seen", "taken", "given", "made", "kept", "put", "done",
    "drawn", "written", "asked", "wanted", "said", "heard", "meant", "chosen", "changed", "sorted", "joined", "held",
    "met", "tried", "sent", "gone", "begun", "ended", "standing", "waiting", "telling", "going", "coming", "giving",
    "taking", "making", "writing", "each", "one", "ones", "other", "others", "another", "it", "this", "that",
    "these", "those", "them", "both", "any", "some", "all", "none", "such",
    "same", "something", "anything", "nothing", "everything", "what", "which", "who", "whose", "mine", "yours",
    "his", "hers", "its", "theirs", "ours",
}  # fmt: skip


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file parsed, once; the garbage collector skips the trees: it would walk millions of nodes in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return all the nodes of a module, as `ast.walk` yields them, found once."""
    return tuple(ast.walk(tree))


@cache
def modules(folder: Path = ROOT / PACKAGE) -> dict[str, ast.Module]:
    """Return every module of the package by its dotted name."""
    parsed = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        parsed[name] = tree_of(path)
    return parsed


def public_definitions(trees: dict[str, ast.Module], kinds: tuple[type, ...]) -> dict[str, list[str]]:
    """Return where each public class or function at the top of a module is defined."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees.items():
        for node in tree.body:
            if isinstance(node, kinds) and not node.name.startswith("_"):
                places[node.name].append(module)
    return places


def twice(places: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the names that are defined in more than one module."""
    return {name: where for name, where in sorted(places.items()) if len(where) > 1}


def stems(trees: dict[str, ast.Module]) -> dict[str, list[str]]:
    """Return the modules of each file name; packages are not files."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in trees:
        if not (ROOT / module.replace(".", "/")).is_dir():
            places[module.rpartition(".")[2]].append(module)
    return places


def imports(module: str, tree: ast.Module, module_names: Iterable[str]) -> set[str]:
    """Return the modules of the package that a module imports anywhere, for type checkers only too."""
    module_names = set(module_names)
    targets: set[str] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            targets |= {f"{node.module}.{alias.name}" for alias in node.names}
            targets.add(node.module)
    return {
        target
        for target in targets
        if target in module_names and target != module and not module.startswith(target + ".")
    }


def names_of_own_package(module: str, tree: ast.Module, module_names: Iterable[str]) -> set[str]:
    """Return the packages around a module from whose `__init__` it imports a name that is no module."""
    module_names = set(module_names)
    return {
        node.module
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module and module.startswith(f"{node.module}.")
        if any(f"{node.module}.{alias.name}" not in module_names for alias in node.names)
    }


def packages_in_cycles(trees: dict[str, ast.Module]) -> list[str]:
    """Return the packages whose `__init__` imports modules of the package that import names from it."""
    edges = {module: imports(module, tree, trees) for module, tree in trees.items()}
    asking = {module: names_of_own_package(module, tree, trees) for module, tree in trees.items()}
    return sorted({package for module, packages in asking.items() for package in packages if module in edges[package]})


def cycles(trees: dict[str, ast.Module]) -> list[list[str]]:
    """Return the groups of modules that import each other, the largest first (Tarjan's components)."""
    edges = {module: imports(module, tree, trees) for module, tree in trees.items()}
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for target in edges[module]:
            if target not in order:
                visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], order[target])
        if low[module] == order[module]:
            at = stack.index(module)
            groups.append(sorted(stack[at:]))
            del stack[at:]

    for module in edges:
        if module not in order:
            visit(module)
    return sorted((group for group in groups if len(group) > 1), key=len, reverse=True)


def local_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the name and the line of each parameter and each local variable where it is first bound."""
    for function in nodes(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        bound: dict[str, int] = {}
        for node in _own(function):
            if isinstance(node, ast.arg):
                bound.setdefault(node.arg, node.lineno)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.setdefault(node.id, node.lineno)
        yield from bound.items()


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of the functions inside it."""
    stack = list(ast.iter_child_nodes(function))
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            stack.extend(ast.iter_child_nodes(node))


def own_aliases(trees: dict[str, ast.Module]) -> list[str]:
    """Return the imports of our own names under another name; `X as X` is a re-export."""
    return [
        f"{module}: {alias.name} as {alias.asname}"
        for module, tree in trees.items()
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE)
        for alias in node.names
        if alias.asname and alias.asname != alias.name
    ]


def function_lengths(trees: dict[str, ast.Module]) -> list[int]:
    """Return how many lines each function has."""
    return sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for tree in trees.values()
        for node in nodes(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def main() -> None:
    """Print the figures."""
    trees = modules()
    texts = [path.read_text(encoding="utf-8").splitlines() for path in (ROOT / PACKAGE).rglob("*.py")]
    lengths = sorted(len(text) for text in texts)
    functions = function_lengths(trees)
    names = [(name, module, line) for module, tree in trees.items() for name, line in local_names(tree)]
    empty = [(name, module, line) for name, module, line in names if name.strip("_") in SAYS_NOTHING]
    wide = sum(len(line) > 100 for text in texts for line in text)
    functions_at_top = public_definitions(trees, (ast.FunctionDef, ast.AsyncFunctionDef))
    rows = [
        ("files, lines", f"{len(lengths)}, {sum(lengths):,}"),
        ("lines of a file: median, p90, most", _spread(lengths)),
        ("lines of a function: median, p90, most", _spread(functions)),
        ("lines over 100 characters", f"{100 * wide / sum(lengths):.1f} %"),
        ("public types defined twice", str(len(twice(public_definitions(trees, (ast.ClassDef,)))))),
        ("public functions defined twice", str(len(twice(functions_at_top)))),
        ("file names that stand twice", str(len(twice(stems(trees))))),
        ("import cycles", ", ".join(str(len(group)) for group in cycles(trees)) or "none"),
        ("packages that their own modules import", ", ".join(packages_in_cycles(trees)) or "none"),
        ("aliases of our own names", str(len(own_aliases(trees)))),
        ("local names that say nothing", f"{len(empty)} of {len(names):,}: {100 * len(empty) / len(names):.2f} %"),
    ]
    for label, figure in rows:
        print(f"{label:42}{figure}")


def _spread(sizes: list[int]) -> str:
    return f"{statistics.median(sizes):.0f}, {sizes[len(sizes) * 9 // 10]}, {sizes[-1]}"


if __name__ == "__main__":
    main()
