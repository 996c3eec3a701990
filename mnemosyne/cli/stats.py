"""`stats`: the learner's progress, as text or as one JSON document."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from typing import Annotated, Final

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.shared_options import AsJson, Since, Until, read_days
from mnemosyne.cli.shell_completion import topic_words

Topic = Annotated[str | None, typer.Option("--topic", metavar="T", autocompletion=topic_words, help="Only this topic.")]
WIDTH: Final = 80  # columns, if standard output is not a terminal
WIDEST: Final = 100  # most columns


def stats(
    context: typer.Context,
    *,
    topic: Topic = None,
    since: Since = None,
    until: Until = None,
    json: AsJson = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of what --json prints.")] = False,
) -> None:
    """Show your progress: activity, retention, which mistakes are fading, and what is coming up."""
    if schema:
        from mnemosyne.reports.document import progress_schema

        print_json(progress_schema())
        return
    first, last = read_days(since, until)
    from mnemosyne.collection.progress import QUICKLY_PREDICTED, progress_of, quick_predictions_of
    from mnemosyne.collection.skills import skills_of

    locations: Locations = context.obj
    with locations.collection() as collection:
        collection.sync_if_changed()
        statistics = progress_of(collection, topic, first, last)
        statistics = replace(statistics, predictions=quick_predictions_of(collection), skills=skills_of(collection))
    if json:
        from mnemosyne.reports.document import progress_document

        print_json(progress_document(statistics))
        return
    from mnemosyne.reports.terminal import progress_lines

    for line in progress_lines(statistics, _width(), plots=_draws()):
        say(line)
    if statistics.predictions is None:
        say()
        say(f"The log has over {QUICKLY_PREDICTED:,} reviews: `mnemosyne export progress` compares the schedulers.")


def _draws() -> bool:
    """Return whether plots are drawn on standard output."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size((WIDTH, 24)).columns) if sys.stdout.isatty() else WIDTH
