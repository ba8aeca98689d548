"""Joins parts of different packages that belong to one thing; called when it is needed.

Its modules may import inside functions, and have no rules.
"""
