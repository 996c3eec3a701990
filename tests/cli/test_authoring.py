"""`cards new`, `cards schema` and what `cards check` shows, as used by a teacher who starts with an empty folder."""

from __future__ import annotations

import json
import random
import re
import shutil

import jsonschema
import pytest
import typer
import yaml

from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cli.app import app
from mnemosyne.deckfiles.file_schema import json_schema
from mnemosyne.settings import bundled_cards


@pytest.fixture
def new(mnemosyne, home):
    """Return `cards new` with an empty home; `file` is the file that it writes."""

    def run(*words):
        return mnemosyne("cards", "new", *words)

    run.file = home / "cards" / "my-cards" / "cards.yaml"
    return run


def test_the_first_card_makes_topic_and_file(new, mnemosyne, home):
    run = new("--f", "sin(a*x^2)", "--where", "a=2..9", "--tag", "trig", "--hint", "What is outside?")
    assert (run.status, run.out) == (0, f"{new.file}:3\n")
    assert new.file.read_text(encoding="utf-8") == (
        "topic: my-cards\ncards:\n  - id: sin-a-x-2\n    kind: derivative\n    f: sin(a*x^2)\n"
        "    where: {a: 2..9}\n    tags: [trig]\n    hints: ['What is outside?']\n"
    )
    assert mnemosyne("cards", "check", home / "cards").out == "1 card, all good\n"


WRITTEN = [
    ("--kind", "derivative", "--f", "sin(x^2)", "--at", "x=2", "--tolerance", "1%"),
    ("--kind", "derivative", "--f", "sin(x^2)", "--order", "2", "--wrong", "2cos(x^2): The factor 2x changes: too."),
    ("--kind", "formula", "--ask", "The tangent at 0?", "--answer", "1 + 2x", "--name", "h", "--name", "t"),
    ("--kind", "implicit", "--equation", "x^2 + h^2 = a", "--dependent", "h", "--where", "a=4..9"),
    ("--kind", "antiderivative", "--f", "2x cos(x^2)", "--constant", "free"),
    ("--kind", "steps", "--f", "sin(3x^2)"),
    ("--kind", "backprop", "--let", "z=w*x", "--let", "L=z^2", "--ask", "dL/dw", "--at", "w=2", "--at", "x=3"),
    ("--kind", "numeric", "--ask", "How many: 3 or 4?", "--answer", "3", "--tolerance", "1%", "--unit", "m"),
    ("--kind", "choice", "--ask", "Which?", "--option", "x² # this", "--option", "y: that"),
    ("--kind", "numeric", "--ask", "The slope?", "--answer", "4", "--f", "x^2", "--at", "x=2", "--wrong", "2: No."),
    (
        *("--kind", "cloze", "--text", "From {{outer}} to {{inner}}.", "--synonym", "outer=outside"),
        *("--synonym", "outer=outward", "--other-letter", "inner=Inner", "--wrong", "middle: There is none."),
    ),
    ("--kind", "recall", "--ask", "- Why?", "--answer", "[so]"),
]


def test_all_kinds_are_tried():
    assert {words[1] for words in WRITTEN} == KINDS.keys()


NEW = typer.main.get_command(app).commands["cards"].commands["new"]
OPTIONS = {name for parameter in NEW.params for name in parameter.opts}


def test_every_field_of_every_kind_has_an_option():
    """A field that is added must be writable with `cards new` too."""
    options = {parameter.name for parameter in NEW.params}
    plural = {"options": "option", "names": "name", "synonyms": "synonym", "other_letters": "other_letter"}
    fields = {plural.get(field.name, field.name) for kind in KINDS.values() for field in kind.fields}
    assert fields - options == set()


@pytest.mark.parametrize("words", WRITTEN, ids=lambda words: words[1])
def test_every_kind_is_written_so_that_it_passes_the_check(new, mnemosyne, home, words):
    assert new(*words).status == 0
    assert mnemosyne("cards", "check", home / "cards").out == "1 card, all good\n"


