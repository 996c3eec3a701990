"""Two verdicts that several tests use: a wrong answer with all that a verdict can carry, and an unreadable one."""

from __future__ import annotations

from mnemosyne.verdict import Evidence, Link, Verdict, Word

LINK = Link("sin(u)", "x^2", "cos(x^2)")

WRONG = Verdict(
    Word.INCORRECT,
    "the inner function is x²; its derivative 2x is missing",
    misconception="missing-inner-derivative",
    expected="2*x*cos(x^2)",
    read_as="cos(x^2)",
    evidence=Evidence({"x": 1.5}, -0.6281736227, -1.884520868, -1.884520868, 1e-5, 3e-10),
    links=(LINK,),
    elapsed_ms=2.34567,
    mistaken_link=0,
)

UNREADABLE = Verdict(Word.UNREADABLE, "This ( is never closed.", span=(6, 7))
