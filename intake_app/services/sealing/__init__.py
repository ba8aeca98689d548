"""The end of a case: sealed, known by a token, counted."""