def test_what_the_file_already_contains_stays_as_it_is(new):
    new.file.parent.mkdir(parents=True)
    before = (
        "# mine\ntopic: my-cards   # ours\ncards:\n    # first\n    - {id: one, kind: recall, ask: A?, answer: B}\n"
    )
    new.file.write_text(before, encoding="utf-8")
    assert new("--f", "x^2", "--id", "two").status == 0
    after = new.file.read_text(encoding="utf-8")
    assert after == before + "    - id: two\n      kind: derivative\n      f: x^2\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--f", "sin("), "--f cannot be read: This ( is never closed."),
        (
            ("--kind", "essay"),
            f"--kind essay is not a kind; choose from: {', '.join(KINDS)}",
        ),
        (("--kind", "recall", "--ask", "Why?"), "--answer is missing; pass it: the answer"),
        (
            ("--f", "x", "--topic", "../x"),
            "--topic ../x cannot be the name of a topic; use lower-case letters, digits and hyphens",
        ),
        (
            ("--f", "x", "--file", "topic.yaml"),
            "--file topic.yaml describes the topic and holds no cards; pass another --file",
        ),
        (
            ("--f", "x", "--file", "../x.yaml"),
            "--file ../x.yaml is a path; pass only the file's name, and its folder with --topic",
        ),
        (
            ("--f", "a*x", "--where", "a"),
            "--where a is neither NAME=RANGE nor a condition; write --where a=2..9, --where c=a*b or --where 'a<b'",
        ),
        (
            ("--f", "x^2", "--wrong", "2"),
            "--wrong 2 is not of the form 'ANSWER: WHY'; write --wrong 'cos(x^2): The inner derivative is missing.'",
        ),
        (
            ("--kind", "cloze", "--text", "{{a}}", "--synonym", "a"),
            "--synonym a is not WORD=OTHER; write --synonym outer=outside",
        ),
        (
            ("--kind", "cloze", "--text", "{{a}}", "--other-letter", "=b"),
            "--other-letter =b is not WORD=OTHER; write --other-letter y=Y",
        ),
        (
            ("--kind", "antiderivative", "--f", "x", "--constant", "no"),
            "--constant cannot be 'no': it must be 'asked' or 'free'",
        ),
        (
            ("--kind", "recall", "--ask", "A?", "--answer", "B", "--order", "2"),
            "--order is not for recall cards; leave it out; they take --ask, --answer, --where, --tag, --hint\n",
        ),
        (
            ("--f", "x^2", "--order", "0"),
            "invalid value for '--order': it must be at least 1; see mnemosyne cards new --help",
        ),
        (("--kind", "cloze", "--text", "nothing"), "--text has no blank; put a word in {{ }}"),
        (
            ("--kind", "numeric", "--ask", "a", "--answer", "b"),
            "--answer needs a value for b; add it to --where",
        ),
        (
            ("--kind", "recall", "--ask", "a", "--answer", "b", "--where", "a=2..9"),
            "--where a is not used; leave it out, or use it in the card",
        ),
        (
            ("--f", "x^2", "--where", "x=2..9"),
            "--where: x is both the variable and a parameter; rename one of them\n",
        ),
        (("--f", "a*x", "--where", "a=9..2"), "--where a: the range 9..2 is empty; write 2..9"),
        (("--f", "a*x", "--where", "a=b*2"), "--where a: there is no parameter b; name one of those in --where"),
        (("--f", "a*x", "--where", "a=2..9", "--where", "a=1..2"), "--where a is given twice; leave one of them out"),
        (("--f", "a*x", "--where", "a=2..9", "--where", "a<q"), "--where if: there is no parameter q; name one of"),
        (("--f", "x^2", "--at", "x=2", "--tolerance", "x"), "--tolerance cannot be 'x'; write 1% or 0.01"),
        (("--f", "x^2", "--at", "x=2", "--at", "x=3"), "--at x is given twice; leave one of them out"),
        (("--f", "x^2", "--id", "Ü"), "--id cannot be 'Ü'; write lower-case letters, digits and single hyphens"),
        (("--f", "x^2", "--tag", "A_b"), "--tag cannot be 'A_b'; write lower-case letters, digits and single hyphens"),
        (("--f", "x", "--hint", "a", "--hint", "b", "--hint", "c", "--hint", "d"), "--hint can have at most 3 entries"),
        (("--kind", "implicit", "--equation", "x^2"), "--equation needs exactly one =; write it as x^2 + y^2 = 25"),
        (
            ("--kind", "backprop", "--let", "L=w^2", "--ask", "dL/dq"),
            "--ask: there is no q in the graph; it has L, w",
        ),
        (
            ("--kind", "choice", "--ask", "?", "--option", "a"),
            "--option: a choice needs at least two options; pass --option again",
        ),
    ],
)
def test_a_card_with_a_fault_is_refused_and_nothing_is_written(new, words, message):
    run = new(*words)
    assert run.status == 2
    assert run.err.startswith(f"mnemosyne: {message}")
    assert not new.file.exists()


def test_an_id_that_is_taken_is_refused_with_its_place(new):
    new("--f", "x^2", "--id", "one")
    before = new.file.read_text(encoding="utf-8")
    run = new("--f", "x^3", "--id", "one")
    assert (run.status, run.err) == (
        2,
        f"mnemosyne: --id one is already used in {new.file}:3; pass another --id\n",
    )
    assert new.file.read_text(encoding="utf-8") == before


def test_an_id_made_from_the_text_gets_a_number_where_it_is_taken(new):
    for _ in range(3):
        new("--kind", "recall", "--ask", "Say it", "--answer", "It")
    assert re.findall(r"id: (\S+)", new.file.read_text(encoding="utf-8")) == ["say-it", "say-it-2", "say-it-3"]


