"""Imports: cards from other programs are read into notes, and notes become fields of our card files.

Nothing in a file is executed: HTML is reduced to Markdown, databases are opened read-only, sizes are limited.
"""
