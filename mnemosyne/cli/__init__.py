"""The command line: one file per command group, each a thin layer over the packages below.

Modules here import only the standard library, Typer and plain data at import time; anything heavier
is imported inside the command that needs it, so that `--help` and `--version` answer at once.
"""
