"""A year in which no day is missed, with the checks of tests/journeys/test_soak.py: python tests/benchmarks/year.py.

Takes a minute or two; prints what pytest says.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOAK = Path(__file__).parents[1] / "journeys" / "test_soak.py"


def main() -> int:
    """Run the test with a session on every day; return its status."""
    command = [sys.executable, "-m", "pytest", "--numprocesses=0", "--durations=1", "-m", "thorough", str(SOAK)]
    return subprocess.run(command, env=os.environ | {"MNEMOSYNE_DAYS_APART": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
