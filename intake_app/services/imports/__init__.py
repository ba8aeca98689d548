"""Tables of past cases: read, matched, looked through, imported, undone."""
