"""Naming the mistake: one entry for each known misconception, and the search for the one that a wrong answer shows."""
