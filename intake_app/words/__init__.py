"""Texts in a given language, for window, paper and command line."""
