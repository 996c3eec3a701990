"""The checker's child process: only it loads flint and sympy; it can be killed, and is started ahead of time."""
