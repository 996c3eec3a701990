"""`backup`, `restore` and `doctor`: copy the deck, restore a copy, and check that everything is healthy."""

from __future__ import annotations

import sys
from datetime import UTC
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, progress_bar, require_yes, say
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.errors import DamagedError, InputError, SettingsError, StoreError

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.doctor import Finding
    from mnemosyne.settings import Settings
    from mnemosyne.store.backup import Backup, BackupChoice, RestoredDeck
    from mnemosyne.store.database_file import DeckContents


def backup(context: typer.Context, *, json: AsJson = False) -> None:
    """Back up the deck now, and show where."""
    from mnemosyne.collection.safety import back_up_now, contents_text
    from mnemosyne.store.backup import Reason, look_into

    locations: Locations = context.obj
    with locations.collection() as collection:
        new = back_up_now(collection, Reason.ASKED)
    contents = look_into(new.path)
    if json:
        print_json(_document(new, contents))
    else:
        say(f"{new.path}: {contents_text(contents)}")


def restore(
    context: typer.Context,
    *,
    which: Annotated[
        str | None, typer.Argument(metavar="WHICH", help="Its number in the list, its name, or a path.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """List the backups, or restore one; the current deck is backed up first, so you can undo it."""
    locations: Locations = context.obj
    with locations.open_collection() as collection:
        if which is None:
            _list(collection, json=json)
        else:
            _restore(collection, which, yes=yes, json=json)


def doctor(
    context: typer.Context,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="Repair what can be recomputed from the log, after a backup.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Check that deck, schedule, cards, checker and backups are healthy; status 1 if anything is wrong."""
    from mnemosyne.collection import Collection
    from mnemosyne.collection.doctor import RepairPlan, examine

    repairs = RepairPlan(mends=fix)
    settings, found = _examine_settings(context.obj)
    with Collection(settings) as collection:
        checks = chain([found], examine(collection, repairs, lambda items: progress_bar(items, "schedule", None)))
        findings = [_say_finding(finding, json=json) for finding in checks]
    fine = all(finding.fine for finding in findings)
    if json:
        backup_path = str(repairs.backup.path) if repairs.backup else None
        print_json({"fine": fine, "checks": [_finding_json(finding) for finding in findings], "backup": backup_path})
    elif repairs.backup:
        say(f"The previous deck is backed up as {repairs.backup.path}.")
    elif not fix and _repairable(findings):
        say("`mnemosyne doctor --fix` repairs the deck from its log, after a backup.")
    raise typer.Exit(0 if fine else 1)


def _examine_settings(locations: Locations) -> tuple[Settings, Finding]:
    """Return the settings, or the defaults if the file cannot be read, and what was found of the file."""
    from mnemosyne.collection.doctor import Finding
    from mnemosyne.tui.preferences import check_preferences

    settings = None
    try:
        settings = locations.settings()
        check_preferences(settings)
    except SettingsError as error:
        return settings or locations.default_settings(), Finding("settings", str(error), fine=False)
    return settings, Finding("settings", str(settings.config_file), fine=True)


def _repairable(findings: list[Finding]) -> bool:
    """Return whether `doctor --fix` can repair a fault: in structure or values, or if the schedule could be checked."""
    wrong = {finding.check for finding in findings if not finding.fine}
    if wrong & {"structure", "values"}:
        return True
    return any(finding.check == "schedule" for finding in findings) and bool(
        wrong & {"deck", "days", "schedule", "tally"}
    )


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {"check": finding.check, "fine": finding.fine, "said": finding.message, "mended": finding.mended}


def _say_finding(finding: Finding, *, json: bool) -> Finding:
    """Print a finding and return it."""
    if not json:
        how = "WRONG" if not finding.fine else "fixed" if finding.mended else "fine"
        repair = f"; {finding.mended}" if finding.mended else ""
        say(f"{how:7} {finding.check:13} {finding.message}{repair}")
    return finding


def _list(collection: Collection, *, json: bool) -> None:
    from mnemosyne.collection.safety import backup_choices

    backups = backup_choices(collection)
    if json:
        documents = ((choice, _document(choice.backup, choice.contents)) for choice in backups)
        print_json(
            [
                {"number": choice.number, **document, "fault": choice.fault or None, "future": choice.future}
                for choice, document in documents
            ]
        )
        return
    for choice in backups:
        say(_row(collection, choice))
    if not backups:
        say(f"There are no backups yet in {collection.settings.backup_folder}.")


def _row(collection: Collection, choice: BackupChoice) -> str:
    from mnemosyne.collection.safety import FUTURE, contents_text, minute_text

    reason = choice.backup.reason.replace("-", " ")
    within = contents_text(choice.contents) if choice.contents else f"cannot be used: {choice.fault}"
    mark = FUTURE if choice.future else ""
    return f"{choice.number:3}  {minute_text(collection, choice.backup.made_at):18}  {reason:14}  {within}{mark}"


def _restore(collection: Collection, backup_name: str, *, yes: bool, json: bool) -> None:
    from mnemosyne.collection import safety
    from mnemosyne.store.backup import look_into

    path = safety.backup_path(collection, backup_name)
    contents = look_into(path)
    if not yes:
        if not json:
            say(f"In the backup: {safety.contents_text(contents)}")
            say(f"In the deck:   {_deck_line(collection.settings.deck_path)}")
        _require_confirmation(json=json)
    outcome = safety.restore_backup(collection, path)
    if json:
        print_json(
            {
                "restored": str(path),
                **_contents(outcome.contents),
                "kept": str(outcome.kept.path) if outcome.kept else None,
                "damaged": str(outcome.damaged) if outcome.damaged else None,
            }
        )
        return
    say(f"Restored: {safety.contents_text(outcome.contents)}.")
    for line in undo_lines(collection, outcome):
        say(line)


def undo_lines(collection: Collection, outcome: RestoredDeck) -> list[str]:
    """Return how to get the previous deck back, as lines."""
    from mnemosyne.collection.safety import backup_choices

    if outcome.kept is not None:
        number = next(choice.number for choice in backup_choices(collection) if choice.backup == outcome.kept)
        return [f"`mnemosyne restore {number}` undoes this."]
    return [f"The damaged deck is kept as {outcome.damaged}."] if outcome.damaged else []


def _deck_line(deck: Path) -> str:
    from mnemosyne.collection.safety import contents_text
    from mnemosyne.store.backup import look_into

    if not deck.is_file() or not deck.stat().st_size:
        return "none"
    try:
        return contents_text(look_into(deck, "rw"))
    except DamagedError:
        return "damaged; the file will be kept"
    except StoreError as error:
        return error.message.removeprefix(f"{deck}: ")


def _require_confirmation(*, json: bool) -> None:
    """Ask whether to go on; exit with status 1 if not."""
    if json or not sys.stdin.isatty():
        raise InputError("restore needs confirmation", "pass --yes")
    require_yes("Replace the deck with the backup?")


def _document(backup: Backup, contents: DeckContents | None) -> dict[str, Any]:
    about = {"path": str(backup.path), "made_at": backup.made_at.astimezone(UTC).isoformat(), "reason": backup.reason}
    return {**about, **_contents(contents)}


def _contents(contents: DeckContents | None) -> dict[str, Any]:
    if contents is None:
        return {"cards": None, "reviews": None, "last": None}
    return {
        "cards": contents.cards,
        "reviews": contents.reviews,
        "last": contents.last.isoformat() if contents.last else None,
    }
