"""One slip in a sound card file, whatever card, field and style it is in: reported in its line, and mended as advised.

The rule: the first problem is in the line of the slip. For a bracket or a quotation mark that is not closed it is
in the line where that opens; wrong indentation may be noticed only in the next line or card, or there and also in
what the card lacks. Where quotes mend the slip, the advice says so, and the quoted text loads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from sample_size import others_thorough, sample_size

from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.deckfiles.loader import Loaded, load_file

CARDS: dict[str, list[dict[str, Any]]] = {
    "derivative": [
        {"f": "sin(x^2)", "hint": "What is inside", "note": "an easy one", "tags": ["two", "three"]},
        {
            "f": "(a*x + b)^n",
            "where": {"a": "2..9", "b": "1..9", "n": ["3", "4"]},
            "wrong": [{"answer": "n", "why": "Too small"}, {"answer": "a", "why": "Far off"}],
        },
    ],
    "steps": [{"f": "exp(3x)", "hints": ["One hint", "Another hint"]}],
    "backprop": [
        {"let": {"z": "w*x + b", "L": "(z - t)^2"}, "ask": "dL/dw", "at": {"w": "1", "x": "2", "b": "3", "t": "4"}}
    ],
    "numeric": [{"ask": "How many are there", "answer": "0.25", "tolerance": "1%", "hint": "Not many"}],
    "choice": [{"ask": "Which is it", "options": [{"text": "sin", "right": True}, {"text": "cos", "why": "No"}]}],
    "cloze": [{"text": "from {{outer}} to inner", "synonyms": {"outer": ["outside", "the outer"]}}],
    "recall": [
        {"ask": "Why is it so", "answer": "Because of that", "lesson": "intuition"},
        {"ask": "a", "answer": "b"},
    ],
    "formula": [{"ask": "Which tangent line", "answer": "2x", "names": ["x"], "note": "short"}],
    "implicit": [{"equation": "x^2 + y^2 = 25", "hints": ["First hint"]}],
    "antiderivative": [{"f": "2x cos(x^2)", "constant": "free", "hint": "Go back"}],
}
TEXTS = {"hint", "hints", "note", "why", "text", "ask", "answer", "synonyms"}  # fields that take any text
PREFIXES = ("|x| is ", "[x] is ", '"Chain" is ', "'Chain' is ", "#1 ", "# ", "&u ", "*u* is ", "%x ", "@x ", "`x` is ")
PREFIXES = (*PREFIXES, "> ", "- ", "? ", ", ", "Note: ", "Is it: no: ", "{ ", "] ", "} ", "! ", "|", "a #1 ", "a: #1 ")
FORMULAS = ("|x|^3", "[x+1]^2", "{x+1}^2")
PLAIN = re.compile(r"[\w(][\w ()^*/+=.%-]*")
Leaf = tuple[str | int, ...]
MARK = "\0"  # before the text with the slip
OPTIONAL = ("hint", "note", "why")
SLIPS = {  # what is written instead of what, in the line of the text
    "tab for indentation": (r"^ +", "\t"),
    "tab in the indentation": (r"^  ", " \t"),
    "no-break space in the indentation": (r"^ ", "\u00a0"),
    "no-break space after the colon": (r": (?=\0)", ":\u00a0"),
    "no-break space after the dash": (r"- ", "-\u00a0"),
    "merge conflict": (r"^", "<<<<<<< HEAD\n"),
    "no colon": (r": (?=\0)", " "),
    "semicolon": (r": (?=\0)", "; "),
    "no space after the colon": (r": (?=\0)", ":"),
    "two colons": (r": (?=\0)", ":: "),
    'no closing "': (r"(?=\0)", '"'),
    "no closing '": (r"(?=\0)", "'"),
    "no closing ]": (r"\]", ""),
    "no closing }": (r"\}(?=[^}]*$)", ""),
    "two ]": (r"\]", "]]"),
    "two }": (r"\}(?=[^}']*$)", "}}"),
    "two commas": (r"(\0[^,]*),", r"\1,,"),
    "no comma": (r"(\0[^,]*),", r"\1"),
    "no dash": (r"- ", ""),
    "indented by one more": (r"^", " "),
    "indented by two more": (r"^", "  "),
    "indented by one less": (r"^ ", ""),
    "indented by two less": (r"^  ", ""),
}
LEAVE_OUT = ("two ]", "two }", "two commas")
# the rest is sound YAML: the text before may go on, or the fields may be those of another mapping
MAY_BE_MEANT = ("no-break space after the dash", "no comma", "no dash")
NOTICED_NEXT = tuple(
    slip for slip in SLIPS if "indented" in slip or "dash" in slip
)  # or it is the line after, or the next card, that does not fit


def leaves(value: Any, path: Leaf = ()) -> Iterator[Leaf]:
    """Yield the paths of all texts in a value."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    elif isinstance(value, str):
        yield path


