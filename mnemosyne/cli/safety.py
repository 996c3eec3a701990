"""`backup`, `restore` and `doctor`: a copy made now, the way back to one, and whether all is as it should be."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.output import print_json, progress, say
from mnemosyne.cli.place import Place
from mnemosyne.errors import DamagedError, InputError, SettingsError, StoreError

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.doctor import Finding
    from mnemosyne.collection.safety import Choice
    from mnemosyne.store.backup import Backup
    from mnemosyne.store.restore import Restored
    from mnemosyne.store.soundness import Contents

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def backup(context: typer.Context, json: AsJson = False) -> None:
    """Make a backup of the deck now, and say where."""
    from mnemosyne.collection.safety import back_up_now, in_words
    from mnemosyne.store.backup import Reason, look_into

    place: Place = context.obj
    with place.collection() as collection:
        made = back_up_now(collection, Reason.ASKED)
    found = look_into(made.path)
    if json:
        print_json(_document(made, found))
    else:
        say(f"{made.path}: {in_words(found)}")


def restore(
    context: typer.Context,
    which: Annotated[
        str | None, typer.Argument(metavar="WHICH", help="Its number in the list, its name, or a path; a list without.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: AsJson = False,
) -> None:
    """List the backups, or put one back; the present deck is backed up before, so that it can be taken back."""
    place: Place = context.obj
    with place.open_collection() as collection:
        if which is None:
            _list(collection, json)
        else:
            _put_back(collection, which, yes, json)


def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend from the log what can be mended, after a backup.")] = False,
    json: AsJson = False,
) -> None:
    """See whether deck, schedule, cards, checker and backups are as they should be: status 1 if anything is wrong."""
    from mnemosyne.collection import Collection
    from mnemosyne.collection.doctor import Finding, Treatment, examine

    place: Place = context.obj
    treatment = Treatment(fix)
    found: list[Finding] = []
    try:
        settings = place.settings()
        found.append(Finding("settings", True, str(settings.config_file)))
    except SettingsError as error:
        settings = place.default_settings()
        found.append(Finding("settings", False, str(error)))
    with Collection(settings) as collection:
        checks = chain(found, examine(collection, treatment, lambda items: progress(items, "schedule", None)))
        found = [_told(each, json) for each in checks]
    fine = all(each.fine for each in found)
    if json:
        backup_path = str(treatment.backup.path) if treatment.backup else None
        print_json({"fine": fine, "checks": [asdict(each) for each in found], "backup": backup_path})
    elif treatment.backup:
        say(f"The deck from before is backed up as {treatment.backup.path}.")
    elif not fix and _mendable(found):
        say("`mnemosyne doctor --fix` mends the deck from its log, after a backup.")
    raise typer.Exit(0 if fine else 1)


def _mendable(found: list[Finding]) -> bool:
    """Whether something is wrong inside a sound file, or with a deck that could be read to its end."""
    wrong = {each.check for each in found if not each.fine}
    if wrong & {"structure", "values"}:
        return True
    return any(each.check == "schedule" for each in found) and bool(wrong & {"deck", "days", "schedule", "tally"})


def _told(finding: Finding, json: bool) -> Finding:
    """The finding, said as soon as it is there."""
    if not json:
        how = "WRONG" if not finding.fine else "mended" if finding.mended else "fine"
        done = f"; {finding.mended}" if finding.mended else ""
        say(f"{how:7} {finding.check:13} {finding.said}{done}")
    return finding


def _list(collection: Collection, json: bool) -> None:
    from mnemosyne.collection.safety import choices

    found = choices(collection)
    if json:
        documents = ((each, _document(each.backup, each.contents)) for each in found)
        print_json(
            [
                {"number": each.number, **document, "fault": each.fault or None, "future": each.future}
                for each, document in documents
            ]
        )
        return
    for each in found:
        say(_row(collection, each))
    if not found:
        say(f"There are no backups yet in {collection.settings.backup_folder}.")


def _row(collection: Collection, choice: Choice) -> str:
    from mnemosyne.collection.safety import FUTURE, in_words, when

    reason = choice.backup.reason.replace("-", " ")
    within = in_words(choice.contents) if choice.contents else f"cannot be used: {choice.fault}"
    mark = FUTURE if choice.future else ""
    return f"{choice.number:3}  {when(collection, choice.backup.made_at)}  {reason:14}  {within}{mark}"


def _put_back(collection: Collection, which: str, yes: bool, json: bool) -> None:
    from mnemosyne.collection import safety
    from mnemosyne.store.backup import look_into

    path = safety.chosen(collection, which)
    found = look_into(path)
    if not yes:
        if not json:
            say(f"In the backup: {safety.in_words(found)}")
            say(f"In the deck:   {_present(collection.settings.deck_path)}")
        _ask(json)
    done = safety.restore(collection, path)
    if json:
        print_json(
            {
                "restored": str(path),
                **_contents(done.contents),
                "kept": str(done.kept.path) if done.kept else None,
                "damaged": str(done.damaged) if done.damaged else None,
            }
        )
        return
    say(f"Put back: {safety.in_words(done.contents)}.")
    for line in way_back(collection, done):
        say(line)


def way_back(collection: Collection, done: Restored) -> list[str]:
    """Where the deck is that was there before."""
    from mnemosyne.collection.safety import choices

    if done.kept is not None:
        number = next(each.number for each in choices(collection) if each.backup == done.kept)
        return [f"`mnemosyne restore {number}` takes this back."]
    return [f"The damaged deck is kept as {done.damaged}."] if done.damaged else []


def _present(deck: Path) -> str:
    from mnemosyne.collection.safety import in_words
    from mnemosyne.store.backup import look_into

    if not deck.is_file() or not deck.stat().st_size:
        return "there is none"
    try:
        return in_words(look_into(deck, "rw"))
    except DamagedError:
        return "it is damaged; the file will be kept"
    except StoreError as error:
        return error.message.removeprefix(f"{deck}: ")


def _ask(json: bool) -> None:
    """Go on only if the learner wants to: status 1 if not."""
    if json or not sys.stdin.isatty():
        raise InputError("restore asks before it puts a backup in the deck's place", "write --yes to do it")
    print("Put the backup in the deck's place? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        say("Nothing was changed.")
        raise typer.Exit(1)


def _document(made: Backup, found: Contents | None) -> dict[str, Any]:
    about = {"path": str(made.path), "made_at": made.made_at.astimezone(UTC).isoformat(), "reason": made.reason}
    return {**about, **_contents(found)}


def _contents(found: Contents | None) -> dict[str, Any]:
    if found is None:
        return {"cards": None, "reviews": None, "last": None}
    return {"cards": found.cards, "reviews": found.reviews, "last": found.last.isoformat() if found.last else None}