def test_check_shows_the_line_with_a_caret(new, mnemosyne):
    new("--kind", "backprop", "--let", "z=w*x", "--let", "L=z^2", "--ask", "dL/dw")
    text = new.file.read_text(encoding="utf-8")
    new.file.write_text(text.replace("dL/dw", "dM/dw"), encoding="utf-8")
    run = mnemosyne("cards", "check", new.file)
    assert (run.status, run.out) == (
        1,
        f"{new.file}:6:10: ask: M is not a name in `let`; ask for one of z, L\n"
        "        ask: dM/dw\n             ^\n0 cards, 1 problem\n",
    )


def test_the_schema_is_valid_and_every_bundled_file_fits_it(mnemosyne):
    schema = json.loads(mnemosyne("cards", "schema").out)
    assert schema == json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = [path for path in bundled_cards().glob("*/*.yaml") if path.name != "topic.yaml"]
    assert len(files) >= 8
    for path in files:
        validator.validate(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))  # as the app reads it


@pytest.mark.parametrize(
    "card",
    [
        {"id": "a", "kind": "derivative"},
        {"id": "a", "kind": "derivative", "f": "x", "g": "x"},
        {"id": "A b", "kind": "derivative", "f": "x"},
        {"id": "a", "kind": "essay", "f": "x"},
    ],
)
def test_the_schema_refuses_what_the_program_refuses(card):
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid({"cards": [card]})


def test_every_field_of_the_schema_is_described():
    definitions = json_schema()["$defs"]
    for name, model in definitions.items():
        for field, value in model["properties"].items():
            assert "description" in value, f"{name}.{field}"


def test_an_id_of_a_bundled_card_is_refused(new):
    run = new("--f", "x^3", "--id", "leibniz-form")
    assert run.status == 2
    assert re.fullmatch(r"mnemosyne: --id leibniz-form is already used in \S+\.yaml:\d+; pass another --id\n", run.err)
    assert not new.file.exists()


@pytest.mark.parametrize(
    ("where", "expected_where"),
    [("a=[2, 3, 5]", "{a: [2, 3, 5]}"), ("a=[1/2, sin]", None), ("a=[2,3,4] not 3", "{a: '[2,3,4] not 3'}")],
)
def test_a_parameter_may_be_a_list(new, where, expected_where):
    run = new("--f", "a x^2", "--where", where)
    if expected_where is None:
        assert run.err == "mnemosyne: --where a mixes numbers and functions; give each a parameter of its own\n"
    else:
        assert run.status == 0
        assert f"    where: {expected_where}\n" in new.file.read_text(encoding="utf-8")


def test_parameters_may_be_computed_and_restricted_by_conditions(new, mnemosyne, home):
    run = new(
        *("--f", "sin(a x^b + c)", "--where", "a = 2..9", "--where", "b=[2, 3, 5]", "--where", "c = a*b"),
        *("--where", "a < b", "--where", "a + b = 5"),
    )
    assert (run.status, run.err) == (0, "")
    assert "    where: {a: 2..9, b: [2, 3, 5], c: a*b, if: [a < b, a + b = 5]}\n" in new.file.read_text(
        encoding="utf-8"
    )
    assert mnemosyne("cards", "check", home / "cards").out == "1 card, all good\n"
    assert new("--f", "a x + b", "--where", "a=2..9", "--where", "b=1..9", "--where", "a!=b").status == 0
    assert "    where: {a: 2..9, b: 1..9, if: a!=b}\n" in new.file.read_text(encoding="utf-8")


BAD = (
    *(
        "",
        " ",
        "(",
        "zz(x)",
        "a",
        "a=",
        "=a",
        "a=b",
        "a=9..2",
        "a<b",
        "A_b",
        "x=2",
        "x",
        "{{",
        "{{}}",
        "{{a}}",
        "-1",
        "1e999",
    ),
    *(
        "no",
        "dL/dq",
        "z=w*x",
        "a: b",
        ": ",
        "x = x = x",
        "é",
        "9" * 1200,
        "(" * 300,
        "a\nb",
        "\x1b[31m",
        "a=[1, sin]",
        "#",
    ),
)


@pytest.mark.parametrize("seed", range(2))
def test_every_refusal_is_one_line_that_names_an_option(mnemosyne, tmp_path, seed):
    """Any option with any kind, with values that are not allowed: no key of a card file is named, nothing written."""
    source, folder = random.Random(seed), tmp_path / "none"
    options = [option for option in sorted(OPTIONS) if option not in ("--edit", "--help", "--kind")]
    refused = 0
    for words in WRITTEN:
        for _ in range(2):
            option = source.choice(options)
            arguments = ["--cards", folder, "cards", "new", *words, f"{option}={source.choice(BAD)}"]
            run = mnemosyne(*arguments)
            if run.status == 0:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            refused += 1
            assert run.status == 2
            assert re.fullmatch(r"mnemosyne: [^\n]*--[a-z][^\n]*\n", run.err), (words, option, run.err)
            assert not re.search(r"unknown key|where\.|tags\.|hints\.|hints |options |synonyms |Traceback", run.err), (
                run.err
            )
            assert not folder.exists(), arguments
    assert refused > 5
