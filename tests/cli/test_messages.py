"""Every command says what is wrong in one form, `mnemosyne: message; hint`, without a full stop."""

from __future__ import annotations

import re

import pytest
import typer

from mnemosyne.cli.app import app

MESSAGE = re.compile(r"mnemosyne: (?![A-Z][a-z])\S[^\n]*[^\n.]\n")


def commands(group, path: tuple[str, ...] = ()):
    """Yield the words of every command of the command line, groups too."""
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


ALL = [(), *commands(typer.main.get_command(app))]
TAKES_A_MINUS = ("cards", "list")  # terms of a query may begin with one
WITHOUT_SETTINGS = {("cards", "schema"), ("doctor",), ("help",)}  # the doctor reports the fault in its own list


@pytest.mark.parametrize("words", ALL, ids=" ".join)
@pytest.mark.parametrize(
    "rest", [("--no-such-option",), ("a", "b", "c", "--json=1"), ("",) * 4], ids=["option", "surplus", "empty"]
)
def test_a_usage_error_has_the_common_form(mnemosyne, words, rest):
    run = mnemosyne(*words, *rest)
    if any(rest) and words != TAKES_A_MINUS:
        assert run.status == 2
    if run.status == 2 and run.err:
        assert (MESSAGE.fullmatch(run.err) is not None, run.err) == (True, run.err)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_settings_file_that_cannot_be_used_is_reported_in_the_common_form(mnemosyne, tmp_path, words):
    (tmp_path / "config.toml").write_text("oder = 1\n", encoding="utf-8")
    run = mnemosyne("--home", tmp_path, *words)
    if words not in WITHOUT_SETTINGS:
        assert run.status == 2
        assert MESSAGE.fullmatch(run.err), run.err
