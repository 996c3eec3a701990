"""Naming the mistake: one entry per known misconception, and the search for the one that explains a wrong answer."""
