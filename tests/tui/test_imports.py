"""The app's process never imports sympy, not even when an answer is graded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SESSION = Path(__file__).with_name("test_review.py")
PROBE = """
import sys
import pytest

status = pytest.main(["-q", "-p", "no:cacheprovider", "--numprocesses=0", sys.argv[1]])
print("status", int(status), [name for name in ("sympy", "mpmath", "flint") if name in sys.modules])
"""


def test_no_sympy_in_the_apps_process():
    session = f"{SESSION}::test_a_named_mistake_may_be_corrected_once"
    process = subprocess.run(
        [sys.executable, "-c", PROBE, session], capture_output=True, text=True, timeout=120, check=False
    )
    assert process.stdout.splitlines()[-1] == "status 0 []", process.stdout
