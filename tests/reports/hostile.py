"""Texts that a deck or a learner may contain, and what must not come of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mnemosyne.progress.statistics import Leech, MisconceptionHistory, ReviewGroup, Statistics

TEXTS = {
    "script": "<script>alert(1)</script>",
    "picture": "<img src=x onerror=alert(1)>",
    "end of data": "]]></svg><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "address": "[a](javascript:alert(1)) <javascript:alert(1)>",
    "template": "{{ 7 * 7 }}{% for x in y %}",
    "entity": "&lt;script&gt;&#x3c;",
    "escape": "\x1b]0;title\x07\x1b[31mred",
    "direction": "\u202egnp.exe\u2066",
    "formula": "=cmd|' /C calc'!A0",
    "nothing": "a\x00b",
    "half a character": "\ud83d",
    "table": "a | b\n| --- |\n# heading `code` *stars* ![x](http://example.org/x.png)",
    "long": "x" * 5000,
}


def with_text(statistics: Statistics, text: str) -> Statistics:
    """Return the statistics with the text wherever a deck or a later version could have put it."""
    group = ReviewGroup(text, 1, 4, 3, timedelta(seconds=40))
    history: MisconceptionHistory = replace(statistics.misconceptions[0], misconception=text)
    return replace(
        statistics,
        topic=text,
        topic_title=text,
        topics=(text,),
        tags=(group,),
        kinds=(group,),
        links=(group,),
        misconceptions=(history,),
        leeches=(Leech(text, text, text, 9, 3, suspended=False),),
    )
