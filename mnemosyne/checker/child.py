"""The child process: `python -m mnemosyne.checker.child`. Reads requests, answers each, and ends with its input.

With the argument `without-flint` it runs without python-flint, if that is missing or crashes on import.

It sends `ready` once the checker is imported; the deadline of a request runs from then, and is enforced by
the parent, which kills the child. Any exception inside a request becomes an undecided verdict, with the
traceback on standard error.
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
from dataclasses import asdict, dataclass
from queue import SimpleQueue

from mnemosyne.calculus import symbolic
from mnemosyne.checker import protocol
from mnemosyne.checker.protocol import WITHOUT_FLINT, Message
from mnemosyne.errors import MnemosyneError
from mnemosyne.log_file import has_room
from mnemosyne.verdict import Explanation, Verdict

MEMORY_LIMIT = 1 << 30  # bytes of address space
MOST_YOUNG = 10_000  # new objects that trigger a garbage collection
_ROUNDS = 10  # collections of younger objects for each collection of older ones, as in Python
LONGEST_REQUEST = 120  # seconds; the parent's deadline, at most 60, is over by then, unless the parent is gone


@dataclass(frozen=True, slots=True)
class CheckFunctions:
    """The functions that answer requests, with or without python-flint."""

    check: Callable[..., Verdict]  # judges an answer
    explain: Callable[..., Explanation]  # returns the chain of a function


def main() -> None:
    """Answer requests until the input ends."""
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
    """Exclude imported objects from garbage collection, and let a collection only start in an answer
    that makes many objects.
    """
    gc.freeze()
    gc.set_threshold(10 * MOST_YOUNG)


def collect_garbage() -> None:
    """Collect garbage between two answers, which could otherwise delay one by ten milliseconds."""
    young, middle, old = gc.get_count()
    if young > MOST_YOUNG:
        gc.collect(2 if old > _ROUNDS else 1 if middle > _ROUNDS else 0)


def _log_to_standard_error() -> None:
    """Send log records to standard error with the tracebacks, as long as there is room."""
    handler = logging.StreamHandler()
    handler.addFilter(lambda _: has_room(sys.stderr.fileno()))
    logging.getLogger().addHandler(handler)


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Queue the requests; end the child at once when the parent is gone, even in the middle of a request."""
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def _end_after(seconds: int) -> None:
    """Have the system end this process after this many seconds; 0 cancels it.

    A child whose parent was killed ends when its input does, but not during a long call into C, which lets
    no other thread run.
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
    """Import the functions that check and explain; without flint, block its import in this process."""
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
    """Prepare the question's derivative, points and solution ahead of an answer."""
    functions.check(protocol.problem_from_json(request["problem"]), "0")
    return {}


def _warm(_request: Message, _functions: CheckFunctions) -> Message:
    """Import sympy, which a rare proof may need, outside any deadline."""
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
    except ImportError:  # not a POSIX system: only the deadline limits the child
        return
    # Some systems have the call but do not permit it (macOS): there only the deadline limits the child.
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
