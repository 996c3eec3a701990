"""Expected errors: a message says what and where, a hint how to fix it. Any other exception is a bug.

MnemosyneError
├── InputError            a bad value on the command line or in an input line
│   └── QueryError        a query for cards that cannot be read, with the place in the text
├── ReadingError          expressions: a formula that cannot be read, with the place in the text
├── SettingsError         settings: an unknown setting or a bad value
├── CardError, DeckError   a card that cannot be asked; card files that cannot be used
├── StoreError            store: the database cannot be opened or written; ConflictError: another session was first;
│                         DamagedError: a backup must be restored
├── HubError              hub: the server refuses; HubAwayError: it cannot be reached
└── WorkerError           checker: the checker's child process cannot be started
"""

from __future__ import annotations

UNWRITABLE = "free some space or correct the permissions, then try again"  # the hint for a file that cannot be written


class MnemosyneError(Exception):
    """An expected failure: `message` is one line, `hint` says how to fix it, `exit_code` is a command's status."""

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 2) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class InputError(MnemosyneError):
    """A bad value on the command line or in a line of input."""


class CardFieldError(InputError):
    """A value that a new card cannot have; `field` is its key, empty for the card as a whole."""

    def __init__(self, message: str, field: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class QueryError(InputError):
    """A query for cards that cannot be read; `span` is the half-open range of characters to point at, from 0."""

    def __init__(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        super().__init__(message, hint)
        self.span = span


class ReadingError(MnemosyneError):
    """A formula that cannot be read; `span` is the half-open range of characters to point at, from 0."""

    def __init__(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        super().__init__(message, hint)
        self.span = span

    @property
    def column(self) -> int:
        """The column to show, counted from 1."""
        return self.span[0] + 1

    @property
    def with_column(self) -> str:
        """The message and the hint."""
        return str(MnemosyneError(f"{self.message} (column {self.column})", self.hint))


class CardError(MnemosyneError):
    """A card that no question can be made of; the message begins with file:line and names the card."""


class SettingsError(MnemosyneError):
    """The settings file cannot be used; the message begins with file:line."""


class DeckError(MnemosyneError):
    """Card files that cannot be used; the message begins with file:line:column."""


class StoreError(MnemosyneError):
    """The database cannot be opened, read or written."""


class ConflictError(StoreError):
    """Another session stored something meanwhile that prevents this change; nothing is wrong with the deck."""


class DamagedError(StoreError):
    """The database is damaged or missing: a backup must be restored."""


class HubError(MnemosyneError):
    """The hub refused a request; nothing is lost, and the deck works without it."""


class HubAwayError(HubError):
    """The hub cannot be reached; the request may be repeated."""


class WorkerError(MnemosyneError):
    """The checker's child process cannot be started."""


class InterfaceError(Exception):
    """A bug that ended the terminal interface, reported once the terminal is restored; its cause is the exception."""
