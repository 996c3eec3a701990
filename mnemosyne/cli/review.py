"""`review` and `due`: a session in the terminal or line by line, and whether one is worth starting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from mnemosyne.cli import start
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.shell_completion import query_words, tag_words, topic_words
from mnemosyne.cli.strict_typer import refuse_mistyped_options
from mnemosyne.errors import InputError
from mnemosyne.review.ports import Scope
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.text import pluralize

MOST = 36_500  # days or cards: more than any learner has
Minutes = Annotated[
    int | None,
    typer.Option("--minutes", metavar="M", min=1, max=1440, help="Stop after this many minutes spent on answers."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Line by line, for screen readers and pipes.")]


def review(
    context: typer.Context,
    *,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="T", autocompletion=topic_words, help="Only this topic.")
    ] = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="G", autocompletion=tag_words, help="Only cards with this tag.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many cards.")] = None,
    minutes: Minutes = None,
    new: Annotated[
        int | None,
        typer.Option("--new", metavar="N", min=0, max=MOST, help="Ask N new cards, whatever the day's limit."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="U", help="New cards of this unit first, by its number or name."),
    ] = None,
    ahead: Annotated[
        int, typer.Option("--ahead", metavar="N", min=0, max=MOST, help="Also what is due within N days.")
    ] = 0,
    spread: Annotated[
        int | None,
        typer.Option(
            "--spread", metavar="N", min=1, max=MOST, help="Spread the reviews that are due evenly over N days."
        ),
    ] = None,
    plain: Plain = False,
) -> None:
    """Review what is due, then what is new."""
    new_from = "" if unit is None else f"unit:{unit}"
    plan = SessionPlan(Scope(topic, tag), limit, _time(minutes), new, ahead, new_from=new_from, spread=spread)
    raise typer.Exit(start.session(context.obj, plan, plain=plain))


def practise(
    context: typer.Context,
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            autocompletion=query_words,
            help="A query, as for `cards list`; every card seen so far if left out.",
        ),
    ] = None,
    mistakes: Annotated[
        int | None,
        typer.Option("--mistakes", metavar="N", min=1, max=MOST, help="Only cards with mistakes in the last N days."),
    ] = None,
    ahead: Annotated[
        int | None, typer.Option("--ahead", metavar="N", min=1, max=MOST, help="Only what is due within N days.")
    ] = None,
    exam: Annotated[
        bool,
        typer.Option(
            "--exam",
            help="Ask 10 questions (or --limit) about functions that no card has, built from what you have met.",
        ),
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many cards.")] = None,
    minutes: Minutes = None,
    plain: Plain = False,
) -> None:
    """Practise cards without changing their schedule."""
    from mnemosyne.review.query import parse_query

    refuse_mistyped_options(context, *query or ())
    if exam and (query or mistakes is not None or ahead is not None):
        raise InputError("--exam asks about functions that no card has", "leave out the query, --mistakes and --ahead")
    practice = Practice(parse_query(" ".join(query)) if query else None, mistakes, ahead, exam=exam)
    plan = SessionPlan(limit=limit, time=_time(minutes), practice=practice)
    raise typer.Exit(start.session(context.obj, plan, plain=plain))


def _time(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def due(context: typer.Context, *, json: AsJson = False) -> None:
    """Show how many cards are due now, drills included, and how many are new; status 0 if any is due, else 1."""
    from mnemosyne.collection.load import waiting_now

    locations: Locations = context.obj
    with locations.collection() as collection:
        collection.sync_if_changed()
        waits = waiting_now(collection)
    if json:
        print_json(asdict(waits))
    else:
        say(f"{waits.due} due, {waits.new} new, {pluralize(waits.drills, 'drill')}")
    raise typer.Exit(0 if waits.due or waits.drills else 1)
