"""Numbers: what was offered to whom, what came of it, and files that others can take."""
