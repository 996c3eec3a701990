"""Naming the mistake: what known slips there are, what each would answer, and which one a wrong answer shows."""
