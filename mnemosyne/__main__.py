"""The program: `mnemosyne` and `python -m mnemosyne`."""

from __future__ import annotations

import signal
import sys


def main() -> None:
    """Run the command line of this process and end it with its exit status."""
    interrupted = signal.getsignal(signal.SIGINT)
    if interrupted is signal.default_int_handler:  # while this is imported, Ctrl+C would print a traceback
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from mnemosyne.cli.entry import run

    signal.signal(signal.SIGINT, interrupted)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
