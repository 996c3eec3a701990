"""Proving that two formulas are equal: normal forms over independent generators, in exact arithmetic."""
