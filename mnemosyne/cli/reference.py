"""The reference tables of `mnemosyne help`, generated from the declarations that they describe.

README and CONTRIBUTING contain some of them, compared by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mnemosyne.cards.kinds.card_kind import CardKind

# What each scheduler does, and when to choose it.
SCHEDULERS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "What does it know about a card?",
        "how many times in a row you passed it, its interval, and an ease factor that changes with grades of 3 and 5",
        "how long you remember it (stability), how hard it is, and so the probability that you recall it today",
    ),
    (
        "When does a card come back?",
        "after 1 day, then after 6 days; each later interval is the previous one times the ease factor",
        "on the day on which the probability of recall falls to desired_retention (0.9 unless you set it)",
    ),
    (
        "What happens when you fail?",
        "it starts again at 1 day; its ease factor stays",
        "it comes back soon, usually a little later than a new card that you fail, and counts as harder: its next"
        " intervals grow more slowly",
    ),
    (
        "What is a late answer worth?",
        "the same as one on time",
        "more: recalling a card that you had nearly forgotten makes you remember it for longer",
    ),
    (
        "What do grades mean?",
        "0 to 5 as they are",
        "0 to 2 count as again, 3 as hard, 4 and 5 as good; 5 is easy only if you raised the proposed grade to it",
    ),
    ("What do drills do?", "they leave the schedule as it is", "they count a little, as reviews on the same day"),
    (
        "What do skills do?",
        "they leave the schedule as it is",
        "with `skills` on, if your log shows that this predicts better, cards with parameters"
        " are asked only when one of their skills needs practice, when their own recall falls below"
        " 60 %, or on a due date that you set",
    ),
    (
        "When is it the right choice?",
        "you want a rule that you can work out by hand, or have only just begun",
        "you want fewer reviews for the same knowledge (published: about 10 % fewer), or to choose how much you"
        " remember",
    ),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One table: `about` introduces it, `heads` are its column titles, and every row has a text for each."""

    name: str  # the name used to ask for it
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def document(self) -> dict[str, Any]:
        """Return the table as a JSON document: each row is an object keyed by column title."""
        rows = [dict(zip(self.heads, row, strict=True)) for row in self.rows]
        return {"name": self.name, "about": self.about, "rows": rows}


def commands_table(command_line: Any) -> Reference:
    """Return every command of the Typer group, with its arguments and options."""
    rows = [("mnemosyne", "Open the home screen."), *_commands(command_line, "mnemosyne")]
    return Reference("commands", "The command line.", ("command", "does"), tuple(rows))


def _commands(group: Any, path: str) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path} {name}")
        else:
            usage = " ".join(filter(None, (path, name, *map(_parameter, command.params))))
            yield usage, command.help.split("\n")[0]


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
        return name if parameter.required or name in ("F", "ANSWER") else f"[{name}]"
    if parameter.name == "help":
        return ""
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{parameter.opts[0]}{value}" if parameter.required else f"[{parameter.opts[0]}{value}]"


def keys_table() -> Reference:
    """Return every command of the terminal interface, with its keys and the places where it is available."""
    from mnemosyne.tui.command import EVERYWHERE, keys_text
    from mnemosyne.tui.commands import COMMANDS

    def places(command: Any) -> str:
        return "everywhere" if tuple(command.places) == EVERYWHERE else ", ".join(command.places)

    rows = tuple((keys_text(command), command.description, places(command)) for command in COMMANDS)
    return Reference("keys", "The keys of the terminal interface.", ("keys", "what they do", "where"), rows)


def plain_table() -> Reference:
    """Return the commands of a plain session."""
    from mnemosyne.plain.plain_session import HELP

    about = "The lines that `mnemosyne review --plain` understands besides answers and grades."
    return Reference("plain", about, ("line", "does"), tuple(HELP.items()))


def kinds_table() -> Reference:
    """Return every kind of card, with its own fields."""
    from mnemosyne.cards.kinds.registry import KINDS

    rows = tuple((name, kind.about, _fields(kind)) for name, kind in KINDS.items())
    heads = ("kind", "asks the learner to", "fields ([optional])")
    return Reference("kinds", "The kinds of card that a card file may hold.", heads, rows)


def _fields(kind: CardKind) -> str:
    return ", ".join(field.name if field.required else f"[{field.name}]" for field in kind.fields)


