"""README is correct: its tables come from the code, its commands run, its card is valid, and its files exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from mnemosyne.cards.question import make_question
from mnemosyne.cli.reference import TOPICS
from mnemosyne.deckfiles.loader import load_file

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def readme_tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_tables", ROOT / "tests" / "readme_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md"])
def test_every_table_is_as_the_code_says(readme_tables, file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert readme_tables.with_tables(text) == text, "run python tests/readme_tables.py"


def test_every_reference_table_is_in_contributing(readme_tables):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f"<!-- {name} -->" in text for name in [*TOPICS, "benchmarks"])


def test_readme_is_short():
    assert len(README.encode("utf-8")) <= 10_000


def test_it_opens_with_the_two_commands():
    assert re.findall("^pip install .*$", README, re.MULTILINE) == [
        "pip install . && mnemosyne",
        "pip install '.[test]' && pytest",
    ]


def test_the_card_is_a_card_and_its_question_looks_as_shown(tmp_path):
    text = re.search("```yaml\n(.*?)```", README, re.DOTALL)[1]
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    loaded = load_file(tmp_path / "mine.yaml")
    assert loaded.problems == ()
    prompts = {make_question(loaded.cards[0], seed).prompt for seed in range(50)}
    assert "Differentiate $sin(7x²)$." in prompts


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https)([^)]+)\)", README))))
def test_every_file_that_is_linked_exists(path):
    assert (ROOT / unquote(path)).is_file()


def test_every_benchmark_says_what_it_measures(readme_tables):
    scripts = {path.stem for path in (ROOT / "tests" / "benchmarks").glob("*.py")} - {"terminal"}
    assert set(re.findall(r"^\| `(\w+)` \|", readme_tables.benchmarks(), re.MULTILINE)) == scripts


def test_the_layers_are_those_of_the_contract():
    contract = re.search(
        r"^layers = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    names = set(re.findall(r'[a-z]+(?:_[a-z]+)*(?=[^"\n]*",)', contract[1])) - {"main", "__main__"}
    picture = re.search("^```\n( +cli .*?)```", README, re.DOTALL | re.MULTILINE)[1]
    assert {name for name in names if name not in picture} <= {"clock"}
