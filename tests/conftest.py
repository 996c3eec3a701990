"""Rules for every test: where CI=true, a component that is missing is a failure and not a skip.

A test that cannot run for want of a component skips with a reason that begins with `needs`. Tests marked `torch` are
excepted: PyTorch is never a default dependency, and .ci/run runs them by themselves with it.
"""

from __future__ import annotations

import os

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip for want of a component into a failure where CI=true."""
    report = yield
    if report.skipped and call.excinfo is not None and os.environ.get("CI") == "true":
        reason = str(call.excinfo.value).removeprefix("Skipped: ")
        if reason.startswith("needs") and item.get_closest_marker("torch") is None:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: with CI=true nothing may be missing, but this test {reason}"
    return report
