"""Texts of authors: Markdown with formulas between dollar signs, read into blocks and runs, written by each medium.

A text is data: nothing of it is a link, HTML, or an order to a terminal, and no text is ever refused.
"""
