"""Any letter may be the variable: Greek ones by letter or name, and e and π, which are then no numbers."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("f", "answer", "variable", "read_as"),
    [
        ("sin(theta^2)", "2 theta cos(θ^2)", "theta", "2*theta*cos(theta^2)"),
        ("sin(θ^2)", "2θcos(theta²)", "θ", "2*theta*cos(theta^2)"),
        ("e^2 x", "2e x", "e", "2*e*x"),
        ("x^e", "x^e ln x", "e", "x^e*ln(x)"),
        ("cos(π^2)", "-2pi sin(π^2)", "π", "-2*pi*sin(pi^2)"),
        ("cos(pi^2)", "-2π sin(pi²)", "pi", "-2*pi*sin(pi^2)"),
        (r"\alpha^2 x", r"2\alpha x", "alpha", "2*alpha*x"),
        ("omega^3", "3ω^2", "ω", "3*omega^2"),
        ("t^2", "2T", "t", "2*t"),
    ],
)
def test_an_answer_by_any_letter(mnemosyne, f, answer, variable, read_as):
    run = mnemosyne("grade", f, answer, "--var", variable, "--json")
    document = json.loads(run.out)
    assert (run.status, document["verdict"], document["read_as"]) == (0, "correct", read_as)


@pytest.mark.parametrize(
    ("f", "variable", "first", "last"),
    [
        ("e^(3e)", "e", "f(e) = e^(3*e)", "f'(e) = "),
        ("sin(theta^2)", "theta", "f(theta) = sin(theta^2)", "f'(theta) = 2*theta*cos(theta^2)"),
        ("sin(θ²)", "θ", "f(theta) = sin(theta^2)", "f'(theta) = 2*theta*cos(theta^2)"),
    ],
)
def test_a_chain_by_any_letter_spells_it_in_one_way(mnemosyne, f, variable, first, last):
    run = mnemosyne("explain", f, "--var", variable)
    assert (run.status, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == first
    assert lines[-1].startswith(last)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("sinc", "sin"),
        ("hardtanh", "tanh"),
        ("logit", "log"),
        ("versin", "sin"),
        ("leakyrelu", "relu"),
        ("log1p", "log"),
    ],
)
@pytest.mark.parametrize("command", ["grade", "explain"])
def test_an_unknown_function_in_f_is_refused_by_name(mnemosyne, command, word, near):
    run = mnemosyne(command, f"{word}(x)", *(["1"] if command == "grade" else []))
    message = f"The name “{word}” is not a function or variable here: type {near} if you mean that."
    assert (run.status, run.out) == (2, "")
    assert run.err == f"mnemosyne: f cannot be read: {message} (column 1)\n"


@pytest.mark.parametrize("f", ["acoth(x)", "arcoth(x)", "cosech(2x)", "asech(x)", "arcsch(x)"])
def test_hyperbolic_functions_of_every_name_are_known(mnemosyne, f):
    run = mnemosyne("explain", f)
    assert (run.status, run.err) == (0, "")


def test_a_batch_by_any_letter(mnemosyne, tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text('{"f": "theta^2", "answer": "2θ", "var": "theta"}\n{"f": "e^2", "answer": "2e", "var": "e"}\n')
    run = mnemosyne("grade", "--batch", str(path))
    assert [json.loads(line)["verdict"] for line in run.out.splitlines()] == ["correct", "correct"]
