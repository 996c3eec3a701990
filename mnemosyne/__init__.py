"""Mnemosyne: spaced repetition for the terminal that grades mathematics."""

__version__ = "0.1.0"
