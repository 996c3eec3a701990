"""Any command line: it ends with status 0, 1 or 2, says what was wrong in one line, and its JSON is one document."""

from __future__ import annotations

import json
import shutil
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer
from hypothesis import example, given, settings
from hypothesis import strategies as st
from program import Program
from sample_size import sample_size

from mnemosyne.cli.app import app

DECK = """cards:
  - {id: square, kind: derivative, f: x^2, tags: [easy]}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""
WAITS_FOR_EVER = {"serve"}  # runs until it is stopped
NEVER_GIVEN = {
    "jobs",  # it would start a million processes
    "install_completion",  # writes into the real home of whoever runs the tests
    "show_completion",  # prints a script, whatever else is asked
}
VALUES = (
    *("", " ", "-", "--", "-1", "0", "1", "2", "3.5", "99999999999999999999", "NaN", "1e999", "9" * 5000, "x" * 5000),
    *(
        "x",
        "x^2",
        "2x",
        "sin(x^2)",
        "2x cos(x^2",
        "9**9**9**9",
        "[[[[",
        "{",
        "}",
        "'",
        '"',
        "\\",
        "%s",
        "{{}}",
        "$(ls)",
    ),
    *(
        "\udcff",
        "\ud800",
        "\ud83d\ude00",
        "a\0b",
        "caf\u00e9",
        "\u202e",
        "\x1b[2J",
        "a\nb",
        "a\r",
        "\t",
        "\u2028",
        "\N{TAG LATIN SMALL LETTER A}",
    ),
    *("2026-01-31", "2026-13-01", "0000-00-00", "9999-12-31", "yesterday", "today"),
    *(
        "csv",
        "json",
        "md",
        "html",
        "fsrs",
        "derivative",
        "cloze",
        "chain-rule",
        "small",
        "nix",
        "square",
        "unset",
        "true",
    ),
    *("due", "due<", "due<7d", "lapses>99999999999", "ease=2.5", "tag:", "tag:easy", "topic:small", "kind:nix", "-new"),
    *("new_per_day", "keys.undo", "keys.", ".", "..", "a=1", "a=", "=", "a=1..9", "x=0"),
    *(
        "deck.yaml",
        "nowhere/deck.yaml",
        "home",
        "home/deck.sqlite",
        "home/config.toml",
        "cards",
        "cards/small",
        "~nix/x",
    ),
    *("/dev/null", "x" * 300),
)
PYTHONS_WORDS = ("codec", "surrogates", "embedded null", "object has no", "invalid literal", "Input should")
INPUTS = ("", "\n", "2x\n4\n:quit\n", '{"f": "x^2", "answer": "2x"}\n', "y\n", "\udcff\n", ":undo\n:flag\n:suspend\n")


def commands() -> dict[tuple[str, ...], list[Any]]:
    """Return every command, as its group and name, with its parameters."""
    parameters_of: dict[tuple[str, ...], list[Any]] = {}

    def walk(command: Any, path: tuple[str, ...]) -> None:
        parameters_of[path] = [parameter for parameter in command.params if parameter.name not in NEVER_GIVEN]
        for name, inner in getattr(command, "commands", {}).items():
            if name not in WAITS_FOR_EVER:
                walk(inner, (*path, name))

    walk(typer.main.get_command(app), ())
    return parameters_of


COMMANDS = commands()
wild = st.sampled_from(VALUES) | st.text(st.characters(codec="utf-8"), max_size=20)


@st.composite
def arguments_of(draw: st.DrawFn, parameter: Any) -> list[str]:
    """Draw one use of a parameter: usually a value that it takes, otherwise anything."""
    annotation = parameter.type_descriptor.annotation
    is_choice = isinstance(annotation, type) and issubclass(annotation, Enum)  # not so for `list[str]` in newer Pythons
    choices = [str(choice.value) for choice in annotation] if is_choice else VALUES
    value = draw(st.sampled_from(choices) | wild if draw(st.integers(0, 3)) == 0 else st.sampled_from(choices))
    if parameter.param_type_name == "argument":
        return [value]
    name = draw(st.sampled_from(parameter.opts))
    if parameter.is_flag:
        return [name]
    return draw(st.sampled_from([[name, value], [f"{name}={value}"]]))


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """Draw a command with what it needs, some of what it takes, and now and then something that no command takes."""
    path = draw(st.sampled_from(sorted(COMMANDS)))
    parameters = [p for p in COMMANDS[path] if p.required or draw(st.integers(0, 2)) == 0]
    parameters = [p for p in parameters if draw(st.integers(0, 19))]
    parts = draw(st.permutations([draw(arguments_of(parameter)) for parameter in parameters]))
    junk = draw(st.lists(wild, min_size=1, max_size=3)) if draw(st.integers(0, 9)) == 0 else []
    before = draw(arguments_of(draw(st.sampled_from(COMMANDS[()])))) if path and draw(st.integers(0, 7)) == 0 else []
    return [*before, *path, *(word for part in parts for word in part), *junk]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with cards, a card file and a home whose deck has them, a grade and a backup."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "cards" / "small").mkdir(parents=True)
    for place in (folder / "cards" / "small" / "deck.yaml", folder / "deck.yaml"):
        place.write_text(DECK, encoding="utf-8")
    program = Program(folder / "home")
    assert program("--cards", folder / "cards", "review", "--plain", stdin="2x\n4\n:quit\n").status == 0
    assert program("--cards", folder / "cards", "backup").status == 0
    return folder


@settings(max_examples=sample_size(30, 200))
@given(arguments=command_lines(), typed=st.sampled_from(INPUTS))
@example(arguments=["--home", ""], typed="")
@example(arguments=["cards", "list", "\udcff"], typed="")
@example(arguments=["review", "--plain", "--topic", "\udcff"], typed="")
@example(arguments=["config", "set", "", "unset"], typed="")
@example(arguments=["export", "cards", "--format", "json", "-o", "\ud800"], typed="")
@example(arguments=["--home", "a\0b", "due"], typed="")
@example(arguments=["config", "set", "new_per_day", "3\nfuzz=true"], typed="")
def test_it_ends_with_a_status_and_no_traceback(
    warm_children_of_module, template: Path, arguments: list[str], typed: str
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as here:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        here.chdir(folder)
        program = Program(Path("home"))
        places = {"MNEMOSYNE_CARDS": "cards", "EDITOR": "true", "VISUAL": "", "HOME": folder}
        run = program(*arguments, stdin=typed.encode("utf-8", "surrogateescape"), **places)
        assert run.status in (0, 1, 2), run
        assert "Traceback" not in run.out + run.err
        assert [word for word in PYTHONS_WORDS if word in run.err] == []
        if run.status == 2 and not run.out:
            assert run.err.startswith("mnemosyne: ")
            assert run.err.count("\n") == 1
        if "--json" in arguments and run.out and not {"--", "--help", "--version"} & {*arguments}:
            json.loads(run.out)
