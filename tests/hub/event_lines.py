"""Event lines for the hub, made by hand, so that a test states what the hub sees."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

_numbers = count(1)


def line(kind: str = "review", **facts: Any) -> tuple[str, str]:
    """Return the id of a new event and its line; a review of one card, graded 4, unless said otherwise."""
    event_id = facts.pop("id", f"{next(_numbers):032x}")
    usual = {"day": "2026-03-10", "moment": 1_773_130_000_000_000}
    if kind == "review":
        usual |= {
            "card": "sine",
            "quality": 4,
            "drill": False,
            "practice": False,
            "answer": "cos x",
            "duration": 8_000_000,
        }
        usual |= {"misconception": None}
    body = {"v": 1, "id": event_id, "device": "laptop", "kind": kind, **usual, **facts, "crc": "00000000"}
    return event_id, json.dumps(body, separators=(",", ":"))
