"""Every path comes back from the deck as the system gave it."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.store.quick_names import path_in, path_out


@pytest.mark.parametrize("path", ["", "/a/b.yaml", "C:\\udcfc\\müsli.yaml", "/日本/🂡", "/\U0010fffd"])
def test_a_utf_8_name_is_stored_as_it_is(path):
    assert path_in(path_out(path)) == path_out(path) == path


@pytest.mark.skipif(sys.platform == "win32", reason="file names are UTF-16 there")
@given(st.binary(max_size=40))
def test_any_bytes_come_back(name):
    path = os.fsdecode(name)
    stored = path_out(path)
    stored.encode("utf-8")  # raises if it cannot be stored
    assert os.fsencode(path_in(stored)) == name
