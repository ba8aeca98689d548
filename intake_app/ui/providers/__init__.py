"""Providers and the roster: shown, written, brought in from a file."""
