"""The child process: `python -m mnemosyne.checker.child`. Reads requests, answers each, ends when its input ends.

With the argument `without-flint` it does without python-flint, for where that is missing or dies when it is imported.

It says `ready` once the checker is imported; the deadline of a request is counted from there and kept by the parent,
which kills. Whatever goes wrong inside a request becomes an undecided verdict, with the traceback on standard error.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from queue import SimpleQueue

from mnemosyne.calculus import symbolic
from mnemosyne.checker import protocol
from mnemosyne.checker.protocol import WITHOUT_FLINT, Message
from mnemosyne.errors import MnemosyneError
from mnemosyne.log_file import has_room
from mnemosyne.verdict import Explanation, Verdict

MEMORY_LIMIT = 1 << 30  # bytes of address space
MOST_YOUNG = 10_000  # objects, after which garbage is collected
_ROUNDS = 10  # collections of younger objects for each one of older ones, as in Python
LONGEST_REQUEST = 120  # seconds; the parent's deadline, at most 60, is over by then, unless there is no parent any more


@dataclass(frozen=True, slots=True)
class CheckFunctions:
    """What answers the requests: the functions with python-flint, or those that do without it."""

    check: Callable[..., Verdict]  # judges an answer
    explain: Callable[..., Explanation]  # returns the chain of a function


def main() -> None:
    """Serve requests until the input ends."""
    _log_to_standard_error()
    functions = _check_functions(without_flint=WITHOUT_FLINT in sys.argv[1:])
    _limit_memory()
    collect_rarely()
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not break the protocol
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    replies.write(protocol.encode({"id": protocol.READY}))
    while True:
        request = protocol.decode(requests.get())
        _end_after(LONGEST_REQUEST)
        reply = answered(request, functions)
        _end_after(0)
        replies.write(protocol.encode(reply))
        collect_garbage()


def collect_rarely() -> None:
    """Leave what is imported out of all collections, and let only an answer that makes very much start one."""
    gc.freeze()
    gc.set_threshold(10 * MOST_YOUNG)


def collect_garbage() -> None:
    """Collect between two answers what would hold one up for ten milliseconds later."""
    young, middle, old = gc.get_count()
    if young > MOST_YOUNG:
        gc.collect(2 if old > _ROUNDS else 1 if middle > _ROUNDS else 0)


def _log_to_standard_error() -> None:
    """Let what is logged go where the tracebacks go, as long as there is room."""
    handler = logging.StreamHandler()
    handler.addFilter(lambda _: has_room(sys.stderr.fileno()))
    logging.getLogger().addHandler(handler)


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Queue the requests; once the parent is gone, so is the child, whatever it is at work on."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _end_after(seconds: int) -> None:
    """Let the system end this process after so many seconds, 0 for never.

    A child whose parent was killed ends as soon as its input does, but not within a long call into C, which lets no
    other thread run.
    """
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def answered(request: Message, functions: CheckFunctions) -> Message:
    """Return the reply to one request."""
    began = time.perf_counter()
    try:
        reply = _OPERATIONS[request["op"]](request, functions)
    except MnemosyneError as error:
        reply = {"error": protocol.error_to_json(error)}
    except Exception:  # noqa: BLE001 - the last resort: a bug here must cost neither the answer nor the child
        if has_room(sys.stderr.fileno()):
            traceback.print_exc()
        reply = {"verdict": protocol.verdict_to_json(protocol.undecided("The checker failed on this answer."))}
    if "verdict" in reply:
        reply["verdict"]["elapsed_ms"] = round((time.perf_counter() - began) * 1000, 3)
    return {"id": request["id"], **reply}


def _check_functions(*, without_flint: bool) -> CheckFunctions:
    """Import the functions that check and explain; without flint, nothing in this process can import it any more."""
    if not without_flint:
        from mnemosyne.calculus.check import check, explain

        return CheckFunctions(check, explain)
    sys.modules["flint"] = None  # type: ignore[assignment]  # sympy would import it too, and die of it
    from mnemosyne.calculus.without_flint import check_without_flint, explain_without_flint

    symbolic.warm()  # without flint, sympy judges every answer
    return CheckFunctions(check_without_flint, explain_without_flint)


def _check(request: Message, functions: CheckFunctions) -> Message:
    problem = protocol.problem_from_json(request["problem"])
    verdict = functions.check(problem, request["answer"], explained=request["explained"])
    return {"verdict": protocol.verdict_to_json(verdict)}


def _explain(request: Message, functions: CheckFunctions) -> Message:
    return {"explanation": asdict(functions.explain(request["f"], request["variable"]))}


def _prepare(request: Message, functions: CheckFunctions) -> Message:
    """Prepare the question's derivative and points before an answer comes."""
    problem = protocol.problem_from_json(request["problem"])
    functions.check(replace(problem), "0", explained=False)
    return {}


def _warm(_request: Message, _functions: CheckFunctions) -> Message:
    """Import sympy, which a rare proof may need, before the deadline runs."""
    symbolic.warm()
    gc.freeze()
    return {}


_OPERATIONS: dict[str, Callable[[Message, CheckFunctions], Message]] = {
    "check": _check,
    "explain": _explain,
    "prepare": _prepare,
    "warm": _warm,
}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a POSIX system: the deadline alone has to do
        return
    # Not every system that has the call lets a process use it (macOS does not): the deadline alone has to do there.
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
