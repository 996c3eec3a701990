"""Judging an answer: the chain rule's derivative, equality with proof, and the name of the mistake.

The only package that may import flint and sympy, and only its evaluating modules do: `verdict` and
`misconceptions.catalogue` are plain data for every layer. Nothing here reads a file, a clock or a database.
"""
