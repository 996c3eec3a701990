"""Entry: runs the command line and turns every way it can end into an exit status and at most one line.

0 fine, 1 the answer is no, 2 usage or input error, 129, 130 and 143 ended by a signal, 141 the reader of a pipe went
away, 70 a bug, whose traceback goes into the log. The only place that catches every exception.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mnemosyne.cli import start
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import INTERRUPTED, as_message, warn
from mnemosyne.errors import UNWRITABLE, InterfaceError, MnemosyneError
from mnemosyne.log_file import log_exception
from mnemosyne.review.session_plan import SessionPlan

if TYPE_CHECKING:
    import typer

USAGE = 2
BUG = 70  # EX_SOFTWARE of sysexits.h
_PRIVATE = 0o077  # the umask: the files of this program are readable by the learner only
PIPE_CLOSED = 141  # the status reported by a shell for a program ended by SIGPIPE
REQUEST = "_MNEMOSYNE_COMPLETE"  # the environment variable of a completion request, as named by Typer
_WORDS: Final = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "it must be a whole number",
    "Input should be a valid integer, got a number with a fractional part": "it must be a whole number",
    "Input should be greater than or equal to": "it must be at least",
    "Input should be less than or equal to": "it must be at most",
    "Input should be": "it must be",
}
_MOST_TOLD = 300  # characters of a bug's message; the log has all of it


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return the exit status."""
    try:
        _prepare_streams()
        os.umask(_PRIVATE)
        status = _invoke(list(arguments))
        sys.stdout.flush()
    except MnemosyneError as error:
        warn(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        warn("interrupted; everything graded so far is kept")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return PIPE_CLOSED
    except OSError as error:
        warn(_describe(error))
        return USAGE
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is one line for the user and a traceback in the log
        return _bug(error, arguments)
    return status


def _bug(error: Exception, arguments: Sequence[str]) -> int:
    """Report a bug in one line and log its traceback; errors while doing so are ignored."""
    cause = error.__cause__ if isinstance(error, InterfaceError) and error.__cause__ else error
    try:
        text = f"{type(cause).__name__}: {cause}"
    except Exception:  # noqa: BLE001 - an exception may fail even at being printed
        text = type(cause).__name__
    warn(f"this is a bug: {text[:_MOST_TOLD]}{_log_bug(error, arguments)}")
    return BUG


def _invoke(arguments: list[str]) -> int:
    # The most frequent commands need no parsing, and Typer would be a tenth of the wait for the first question.
    if request := os.environ.get(REQUEST):
        return _complete(request)
    if not arguments:
        return start.home(Locations())
    if arguments == ["review"]:
        return start.session(Locations(), SessionPlan(), plain=False)
    return _parsed(arguments)


def _complete(request: str) -> int:
    import typer

    from mnemosyne.cli.app import app
    from mnemosyne.cli.shell_completion import complete

    return complete(typer.main.get_command(app), REQUEST, request)


def _parsed(arguments: list[str]) -> int:
    import typer

    from mnemosyne.cli.app import app

    command = typer.main.get_command(app)
    try:
        with command.make_context("mnemosyne", arguments) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except SystemExit as end:  # raised by Typer's completion options
        return end.code if isinstance(end.code, int) else 0
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        warn(_usage_error(error))
        return USAGE
    return 0


def _usage_error(error: typer.TyperException) -> str:
    """Return a usage error in one line.

    For a group without a command, the error's message is the whole help.
    """
    from mnemosyne.cli.strict_typer import no_such_option

    context, option = getattr(error, "ctx", None), getattr(error, "option_name", None)
    unknown_option = context is not None and hasattr(error, "possibilities")  # Typer proposes options that are not near
    whole = no_such_option(context, option) if unknown_option and option else _in_our_words(error.format_message())
    message, hint, suggestion = whole.partition("Did you mean")
    if context is not None and message.startswith("Usage:"):
        message = f"choose a command: {', '.join(context.command.commands)}"
    message = as_message(message.rstrip(". "))
    see = f"see {context.command_path if context else 'mnemosyne'} --help"
    return f"{message}; {hint.lower()}{suggestion} {see}" if hint else f"{message}; {see}"


def _in_our_words(message: str) -> str:
    """Return a message of Typer's with pydantic's wording, from its conversions, replaced by ours."""
    for theirs, ours in _WORDS.items():
        message = message.replace(theirs, ours)
    return message


def _prepare_streams() -> None:
    """Use UTF-8 for pipes and the terminal's own encoding; escape what cannot be encoded.

    Replace closed streams by /dev/null, or the deck's file could get the number of standard output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole process
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def _give_up_stdout() -> None:
    """Redirect standard output to /dev/null, so that flushing the buffer at exit does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _describe(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}; {UNWRITABLE}"


def _log_bug(error: Exception, arguments: Sequence[str]) -> str:
    try:
        path = Locations(_home(arguments)).default_settings().log_path  # the settings may have failed
        log_exception(path, " ".join(map(ascii, arguments)), error)
    except Exception:  # noqa: BLE001 - the last resort must not fail: the one line stands without its log
        return ""
    return f"; please report it with the end of {path}"


def _home(arguments: Sequence[str]) -> Path | None:
    """Return the value of `--home` without the parser, which may have failed."""
    for argument, following in pairwise([*arguments, ""]):
        name, equals, value = argument.partition("=")
        if name == "--home":
            return Path(value if equals else following).expanduser()
    return None
