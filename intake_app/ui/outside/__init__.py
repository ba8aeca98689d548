"""Sealed files for people outside: to whom, what, and what came back."""
