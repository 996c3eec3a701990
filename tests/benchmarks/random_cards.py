"""Random card files, every kind with random fields: python tests/benchmarks/random_cards.py [--cards N] [--seed S].

Each card is refused with a problem, or loaded; what `cards check` proves is then used as a learner and his
programs do. Prints how many were refused by the loader, refused by the proof, and used (and how many of these
the checker left to the learner, at points other than the proof's); ends with 1 at the first that fails.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import string
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json, to_json
from mnemosyne.cards.kinds.proving import NotProvedError
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.question import asked_line, links, make_question
from mnemosyne.checker.client import Checker
from mnemosyne.cli.entry import run
from mnemosyne.collection.card_checks import prove, proving_of
from mnemosyne.collection.session_checker import SessionChecker
from mnemosyne.deckfiles.file_schema import SCHEMAS
from mnemosyne.deckfiles.loader import load_file
from mnemosyne.plain.verdicts import question_lines, solution_lines
from mnemosyne.review.hints import hints_for
from mnemosyne.verdict import Word

DEADLINE = timedelta(seconds=1)
SEEDS = (0, 1, 2, 77, 2**63 - 1)
FUNCTIONS = ("sin", "cos", "tan", "exp", "ln", "sqrt", "arctan", "sigmoid", "relu", "abs", "sinh", "log2", "F", "g")
LETTERS = "xxxxxabcktuvwyze"
_WORDS = "chain rule outer {{outer}} {a} {b} ${a}x$ **{k}** x^{2} $x^2$ `x²` – ... #1 & \u202e"
WORDS = _WORDS.split()
BLANKS = "{{word}} {{a|b}} {{ }} {{x;y}} {{x,y}}_{{z}} {{.}} {{ {{√x}} {{ß}} {{{a}}} {{{b}|2}}"
OTHER_KINDS = ("derivativ", "essay", "7", "", "Recall", "null")
COMMANDS = (
    ("cards", "sync"),
    ("cards", "list", "--json"),
    ("export", "cards", "--format", "json", "-o", "-"),
    ("export", "cards", "--format", "csv", "-o", "-"),
    ("stats", "--json"),
    ("due",),
)


@dataclass(slots=True)
class Maker:
    """Makes the text of one card after another."""

    draw: random.Random

    def card(self) -> str:
        """Return one card in YAML, in braces."""
        kind = self.draw.choice(tuple(KINDS))
        make = self.formula_card if kind == "formula" else getattr(self, kind)
        fields = {"id": self.identifier(), "kind": kind, **make()}
        for name in SCHEMAS[kind].model_fields:
            if name not in fields and self.draw.random() < 0.025:
                fields[name] = self.any_field(name)
        if self.draw.random() < 0.05:
            fields["kind"] = self.draw.choice(OTHER_KINDS)
        if self.draw.random() < 0.08:
            fields.pop(self.draw.choice(list(fields)))
        if self.draw.random() < 0.08:
            fields[self.draw.choice([*fields, "nonsense"])] = self.odd_value()
        return self.damaged("{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}")

    def head(self) -> str:
        """Return what comes before the cards of a file: mostly nothing."""
        draw = self.draw
        if draw.random() < 0.9:
            return ""
        name = draw.choice(("topic", "defaults", "defaults", "defaults"))
        shared = draw.choice(("tags", "lesson", "target"))
        value = draw.choice(("trial", "other")) if name == "topic" else f"{{{shared}: {self.any_field(shared)}}}"
        return f"{name}: {value if draw.random() < 0.9 else self.odd_value()}\n"

    def identifier(self) -> str:
        return f"c{self.draw.randrange(10**6)}" if self.draw.random() < 0.97 else self.draw.choice(("A b", "a--b", "1"))

    def odd_value(self) -> str:
        draw = self.draw
        return draw.choice(
            (
                "[]", "{}", "null", "true", "-1", "1e999", ".nan", "''", "' '", "[[[[]]]]", "{a: {b: c}}", "!!int 3",
                "*x", "&x y", f"'{'9' * draw.randrange(1, 400)}'", "0x1F", "'\\x00'", '"\\x1b[31m"', "2..9", "'∂/∂'",
                quoted("(" * draw.randrange(1, 300)), quoted(self.formula(3)),
            )
        )  # fmt: skip

    def damaged(self, text: str) -> str:
        """Return the text, now and then with a typing mistake in it."""
        draw = self.draw
        while draw.random() < 0.06:
            at = draw.randrange(len(text))
            sign = draw.choice(
                ("", "'", '"', ":", ": ", "#", " #", "[", "}", "|", "&", "*", "\t", "\u00a0", "\n", "€", "^")
            )
            text = text[:at] + sign + text[at + draw.randrange(2) :]
        return text

    def formula(self, depth: int = 3, letters: str = LETTERS) -> str:
        draw = self.draw
        if depth == 0 or draw.random() < 0.2:
            return draw.choice((draw.choice(letters), draw.choice(letters), str(draw.randrange(10)), "pi", "0.5", "e"))
        left, right = self.formula(depth - 1, letters), self.formula(depth - 1, letters)
        form = draw.choice(
            ("{f}({a})", "{f}({a})", "{a} + {b}", "{a} - {b}", "{a}*{b}", "({a})({b})", "({a})/({b})", "({a})^{n}",
             "({a})^({b})", "{a} {b}", "-({a})", "|{a}|", "max({a}, {b})", "{a})", "{a}^^{b}")
            [: 15 if draw.random() < 0.03 else 13]
        )  # fmt: skip
        return form.format(
            f=draw.choice(FUNCTIONS), a=left, b=right, n=draw.choice(("2", "3", "9^9", "(1/2)", "-1", "a"))
        )

    def where(self, text: str) -> dict[str, str]:
        """Return parameters, mostly for letters that the text has."""
        draw = self.draw
        names = [name for name in "abckFg" if name in text and draw.random() < (0.97 if name in "Fg" else 0.6)]
        names += [draw.choice(string.ascii_letters)] * (draw.random() < 0.05)
        entries = [f"{name}: {self.values(name)}" for name in names]
        if names and draw.random() < 0.15:
            entries.append(f"if: {self.condition()}")
        return {"where": "{" + ", ".join(entries) + "}"} if names else {}

    def condition(self) -> str:
        """Return a condition between parameters, mostly a valid one."""
        draw = self.draw
        sides = [draw.choice(("a", "b", "a + b", "a*b", "2", "0", "k", "F", "1/a", "x")) for _ in "12"]
        condition = f" {draw.choice(('<', '<=', '!=', '=', '>', '≥', '=='))} ".join(sides)
        return draw.choice(
            (quoted(condition), f"[{quoted(condition)}, 'a < 9']", "a", "[]", "[[a]]", "3")[
                : 2 if draw.random() < 0.9 else 6
            ]
        )

    def values(self, name: str) -> str:
        draw = self.draw
        if name in "Fg" and draw.random() < 0.9:
            return draw.choice(("[sin, cos]", "[exp, ln, tan]", "[sqrt]"))
        low = draw.randrange(-4, 5)
        return draw.choice(
            (f"{low}..{low + draw.randrange(6)}", "[1/2, 2, 3]",
             f"{low}..{low + 3} not {draw.choice('ab0123'.replace(name, '0'))}",
             "'[2, 3, 4] not a'", quoted(draw.choice(("2*a", "a + b", "a*b/2", "a^b", "1/(a - 1)", "b", "-k"))),
             "[sin, 2]", "9..1", "1..2000", "[]", "0..0")
            [: 5 if draw.random() < 0.9 else 10]
        )  # fmt: skip

    def derivative(self) -> dict[str, str]:
        f = self.formula(self.draw.randrange(1, 4))
        f = f if re.search("x(?!p)(?<!max)", f) or self.draw.random() < 0.05 else f"({f}) x"
        variable = {"variable": self.draw.choice("xxtua")} if self.draw.random() < 0.1 else {}
        fields = {"f": quoted(f), **variable, **self.where(f), **self.wrong()}
        if self.draw.random() < 0.2:
            fields["order"] = self.draw.choice("122370")
        if self.draw.random() < 0.2:
            fields["at"] = self.draw.choice(
                ("{x: 1}", "{x: 1/2}", "{x: a}", "{x: 1, a: 2, b: 3, c: 1, k: 2}", "{y: 1}")
            )
        return fields

    def wrong(self) -> dict[str, str]:
        """Return, now and then, a wrong answer that the author foresees."""
        answer = quoted(self.formula(1))
        return {"wrong": f"[{{answer: {answer}, why: Not {self.words()}.}}]"} if self.draw.random() < 0.1 else {}

    def formula_card(self) -> dict[str, str]:
        answer = self.formula(2, "xxyab")
        placeholders = "".join(f"{{{name}}} " for name in "abFg" if name in answer and self.draw.random() < 0.9)
        names = {"names": self.draw.choice(("[x]", "[x, y]", "[a]", "[xy]"))} if self.draw.random() < 0.3 else {}
        ask = quoted(f"Which, for {placeholders}?")
        return {"ask": ask, "answer": quoted(answer), **names, **self.where(answer), **self.wrong()}

    def implicit(self) -> dict[str, str]:
        left, right = self.formula(2, "xxyya"), self.formula(1, "xya23")
        equation = f"{left} + x y = {right}" if self.draw.random() < 0.95 else f"{left} {right}"
        return {"equation": quoted(equation), **self.where(equation), **self.wrong()}

    def antiderivative(self) -> dict[str, str]:
        f = f"{self.formula(self.draw.randrange(1, 3), 'xxxab')} + x"
        fields = {"f": quoted(f), **self.where(f), **self.wrong()}
        if self.draw.random() < 0.3:
            fields["answer"] = quoted(self.formula(2, "xxa"))
        if self.draw.random() < 0.3:
            fields["constant"] = self.draw.choice(("asked", "free", "no"))
        return fields

    def steps(self) -> dict[str, str]:
        f = f"{self.draw.choice(FUNCTIONS)}({self.formula(self.draw.randrange(1, 3), 'xxxabk')})"
        return {"f": quoted(f), **self.where(f)}

    def backprop(self) -> dict[str, str]:
        draw = self.draw
        names = ["w", "x", "b"]
        let: dict[str, str] = {}
        for i in range(draw.randrange(1, 6)):
            letters = "".join(name for name in names if len(name) == 1) + names[-1][0]
            name = draw.choice((f"z{i}", "zahLqd"[i], draw.choice("wze") if draw.random() < 0.1 else f"q{i}"))
            let[name] = f"{self.formula(2, letters)} + {names[-1]} {draw.choice(names)}"
            names.append(name)
        of, by = (names[-1], "w") if draw.random() < 0.8 else (draw.choice([*let, "L"]), draw.choice([*let, "x", "v"]))
        ask = f"d{of}/d{by}"
        fields = {"let": "{" + ", ".join(f"{name}: {quoted(text)}" for name, text in let.items()) + "}", "ask": ask}
        if draw.random() < 0.3:
            fields["at"] = "{w: 2, x: 0.5, b: -1}"
            fields["tolerance"] = draw.choice(("1%", "0.01", ".5", "0"))
        return {**fields, **self.where(" ".join(let.values()))}

    def numeric(self) -> dict[str, str]:
        answer = self.formula(2, "aabk23")
        placeholders = "".join(f"{{{name}}} " for name in "abkFg" if name in answer and self.draw.random() < 0.9)
        fields = {"ask": quoted(f"What is {placeholders}?"), "answer": quoted(answer), **self.where(answer)}
        if self.draw.random() < 0.4:
            fields["tolerance"] = self.draw.choice(("1%", "0.01", "5 %", "500%", "1e-9", "0", "x"))
        return fields

    def choice(self) -> dict[str, str]:
        texts = [self.draw.choice((self.formula(1), self.draw.choice(WORDS))) for _ in range(self.draw.randrange(1, 6))]
        right = self.draw.randrange(len(texts)) if self.draw.random() < 0.95 else -1
        options = (
            f"{{text: {quoted(text)}{', right: true' if i == right else self.why()}}}" for i, text in enumerate(texts)
        )
        fields = {"ask": quoted(self.words()), "options": f"[{', '.join(options)}]"}
        return {**fields, **self.where_of(" ".join(fields.values()))}

    def why(self) -> str:
        """Return, now and then, the feedback of an option."""
        return f", why: {quoted(self.words())}" if self.draw.random() < 0.3 else ""

    def where_of(self, text: str) -> dict[str, str]:
        """Return, now and then, parameters for the braces of a text."""
        braces = "".join(re.findall(r"{(\w)}", text))
        return self.where(braces) if self.draw.random() < 0.5 else {}

    def words(self) -> str:
        return " ".join(self.draw.choice(WORDS) for _ in range(self.draw.randrange(1, 6)))

    def cloze(self) -> dict[str, str]:
        blank = self.draw.choice(BLANKS.split())
        synonyms = {"synonyms": "{word: [Word, term]}"} if self.draw.random() < 0.2 else {}
        text = f"{self.words()} {blank}"
        return {"text": quoted(text), **synonyms, **self.where_of(text)}

    def recall(self) -> dict[str, str]:
        ask, answer = self.words(), self.words()
        return {"ask": quoted(ask), "answer": quoted(answer), **self.where_of(f"{ask} {answer}")}

    def any_field(self, name: str) -> str:
        """Return a value for a field that the card does not have yet, mostly one that is allowed there."""
        draw = self.draw
        letter = draw.choice("xxytu")
        return {
            "wrong": lambda: f"[{{answer: {quoted(self.formula(1))}, why: {quoted(self.words())}}}]",
            "where": lambda: f"{{a: {self.values('a')}}}",
            "replaces": lambda: draw.choice(("sin-x-squared", "sin-of-square", "c1", "A b")),
            "f": lambda: quoted(f"{self.formula(2)} + {letter}"),
            "answer": lambda: quoted(self.formula(2, "xxab")),
            "variable": lambda: letter,
            "dependent": lambda: letter,
            "order": lambda: draw.choice("1234"),
            "at": lambda: f"{{{letter}: {draw.choice(('1', '1/2', 'a', '0', '-3', 'pi'))}}}",
            "tolerance": lambda: draw.choice(("1%", "0.01", "5 %", "1e-9", "0")),
            "unit": lambda: draw.choice(("m", "m/s", "%", "kg*m", "'°C'", "x", "3", "'\u202e'", "''")),
            "names": lambda: draw.choice(("[x]", "[x, y]", "[a]")),
            "constant": lambda: draw.choice(("asked", "free")),
            "synonyms": lambda: "{word: [Word, '{a}']}",
            "other_letters": lambda: draw.choice(("{word: [w]}", "{x: ['{a}']}", "{word: word}")),
            "target": lambda: draw.choice(("30", "0", "1.5", "-2")),
            "lesson": lambda: draw.choice(("start", "'a b'")),
            "tags": lambda: draw.choice(("[A]", "[chain]", "chain")),
            "hints": lambda: draw.choice(("[one, 'two {b}']", "['{a} $x^2$']")),
        }.get(name, lambda: draw.choice(("'what is {a}?'", "start", "'x'")))()


def quoted(text: str) -> str:
    """Return a text as YAML writes it in single quotes."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(slots=True)
