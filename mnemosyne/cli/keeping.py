"""Keeping a step that the deck could not take, until there is room for it or the learner leaves."""

from __future__ import annotations

from collections.abc import Callable

from mnemosyne.errors import ConflictError, StoreError

TRY_AGAIN_PROMPT = "Enter tries again, :quit leaves > "


def surely(step: Callable[[], None], read_line: Callable[[str], str | None], say: Callable[[str], None]) -> None:
    """Do the step; where the deck cannot be written, say why once, and try again whenever the learner says so.

    StoreError once he leaves instead.
    """
    told = ""
    while True:
        try:
            step()
            return
        except ConflictError as error:
            say(str(error))
            return
        except StoreError as error:
            if str(error) != told:
                say(f"Not stored: {error}")
            told = str(error)
        _wait(read_line, say)


def _wait(read_line: Callable[[str], str | None], say: Callable[[str], None]) -> None:
    while (line := read_line(TRY_AGAIN_PROMPT)) is None or line.strip():
        if line is None or line.strip().lower() == ":quit":
            raise StoreError("the last step is not stored", "everything before it is")
        say("Press Enter to try it again, or type :quit.")
