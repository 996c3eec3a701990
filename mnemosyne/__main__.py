"""The program: `mnemosyne` and `python -m mnemosyne`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process and end it with its exit status."""
    from mnemosyne.cli.entry import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
