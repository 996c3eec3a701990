"""Authors' texts: Markdown with formulas between dollar signs, parsed into blocks and runs,
which each medium renders.

A text is data: it can contain no links, HTML or terminal controls, and no text is ever refused.
"""
