"""Lines between the app and its checker: whatever arrives, it is a message or it is refused as none."""

from __future__ import annotations

import pytest

from mnemosyne.checker import protocol
from mnemosyne.errors import WorkerError


@pytest.mark.parametrize("line", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000], ids=lambda line: repr(line[:4]))
def test_what_is_not_a_message_is_refused(line):
    with pytest.raises(WorkerError, match="the checker sent something that is not a message"):
        protocol.decode(line)