class Trial:
    """Tries cards one by one, and those that are proved together; `counts` records the outcomes."""

    folder: Path
    checker: Checker
    counts: Counter[str] = field(default_factory=Counter)
    proved: list[str] = field(default_factory=list)

    def card(self, text: str, head: str = "") -> None:
        """Load, prove and use one card under the head of a file; AssertionError, or what it raises, on failure."""
        path = self.folder / "trial" / "deck.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{head}cards:\n  - {text}\n", encoding="utf-8")
        loaded = load_file(path)
        assert loaded.problems or loaded.cards, "neither a card nor a problem"
        assert all(str(problem).count("\n") == 0 for problem in loaded.problems), loaded.problems
        if not loaded.cards or loaded.problems:
            self.counts["refused when loaded"] += 1
            return
        proof = prove(loaded.cards[0], loaded.places[loaded.cards[0].id], self.checker)
        if proof.fault is not None:
            self.counts["refused by the proof"] += 1
            return
        self.counts["used"] += 1
        self.use(loaded.cards[0])
        self.proved.append(text)

    def use(self, card: Card) -> None:
        """Do with a card what sessions, lists and exports do."""
        assert from_json(to_json(card)) == card
        links(card)
        assert "cannot be asked" not in asked_line(card)
        judge = SessionChecker(self.checker)  # as sessions have it: a check that takes too long is no failure
        for seed in SEEDS:
            question = make_question(card, seed)
            hints_for(question)
            question_lines(question, 1, drill=False)
            solution_lines(question, question.expected.solve(seed, judge))
        try:
            answer = question.expected.right_answer(proving_of(question, self.checker))
        except NotProvedError as error:  # at points other than the proof's, or on a busy machine
            assert "could not" in error.what, error.what
            self.counts["undecided in use"] += 1
            return
        if answer is not None:
            word = question.expected.judge(answer, seed, judge).word
            assert word in (Word.CORRECT, Word.UNDECIDED), (word, answer)
            self.counts["undecided in use"] += word is Word.UNDECIDED

    def together(self, call: Callable[[list[str]], int]) -> None:
        """Put all proved cards into one topic, and run commands over it."""
        topic = self.folder / "cards" / "all"
        topic.mkdir(parents=True, exist_ok=True)
        unique = {text.split(",")[0]: text for text in self.proved}
        text = "cards:\n" + "".join(f"  - {card}\n" for card in unique.values())
        (topic / "deck.yaml").write_text(text, encoding="utf-8")
        for command in COMMANDS:
            with redirect_stdout(StringIO()):
                status = call(["--home", str(self.folder / "home"), "--cards", str(self.folder / "cards"), *command])
            assert status in (0, 1), (command, status)


def main() -> None:
    """Make cards, try each, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mnemosyne-random-cards-"))
    maker = Maker(random.Random(options.seed))
    with Checker(DEADLINE) as checker:
        trial = Trial(folder, checker)
        for _ in range(options.cards):
            text, head = maker.card(), maker.head()
            try:
                trial.card(text, head)
            except BaseException:
                print(f"failed: {head}{text}", file=sys.stderr)
                raise
        trial.together(run)
    shutil.rmtree(folder)
    print(
        f"{options.cards:,} cards:",
        ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(trial.counts.items())),
    )


if __name__ == "__main__":
    main()
