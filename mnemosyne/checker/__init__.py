"""The checker's child process: it alone loads flint and sympy, can be killed, and is kept warm."""