def texts_table() -> Reference:
    """Return the markup of cards' texts."""
    rows = (
        ("$x^2$, $\\frac{1}{x}$", "a formula, typed as answers are, or as LaTeX: shown typeset"),
        ("$dy/dx = f'(g(x))$", "relations, derivatives, and functions such as f(x)"),
        ("**bold**, *soft*", "emphasis, at the edges of words: 2*x*y stays as it is"),
        ("`x = 1`", "code; a block goes between lines of ``` or is indented by four spaces"),
        ("- one", "an item of a list; 1. or 1) numbers it"),
        ("an empty line", "begins a new paragraph; a line break stays a line break (YAML: ask: |)"),
        ("\\$, \\*", "the character itself; an unmatched one is shown as it is, and so are HTML and links"),
        ("{a}", "the value of the parameter a in `where`; {{{a}}} is a cloze blank whose word is that value"),
        ("where: {a: 2..9, b: 2..9, c: a*b}", "c is computed from the values that are drawn"),
        (
            "where: {a: 2..9, b: 2..9, if: a < b}",
            "only values that satisfy it are drawn; several conditions go into a list",
        ),
    )
    return Reference("texts", "How the texts of cards are written: Markdown with formulas.", ("write", "for"), rows)


def mistakes_table() -> Reference:
    """Return every mistake that the checker names, in the order in which they are tried."""
    from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE

    rows = tuple((misconception.id, misconception.title) for misconception in CATALOGUE.values())
    return Reference("mistakes", "The mistakes that the checker names, in this order.", ("id", "the mistake"), rows)


def settings_table() -> Reference:
    """Return every setting with its default."""
    from mnemosyne.settings import SETTINGS

    rows = tuple((setting.name, setting.default_text, setting.meaning) for setting in SETTINGS)
    return Reference("settings", "The settings of config.toml.", ("setting", "default", "meaning"), rows)


def schedulers_table() -> Reference:
    """Return what each scheduler does, and when to choose it."""

    about = "The schedulers, for `config set scheduler`; you can switch on any day, and switch back without loss."
    return Reference("schedulers", about, ("question", "sm2 (the default)", "fsrs"), SCHEDULERS)


def columns_table() -> Reference:
    """Return every column of every export, with its unit."""
    from mnemosyne.reports.anki import REVLOG
    from mnemosyne.reports.column import CARDS, REVIEWS, Column
    from mnemosyne.reports.fsrs_reviews import FSRS
    from mnemosyne.reports.table import HEADS

    exports: dict[str, Iterable[Column[Any]]] = {
        "reviews as csv, jsonl": REVIEWS,
        "reviews as fsrs": FSRS,
        "reviews as anki-revlog": REVLOG,
        "cards": CARDS,
    }
    rows = [(export, column.name, column.unit, column.meaning) for export, of in exports.items() for column in of]
    rows += [("progress as csv", name, "", meaning) for name, meaning in HEADS.items()]
    return Reference(
        "columns", "What each column of an export holds.", ("export", "column", "unit", "meaning"), tuple(rows)
    )


def schema_table() -> Reference:
    """Return every table of the deck with its columns."""
    from mnemosyne.store import tables

    classes = (value for value in vars(tables).values() if isinstance(value, type) and hasattr(value, "__table__"))
    described: dict[str, str] = {row.__tablename__: (row.__doc__ or "").split("\n")[0] for row in classes}  # type: ignore[attr-defined]
    rows = tuple(
        (table.name, described[table.name], ", ".join(column.name for column in table.columns))
        for table in tables.TABLES
    )
    return Reference("schema", "The tables of deck.sqlite.", ("table", "holds", "columns"), rows)


def _page(name: str) -> Reference:
    """Return a help page as a table."""
    from mnemosyne.cli import help_pages

    page: help_pages.HelpPage = getattr(help_pages, name.upper())
    return Reference(name, page.about, page.heads, page.rows)


_TABLES: Mapping[str, Callable[[], Reference]] = {
    "keys": keys_table,
    "plain": plain_table,
    "kinds": kinds_table,
    "texts": texts_table,
    "grading": partial(_page, "grading"),
    "mistakes": mistakes_table,
    "settings": settings_table,
    "schedulers": schedulers_table,
    "skills": partial(_page, "skills"),
    "columns": columns_table,
    "schema": schema_table,
    "sync": partial(_page, "sync"),
    "class": partial(_page, "class"),
}
TOPICS = ("commands", *_TABLES)


def reference(topic: str, command_line: Any) -> Reference:
    """Return the table of a topic; raise KeyError if it is not in TOPICS."""
    return commands_table(command_line) if topic == "commands" else _TABLES[topic]()
