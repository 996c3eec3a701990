"""Imports: cards that other programs wrote, read into notes, and notes turned into the fields of our card files.

Nothing of a file is run: HTML is reduced to Markdown, databases are opened read-only, sizes are bounded.
"""
