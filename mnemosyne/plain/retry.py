"""Retry a step that could not be stored, until there is room for it or the learner quits."""

from __future__ import annotations

from collections.abc import Callable

from mnemosyne.errors import ConflictError, StoreError
from mnemosyne.plain.sentences import error_sentence

TRY_AGAIN_PROMPT = "Press Enter to try again, or type :quit > "


def retry_until_stored(
    step: Callable[[], None], read_line: Callable[[str], str | None], say: Callable[[str], None]
) -> None:
    """Do the step; where the deck cannot be written, say why once, and try again whenever the learner asks for it.

    StoreError if the learner quits instead.
    """
    last_reason = ""
    while True:
        try:
            step()
            return
        except ConflictError as error:
            say(error_sentence(error))
            return
        except StoreError as error:
            if str(error) != last_reason:
                say(f"Not stored: {error}.")
            last_reason = str(error)
        _wait(read_line, say)


def _wait(read_line: Callable[[str], str | None], say: Callable[[str], None]) -> None:
    while (line := read_line(TRY_AGAIN_PROMPT)) is None or line.strip():
        if line is None or line.strip().lower() == ":quit":
            raise StoreError("the last step is not stored", "everything before it is")
        say("Press Enter to try again, or type :quit.")
