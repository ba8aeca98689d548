"""Updates of the program from a stick: verified, after a backup, with a way back (ADR 39)."""
