"""One case as a record: its file, its acts, its conditions, its plan, what was offered."""
