"""`grade` and `explain`: the checker for one answer, or for a file of answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Final

import typer

from mnemosyne.cli.output import json_line, print_json, say, warn
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.strict_typer import refuse_mistyped_options
from mnemosyne.cli.verdict_documents import explanation_document, verdict_document
from mnemosyne.errors import InputError, ReadingError
from mnemosyne.regular_file import open_regular
from mnemosyne.text import pluralize, with_short_numbers

if TYPE_CHECKING:
    from mnemosyne.checker.client import Checker
    from mnemosyne.verdict import Explanation, Problem, Verdict

_STANDARD_INPUT: Final = frozenset({"-", "/dev/stdin"})
_OPEN_FILES: Final = frozenset(map(Path, ("/dev/fd", "/proc/self/fd")))  # such as the pipe of `--batch <(program)`
_GIVE: Final = "give a file of JSON lines, or - for standard input"
MOST_JOBS = 64  # most checkers; each is a process of about 100 MB

Function = Annotated[str | None, typer.Argument(metavar="F", help="The function, such as 'sin(x^2)'.")]
Variable = Annotated[str, typer.Option("--var", metavar="x", help="The variable to differentiate with respect to.")]


def grade(
    context: typer.Context,
    *,
    f: Function = None,
    answer: Annotated[str | None, typer.Argument(metavar="ANSWER", help="The derivative as typed.")] = None,
    var: Variable = "x",
    json: AsJson = False,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="FILE", help="Grade JSON lines (f, answer, var, id); - is standard input."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="With --batch: include the derivative and the chain.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, max=MOST_JOBS, help="With --batch: how many checkers to use.")
    ] = 1,
) -> None:
    """Grade one answer; status 0 correct, 1 incorrect, 2 unreadable or undecided (--batch: 2 if a line is invalid)."""
    if batch is not None:
        if f is not None:
            raise InputError("--batch takes its formulas from the file", "leave out F and ANSWER")
        _grade_batch(context, batch, explained=explain, jobs=jobs)
        return
    if jobs != 1:
        raise InputError("--jobs needs --batch", "leave it out for one answer")
    if f is None or answer is None:
        raise InputError(f"{'F' if f is None else 'ANSWER'} is missing", "use mnemosyne grade 'sin(x^2)' '2x cos(x^2)'")
    refuse_mistyped_options(context, f, answer)
    verdict = _verdict(context, _problem(f, var), answer)
    if json:
        print_json(verdict_document(verdict))
    else:
        from mnemosyne.plain.verdicts import verdict_lines  # late: it reads formulas, as few commands do

        for line in verdict_lines(verdict, answer):
            say(line)
    raise typer.Exit({"correct": 0, "incorrect": 1}.get(verdict.word, 2))


def explain(context: typer.Context, *, f: Function = None, var: Variable = "x", json: AsJson = False) -> None:
    """Show the chain link by link, and the derivative."""
    if f is None:
        raise InputError("F is missing", "use mnemosyne explain 'sin(x^2)'")
    refuse_mistyped_options(context, f)
    problem = _problem(f, var)
    with _checker(context) as checker:
        explanation = _explained(checker, problem)
    if json:
        print_json(explanation_document(explanation))
        return
    from mnemosyne.plain.verdicts import link_lines  # late: as in grade

    say(with_short_numbers(f"f({explanation.variable}) = {explanation.f}"))
    for line in link_lines(explanation.links):
        say(line)
    say(with_short_numbers(f"f'({explanation.variable}) = {explanation.derivative}"))


def _verdict(context: typer.Context, problem: Problem, answer: str) -> Verdict:
    """Return the verdict on an answer; raise InputError if f has no real value."""
    with _checker(context) as checker:
        verdict = checker.check(problem, answer)
    if verdict.question_fault:
        raise InputError(_unusable(verdict.question_fault))
    return verdict


def _explained(checker: Checker, problem: Problem) -> Explanation:
    """Return the chain of f; raise InputError if f has no real value."""
    try:
        return checker.explain(problem.f, problem.variable)
    except ReadingError as error:
        raise InputError(_unusable(error.with_column)) from None


def _unusable(fault: str) -> str:
    from mnemosyne.cli.batch import unusable

    return unusable(fault)


def _grade_batch(context: typer.Context, path: Path, *, explained: bool, jobs: int) -> None:
    from mnemosyne.checker.pool import CheckerPool
    from mnemosyne.cli.batch import Batch, bounded_lines

    with _input(path) as stream, ExitStack() as stack:
        checkers = [stack.enter_context(_checker(context)) for _ in range(jobs)]
        run = Batch(partial(CheckerPool(checkers).check_many, explained=explained), explained=explained)
        for document in run.documents(bounded_lines(stream)):
            sys.stdout.write(json_line(document) + "\n")
            sys.stdout.flush()  # flush: a program may be waiting for this line
    if run.first is not None:
        first = f"first line {run.first.line}: {run.first.reason}"
        warn(f"{path}: {pluralize(run.failures, 'line')} not graded, {first}")
        raise typer.Exit(2)


def _problem(f: str, variable: str) -> Problem:
    from mnemosyne.cli.batch import to_problem

    return to_problem(f, variable)


@contextmanager
def _input(path: Path) -> Iterator[IO[bytes]]:
    if str(path) in _STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    if path.is_dir():
        raise InputError(f"{path} is a folder", _GIVE)
    try:
        stream = path.open("rb") if path.parent in _OPEN_FILES else open_regular(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", _GIVE) from None
    with stream:
        yield stream


@contextmanager
def _checker(context: typer.Context) -> Iterator[Checker]:
    from mnemosyne.checker.client import Checker

    settings = context.obj.settings()
    checker = Checker.for_command(settings.deadline)
    checker.start()
    try:
        yield checker
    finally:
        checker.close()