def replaced(value: Any, path: Leaf, text: Any) -> Any:
    """Return a copy of a value with another one at a path."""
    if not path:
        return text
    items = dict(value) if isinstance(value, dict) else list(value)
    items[path[0]] = replaced(items[path[0]], path[1:], text)
    return items


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Raw(str):
    """A text that is written as it is."""


def flow(value: Any, between: str = ", ") -> str:
    """Return a value in flow style, with `between` after each entry."""
    if isinstance(value, dict):
        return "{" + between.join(f"{name}: {flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, Raw) or PLAIN.fullmatch(value) else quoted(value)


def block(value: Any, indent: int, inner_flow: bool) -> str:
    """Return a value in block style, from the end of the line of its key; what is inside it, in either style."""
    if not isinstance(value, dict | list) or (inner_flow and indent > 4):
        return f" {flow(value)}\n"
    if isinstance(value, dict):
        rows = (f"{' ' * indent}{name}:{block(item, indent + 2, inner_flow)}" for name, item in value.items())
        return "\n" + "".join(rows)
    items = (block(item, indent + 4, inner_flow).lstrip() for item in value)
    return "\n" + "".join(f"{' ' * (indent + 2)}- {item}" for item in items)


def written(cards: list[dict[str, Any]], styles: list[str]) -> str:
    """Return a card file, with each card in its style."""
    rows: list[str] = []
    for card, style in zip(cards, styles, strict=True):
        if style == "flow":
            rows.append(f"  - {flow(card)}\n")
        elif style == "flow over lines":
            rows.append(f"  - {flow(card, between=chr(10).join((',', '     ')))}\n")
        else:
            rows.append(f"  - {block(card, 4, style == 'block, flow inside').lstrip()}")
    return "cards:\n" + "".join(rows)


STYLES = ("block", "block, flow inside", "flow", "flow over lines")


@st.composite
def files(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[str], int, Leaf]:
    """Draw the cards of a file and their styles, the number of one of them, and a text in it."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=3))
    cards = [{"id": f"card-{i}", "kind": kind, **draw(st.sampled_from(CARDS[kind]))} for i, kind in enumerate(kinds)]
    styles = [draw(st.sampled_from(STYLES)) for _ in cards]
    number = draw(st.integers(0, len(cards) - 1))
    return cards, styles, number, draw(st.sampled_from(list(leaves(cards[number]))))


def loaded(folder: Path, text: str) -> Loaded:
    path = folder / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    return load_file(path)


def at(value: Any, path: Leaf) -> Any:
    for step in path:
        value = value[step]
    return value


def takes_any_text(card: dict[str, Any], path: Leaf) -> bool:
    kind, name = card["kind"], str(path[-2] if isinstance(path[-1], int) else path[-1])
    name = "synonyms" if path[0] == "synonyms" else name
    is_formula = (name == "answer" and kind != "recall") or (name == "ask" and kind == "backprop")
    return name in TEXTS and not is_formula


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("slips")


@pytest.mark.parametrize("style", others_thorough(STYLES))
def test_the_sound_cards_are_of_all_kinds_and_load_in_every_style(folder, style):
    assert CARDS.keys() == KINDS.keys()
    own = [(kind, card) for kind, cards in CARDS.items() for card in cards]
    cards = [{"id": f"card-{i}", "kind": kind, **card} for i, (kind, card) in enumerate(own)]
    result = loaded(folder, written(cards, [style] * len(cards)))
    assert (result.problems, len(result.cards)) == ((), len(cards))


def with_slip(card: dict[str, Any], path: Leaf, formula: str, prefix: str) -> str | None:
    """Return a text for a field that needs quotes; None if the field takes no such text."""
    if takes_any_text(card, path):
        return prefix + at(card, path)
    return formula if path == ("f",) and "where" not in card else None


def contents(result: Loaded) -> list[object]:
    return [card.content for card in result.cards]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@settings(max_examples=sample_size(12, 600))
@given(files(), st.sampled_from(PREFIXES), st.sampled_from(FORMULAS))
def test_a_text_that_needs_quotes_is_reported_in_its_line_and_loads_in_quotes(folder, file, prefix, formula):
    cards, styles, number, path = file
    text = with_slip(cards[number], path, formula, prefix)
    assume(text is not None)

    def with_text(written_as: str) -> str:
        return written([*cards[:number], replaced(cards[number], path, Raw(written_as)), *cards[number + 1 :]], styles)

    mended = loaded(folder, with_text(quoted(text)))
    assert (mended.problems, len(mended.cards)) == ((), len(cards))
    source, marked = with_text(text), with_text(MARK + text)
    result = loaded(folder, source)
    note(f"{source}\n{result.problems[:1]}")
    if prefix == "# " and path[-1] in OPTIONAL and not result.problems:
        return  # a field that may be empty, and a comment
    assert result.problems or contents(result) == contents(mended)
    for first in result.problems[:1]:
        opened = {line_of(source, f"card-{number}")} if prefix == "{ " and "is not closed" in first.what else set()
        assert first.line in {line_of(marked, MARK), *opened}
        assert "quote" in first.mend


@settings(max_examples=sample_size(12, 600))
@given(files(), st.sampled_from(sorted(SLIPS)))
def test_a_slip_between_the_texts_is_reported_where_it_is_or_where_its_bracket_begins(folder, file, slip):
    cards, styles, number, path = file
    text = Raw(MARK + flow(at(cards[number], path)))
    marked = written([*cards[:number], replaced(cards[number], path, text), *cards[number + 1 :]], styles)
    line = line_of(marked, MARK)
    rows = marked.split("\n")
    row = re.sub(*SLIPS[slip], rows[line - 1], count=1)
    assume(row != rows[line - 1])
    source = "\n".join([*rows[: line - 1], row, *rows[line:]]).replace(MARK, "")
    result = loaded(folder, source)
    note(f"{source}\n{result.problems[:1]}")
    sound = loaded(folder, marked.replace(MARK, ""))
    assert result.problems or slip in MAY_BE_MEANT or contents(result) == contents(sound)
    for first in result.problems[:1]:
        card = line_of(source, f"card-{number}")
        lines_nearby = {card} if "is not closed" in first.what else set()
        if slip in NOTICED_NEXT:
            lines_nearby |= {card, line - 1, line + 1, line_of(f"{source}card-{number + 1}", f"card-{number + 1}")}
            assert not {line, *lines_nearby}.isdisjoint(problem.line for problem in result.problems)
        else:
            assert first.line in {line, *lines_nearby}
        if slip in LEAVE_OUT:
            assert (first.line, first.mend.startswith("leave ")) == (line, True)


TOKENS = (
    "cards",
    "cards:",
    "\n",
    "\n- ",
    "\n  - ",
    "id: a",
    "ask",
    ": ",
    " #1",
    "#1",
    "&a ",
    "*a",
    "! ",
    "|",
    "> ",
    '"',
    "'",
)
TOKENS = (*TOKENS, "[", "]", "{", "}", ", ", "\u00a0", "\u2028", "\r", "? ", "::", "---\n", "b", "\n    kind: recall")


@settings(max_examples=sample_size(30, 2_000))
@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join))
def test_any_text_is_refused_with_a_problem_or_has_cards(folder, text):
    result = loaded(folder, text)
    assert result.problems or result.cards or re.search(r"cards:\s*\[\s*\]", text)
