"""`class`: create a hub for a class, add and remove its members, and report their progress."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from mnemosyne.cli.export import Output, output_target, write_lines
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import json_line, print_json, say, warn
from mnemosyne.cli.shared_options import AsJson, Since, read_days
from mnemosyne.cli.strict_typer import StrictTyper
from mnemosyne.errors import InputError
from mnemosyne.hub_address import EXAMPLE, HubAddress, read_hub_address
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.progress.class_progress import ClassProgress, ClassScope

USUAL_DAYS: Final = 28  # days that a report covers by default
Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Their names, which become roles on the server.")]
Hub = Annotated[str, typer.Option("--hub", metavar="URL", help=f"The hub, such as {EXAMPLE}.")]
app = StrictTyper(help="Run a class on a hub: a PostgreSQL database to which the learners' decks send their events.")


class ReportFormat(StrEnum):
    """How a report on a class is written."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    MOODLE = "moodle-csv"


@app.command("init")
def class_init(url: Annotated[str, typer.Argument(metavar="URL", help=f"The database, such as {EXAMPLE}.")]) -> None:
    """Turn an empty PostgreSQL database that you own into a hub, on a server where you may create roles."""
    from mnemosyne.hub.founding import found_hub

    hub = _address(url)
    founded = found_hub(hub)
    say(f"{hub} is now a hub." if founded else f"{hub} is already a hub.")
    say(f"Add learners: mnemosyne class add --hub {hub} NAME ...")


@app.command("add")
def class_add(
    names: Names,
    *,
    hub: Hub,
    teacher: Annotated[bool, typer.Option("--teacher", help="Let them read everything and send nothing.")] = False,
    returning: Annotated[
        bool, typer.Option("--returning", help="They were learners here before: give them their events back.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Add learners, and print for each of them the one line to hand over: it contains the password."""
    from mnemosyne.hub.membership import add_members, learner_line, member_address, password_entry, teacher_line

    address = _address(hub)
    invitations = add_members(address, names, teachers=teacher, returning=returning)
    if json:
        print_json(
            [
                {
                    "name": invitation.name,
                    "hub": str(member_address(address, invitation.name)),
                    "pgpass": password_entry(address, invitation),
                }
                for invitation in invitations
            ]
        )
        return
    for invitation in invitations:
        say((teacher_line if teacher else learner_line)(address, invitation))
    warn("give each line only to its owner; the passwords are stored nowhere else")


@app.command("remove")
def class_remove(
    names: Names,
    *,
    hub: Hub,
    erase: Annotated[bool, typer.Option("--erase", help="Also delete what they sent; this cannot be undone.")] = False,
    json: AsJson = False,
) -> None:
    """Remove members; their work stays on the hub unless it is erased, and on their own machines in any case."""
    from mnemosyne.hub.membership import remove_members

    events = remove_members(_address(hub), names, erase=erase)
    if json:
        print_json(events)
        return
    for name, count in events.items():
        kept = "everything erased" if erase else f"{pluralize(count, 'event')} kept"
        say(f"{name}: removed; {kept}.")


@app.command("report")
def class_report(
    context: typer.Context,
    *,
    hub: Hub,
    format_: Annotated[ReportFormat, typer.Option("--format", metavar="html|json|csv|moodle-csv", help="The format.")],
    topic: Annotated[str | None, typer.Option("--topic", metavar="T", help="Only the cards of this topic.")] = None,
    since: Since = None,
    learner: Annotated[str, typer.Option("--learner", metavar="NAME", help="One learner's page.")] = "",
    output: Output = None,
) -> None:
    """Report who is working, what they retain, which misconceptions stand out this week, and which cards are hard."""
    from mnemosyne.hub.class_figures import read_class

    locations: Locations = context.obj
    output = output_target(locations, output)
    with locations.collection() as collection:
        scope = _scope(collection, topic, since, learner)
    write_lines(_report_lines(format_, read_class(_address(hub), scope)), output)


def _address(url: str) -> HubAddress:
    try:
        return read_hub_address(url)
    except ValueError as error:
        raise InputError(f"the address of the hub {error}", "see mnemosyne class --help") from None


def _scope(collection: Collection, topic: str | None, since: str | None, learner: str) -> ClassScope:
    """Return the scope of the report; the cards of a topic are taken from the teacher's own card files."""
    from mnemosyne.collection.names import topic_title
    from mnemosyne.progress.class_progress import ClassScope
    from mnemosyne.progress.period import Period, last_days

    today = collection.clock.today()
    first, _ = read_days(since, None)
    if first is not None and first > today:
        raise InputError(f"--since {since} is after today", "pass an earlier day")
    period = Period(first, today) if first else last_days(today, USUAL_DAYS)
    if topic is None:
        return ClassScope(period, learner=learner)
    cards = _cards_of(collection, topic)
    return ClassScope(period, topic, cards, learner, topic_title(collection, topic))


def _cards_of(collection: Collection, topic: str) -> tuple[str, ...]:
    from mnemosyne.collection.names import require_known
    from mnemosyne.review.ports import Scope

    collection.sync_if_changed()
    require_known(collection, Scope(topic))
    return tuple(sorted(card for card, (of, _) in collection.owners().items() if of == topic))


def _report_lines(format_: ReportFormat, progress: ClassProgress) -> Iterator[str]:
    from mnemosyne.reports.class_tables import class_document, class_tables, moodle_lines
    from mnemosyne.reports.csv_lines import GUARDED
    from mnemosyne.reports.table import long_lines

    match format_:
        case ReportFormat.HTML:
            from mnemosyne.collection.report_pages import class_page_lines  # late: it draws charts

            return class_page_lines(progress)
        case ReportFormat.JSON:
            return iter([f"{json_line(class_document(progress))}\n"])
        case ReportFormat.CSV:
            return long_lines(class_tables(progress))
        case ReportFormat.MOODLE:
            return moodle_lines(progress, GUARDED)
